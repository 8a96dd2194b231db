"""Times told by how long they are: for 3 days, 2 weeks ago, over a week and a half, the fourth day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity, is_ordinal, numbers_in, quantity_before
from symptoms.language.times.dates import SORES, is_introduced, is_of_month
from symptoms.language.times.since import Since, since

WEEK: Final = 7
LONGEST_DAYS: Final = 1_000
"""Longer times are ages, or how old somebody is."""
SHORT: Final = 2
"""Letters of a unit that is one only right after its number: "2d", "48 h"."""
TREATMENT: Final = ("drug", "tablets", "treatment")


def spans_in(clause: Clause, passage: Passage) -> Iterator[Since]:
    """For 3 days, 2 weeks ago, x 4 days, over a week, depuis une semaine, the last three days."""
    if clause.has("units"):
        yield from _with_unit(clause, passage)
    yield from _without_unit(clause, passage)


def _with_unit(clause: Clause, passage: Passage) -> Iterator[Since]:
    """Those in which a unit of time stands."""
    counted = {hit.end for hit in clause.numerals}
    few = [hit for hit in clause.all("vague_days", "vague_few") if hit.start not in counted]
    vague = {at for hit in few for at in range(hit.start + 1, hit.end + 1)}
    lasts = {hit.start for hit in clause.all("last")}
    vague |= {hit.end - 1 for hit in clause.all("vague_long") if hit.start in lasts and hit.end - hit.start > 1}
    weekdays = clause.all("weekdays")
    for unit in clause.all("units"):
        of_weekday = unit.value == WEEK and any(is_beside(unit, day) for day in weekdays)
        of_weekday = of_weekday or any(0 <= month.start - unit.end <= 1 for month in clause.all("months"))
        if unit.start in vague or of_weekday or not _is_unit(unit, clause, passage):
            continue
        amount = _amount_of(unit, clause, passage)
        if amount is not None and is_of_month(clause, amount.end):
            continue
        if amount is not None and _is_of_years(amount, unit, clause):
            yield Since(None, True, amount.at)
        elif amount is not None and _is_span(clause, amount, unit) and not _is_added(amount, unit, clause):
            over = is_introduced(clause, amount.at, "over_time", "more_than")
            over = over and not is_introduced(clause, amount.at, "last")
            by_tomorrow = 1 if clause.has("tomorrow") else 0
            days = amount.value * (unit.value or 0) + _added_to(unit, clause, passage) - by_tomorrow
            yield since(days, amount.at, over=over)


def _is_of_years(amount: Quantity, unit: Hit, clause: Clause) -> bool:
    """Whether it lasts for so many years that no days are counted: "for thirty years"."""
    is_long = amount.value * (unit.value or 0) > LONGEST_DAYS
    return is_long and any(0 <= amount.at - hit.end <= 1 for hit in clause.all("lasting"))


def _added_to(unit: Hit, clause: Clause, passage: Passage) -> float:
    """The days that are added to weeks, the weeks to months: the two of "three weeks and two days"."""
    for smaller in clause.all("units"):
        amount = quantity_before(clause, passage, smaller.start)
        if amount is not None and _follows(amount, smaller, unit, clause):
            return amount.value * (smaller.value or 0)
    return 0


def _is_added(amount: Quantity, unit: Hit, clause: Clause) -> bool:
    return any(_follows(amount, unit, greater, clause) for greater in clause.all("units"))


def _follows(amount: Quantity, smaller: Hit, greater: Hit, clause: Clause) -> bool:
    """Whether a number of a smaller unit is joined to a greater one."""
    joints = {hit.end for hit in clause.all("and") if hit.start == greater.end}
    return (smaller.value or 0) < (greater.value or 0) and amount.at in joints


def _without_unit(clause: Clause, passage: Passage) -> Iterator[Since]:
    """For 2, where the unit was named before and nothing follows that may be counted: "scan in 3 days, sore for 2"."""
    begun = {hit.end for hit in clause.all("lasting")}
    if not begun:
        return
    units = [unit for one in passage.clauses[: clause.at + 1] for unit in one.all("units")]
    for number in numbers_in(clause, passage):
        earlier = [unit for unit in units if unit.end <= number.at and (unit.value or 0) >= 1]
        goes_on = number.end < clause.end and not any(hit.start == number.end for hit in clause.all("mine", "self"))
        if number.at in begun and earlier and not goes_on:
            yield since(number.value * (earlier[-1].value or 0), number.at)


def nth_days_in(clause: Clause, passage: Passage) -> Iterator[Since]:
    """Day 4, the fourth day, the 2nd week, or that it is full today: how long something is there.

    None where it is a day of the treatment.
    """
    if not clause.has("units"):
        return
    numerals = {hit.end for hit in clause.numerals}
    previous = passage.before(clause)
    is_of_course = previous is not None and previous.has(*TREATMENT) and previous.has("since", "ago")
    after = passage.after(clause)
    is_bare = clause.end - clause.start <= SHORT and clause.mark == ","
    is_of_course = is_of_course or (
        is_bare and after is not None and after.end - after.start <= SHORT and after.has(*TREATMENT)
    )
    if is_of_course or clause.has(*TREATMENT) or any(hit.start in numerals for hit in clause.all("unit_other")):
        return
    units = {unit.start: unit for unit in clause.all("units") if (unit.value or 0) >= 1}
    ordinals = [(hit.value or 1, hit.start, hit.end) for hit in clause.all("ordinals")]
    if _tells_how_it_went(passage):
        return
    ordinals += [(one.value, one.at, one.end + 1) for one in numbers_in(clause, passage) if is_ordinal(one, passage)]
    todays = {hit.start for hit in clause.all("days_ago") if not hit.value}
    for nth, at, end in ordinals:
        if end in units and not any(0 <= hit.start - units[end].end <= 1 for hit in clause.all("months")):
            is_full = units[end].end in todays
            yield since(nth * (units[end].value or 0) if is_full else _days_of_nth(nth, units[end]), at)
    for numbered in clause.all("numbered"):
        is_dose = any(numbered.end < hit.start for hit in clause.all("unit_other"))
        articles = {hit.start for hit in clause.all("article")}
        number = next((hit for hit in clause.numerals if hit.start == numbered.end and hit.start not in articles), None)
        unit = next((one for one in units.values() if one.end == numbered.end), None)
        is_since = unit is not None and is_introduced(clause, unit.start, "since")
        is_since = is_since or any(hit.end == numbered.start for hit in [*clause.all("article"), *clause.numerals])
        is_counted_back = number is not None and number.value == 1 and clause.has("ago")
        is_counted = unit is not None and number is not None and _counts_sores(number, unit, clause)
        if number is not None and unit is not None and not (is_dose or is_since or is_counted_back or is_counted):
            yield since(_days_of_nth(number.value or 0, unit), numbered.end)


def _counts_sores(number: Hit, unit: Hit, clause: Clause) -> bool:
    """Whether a number after a week is that of the sores, and the week has its own: "een week zes aften"."""
    counted = {hit.end for hit in [*clause.numerals, *clause.all("article")]}
    return unit.start in counted and any(hit.start == number.end for hit in clause.all(*SORES))


def _tells_how_it_went(passage: Passage) -> bool:
    """Whether it tells what there was in the first week, and what in the second."""
    units = {hit.start for hit in passage.hits if hit.kind == "units"}
    ordinals = [hit for hit in passage.hits if hit.kind == "ordinals"]
    return len({hit.value for hit in ordinals}) > 1 and any(hit.end in units for hit in ordinals)


def _days_of_nth(nth: float, unit: Hit) -> float:
    """The days at the beginning of the nth day, week or month; the first is one day."""
    return (nth - 1) * (unit.value or 0) + 1


def is_beside(hit: Hit, other: Hit) -> bool:
    """Whether two times are named together: "Monday of last week", "last week on Monday"."""
    return 0 <= other.start - hit.end <= 2 or 0 <= hit.start - other.end <= 4


def _is_unit(unit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a unit of time: a letter or two only right after a number, and not those of a next word."""
    if len(passage.tokens[unit.start].text) > SHORT:
        return not any(hit.start == unit.start for hit in clause.all("self"))
    following = passage.tokens[unit.end] if unit.end < len(passage.tokens) else None
    is_elided = following is not None and following.is_glued and following.is_word
    counted = any(hit.end == unit.start for hit in [*clause.numerals, *clause.all("article")])
    return (counted or passage.tokens[unit.start - 1].is_number) and not is_elided


