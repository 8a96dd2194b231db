"""The days that a clause names: "yesterday", "since breakfast", "last Thursday", "woke up with"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.times.event_days import is_dated_from, is_of_event, is_since_then
from symptoms.language.times.since import Since, since
from symptoms.language.times.spans import WEEK, is_beside
from symptoms.language.times.weekdays import COMPLAINTS, NEAR, days_to, is_joined, weekdays_in


def named_days(clause: Clause, passage: Passage, today: date, *, also_events: bool) -> Iterator[Since]:
    """Yesterday, this morning, since Saturday, last Thursday."""
    weekdays = clause.all("weekdays")
    for hit in clause.all("days_ago"):
        is_event = not also_events and is_of_event(clause, hit.start) and not is_since_then(clause, hit)
        is_event = is_event or any(0 <= month.start - hit.end <= 2 for month in clause.all("months"))
        is_event = is_event or _is_offered_later(hit, clause, today) or _heads_a_tally(hit, clause)
        is_event = is_event or any(one.end == hit.start for one in clause.all("future") if hit.value == 0)
        if not (is_event or (hit.value == WEEK and any(is_beside(hit, day) for day in weekdays))):
            is_beginning = (
                _is_led(hit, clause)
                or is_since_then(clause, hit)
                or _holds_since(hit, clause)
                or is_dated_from(clause, hit.start)
            )
            is_beginning = is_beginning or (clause.begins_with("all_of") and clause.end - clause.start < NEAR)
            yield since(hit.value or 0, hit.start, is_beginning=is_beginning)
    yield from _on_waking(clause)
    for hit in clause.all("sudden"):
        agos = [one for one in clause.all("ago") if hit.start <= one.start < hit.end]
        if hit.end - hit.start > 2 and (agos or any(one.start == hit.start for one in clause.all("for"))):
            yield since(0, hit.start)
    yield from weekdays_in(clause, passage, today)


def _is_offered_later(day: Hit, clause: Clause, today: date) -> bool:
    """Whether it is the later of two days that are offered: the yesterday of "yesterday or the day before that"."""
    joints = clause.all("or")
    if not joints:
        return False
    earlier = [one for one in clause.all("days_ago") if (one.value or 0) > (day.value or 0)]
    earlier += [one for one in clause.all("weekdays") if days_to(one, clause, today) > (day.value or 0)]
    return any(is_joined(one, day, joint) for one in earlier for joint in joints)


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


def _is_led(day: Hit, clause: Clause) -> bool:
    """Whether "since" stands before a day, and is no word of another day: the "last" of "last night and today"."""
    others = [one for one in clause.all("days_ago", "weekdays") if one is not day]
    led = [hit for hit in clause.all("since", "for") if 0 <= day.start - hit.end <= NEAR - 1]
    return any(not any(one.start <= hit.start and hit.end <= one.end for one in others) for hit in led)


def _holds_since(day: Hit, clause: Clause) -> bool:
    """Whether it is a phrase like "since breakfast"."""
    return any(day.start <= hit.start and hit.end < day.end for hit in clause.all("since"))
