"""How many days back a weekday is, and which weekdays tell no time: "every Tuesday", "it's Thursday now"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.times.dates import ON_SINGLE, is_introduced
from symptoms.language.times.since import Since, since
from symptoms.language.times.spans import SHORT, WEEK, is_ahead, is_beside

NEAR: Final = 4
COMPLAINTS: Final = group("content") - {"fine", "clean", "gone", "rest"}


def weekdays_in(clause: Clause, passage: Passage, today: date) -> Iterator[Since]:
    """Since a weekday that a clause names: "since Saturday", "last Thursday"; not "every Tuesday"."""
    for hit in clause.all("weekdays"):
        if _is_or_earlier(hit, clause, today) or _is_today(hit, clause, passage, today):
            continue
        is_repeated = _is_every(hit, clause, passage) and not is_introduced(clause, hit.start, "since")
        is_none = is_repeated or _is_dated(hit, clause, passage) or _ends_a_night(hit, clause)
        if not is_none and (_was_well_until(hit, clause) or not is_ahead(clause, hit.start)):
            yield since(days_to(hit, clause, today), hit.start)


def _was_well_until(weekday: Hit, clause: Clause) -> bool:
    """Whether nothing was there until a day: "until Sunday all was quiet"."""
    is_until = any(hit.end == weekday.start and hit.start == clause.start for hit in clause.all("future"))
    return is_until and clause.has("had") and clause.has("rest", "clean", "fine", "well", "nothing")


def _is_or_earlier(weekday: Hit, clause: Clause, today: date) -> bool:
    """Whether it is the later of two days that are offered: the Tuesday of "Monday or Tuesday"."""
    joints = clause.all("or")
    others = [one for one in clause.all("weekdays") if any(is_joined(one, weekday, joint) for joint in joints)]
    return any(days_to(one, clause, today) > days_to(weekday, clause, today) for one in others)


def is_joined(one: Hit, other: Hit, joint: Hit) -> bool:
    """Whether no more than a word and a small one stand between two."""
    first, last = sorted((one, other), key=lambda hit: hit.start)
    return 0 <= joint.start - first.end <= 1 and 0 <= last.start - joint.end <= 1


def _is_today(weekday: Hit, clause: Clause, passage: Passage, today: date) -> bool:
    """Whether it only says which day it is, after another was named: "got it Sunday, it's Thursday now"."""
    before = passage.before(clause)
    if weekday.value != today.weekday() or before is None or clause.end - clause.start > NEAR:
        return False
    if clause.numerals or clause.has("since", "for", "last", "ago", "rather", "correction", "no", "not", *COMPLAINTS):
        return False
    return before.sentence == clause.sentence and before.has("weekdays") and not passage.has("rather", "no_answer")


def _is_every(weekday: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is "every Tuesday", "every second Tuesday", and not "they all came on Tuesday"."""
    ons = {hit.start for hit in clause.all("place")}
    ons |= {at for at in range(clause.start, weekday.start) if passage.tokens[at].text in ON_SINGLE}
    return any(
        0 <= weekday.start - hit.end <= NEAR - 1 and ons.isdisjoint(range(hit.end, weekday.start))
        for hit in clause.all("every")
    )


def _ends_a_night(weekday: Hit, clause: Clause) -> bool:
    """Whether it is the Sunday of "in the night from Saturday to Sunday", which is told by its beginning."""
    earlier = [one for one in clause.all("weekdays") if 0 < weekday.start - one.end <= 2]
    return any(0 <= one.start - hit.end <= 1 for one in earlier for hit in clause.all("between"))


def days_to(weekday: Hit, clause: Clause, today: date) -> int:
    """Days back to a weekday: the last one, that of the week before, or weeks before that ("a week last Tuesday").

    On a Thursday "last Wednesday" is not yesterday, which has a name of its own.
    A value below zero is a day of last week by itself: "at the end of last week".
    """
    day = int(weekday.value or 0)
    if day < 0:
        return today.weekday() - day
    days = (today.weekday() - day) % WEEK or WEEK
    weeks = [unit for unit in clause.all("units") if unit.value == WEEK]
    last_week = [one for one in clause.all("days_ago") if one.value == WEEK]
    if any(is_beside(one, weekday) for one in [*last_week, *(unit for unit in weeks if _is_last(unit, clause))]):
        return today.weekday() + WEEK - day
    is_yesterday_told_as_last = days == 1 and _is_last(weekday, clause)
    return days + WEEK * max(_weeks_before(weekday, weeks, clause, today.weekday()), int(is_yesterday_told_as_last))


def _weeks_before(weekday: Hit, weeks: list[Hit], clause: Clause, today_is: int) -> int:
    """How many weeks before the last one it was: "Sunday before last", "a week last Tuesday", "Tuesday 2 weeks ago"."""
    if any(is_beside(one, weekday) for one in clause.all("before_last")):
        return 1
    numbers = {hit.end: int(hit.value or 1) for hit in clause.numerals} | {hit.end: 1 for hit in clause.all("article")}
    days = [unit for unit in clause.all("units") if unit.value == 1 and numbers.get(unit.start, 0) >= WEEK]
    counted = [(unit, numbers[unit.start]) for unit in weeks if unit.start in numbers]
    counted += [(unit, numbers[unit.start] // WEEK) for unit in days]
    agos = clause.all("ago")
    apart = [hit.start for hit in clause.all("and", "since", "self")]
    before = [
        many
        for unit, many in counted
        if 0 <= weekday.start - unit.end <= 2 and not any(unit.end <= at < weekday.start for at in apart)
    ]
    after = [many for unit, many in counted if weekday.end <= unit.start <= weekday.end + 5 and agos]
    after += [1 for unit in weeks if unit.start == weekday.end and clause.has("since", "for")]
    if after and not before and weekday.value == today_is:
        return max(after) - 1
    return max([*before, *after], default=0)


def _is_last(unit: Hit, clause: Clause) -> bool:
    return any(one.end == unit.start or one.start == unit.end for one in clause.all("last"))


def _is_dated(weekday: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the date of a weekday is named: "Sunday 1 March"; or it is the "so" of "seit so zehn Tagen"."""
    is_short = len(passage.tokens[weekday.end - 1].text) <= SHORT
    counted = {hit.start for hit in clause.all("units")}
    if is_short and any(one.start == weekday.end and one.end in counted for one in clause.numerals):
        return True
    months = [hit for hit in clause.all("months") if 0 < hit.start - weekday.end <= 3]
    return any(token.is_number for hit in months for token in passage.tokens[weekday.end : hit.end + 1])
