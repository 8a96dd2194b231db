"""Since when: the days since something began, out of "for 3 days", "since Saturday", "il y a une semaine", "18/11"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause, Passage
from symptoms.language.dates import dates_in, is_introduced
from symptoms.language.hits import Hit
from symptoms.language.numbers import Quantity, quantity_before

WEEK: Final = 7
LONGEST_DAYS: Final = 1_000
"""Longer times are ages, or how old somebody is."""
COMPLAINTS: Final = group("content") - {"fine", "clean", "gone"}


@dataclass(frozen=True, slots=True)
class Since:
    """How long something has lasted. `days` is None when only "long" or "a few days" is said.

    `is_beginning`: it is said to have begun then, and not merely named ("three sores this morning").
    """

    days: float | None
    is_over_three: bool | None
    at: int
    is_beginning: bool = True


def find_since(clause: Clause, passage: Passage, today: date) -> list[Since]:
    """The times of a clause that say since when, in order; what is planned or happens every day is none."""
    found = [
        *_named_days(clause, passage, today),
        *_spans(clause, passage),
        *(_since(days, at) for days, at in dates_in(clause, passage, today)),
        *_vague(clause),
        *_nth_day(clause, passage),
    ]
    found.sort(key=lambda since: since.at)
    if _tells_what_was_not(clause):
        return []
    return [since for since in found if since is found[-1] or not _is_taken_back(clause, since.at)]


def _tells_what_was_not(clause: Clause) -> bool:
    """Whether it says of a time only that it was not so then: "a week ago there was nothing yet"."""
    is_denied = clause.has("no", "not", "nothing", "almost") and clause.has("had")
    return is_denied and not clause.has(*COMPLAINTS, "since", "for")


def _is_taken_back(clause: Clause, at: int) -> bool:
    """Whether a time is denied for the sake of a later one: "not for three days, for three weeks"."""
    return any(hit.end <= at <= hit.end + 2 for hit in clause.all("not", "no"))


def _since(days: float, at: int, over: bool = False) -> Since:
    return Since(days, days > 3 or (over and days >= 3), at)


def _is_ahead(clause: Clause, at: int) -> bool:
    """Whether a time is in the future: "until Friday", "next week"."""
    return any(0 <= at - hit.end <= 1 for hit in clause.all("future"))


def _named_days(clause: Clause, passage: Passage, today: date) -> Iterator[Since]:
    """Yesterday, this morning, since Saturday, last Thursday."""
    weekdays = clause.all("weekdays")
    for hit in clause.all("days_ago"):
        if not (_is_event(clause, hit.start) or (hit.value == WEEK and any(_is_beside(hit, day) for day in weekdays))):
            yield replace(
                _since(hit.value or 0, hit.start), is_beginning=is_introduced(clause, hit.start, "since", "for")
            )
    for hit in weekdays:
        if not (_is_ahead(clause, hit.start) or _is_dated(hit, clause, passage)):
            yield _since(_days_to(hit, clause, today), hit.start)


def _days_to(weekday: Hit, clause: Clause, today: date) -> int:
    """Days back to a weekday: the last one, that of the week before, or a week before that ("a week last Tuesday")."""
    days = (today.weekday() - int(weekday.value or 0)) % WEEK or WEEK
    weeks = [unit for unit in clause.all("units") if unit.value == WEEK]
    last_week = [one for one in clause.all("days_ago") if one.value == WEEK]
    if any(_is_beside(one, weekday) for one in [*last_week, *(unit for unit in weeks if _is_last(unit, clause))]):
        return today.weekday() + WEEK - int(weekday.value or 0)
    articles = {hit.end for hit in clause.all("article")}
    is_before = any(unit.start in articles and 0 <= weekday.start - unit.end <= 2 for unit in weeks)
    return days + WEEK if is_before else days


def _is_beside(hit: Hit, other: Hit) -> bool:
    return 0 <= other.start - hit.end <= 2 or 0 <= hit.start - other.end <= 3


def _is_last(unit: Hit, clause: Clause) -> bool:
    return any(one.end == unit.start or one.start == unit.end for one in clause.all("last"))


def _is_dated(weekday: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the date of a weekday is named: "Sunday 1 March"."""
    months = [hit for hit in clause.all("months") if 0 < hit.start - weekday.end <= 3]
    return any(token.is_number for hit in months for token in passage.tokens[weekday.end : hit.end + 1])


