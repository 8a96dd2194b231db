"""Dates of a clause: days of a month by number, with or without the name of the month, months alone, and feasts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import ORDINAL_ENDS
from symptoms.language.times.since import LIMIT_DAYS, Since, since

NEAR: Final = 3
BRIEF: Final = 6
"""Words of a clause that says no more than which day it was."""
LONGEST_DAYS: Final = 180
SORES: Final = ("aphtha", "lesion", "spot")
COMPLAINTS: Final = (*SORES, "cough", "breathless", "cannot_breathe", "mouthpart", "pain", "since", "sudden")
"""One of these stands beside a feast of which more is said than what one could do then."""
DAYS_OF_MONTH: Final = 30
EARLY_ENDS: Final = 7
"""The last day of the beginning of a month."""
OF_TEN: Final = "/10"
"""How the mark of a pain ends: 6/10."""
ON: Final = frozenset(["the", "on", "le", "du", "dem", "am", "den", "vom", "de", "op", "el", "del", "dia"])
"""Words before the number of a day."""
ON_SINGLE: Final = frozenset(["le", "el", "dia"])
"""Those of them that stand before no number of things."""
ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?$")


def is_introduced(clause: Clause, at: int, *kinds: str) -> bool:
    """Whether a word of these classes stands a little before a place, or opens a clause that ends with it.

    "since the family dinner on Sunday, ...": nobody does anything in such a clause.
    """
    introduced = clause.all(*kinds)
    if any(0 <= at - hit.end <= NEAR for hit in introduced):
        return True
    is_last = at == clause.end - 1 and clause.mark == "," and not clause.has("self", "have", "had", "someone", *SORES)
    return is_last and any(hit.start == clause.start for hit in introduced)


def dates_in(clause: Clause, passage: Passage, today: date) -> Iterator[Since]:
    """Since each date: 18/11, the 19th of November, el tres de marzo, since the 3rd, since February."""
    dated: set[Hit] = set()
    for at in range(clause.start, clause.end) if passage.has_figures else ():
        token = passage.tokens[at]
        if not token.is_number:
            continue
        if matched := DATE.match(token.text):
            first, second = int(matched[1]), int(matched[2])
            days = _days_since(first, second, today) or _days_since(second, first, today)
            if days is not None and _is_date(matched[3], clause, passage, at):
                yield since(days, at)
            continue
        reach = range(-2 if passage.lexicon.language == "en" else 1, 4)
        months = [*clause.all("months"), *_mays(clause, passage)]
        month = next((hit for hit in months if hit.start - at in reach and hit.start != at), None)
        if not token.text.isdigit():
            continue
        if month and (days := _days_since(int(token.text), int(month.value or 0), today)) is not None:
            dated.add(month)
            yield since(days, at)
        elif _is_day_of_month(passage, clause, at):
            days = _last_such_day(int(token.text), today)
            if days is not None:
                yield since(days, at)
    yield from _days_in_words(clause, passage, today)
    yield from _months(clause, today, dated)


def _days_in_words(clause: Clause, passage: Passage, today: date) -> Iterator[Since]:
    """Since a day of this month in words, alone: "seit dem Dritten", "desde el día tres"."""
    if not (clause.has("since") and clause.has("ordinals", "numbers")):
        return
    units = clause.all("units")
    told = clause.all("self", "have", "had", "now")
    days = [hit for hit in clause.all("ordinals") if passage.tokens[hit.start - 1].text in ON]
    days += [hit for hit in clause.all("numbers") if any(unit.end == hit.start and unit.value == 1 for unit in units)]
    begun = {hit.end + skipped for hit in clause.all("since") for skipped in (1, 2)}
    for hit in days:
        is_alone = hit.end == clause.end or any(one.start == hit.end for one in told)
        if is_alone and hit.start in begun:
            since_day = _last_such_day(int(hit.value or 0), today)
            if since_day is not None:
                yield since(since_day, hit.start)


def _last_such_day(day: int, today: date) -> int | None:
    """Days since the last such day of a month, of this one or the one before."""
    last = (today.replace(day=1) - timedelta(days=1)).month
    days = _days_since(day, today.month, today)
    return days if days is not None else _days_since(day, last, today)


def _mays(clause: Clause, passage: Passage) -> list[Hit]:
    """The English month of May, which is a verb too, right beside a number: "29 May", "May 12th"."""
    if passage.lexicon.language != "en":
        return []
    tokens = passage.tokens
    mays = [at for at in range(clause.start, clause.end) if tokens[at].text == "may"]
    beside = [(at, tokens[max(clause.start, at - 2) : at], tokens[at + 1 : min(clause.end, at + 2)]) for at in mays]
    return [
        Hit("months", at, at + 1, 5) for at, before, after in beside if any(one.is_number for one in [*before, *after])
    ]


def _is_date(year: str | None, clause: Clause, passage: Passage, at: int) -> bool:
    """Whether numbers with a mark between are a date, by their year, mark or the words before: not "3-4 days"."""
    own = {hit.start for hit in clause.all("self")}
    units = [hit.start for hit in clause.all("units", "unit_other") if hit.start not in own]
    if any(at < start <= at + 2 for start in units) or any(hit.start == at + 1 for hit in clause.all(*SORES)):
        return False
    is_named = at > clause.start and passage.tokens[at - 1].text in ON
    is_score = passage.tokens[at].text.endswith(OF_TEN) and year is None
    if is_score and (clause.has("pain") or not (is_named or is_introduced(clause, at, "since", "for"))):
        return False
    is_alone = clause.end - clause.start == 1
    is_marked = year is not None or "/" in passage.tokens[at].text
    return is_marked or is_alone or is_named or is_introduced(clause, at, "since", "for")


def _months(clause: Clause, today: date, dated: set[Hit]) -> Iterator[Since]:
    """Since a day in words of a month, or since a month: "el tres de marzo", "since early March"."""
    for month in clause.all("months"):
        if month in dated:
            continue
        days = [hit for hit in clause.all("ordinals", "numbers") if 0 <= month.start - hit.end <= 1]
        since_day = _days_since(int(days[0].value or 0), int(month.value or 0), today) if days else None
        if since_day is not None:
            yield since(since_day, days[0].start)
        elif is_introduced(clause, _start_of(month, clause), "since"):
            is_early = any(0 <= month.start - hit.end <= 1 for hit in clause.all("early"))
            is_over = _is_over(int(month.value or 0), today, EARLY_ENDS if is_early else None)
            yield Since(None, True if is_over else None, month.start)


def month_in(clause: Clause, today: date) -> Iterator[Since]:
    """Since the beginning of this month."""
    for unit in clause.all("units"):
        if unit.value == DAYS_OF_MONTH and any(0 <= unit.start - hit.end <= 1 for hit in clause.all("early")):
            yield Since(None, True if today.day - EARLY_ENDS > LIMIT_DAYS else None, unit.start)


def _start_of(month: Hit, clause: Clause) -> int:
    """Where the words for a part of a month begin: "the last week of February", "Mitte Februar"."""
    parts = [hit.start for hit in clause.all("units", "days_ago", "early", "last") if 0 <= month.start - hit.end <= 2]
    return min([month.start, *parts])


def _is_over(month: int, today: date, last_day: int | None) -> bool:
    """Whether more days than the limit have passed since a day of a month, or its last day."""
    year = today.year if month <= today.month else today.year - 1
    last_day = last_day or monthrange(year, month)[1]
    return (today - date(year, month, last_day)).days > LIMIT_DAYS


def feasts_in(clause: Clause, today: date) -> Iterator[Since]:
    """Since a feast of a fixed day, or one that moves with Easter."""
    for hit in clause.all("feasts", "easter"):
        days = days_since_feast(hit, today)
        is_beginning = is_introduced(clause, hit.start, "since", "for")
        is_before = any(one.start < hit.start and hit.end <= one.end for one in clause.all("past_time"))
        if days is not None and not is_before:
            yield since(days, hit.start, is_beginning=is_beginning)
        elif is_beginning or (is_before and not _tells_what_went(clause)):
            yield Since(None, True, hit.start)


def _tells_what_went(clause: Clause) -> bool:
    """Whether it says no more than what one could do at a time: "at Christmas I could still walk to the shops"."""
    return clause.has("had", "can", "still") and not clause.has(*COMPLAINTS)


def days_since_feast(hit: Hit, today: date) -> int | None:
    """How many days ago a feast last was."""
    value = int(hit.value or 0)
    return _days_since(value % 100, value // 100, today) if hit.kind == "feasts" else _days_since_easter(value, today)


def _is_day_of_month(passage: Passage, clause: Clause, at: int) -> bool:
    """Whether a bare number is a day of the month: "since the 3rd", "depuis le 3", "le 3 j'avais"."""
    tokens = passage.tokens
    following = tokens[at + 1] if at + 1 < clause.end else None
    is_ordinal = following is not None and following.is_glued and following.text in ORDINAL_ENDS
    is_ordinal = is_ordinal or (following is not None and at + 1 in passage.dots)
    end = at + 1 + is_ordinal
    if any(hit.start == end for hit in clause.all("unit_other", *SORES)):
        return False
    told = ("self", "have", "had", "now", "ordinals", "future", "after", "since")
    is_told = any(hit.start == end for hit in clause.all(*told))
    is_ended = end == clause.end or not tokens[end].is_word or is_of_month(clause, end)
    article = at > clause.start and tokens[at - 1].text in ON
    is_named = at > clause.start and any(hit.end == at and hit.value == 1 for hit in clause.all("units"))
    if not is_ordinal and any(of.start == hit.start for of in clause.all("of") for hit in clause.all("since")):
        return False
    if is_introduced(clause, at, "since", "last"):
        return is_ordinal or is_named or (article and (is_ended or is_told))
    is_day = article and (is_ordinal or tokens[at - 1].text in ON_SINGLE)
    if article and _says_which(clause, passage):
        return True
    return is_day and (is_told or (is_ended and clause.has("observe", "since", *SORES))) and not clause.has("plan")


def _says_which(clause: Clause, passage: Passage) -> bool:
    """Whether it only says which day it was that the clause before counts: "on the fourth day, that is the 8th"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.end - clause.start > BRIEF:
        return False
    units = {hit.start for hit in before.all("units") if hit.value == 1}
    is_counted = any(hit.end in units for hit in before.all("ordinals"))
    return is_counted and not clause.has("plan", "have", "had", "for", "units", "unit_other", *SORES)


