"""The sores that are left out of what has gone: "they have healed, except for one", "weg, außer der an der Zunge"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from symptoms.language.sores.countable import is_part_of
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import numbers_in

OF_OTHERS: Final = (
    "cough", "breathless", "throat", "tooth", "units", "fever", "nose", "elsewhere", "harmless", "plan", "tablets",
    "unit_other",
)  # fmt: skip
"""Beside which it is something else that is left out: "gone, apart from a cough"."""


def are_some_excepted(clause: Clause, passage: Passage) -> bool:
    """Whether of what a clause says has gone some is left out, in it or in what its sentence goes on with."""
    after = passage.after(clause)
    gone = [hit.end for hit in clause.all("gone")]
    if any(_leaves_some(hit, clause) for hit in clause.all("excepting") for end in gone if end <= hit.start):
        return True
    if after is None or after.sentence != clause.sentence:
        return False
    return any(hit.start == after.start and _leaves_some(hit, after) for hit in after.all("excepting"))


def _leaves_some(excepting: Hit, clause: Clause) -> bool:
    """Whether a number, or "that" with its place in the mouth, is what follows: "except two", "außer der am Gaumen"."""
    if clause.has(*OF_OTHERS):
        return False
    if any(excepting.start < hit.start <= excepting.end + 1 for hit in clause.numerals):
        return True
    pointed = [hit for hit in clause.all("that_one", "mine") if hit.start in (excepting.end, excepting.end + 1)]
    return bool(pointed) and clause.has("mouthpart", "aphtha", "lesion", "size")


def has_share(clause: Clause, passage: Passage) -> bool:
    """Whether it says so of a few of more sores: "eine der fünf Aphthen ist weg", "one of my five has gone"."""
    numbers = numbers_in(clause, passage) if len(clause.numerals) > 1 else []
    return any(is_part_of(one, other, clause) and one.value < other.value for one, other in pairwise(numbers))
