"""What the wording of a language has to have: every sentence of the English one, with the same placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from symptoms.wording import FALLBACK, sentences


def placeholders(sentence: str) -> frozenset[str]:
    """The names of the values that a sentence wants. Raises ValueError for a brace that is not closed."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def find_defects(language: str) -> Iterator[str]:
    """What keeps the wording of a language from taking the place of the English one, in words, one by one."""
    english, translated = dict(sentences(FALLBACK)), dict(sentences(language))
    for place in sorted(english.keys() ^ translated.keys()):
        yield f"{language}.toml {'lacks' if place in english else 'alone has'} {place}"
    for place in sorted(english.keys() & translated.keys()):
        if not translated[place].strip():
            yield f"{language}.toml says nothing at {place}"
        if placeholders(translated[place]) != placeholders(english[place]):
            yield f"{language}.toml has other placeholders than {FALLBACK}.toml at {place}"