def is_of_month(clause: Clause, end: int) -> bool:
    """Whether "of the month" follows on a day: "depuis le 3 du mois"."""
    months = {unit.start for unit in clause.all("units") if unit.value == DAYS_OF_MONTH}
    return any(of.start == end and not months.isdisjoint((of.end, of.end + 1)) for of in clause.all("of"))


def days_since_date(text: str, today: date) -> int | None:
    """The days since a date that stands by itself: 24.11., 24-11-2026, 2026-11-24, 11/24. None for no such text."""
    if matched := ISO_DATE.match(text):
        return _days_since(int(matched[3]), int(matched[2]), today)
    if matched := DATE.match(text.rstrip(".")):
        first, second = int(matched[1]), int(matched[2])
        days = _days_since(first, second, today)
        return days if days is not None else _days_since(second, first, today)
    return None


def days_since_day_of_month(words: Sequence[str], today: date) -> int | None:
    """The days since a day of the month that stands by itself: "the 3rd", "le 22". None for no such words."""
    numbers = [word for word in words if word.isdigit()]
    is_date = len(numbers) == 1 and ON | ORDINAL_ENDS | {"."} >= set(words) - set(numbers) != set()
    if not is_date:
        return None
    return _last_such_day(int(numbers[0]), today)


def _days_since(day: int, month: int, today: date) -> int | None:
    """Days from the last such day to today; None when there is no such day, or it is more than half a year ago."""
    for year in (today.year, today.year - 1):
        try:
            days = (today - date(year, month, day)).days
        except ValueError:
            return None
        if 0 <= days <= LONGEST_DAYS:
            return days
    return None


def _days_since_easter(offset: int, today: date) -> int | None:
    """Days from the last day so many after Easter Sunday to today; None when it is more than half a year ago."""
    for year in (today.year, today.year - 1):
        days = (today - _easter(year) - timedelta(days=offset)).days
        if 0 <= days <= LONGEST_DAYS:
            return days
    return None


def _easter(year: int) -> date:
    """Easter Sunday of a year, by the algorithm of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
