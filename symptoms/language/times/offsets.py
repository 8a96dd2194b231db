"""Times that are counted from another: "two days after the scan on 2 March", "le lendemain de lundi", "tags darauf"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import quantity_before
from symptoms.language.times.dates import SORES
from symptoms.language.times.since import Since, since

REACH: Final = 10
"""Words from the days that are counted to the day from which they are."""
BESIDE: Final = 2
EVENTS: Final = ("after", "of", "place")
TREATMENTS: Final = ("tablets", "drug", "treatment", "plan", "since")
OF_COMPLAINTS: Final = (*SORES, "cough", "breathless", "cannot_breathe", "pain", "mouthpart", "observe")
LATER: Final = ("then", "after")


@dataclass(frozen=True, slots=True)
class Offset:
    """So many days after something. `is_led`: words follow that say after what."""

    days: float
    at: int
    end: int
    is_led: bool


def offsets_in(clause: Clause, passage: Passage) -> list[Offset]:
    """The days of a clause that are counted from another day."""
    found = [Offset(hit.value or 0, hit.start, hit.end, True) for hit in clause.all("days_later")]
    if not clause.has(*LATER):
        return found
    for unit in clause.all("units"):
        after = _counted_from(unit, clause)
        amount = quantity_before(clause, passage, unit.start) if after is not None else None
        if after is not None and amount is not None and (unit.value or 0) >= 1:
            end = max(after.end, unit.end)
            found.append(Offset(amount.value * (unit.value or 0), amount.at, end, after.kind == "after"))
    return found


def _counted_from(unit: Hit, clause: Clause) -> Hit | None:
    """The "after" or "later" that stands right after a unit, or the "after" before its number: "a los tres dias"."""
    behind = [hit for hit in clause.all(*LATER) if hit.start == unit.end]
    leading = [hit for hit in clause.all("after") if 0 < unit.start - hit.end <= BESIDE]
    return min([*behind, *leading], key=lambda hit: hit.kind != "after", default=None)


def began_later(offset: Offset, clause: Clause, passage: Passage) -> Clause | None:
    """The next clause, if it says when that treatment began from which it is counted: "the pill, which I took on"."""
    after = passage.after(clause)
    if not offset.is_led or after is None or after.sentence != clause.sentence or not after.has("taken_on"):
        return None
    is_of_treatment = any(hit.start >= offset.end for hit in clause.all(*TREATMENTS))
    is_told = any(hit.start - after.start <= 1 for hit in after.all("taken_on"))
    return after if is_of_treatment and is_told and not after.has(*OF_COMPLAINTS) else None


def is_day_of_treatment(clause: Clause, passage: Passage) -> bool:
    """Whether a clause says no more than when the treatment began from which days were counted before."""
    before = passage.before(clause) if clause.has("taken_on") else None
    if before is None:
        return False
    return any(began_later(offset, before, passage) is clause for offset in offsets_in(before, passage))


def is_counted_from_treatment(clause: Clause, passage: Passage) -> bool:
    """Whether its days are counted from the beginning of the treatment, of which the next clause says when it was."""
    if not passage.has("taken_on"):
        return False
    return any(began_later(offset, clause, passage) is not None for offset in offsets_in(clause, passage))


def counted_on(found: list[Since], offset: Offset, clause: Clause) -> list[Since] | None:
    """The times of a clause with the days that are counted from a later named one as one time; None for no such."""
    apart = [hit.start for hit in clause.all("and", "but", *SORES) if hit.start >= offset.end]
    named = [one for one in found if offset.end <= one.at <= offset.end + REACH and one.days is not None]
    base = next((one for one in named if not any(at < one.at for at in apart)), None)
    if base is None or not offset.is_led or (base.days or 0) < offset.days:
        return None
    rest = [one for one in found if one is not base and not offset.at <= one.at < offset.end]
    return sorted([*rest, since((base.days or 0) - offset.days, offset.at)], key=lambda one: one.at)


def counted_from_before(found: list[Since], offset: Offset, base: Since) -> list[Since]:
    """The times of a clause with the days that are counted from a day that was named before as one time."""
    rest = [one for one in found if not offset.at <= one.at < offset.end]
    later = replace(since((base.days or 0) - offset.days, offset.at), is_beginning=True)
    return sorted([*rest, later], key=lambda one: one.at)


def tells_of_sores(passage: Passage, before: int) -> bool:
    """Whether sores are named before a place in a text."""
    return any(hit.kind in SORES and hit.start < before for hit in passage.hits)