def _is_event(clause: Clause, at: int) -> bool:
    """Whether a day is that of a meal, of bleeding or of healing, rather than of a beginning."""
    is_event = clause.has("blood", "hearty", "soft", "gone", "clean", "left", "eat", "drink", "tablets")
    is_compared = any(one.start <= at < one.end or one.end == at for one in clause.all("than"))
    if is_compared:
        return True
    return is_event and not clause.has("sudden") and not is_introduced(clause, at, "since", "for")


def _spans(clause: Clause, passage: Passage) -> Iterator[Since]:
    """For 3 days, 2 weeks ago, x 4 days, over a week, depuis une semaine, the last three days."""
    vague = {at for hit in clause.all("vague_days", "vague_few") for at in range(hit.start + 1, hit.end + 1)}
    subjects = {hit.start for hit in clause.all("self")}
    for unit in clause.all("units"):
        if unit.start in vague | subjects or (
            unit.value == WEEK and any(_is_beside(unit, day) for day in clause.all("weekdays"))
        ):
            continue
        amount = quantity_before(clause, passage, unit.start)
        if later := next(
            (
                one
                for one in clause.all("numbers")
                if any(unit.end == o.start and o.end == one.start for o in clause.all("or"))
            ),
            None,
        ):
            amount = Quantity(later.value or 0, unit.start)
        if amount is None:
            if any(one.end == unit.start for one in clause.all("last")):
                amount = Quantity(1, unit.start - 1)
            else:
                continue
        if _is_span(clause, amount, unit):
            over = is_introduced(clause, amount.at, "over_time", "more_than")
            yield _since(amount.value * (unit.value or 0), amount.at, over)


def _nth_day(clause: Clause, passage: Passage) -> Iterator[Since]:
    """Day 4, the fourth day: the days that something is there, where it is no day of the treatment."""
    numerals = {hit.end for hit in clause.numerals}
    if clause.has("drug", "tablets") or any(hit.start in numerals for hit in clause.all("unit_other")):
        return
    for ordinal in clause.all("ordinals"):
        for unit in clause.all("units"):
            if unit.start == ordinal.end and (unit.value or 0) >= 1:
                yield _since(((ordinal.value or 1) - 1) * (unit.value or 0) + 1, ordinal.start)
    days = {hit.end for hit in clause.all("units") if hit.value == 1 and not is_introduced(clause, hit.start, "since")}
    for numbered in clause.all("numbered"):
        is_dose = any(numbered.end < hit.start for hit in clause.all("unit_other"))
        number = next((hit for hit in clause.numerals if hit.start == numbered.end), None)
        if number is not None and numbered.end in days and not is_dose:
            yield _since(number.value or 0, numbered.end)


def _is_frequency(clause: Clause, amount: Quantity, unit: Hit) -> bool:
    """Whether it tells how often: "three times a day", "once or twice a week"."""
    if any(0 <= amount.at - hit.end <= 1 for hit in clause.all("since", "for", "ago", "over_time", "last")):
        return False
    is_per = amount.value == 1 and amount.at in {hit.start for hit in clause.all("article")}
    counted = any(0 <= amount.at - hit.end <= 1 for hit in clause.all("unit_other", "numbers", "soft", "tablets"))
    return is_per and (unit.value == 1 or counted)


def _is_span(clause: Clause, amount: Quantity, unit: Hit) -> bool:
    """Whether an amount of time tells since when, rather than how long something took or takes."""
    if _is_frequency(clause, amount, unit) or amount.value * (unit.value or 0) > LONGEST_DAYS:
        return False
    if _is_ahead(clause, amount.at) or any(0 <= amount.at - one.end <= 1 for one in clause.all("each")):
        return False
    if amount.value * (unit.value or 0) < 1 and not _is_said_to_begin(clause, amount, unit):
        return False
    return clause.has("still") or not any(0 <= amount.at - one.end <= 1 for one in clause.all("after"))


def _is_said_to_begin(clause: Clause, amount: Quantity, unit: Hit) -> bool:
    """Whether minutes and hours are said to be since when, and not how long something takes."""
    after = any(0 <= one.start - unit.end <= 1 for one in clause.all("ago", "since", "last", "now"))
    return after or any(0 <= amount.at - one.end <= 1 for one in clause.all("since", "for", "ago", "last"))


def _vague(clause: Clause) -> Iterator[Since]:
    """For ages, for some days: where no number says how many."""
    counted = {hit.end for hit in clause.numerals}
    for hit in clause.all("vague_long", "vague_days"):
        is_counted = not counted.isdisjoint((hit.start, hit.start - 1))
        if not (_is_ahead(clause, hit.start) or is_counted):
            yield Since(None, True if hit.kind == "vague_long" else None, hit.start)
