"""Text to tokens: lower case, without accents, letters that somebody leaned on once, marks kept as breaks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

MAX_CHARACTERS: Final = 5_000
"""Longer texts are refused before they come here; what is beyond is not read."""

APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))
REPEATED: Final = re.compile(r"([?!])(?:\s*[?!])+")
ENDLESS: Final = re.compile(r"(\d{20})\d+")
"""A key that was leaned on, or a number copied from elsewhere: nothing is so many, and what is left fits any kind of
number."""
LEANED_ON: Final = re.compile(r"([^\W\d])\1{2,}")
SHORT_IS: Final = re.compile(
    r"\b(ulcer|sore|blister|spot|lump|crater|one|cough|wheeze|throat|mouth|tongue|gum|lip)'s\b", re.IGNORECASE
)
"""English nouns with a short "is", without whose apostrophe they would be more of one or a verb: "the ulcer's no
smaller", "the cough's away"."""
SHORT_TITLE: Final = re.compile(r"\b(?:M|(Mrs|Mr|Ms|Mme|Dr|Sra|Sr|Dhr|Mevr|Mw|dhr|mevr|mw))\.(?=\s[A-ZÀ-Þ])")
"""A title typed short before a name: its dot ends no sentence, nor is "M." an elided "me"."""
PIECE: Final = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\n|[^\w\s]")

STRESSED_YES: Final = "sip"
"""Spanish "sí", which without its accent would be "if"."""

SPELT_UMLAUT: Final = re.compile(r"ae|oe|(?<![aeq])ue")
"""How German is typed without umlauts: "Blaeschen", "fuenf"; not the "ue" of "neue", "blaue" and "bequem"."""

JE: Final = re.compile(r"j(?!rs?$)[bcdfghlmnpqrstv]+[aeiouy]")
"""How a French "je" is typed that has lost its vowel: no French word begins so."""

ELISION_SPLITS: Final = frozenset({"fr"})
"""Languages in which an apostrophe joins two words; in the others it stands for letters of one."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. `is_glued`: no space stands before it; `is_capital`: one capital letter begins it."""

    text: str
    is_glued: bool = False
    is_capital: bool = False
    is_word: bool = field(init=False)
    is_number: bool = field(init=False)
    is_mark: bool = field(init=False)

    def __post_init__(self) -> None:
        first = self.text[0]
        object.__setattr__(self, "is_word", first.isalpha())
        object.__setattr__(self, "is_number", first.isdigit())
        object.__setattr__(self, "is_mark", not (first.isalpha() or first.isdigit()))


def tokenise(text: str, language: str) -> list[Token]:
    """The tokens of a text, in order, as the lexicon of a language writes its words."""
    return tokenise_clean(cleaned(text), language)


def tokenise_clean(clean: str, language: str) -> list[Token]:
    """The same, for a text that is `cleaned`: once, where it is read in several languages."""
    tokens: list[Token] = []
    end = 0
    if language == "en":
        clean = SHORT_IS.sub(r"\1 is", clean)
    clean = SHORT_TITLE.sub(lambda found: found[1] or "Mr", clean)
    for found in PIECE.finditer(clean):
        piece, start = found.group(), found.start()
        is_glued = start == end and bool(tokens)
        if piece == "'" and is_glued:
            continue
        end = found.end()
        if not (piece == "-" and is_glued and clean[end : end + 1].isalpha()):
            tokens += _tokens(piece, language, is_glued)
    return tokens


def cleaned(text: str) -> str:
    """A text with accents joined to their letters, wide letters as plain ones, and without what nobody sees."""
    text = text[:MAX_CHARACTERS]
    joined = unicodedata.normalize("NFKC", text.replace("½", " 1/2") if "½" in text else text)
    if not joined.isascii():
        joined = "".join(letter for letter in joined if unicodedata.category(letter) != "Cf")
    return ENDLESS.sub(r"\1", REPEATED.sub(r"\1", joined.translate(APOSTROPHES)))


@lru_cache(maxsize=20_000)
def _tokens(piece: str, language: str, is_glued: bool) -> tuple[Token, ...]:
    """The tokens of one piece of text; of two words in one the second is glued to the first."""
    is_capital = piece[0].isupper() and not piece.isupper()
    return tuple(Token(part, is_glued or at > 0, is_capital) for at, part in enumerate(_parts(piece, language)))


def _parts(piece: str, language: str) -> tuple[str, ...]:
    """What one piece of text is made of: a word is folded, and split where its language elides."""
    if not piece[0].isalpha():
        return (piece,)
    if language == "es" and piece.casefold() == "sí":
        return (STRESSED_YES,)
    word = fold(piece)
    if language == "de":
        word = SPELT_UMLAUT.sub(lambda found: found[0][0], word)
    if language in ELISION_SPLITS:
        return tuple(part for whole in word.split("'") for part in _with_je(whole) if part)
    parts = [word.replace("'", "")]
    return tuple(part for part in parts if part)


def _with_je(word: str) -> tuple[str, ...]:
    """A word without the "j'" that is typed as one with its verb: "jtousse" is "je tousse"."""
    return ("je", word[1:]) if JE.match(word) else (word,)


def fold(word: str) -> str:
    """A word without case, accents and leaned-on letters: `Müüüde` is `mude`."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return LEANED_ON.sub(r"\1", bare)


SOUNDS: Final = {
    "en": (
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
        ("q", "k"),
        ("ee", "i"),
        ("ea", "i"),
        ("ie", "i"),
        ("y", "i"),
        ("z", "s"),
    ),
    "fr": (
        ("ph", "f"),
        ("qu", "k"),
        ("eau", "o"),
        ("au", "o"),
        ("ai", "e"),
        ("ei", "e"),
        ("ce", "se"),
        ("ci", "si"),
        ("c", "k"),
        ("y", "i"),
        ("h", ""),
        ("z", "s"),
        ("em", "en"),
        ("am", "an"),
        ("en", "an"),
    ),
    "nl": (
        ("ij", "ei"),
        ("y", "ei"),
        ("ou", "au"),
        ("ch", "g"),
        ("dt", "t"),
        ("d", "t"),
        ("v", "f"),
        ("z", "s"),
        ("c", "k"),
    ),
    "de": (
        ("ph", "f"),
        ("th", "t"),
        ("v", "f"),
        ("tz", "z"),
        ("ck", "k"),
        ("dt", "t"),
        ("d", "t"),
        ("ie", "i"),
        ("y", "u"),
        ("ah", "a"),
        ("eh", "e"),
        ("oh", "o"),
        ("uh", "u"),
    ),
    "es": (
        ("qu", "k"),
        ("ll", "y"),
        ("ch", "x"),
        ("h", ""),
        ("v", "b"),
        ("z", "s"),
        ("ce", "se"),
        ("ci", "si"),
        ("c", "k"),
        ("ge", "je"),
        ("gi", "ji"),
    ),
}
"""What those who write by ear take for one another, for each language, in order: "voca yena de yagas"."""
DOUBLED: Final = re.compile(r"(.)\1")


def sound(word: str, language: str) -> str:
    """What a folded word sounds like, for comparison alone: `voca` and `boca` are `boka`."""
    for written, heard in SOUNDS[language]:
        word = word.replace(written, heard)
    return DOUBLED.sub(r"\1", word)


def words_of(phrase: str, language: str) -> list[str]:
    """The words of a lexicon's entry, folded as the text is."""
    return [part for piece in phrase.split() for part in _parts(piece.translate(APOSTROPHES), language)]
