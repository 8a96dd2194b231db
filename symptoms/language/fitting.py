"""Which language a text is written in, by how many of its words each lexicon knows."""

from __future__ import annotations

from symptoms.language.text.lexicon import load_lexicon
from symptoms.language.text.words import cleaned, tokenise_clean
from symptoms.wording import LANGUAGES


def fitting_language(text: str, language: str) -> str:
    """The language that knows the largest share of a text's words; the given one where none knows more."""
    clean = cleaned(text)
    shares = {one: _known_share(clean, one) for one in dict.fromkeys((language, *LANGUAGES))}
    return max(shares, key=lambda one: (shares[one], one == language))


def _known_share(clean: str, language: str) -> float:
    lexicon = load_lexicon(language)
    words = [token.text for token in tokenise_clean(clean, language) if token.is_word]
    return sum(lexicon.is_known(word) for word in words) / len(words) if words else 0.0
