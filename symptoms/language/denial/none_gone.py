"""Sores of which none has gone: "none of the five sores has healed", "keine der Aphthen heilt"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 4
SORES: Final = ("aphtha", "lesion", "spot")
HEALED: Final = ("gone", "betterment", "closed")


def sores_not_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The sores of which none has gone: "none of the five sores has healed"."""
    if not clause.has(*HEALED):
        return set()
    return {sore for _, sore in _none_gone(clause, passage)}


def is_gone_of_none(gone: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a word for going away is denied of every sore before it."""
    return any(one.start == gone.start for one, _ in _none_gone(clause, passage))


def _none_gone(clause: Clause, passage: Passage) -> Iterator[tuple[Hit, Hit]]:
    """The words for healing with the sores of which a "none" before them denies it."""
    for sore in clause.all(*SORES):
        if not any(one.end <= sore.start <= one.end + NEAR for one in clause.all("no", "none_of")):
            continue
        for gone in clause.all(*HEALED):
            words = range(sore.end, gone.start)
            is_next = sore.end == gone.start and (gone.kind == "betterment" or gone.end - gone.start > 1)
            if is_next or (sore.end < gone.start and all(passage.says(at, "till_healed") for at in words)):
                yield gone, sore
