"""How long something was to last, by what was promised, and how long it has lasted instead: "in one, and it's two"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import numbers_in
from symptoms.language.times.dates import is_introduced
from symptoms.language.times.since import Since, since

BACK: Final = 2
"""Clauses back to what was promised."""
BESIDE: Final = 2
"""Words from "it has been" to its number; from a number to its unit."""
GOES_ON: Final = ("and", "but", "now", "self", "since", "for", "still", "mine", "only")
"""What may stand after a number that counts no things."""


def times_instead(clause: Clause, passage: Passage, found: list[Since]) -> list[Since]:
    """The times of a clause without that of a promise, and with that which is told in its unit instead."""
    if not passage.has("promised"):
        return found
    if clause.has("promised"):
        units = clause.all("units")
        spans = {unit.start - skipped for unit in units for skipped in range(BESIDE + 1)}
        found = [one for one in found if one.at not in spans or is_introduced(clause, one.at, "ago", "lasting")]
    return [*found, *_come_to(clause, passage)]


def _come_to(clause: Clause, passage: Passage) -> Iterator[Since]:
    """The number of a unit that a promise named before: "ya van dos", "on en est au huitième"."""
    ends = {hit.end + skipped for hit in clause.all("come_to") for skipped in range(BESIDE + 1)}
    if not ends:
        return
    told = [(one.value, one.at, one.end) for one in numbers_in(clause, passage)]
    told += [(hit.value or 0, hit.start, hit.end) for hit in clause.all("ordinals")]
    for value, at, end in told:
        unit = _promised_unit(at, clause, passage)
        if at in ends and unit is not None and _counts_nothing(end, clause):
            yield since(value * (unit.value or 0), at)


def _promised_unit(at: int, clause: Clause, passage: Passage) -> Hit | None:
    """The unit, of a day at least, in which something was to last."""
    earlier = [one for one in passage.clauses[max(0, clause.at - BACK) : clause.at + 1] if one.has("promised")]
    units = [unit for one in earlier for unit in one.all("units") if unit.end <= at and (unit.value or 0) >= 1]
    return units[-1] if units else None


def _counts_nothing(end: int, clause: Clause) -> bool:
    return end == clause.end or any(hit.start == end for hit in clause.all(*GOES_ON))
