"""The day of which a number of sores is told: "Monday: two. Tuesday: three", "am Freitag war's eine, heute drei"."""

from __future__ import annotations

from datetime import date
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

WEEK: Final = 7
BESIDE: Final = 2
"""Words between a day and the number that is told of it."""
AFTER: Final = 3
DAYS: Final = ("weekdays", "days_ago", "now")
CAME: Final = ("since", "for", "joined", "another", "new", "further", "also")
"""Words of sores that came on a day, beside those that were there."""


def days_back(start: int, end: int, clause: Clause, passage: Passage, today: date) -> int | None:
    """How many days ago that day is; None where none is named for a number, or only that on which so many came."""
    if clause.has(*CAME):
        return None
    day = _day_before(start, clause) or _heading(start, clause, passage) or _day_after(end, clause)
    if day is None:
        return None
    if day.kind == "weekdays":
        return (today.weekday() - int(day.value or 0)) % WEEK or WEEK
    return int(day.value or 0)


def lists_days(clause: Clause) -> bool:
    """Whether a clause tells of two days at least how many there were: "mo zwei mi drei heut fünf"."""
    days = [_day_before(hit.start, clause) for hit in clause.numerals]
    return len({day.start for day in days if day is not None}) > 1 and not clause.has(*CAME)


def is_counted_day(day: Hit, clause: Clause) -> bool:
    """Whether a number follows on a day: "gestern sechs", "gestern war eine da"."""
    return any(_day_before(hit.start, clause) == day for hit in clause.numerals)


def _day_before(at: int, clause: Clause) -> Hit | None:
    before = [hit for hit in clause.all(*DAYS) if 0 <= at - hit.end <= BESIDE]
    counted = [hit.end for hit in clause.numerals if hit.end <= at]
    day = max(before, key=lambda hit: (hit.end, hit.kind != "now"), default=None)
    return None if day is None or any(day.end <= end for end in counted) else day


def _heading(at: int, clause: Clause, passage: Passage) -> Hit | None:
    """The day that is all of the clause before: "Tuesday: four"."""
    before = passage.before(clause)
    if before is None or at != clause.start or before.end - before.start > BESIDE or before.numerals:
        return None
    return before.first("weekdays", "days_ago") or before.first("now")


def _day_after(end: int, clause: Clause) -> Hit | None:
    """The day that follows on a number: "four on Sunday, three on Monday"."""
    after = [hit for hit in clause.all(*DAYS) if 0 <= hit.start - end <= AFTER]
    return after[0] if after and len(clause.numerals) == 1 else None
