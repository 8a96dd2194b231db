"""Dates of a clause: days of a month by number, with or without the name of the month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from symptoms.language.clauses import Clause, Passage
from symptoms.language.numbers import ORDINAL_ENDS

NEAR: Final = 3
ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?$")


def is_introduced(clause: Clause, at: int, *kinds: str) -> bool:
    """Whether a word of these classes stands a little before a place."""
    return any(0 <= at - hit.end <= NEAR for hit in clause.all(*kinds))


def dates_in(clause: Clause, passage: Passage, today: date) -> Iterator[tuple[int, int]]:
    """Days since each date, and where it stands: 18/11, the 19th of November, since the 3rd."""
    for at in range(clause.start, clause.end):
        token = passage.tokens[at]
        if not token.is_number:
            continue
        if matched := DATE.match(token.text):
            first, second = int(matched[1]), int(matched[2])
            days = _days_since(first, second, today) or _days_since(second, first, today)
            is_time = is_introduced(clause, at, "since", "for") or "/" in token.text
            if days is not None and is_time:
                yield days, at
            continue
        reach = range(-2 if passage.lexicon.language == "en" else 1, 4)
        month = next((hit for hit in clause.all("months") if hit.start - at in reach and hit.start != at), None)
        if (
            month
            and token.text.isdigit()
            and (days := _days_since(int(token.text), int(month.value or 0), today)) is not None
        ):
            yield days, at
        elif token.text.isdigit() and _is_day_of_month(passage, clause, at):
            days = _days_since(int(token.text), today.month, today)
            last = (today.replace(day=1) - timedelta(days=1)).month
            days = days if days is not None else _days_since(int(token.text), last, today)
            if days is not None:
                yield days, at


def _is_day_of_month(passage: Passage, clause: Clause, at: int) -> bool:
    """Whether a bare number is a day of the month: "since the 3rd", "depuis le 3", "seit dem 3."."""
    tokens = passage.tokens
    following = tokens[at + 1] if at + 1 < clause.end else None
    is_ordinal = following is not None and following.is_glued and following.text in ORDINAL_ENDS
    is_ended = following is None or not (following.is_word and not is_ordinal)
    article = at > clause.start and tokens[at - 1].text in ("the", "le", "dem", "de", "el", "am", "den", "dia")
    is_time = is_introduced(clause, at, "since", "last")
    is_named = at > clause.start and any(hit.end == at and hit.value == 1 for hit in clause.all("units"))
    is_dose = any(at < hit.start <= at + 1 for hit in clause.all("unit_other")) and not is_ordinal
    return is_time and not is_dose and (is_ordinal or is_named or (article and is_ended))


def days_since_date(text: str, today: date) -> int | None:
    """The days since a date that stands by itself: 24.11., 24-11-2026, 2026-11-24, 11/24. None for no such text."""
    if matched := ISO_DATE.match(text):
        return _days_since(int(matched[3]), int(matched[2]), today)
    if matched := DATE.match(text.rstrip(".")):
        first, second = int(matched[1]), int(matched[2])
        days = _days_since(first, second, today)
        return days if days is not None else _days_since(second, first, today)
    return None


def _days_since(day: int, month: int, today: date) -> int | None:
    """Days from the last such day to today; None when there is no such day, or it is more than half a year ago."""
    for year in (today.year, today.year - 1):
        try:
            days = (today - date(year, month, day)).days
        except ValueError:
            return None
        if 0 <= days <= 180:
            return days
    return None
