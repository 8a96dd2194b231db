"""What a date or moment of FHIR names: a year, a month, a day, a minute, a second or less. Pure. Days are in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

PARTIAL: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
EXACT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(?:\.([0-9]+))?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
LAST: Final = datetime.max.replace(tzinfo=UTC)


class WrongValue(ValueError):
    """A value that its parameter cannot have. The message tells the sender what would be right."""


def period_of(value: str) -> tuple[datetime, datetime]:
    """From when until when, not included, what a value names lasts, from a year to a moment. Raises WrongValue."""
    value = value.replace(" ", "+")  # a plus that was not escaped
    try:
        if partial := PARTIAL.fullmatch(value):
            return _days_of(*(int(part or 0) for part in partial.groups()))
        if exact := EXACT.fullmatch(value):
            begin = datetime.fromisoformat(value).astimezone(UTC)
            return begin, _later(begin, _precision(*exact.groups()))
    except (ValueError, OverflowError) as error:
        raise WrongValue("There is no such date.") from error
    raise WrongValue("Give a day, or a moment with its zone, such as 2026-03-01T07:30:00Z.")


def _days_of(year: int, month: int, day: int) -> tuple[datetime, datetime]:
    begin = datetime(year, month or 1, day or 1, tzinfo=UTC)
    if day:
        return begin, _later(begin, timedelta(days=1))
    later = _later(begin, timedelta(days=32 if month else 366))
    return begin, later if later == LAST else later.replace(month=later.month if month else 1, day=1)


def _precision(second: str | None, fraction: str | None) -> timedelta:
    """How long a moment lasts, by how exactly it is said."""
    if not second:
        return timedelta(minutes=1)
    return timedelta(microseconds=10 ** (6 - len(fraction[:6]))) if fraction else timedelta(seconds=1)


def _later(moment: datetime, by: timedelta) -> datetime:
    """So much later; at the end of the calendar, its last moment."""
    return moment + by if moment < LAST - by else LAST
