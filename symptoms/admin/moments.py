"""How the site writes days and moments: with the month in letters, so that nobody takes a day for a month."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime


def write_day(day: date) -> str:
    """Such as 7 Nov 2026."""
    return date_format(day, "j M Y")


def write_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Such as 7 Nov 2026, 09:30, by the clocks of a zone."""
    return date_format(localtime(moment, zone), "j M Y, H:i")
