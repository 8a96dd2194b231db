"""Since when: the days since something began, out of "for 3 days", "since Saturday", "il y a une semaine", "18/11"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from symptoms.language.denial.denying import is_limit
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import numbers_in, quantity_before
from symptoms.language.times.dates import ON_SINGLE, dates_in, feasts_in, is_introduced, month_in
from symptoms.language.times.event_days import is_dated_from, is_of_event
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
from symptoms.language.times.spans import SHORT, WEEK, is_ahead, is_beside, nth_days_in, spans_in
from symptoms.language.times.turning_days import turning_day

LAST_HOUR: Final = 23
NEAR: Final = 4
BRIEF: Final = 6
BACK: Final = 2
"""Clauses back to the day from which days are counted."""
TIMES: Final = frozenset({
    "days_ago", "weekdays", "units", "months", "ordinals", "feasts", "easter", "season", "clock", "sudden", "woke",
    "lasting", "since_then", "days_later", "come_to", "vague_long", "vague_days", "long_unknown",
})  # fmt: skip
"""Classes of words of which a time has one that is not told in digits."""
COMPLAINTS: Final = group("content") - {"fine", "clean", "gone", "rest"}


def find_since(clause: Clause, passage: Passage, today: date) -> list[Since]:
    """The times of a clause that say since when, in order; what is planned or happens every day is none."""
    if not (passage.has_figures or clause.has_any(TIMES)):
        return []
    if (turn := turning_day(clause, passage)) is not None:
        return [replace(one, is_beginning=False) for one in _named(clause, passage, today) if one.at == turn.start]
    if _tells_what_was_not(clause):
        return []
    found = [*_named(clause, passage, today), *_taken_up(clause, passage, today)]
    found = sorted((one for one in found if not _is_of_nothing(one.at, clause)), key=lambda one: one.at)
    found = _counted_to_days(_counted_from_days(found, clause), clause, passage, today)
    found = times_instead(clause, passage, _counted_from_events(found, clause, passage, today))
    found = [one for one in found if one is found[-1] or not _is_taken_back(clause, one.at, found[-1].at)]
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
        *_named_days(clause, passage, today, also_events=also_events),
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


def _tells_what_was_not(clause: Clause) -> bool:
    """Whether it says of a time only that it was not so then: "a week ago there was nothing yet"."""
    if not clause.has("no", "not", "nothing", "almost") or not (clause.has("had") or _is_turned_from(clause)):
        return False
    days = clause.all("days_ago", "weekdays")
    begun = [hit for hit in clause.all("since", "for") if not any(one.start <= hit.start < one.end for one in days)]
    return not (begun or clause.has(*(COMPLAINTS - {"mouthpart"}), "since_then", "ordinals"))


def _is_turned_from(clause: Clause) -> bool:
    """Whether it only names a time and "nothing", and the next clause turns: "last week nothing and | now six"."""
    joint = min((hit.start for hit in clause.all("and")), default=clause.end)
    is_none = any(hit.start < joint for hit in clause.all("nothing", "no"))
    return is_none and clause.end - clause.start <= BRIEF and clause.mark in ("", ",")


def _is_of_nothing(at: int, clause: Clause) -> bool:
    """Whether nothing was there at a time, before something came: "last week I had none and now there are six"."""
    turns = [hit.start for hit in clause.all("and", "but") if hit.start > at]
    if not turns:
        return False
    end = turns[0]
    said = {hit.kind for hit in clause.hits if hit.start < end}
    none = [hit for hit in clause.all("nothing", "no", "not") if hit.start < end and not is_limit(hit, clause)]
    is_told = not said.isdisjoint((*COMPLAINTS, "since", "ago", "since_then", "ordinals"))
    is_later = clause.numerals[-1:] and clause.numerals[-1].start > end
    return bool(none) and not is_told and bool(is_later)


def _is_taken_back(clause: Clause, at: int, last: int) -> bool:
    """Whether a time is denied for the sake of a later one: "not for three days, for three weeks"."""
    is_denied = any(hit.end <= at <= hit.end + 2 for hit in clause.all("not", "no"))
    return is_denied or any(at < hit.start <= last for hit in clause.all("correction", "rather"))


def _is_first_day(clause: Clause, at: int, earlier: list[Since]) -> bool:
    """Whether today is the day of the beginning, and not that from which is counted: "a week today"."""
    is_counted_from = any(0 < one.at - at <= 2 for one in earlier)
    return any(at in (hit.start, hit.end) for hit in clause.all("since")) and not is_counted_from


def _named_days(clause: Clause, passage: Passage, today: date, *, also_events: bool) -> Iterator[Since]:
    """Yesterday, this morning, since Saturday, last Thursday."""
    weekdays = clause.all("weekdays")
    for hit in clause.all("days_ago"):
        is_event = not also_events and is_of_event(clause, hit.start)
        is_event = is_event or any(0 <= month.start - hit.end <= 2 for month in clause.all("months"))
        is_event = is_event or _is_offered_later(hit, clause, today) or _heads_a_tally(hit, clause)
        is_event = is_event or any(one.end == hit.start for one in clause.all("future") if hit.value == 0)
        if not (is_event or (hit.value == WEEK and any(is_beside(hit, day) for day in weekdays))):
            is_beginning = _is_led(hit, clause) or _holds_since(hit, clause) or is_dated_from(clause, hit.start)
            is_beginning = is_beginning or (clause.begins_with("all_of") and clause.end - clause.start < NEAR)
            yield since(hit.value or 0, hit.start, is_beginning=is_beginning)
    yield from _on_waking(clause)
    for hit in clause.all("sudden"):
        agos = [one for one in clause.all("ago") if hit.start <= one.start < hit.end]
        if hit.end - hit.start > 2 and (agos or any(one.start == hit.start for one in clause.all("for"))):
            yield since(0, hit.start)
    for hit in [
        one for one in weekdays if not (_is_or_earlier(one, clause, today) or _is_today(one, clause, passage, today))
    ]:
        is_repeated = _is_every(hit, clause, passage) and not is_introduced(clause, hit.start, "since")
        is_none = is_repeated or _is_dated(hit, clause, passage) or _ends_a_night(hit, clause)
        if not is_none and (_was_well_until(hit, clause) or not is_ahead(clause, hit.start)):
            yield since(_days_to(hit, clause, today), hit.start)


def _heads_a_tally(day: Hit, clause: Clause) -> bool:
    """Whether it only says of which hour a count is: "count as of this evening: two ulcers"."""
    is_heading = day.end == clause.end and clause.mark == ":" and not day.value
    return is_heading and clause.has("tally") and not clause.has("new", *COMPLAINTS)


def _on_waking(clause: Clause) -> Iterator[Since]:
    """Today, where somebody woke with something: "woke up with two ulcers"."""
    if not clause.has("woke"):
        return
    woken = {hit.start for hit in clause.all("woke")}
    days = [hit for hit in clause.all("days_ago", "weekdays", "since", "every", "used_to") if hit.start not in woken]
    joined = {hit.start + skipped for hit in clause.all("company") for skipped in (0, -1)}
    for hit in clause.all("woke") if not days else []:
        if hit.end in joined:
            yield since(0, hit.start, is_beginning=False)


def _was_well_until(weekday: Hit, clause: Clause) -> bool:
    """Whether nothing was there until a day: "until Sunday all was quiet"."""
    is_until = any(hit.end == weekday.start and hit.start == clause.start for hit in clause.all("future"))
    return is_until and clause.has("had") and clause.has("rest", "clean", "fine", "well", "nothing")


def _is_or_earlier(weekday: Hit, clause: Clause, today: date) -> bool:
    """Whether it is the later of two days that are offered: the Tuesday of "Monday or Tuesday"."""
    joints = clause.all("or")
    others = [one for one in clause.all("weekdays") if any(_is_joined(one, weekday, joint) for joint in joints)]
    return any(_days_to(one, clause, today) > _days_to(weekday, clause, today) for one in others)


def _is_offered_later(day: Hit, clause: Clause, today: date) -> bool:
    """Whether it is the later of two days that are offered: the yesterday of "yesterday or the day before that"."""
    joints = clause.all("or")
    if not joints:
        return False
    earlier = [one for one in clause.all("days_ago") if (one.value or 0) > (day.value or 0)]
    earlier += [one for one in clause.all("weekdays") if _days_to(one, clause, today) > (day.value or 0)]
    return any(_is_joined(one, day, joint) for one in earlier for joint in joints)


def _is_joined(one: Hit, other: Hit, joint: Hit) -> bool:
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


def _is_led(day: Hit, clause: Clause) -> bool:
    """Whether "since" stands before a day, and is no word of another day: the "last" of "last night and today"."""
    others = [one for one in clause.all("days_ago", "weekdays") if one is not day]
    led = [hit for hit in clause.all("since", "for") if 0 <= day.start - hit.end <= NEAR - 1]
    return any(not any(one.start <= hit.start and hit.end <= one.end for one in others) for hit in led)


def _holds_since(day: Hit, clause: Clause) -> bool:
    """Whether it is a phrase like "since breakfast"."""
    return any(day.start <= hit.start and hit.end < day.end for hit in clause.all("since"))


def _ends_a_night(weekday: Hit, clause: Clause) -> bool:
    """Whether it is the Sunday of "in the night from Saturday to Sunday", which is told by its beginning."""
    earlier = [one for one in clause.all("weekdays") if 0 < weekday.start - one.end <= 2]
    return any(0 <= one.start - hit.end <= 1 for one in earlier for hit in clause.all("between"))


def _days_to(weekday: Hit, clause: Clause, today: date) -> int:
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
