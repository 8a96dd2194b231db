"""On which days a patient is asked how they are (clinical specification, section 7).

Daily on days 1-28, twice a week on days 29-56, weekly from then on for as long as the drug is taken: lung
inflammation can come at any time (S-16). Daily while an episode is open. An interruption changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from symptoms.clinical.calendar import day_number

LAST_DAILY_DAY: Final = 28
"""Stomatitis generally starts within the first month (S-13)."""

LAST_TWICE_WEEKLY_DAY: Final = 56
"""89 % of first stomatitis episodes fall in the first eight weeks."""

LONGEST_GAP_DAYS: Final = 7


def is_check_in_day(day: int, *, is_daily: bool = False) -> bool:
    """Whether a day of treatment has a check-in; day 1 is that of the first dose, and no earlier day has one.

    `is_daily`: an episode is open.
    """
    if day < 1:
        return False
    if is_daily or day <= LAST_DAILY_DAY:
        return True
    return day % 7 in ((1, 4) if day <= LAST_TWICE_WEEKLY_DAY else (1,))


def check_in_days_from(first_dose_on: date, on: date, *, is_daily: bool = False) -> Iterator[date]:
    """All check-in days from `on` on, without end."""
    day = max(on, first_dose_on)
    while True:
        if is_check_in_day(day_number(first_dose_on, day), is_daily=is_daily):
            yield day
        day += timedelta(days=1)


def latest_check_in_day(first_dose_on: date, on: date, *, is_daily: bool = False) -> date | None:
    """The last check-in day up to `on`, that day included. None before the first dose."""
    days = (on - timedelta(days=back) for back in range(LONGEST_GAP_DAYS))
    return next((day for day in days if is_check_in_day(day_number(first_dose_on, day), is_daily=is_daily)), None)


def day_on(first_dose_on: date, day: int) -> date:
    """The calendar day of a day of treatment; day 1 is that of the first dose."""
    return first_dose_on + timedelta(days=day - 1)
