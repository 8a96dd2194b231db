"""Text to tokens: lower case, without accents, letters that somebody leaned on once, marks kept as breaks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MAX_CHARACTERS: Final = 5_000
"""Longer texts are refused before they come here; what is beyond is not read."""

APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))
LEANED_ON: Final = re.compile(r"([^\W\d])\1{2,}")
PIECE: Final = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\n|[^\w\s]")

STRESSED_YES: Final = "sip"
"""Spanish "sí", which without its accent would be "if"."""

ELISION_SPLITS: Final = frozenset({"fr"})
"""Languages in which an apostrophe joins two words; in the others it stands for letters of one."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. `is_glued`: no space stands before it."""

    text: str
    is_glued: bool = False

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_mark(self) -> bool:
        return not (self.is_word or self.is_number)


def tokenise(text: str, language: str) -> list[Token]:
    """The tokens of a text, in order, as the lexicon of a language writes its words."""
    tokens: list[Token] = []
    end = 0
    clean = _cleaned(text[:MAX_CHARACTERS])
    for found in PIECE.finditer(clean):
        is_glued = found.start() == end and bool(tokens)
        if found.group() == "'" and is_glued:
            continue
        if found.group() == "-" and is_glued and clean[found.end() : found.end() + 1].isalpha():
            end = found.end()
            continue
        for part in _parts(found.group(), language):
            tokens.append(Token(part, is_glued))
            is_glued = True
        end = found.end()
    return tokens


def _cleaned(text: str) -> str:
    """A text with accents joined to their letters, wide letters as plain ones, and without what nobody sees."""
    joined = unicodedata.normalize("NFKC", text)
    if not joined.isascii():
        joined = "".join(letter for letter in joined if unicodedata.category(letter) != "Cf")
    return joined.translate(APOSTROPHES)


@lru_cache(maxsize=20_000)
def _parts(piece: str, language: str) -> tuple[str, ...]:
    """What one piece of text is made of: a word is folded, and split where its language elides."""
    if not piece[0].isalpha():
        return (piece,)
    if language == "es" and piece.casefold() == "sí":
        return (STRESSED_YES,)
    word = fold(piece)
    parts = word.split("'") if language in ELISION_SPLITS else [word.replace("'", "")]
    return tuple(part for part in parts if part)


def fold(word: str) -> str:
    """A word without case, accents and leaned-on letters: `Müüüde` is `mude`."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return LEANED_ON.sub(r"\1", bare)


WRITTEN_BY_EAR: Final = frozenset({"es"})
"""Languages whose phone spelling takes one letter for another of the same sound: "voca yena de yagas"."""
SOUNDS: Final = (("qu", "k"), ("ll", "y"), ("ch", "x"), ("h", ""), ("v", "b"), ("z", "s"), ("ce", "se"), ("ci", "si"))


def sound(word: str) -> str:
    """What a folded Spanish word sounds like, for comparison alone: `voca` and `boca` are `boka`."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return word.replace("c", "k").replace("ge", "je").replace("gi", "ji")


def words_of(phrase: str, language: str) -> list[str]:
    """The words of a lexicon's entry, folded as the text is."""
    return [part for piece in phrase.split() for part in _parts(piece.translate(APOSTROPHES), language)]
