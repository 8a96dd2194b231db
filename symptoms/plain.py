"""Names and numbers as they are heard: in small letters, without accents, signs and blanks.

A text and a column of the database are written alike, so that one is found by the other. It needs no extension.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.db.models import F, Func, Value
from django.db.models.functions import Lower, Replace

LETTERS: Final = ("øłđıØŁĐ’", "oldiold'")
SPELT_OUT: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "Æ": "ae", "Œ": "oe"}
"""Letters that are no other letter with an accent."""


def plain(text: str) -> str:
    """A text in small letters without accents; the same as `plainly` makes of a column."""
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not 0x300 <= ord(one) <= 0x36F)
    text = text.translate(str.maketrans(*LETTERS))
    for letter, letters in SPELT_OUT.items():
        text = text.replace(letter, letters)
    return text.lower()


def plain_number(text: str) -> str:
    """The letters and digits of a number, without what stands between them."""
    return re.sub(r"[^a-z0-9]", "", plain(text))


def plainly(column: str) -> Func:
    """A column of a query as `plain` writes it. Small letters come last: the database may know only those of ASCII."""
    decomposed = Func(F(column), template="normalize(%(expressions)s, NFKD)")
    text = _without(decomposed, r"[\u0300-\u036f]")
    text = Func(text, *map(Value, LETTERS), function="translate")
    for letter, letters in SPELT_OUT.items():
        text = Replace(text, Value(letter), Value(letters))
    return Lower(text)


def plainly_number(column: str) -> Func:
    """A column of a query as `plain_number` writes it."""
    return _without(plainly(column), "[^a-z0-9]")


def _without(text: Func, pattern: str) -> Func:
    return Func(text, Value(pattern), Value(""), Value("g"), function="regexp_replace")
