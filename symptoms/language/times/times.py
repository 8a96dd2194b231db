"""Since when: the days since something began, out of "for 3 days", "since Saturday", "il y a une semaine", "18/11"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.numbers import numbers_in, quantity_before
from symptoms.language.times.dates import dates_in, feasts_in, is_introduced, month_in
from symptoms.language.times.named_days import named_days
from symptoms.language.times.none_yet import is_of_nothing, tells_what_was_not
from symptoms.language.times.offsets import (
    began_later,
    counted_from_before,
    counted_on,
    is_day_of_treatment,
    offsets_in,
    tells_of_sores,
)
from symptoms.language.times.promises import times_instead
from symptoms.language.times.since import Since, since
from symptoms.language.times.spans import WEEK, is_ahead, nth_days_in, spans_in
from symptoms.language.times.turning_days import turning_day

LAST_HOUR: Final = 23
APART: Final = 3
"""Words from "than" to a time, and from that to its "ago"."""
DEGREES: Final = ("less", "further", "more_so", "worse", "fewer", "new")
BACK: Final = 2
"""Clauses back to the day from which days are counted."""
TIMES: Final = frozenset({
    "days_ago", "weekdays", "units", "months", "ordinals", "feasts", "easter", "season", "clock", "sudden", "woke",
    "lasting", "since_then", "days_later", "come_to", "vague_long", "vague_days", "long_unknown",
})  # fmt: skip
"""Classes of words of which a time has one that is not told in digits."""


def find_since(clause: Clause, passage: Passage, today: date) -> list[Since]:
    """The times of a clause that say since when, in order; what is planned or happens every day is none."""
    if not (passage.has_figures or clause.has_any(TIMES)):
        return []
    if (turn := turning_day(clause, passage)) is not None:
        return [replace(one, is_beginning=False) for one in _named(clause, passage, today) if one.at == turn.start]
    if tells_what_was_not(clause):
        return []
    found = [*_named(clause, passage, today), *_taken_up(clause, passage, today)]
    found = sorted((one for one in found if not is_of_nothing(one.at, clause)), key=lambda one: one.at)
    found = _counted_to_days(_counted_from_days(found, clause), clause, passage, today)
    found = times_instead(clause, passage, _counted_from_events(found, clause, passage, today))
    found = [one for one in found if one is found[-1] or not _is_taken_back(clause, one.at, found[-1].at)]
    found = [
        one for one in found if not (_is_denied(clause, one.at) or (one.days and _is_compared_with(clause, one.at)))
    ]
    earlier = [one for one in found if one.days and one.is_beginning]
    return [one for one in found if one.days != 0 or not earlier or _is_first_day(clause, one.at, earlier)]


def _counted_from_days(found: list[Since], clause: Clause) -> list[Since]:
    """Times in which weeks that are counted from a day are one with it: "a week ago yesterday"."""
    agos = clause.all("ago")
    for day in clause.all("days_ago"):
        starts = {day.end, *(hit.end for hit in agos if hit.start == day.end)}
        is_last = any(hit.end == day.start for hit in agos)
        span = next((one for one in found if one.at in starts or (is_last and one.at < day.start)), None)
        if span is None or not (agos and day.value and span.days and span.days % WEEK == 0):
            continue
        others = [one for one in found if one is not span and one.at != day.start]
        found = sorted([*others, since(span.days + day.value, span.at)], key=lambda one: one.at)
    return found


def _counted_to_days(found: list[Since], clause: Clause, passage: Passage, today: date) -> list[Since]:
    """Times in which weeks that will be full on a day are those until now: "it'll be a week on Saturday"."""
    days = clause.all("weekdays") if clause.has("will_be") else []
    if len(days) != 1 or clause.has("ago", "last"):
        return found
    ahead = (int(days[0].value or 0) - today.weekday()) % WEEK
    for unit in clause.all("units"):
        amount = quantity_before(clause, passage, unit.start) if (unit.value or 0) >= 1 else None
        if amount is not None and amount.value * (unit.value or 0) > ahead:
            return [since(amount.value * (unit.value or 0) - ahead, amount.at)]
    return found


def _counted_from_events(found: list[Since], clause: Clause, passage: Passage, today: date) -> list[Since]:
    """Times in which days that are counted from another day, named after them or before, are one with it.

    Days that are counted from one on which there were sores are none of their beginning.
    """
    offsets = offsets_in(clause, passage)
    if is_day_of_treatment(clause, passage):
        return []
    for offset in offsets:
        if (begun := began_later(offset, clause, passage)) is not None:
            bases = [one for one in _named(begun, passage, today) if (one.days or 0) >= max(offset.days, 1)]
            if bases:
                return counted_from_before(found, offset, bases[0])
        if (moved := counted_on(found, offset, clause)) is not None:
            return moved
        if tells_of_sores(passage, offset.at):
            continue
        for earlier in passage.clauses[clause.at :: -1][: BACK + 1]:
            named = _named(earlier, passage, today, also_events=True)
            bases = [one for one in named if one.at < offset.at and (one.days or 0) >= max(offset.days, 1)]
            if bases:
                return counted_from_before(found, offset, bases[-1])
    return found


def _named(clause: Clause, passage: Passage, today: date, *, also_events: bool = False) -> list[Since]:
    """Every time that a clause names, in order; with or without the days of meals and the like."""
    found = [
        *named_days(clause, passage, today, also_events=also_events),
        *_hours(clause, passage),
        *spans_in(clause, passage),
        *dates_in(clause, passage, today),
        *feasts_in(clause, today),
        *month_in(clause, today),
        *_vague(clause),
        *nth_days_in(clause, passage),
    ]
    return sorted(found, key=lambda one: one.at)


def _taken_up(clause: Clause, passage: Passage, today: date) -> Iterator[Since]:
    """Since the time that was named last: "on Saturday I bit my tongue and since then", "that same evening"."""
    named_after = {hit.start for hit in clause.all("weekdays", "days_ago", "numbers")}
    for hit in clause.all("since_then"):
        is_named = any(one.start < hit.end < one.end for one in clause.all("days_ago"))
        if is_named or hit.end in named_after:
            continue
        for earlier in passage.clauses[clause.at :: -1]:
            named = _named(earlier, passage, today, also_events=True)
            if found := [one for one in named if one.at < hit.start and one.days]:
                yield replace(found[-1], at=hit.start, is_beginning=True)
                break


def _is_taken_back(clause: Clause, at: int, last: int) -> bool:
    """Whether a time is denied for the sake of a later one: "not for three days, for three weeks"."""
    is_denied = any(hit.end <= at <= hit.end + 2 for hit in clause.all("not", "no"))
    return is_denied or any(at < hit.start <= last for hit in clause.all("correction", "rather"))


def _is_denied(clause: Clause, at: int) -> bool:
    """Whether it is the day itself from which something is not: "de aften zijn niet van gisteren"."""
    day = next((hit for hit in clause.all("days_ago", "weekdays") if hit.start == at and hit.end == clause.end), None)
    starts = {hit.start for hit in clause.all("of") if hit.end == at}
    return day is not None and any(hit.end in starts for hit in clause.all("not"))


def _is_compared_with(clause: Clause, at: int) -> bool:
    """Whether it is only a time with which now is compared: "less breath than a month ago"."""
    agos = [hit for hit in clause.all("ago") if abs(hit.start - at) <= APART]
    thans = [hit.start for hit in clause.all("than") if any(-1 <= at - one <= APART for one in (hit.start, hit.end))]
    thans = [start for start in thans if start <= at and _has_degree_before(start, clause)]
    return bool(agos and thans) and not clause.has("more_than", "less_than")


def _has_degree_before(start: int, clause: Clause) -> bool:
    """Whether a degree leads to a "than": "less breath than", "wund wie"; not the "que" of "vieras que hace"."""
    degrees = [*clause.all(*DEGREES), *(hit for hit in clause.all("breathless") if hit.end - hit.start > 1)]
    return any(hit.start < start for hit in degrees) or any(hit.start == start for hit in clause.all("like"))


def _is_first_day(clause: Clause, at: int, earlier: list[Since]) -> bool:
    """Whether today is the day of the beginning, and not that from which is counted: "a week today"."""
    is_counted_from = any(0 < one.at - at <= 2 for one in earlier)
    return any(at in (hit.start, hit.end) for hit in clause.all("since")) and not is_counted_from


def _hours(clause: Clause, passage: Passage) -> Iterator[Since]:
    """Since an hour of today: "since 8 o'clock", "depuis 7h du matin"."""
    clocks = {at for hit in clause.all("clock") for at in (hit.start, hit.end)}
    for number in numbers_in(clause, passage) if clocks else []:
        if number.value <= LAST_HOUR and {number.at, number.end} & clocks and is_introduced(clause, number.at, "since"):
            yield since(0, number.at)


def _vague(clause: Clause) -> Iterator[Since]:
    """For ages, since the spring, for some days: where no number says how many."""
    counted = {hit.end for hit in clause.numerals}
    for hit in clause.all("vague_long", "vague_days", "long_unknown"):
        is_word = hit.end - hit.start == 1
        is_counted = not counted.isdisjoint((hit.start, hit.start - is_word))
        is_often = any(0 <= hit.start - one.end <= 1 for one in clause.all("every"))
        is_denied = any(0 <= hit.start - one.end <= 2 for one in clause.all("not"))
        if not (is_ahead(clause, hit.start) or is_counted or is_often or is_denied):
            yield Since(None, None if hit.kind == "vague_days" else True, hit.start)
    for hit in clause.all("season"):
        if is_introduced(clause, hit.start, "since", "since_before", "lasting", "whole"):
            yield Since(None, True, hit.start)