def _amount_of(unit: Hit, clause: Clause, passage: Passage) -> Quantity | None:
    """How many of a unit: the number before it, that after "a day or", with "and a half" on either side."""
    or_after = {one.start: one.end for one in clause.all("or", "unsure", "perhaps")}
    counted = {one.start for one in clause.numerals}
    at = or_after.get(unit.end, None if unit.end in counted else or_after.get(unit.end + 1))
    if later := next((one for one in clause.numerals if one.start == at), None):
        return Quantity(later.value or 0, unit.start)
    halves = clause.all("and_half")
    half_before = next((one for one in halves if one.end == unit.start), None)
    amount = quantity_before(clause, passage, half_before.start if half_before else unit.start)
    if half_before or any(one.start == unit.end for one in halves):
        whole = amount or Quantity(1, unit.start)
        return Quantity(whole.value + 0.5, whole.at, whole.end)
    if amount is None and any(one.end == unit.start for one in clause.all("last")):
        return Quantity(1, unit.start - 1)
    if amount is None and any(one.start == unit.end for one in clause.all("ago")):
        return Quantity(1, unit.start, unit.start)
    return amount


def _is_frequency(clause: Clause, amount: Quantity, unit: Hit) -> bool:
    """Whether it tells how often: "three times a day", "once or twice a week", "every three weeks"."""
    every = {hit.start for hit in clause.all("every")}
    both = {hit.start for hit in clause.all("each") if hit.start == clause.start} - every
    repeated = [hit for hit in clause.all("each", "every") if hit.start not in both]
    often = [amount.at - hit.end for hit in repeated if 0 <= amount.at - hit.end <= 1]
    lasting = clause.all("since", "for", "ago", "over_time", "last")
    lasts = [amount.at - hit.end for hit in lasting if 0 <= amount.at - hit.end <= 1]
    if often or lasts:
        return bool(often) and (not lasts or min(often) < min(lasts))
    if any(hit.start < unit.start < hit.end for hit in clause.all("every")):
        return True
    if any(hit.start == amount.end and hit.end in (unit.start, unit.end) for hit in clause.all("every")):
        return True
    is_per = amount.value == 1 and amount.at in {hit.start for hit in clause.all("article")}
    numbered = {hit.end for hit in clause.numerals}
    things = [hit for hit in clause.all("unit_other", "soft", "tablets") if hit.start in numbered]
    counted = any(0 <= amount.at - hit.end <= 1 for hit in things)
    counted = counted or any(hit.end == amount.at for hit in clause.all("numbers"))
    is_ago = any(hit.start == unit.end for hit in clause.all("ago"))
    return is_per and not is_ago and (unit.value == 1 or counted)


