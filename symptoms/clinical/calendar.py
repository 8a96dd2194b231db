"""Days and moments of a course of treatment, in the patient's own zone.

Day 1 is the day of the first dose; day 15 is the first dose + 14 days (S-14).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY_15: Final = 15


def day_number(first_dose_on: date, today: date) -> int:
    """1 on the day of the first dose, 15 a fortnight later; zero or less before the first dose."""
    return (today - first_dose_on).days + 1


def day_15_on(first_dose_on: date) -> date:
    """The day of the routine visit: the first dose + 14 days (S-14)."""
    return first_dose_on + timedelta(days=DAY_15 - 1)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day that a moment falls on in a zone."""
    return moment.astimezone(zone).date()


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC moment at which a wall clock in the zone shows `at` on `day`.

    A time that the spring change of clocks skips becomes the moment the clocks jump to; of a time that
    the autumn change repeats, the first is meant.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


LONGEST_QUIET: Final = timedelta(hours=16)
"""Longer quiet hours leave too little of the day for the reminders that belong to it."""


def quiet_length(quiet_from: time, quiet_until: time) -> timedelta:
    """How long the quiet hours are by the clock; they may run over midnight. Zero: there are none."""
    begin, end = (timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (quiet_from, quiet_until))
    return (end - begin) % timedelta(days=1)


def after_quiet_hours(at: time, quiet_from: time, quiet_until: time) -> time:
    """`at`, or the end of the quiet hours when it falls into them. Quiet hours may run over midnight."""
    if quiet_from <= quiet_until:
        is_quiet = quiet_from <= at < quiet_until
    else:
        is_quiet = at >= quiet_from or at < quiet_until
    return quiet_until if is_quiet else at