def _is_span(clause: Clause, amount: Quantity, unit: Hit) -> bool:
    """Whether an amount of time tells since when, rather than how long something took or takes."""
    if _is_frequency(clause, amount, unit) or amount.value * (unit.value or 0) > LONGEST_DAYS:
        return False
    if is_ahead(clause, amount.at) and not clause.has("tomorrow"):
        return False
    is_within_a_day = amount.value * (unit.value or 0) == 1 and any(hit.end == amount.at for hit in clause.all("place"))
    if is_within_a_day and not clause.has("ago", "for"):
        return False
    is_brief = amount.value * (unit.value or 0) < 1
    if is_brief and any(hit.end == amount.at for hit in clause.all("for_to")) and not clause.has("ago"):
        return False
    if is_brief and not _is_said_to_begin(clause, amount, unit):
        return False
    is_after_what = any(hit.start == unit.end for hit in clause.all("of"))
    is_kept = clause.has("still") or (clause.has("aphtha") and not is_after_what)
    is_kept = is_kept and amount.value * (unit.value or 0) >= 1
    limited = {hit.start for hit in clause.all("only") if hit.end == amount.at}
    return is_kept or not any(0 <= amount.at - one.end <= 1 and one.end not in limited for one in clause.all("after"))


def is_ahead(clause: Clause, at: int) -> bool:
    """Whether a time is in the future: "until Friday", "next week"."""
    return any(0 <= at - hit.end <= 1 for hit in clause.all("future"))


def _is_said_to_begin(clause: Clause, amount: Quantity, unit: Hit) -> bool:
    """Whether minutes and hours are said to be since when, and not how long something takes."""
    after = any(0 <= one.start - unit.end <= 1 for one in clause.all("ago", "since", "last", "now"))
    return after or any(0 <= amount.at - one.end <= 1 for one in clause.all("since", "for", "ago", "last"))
