"""How the site writes days and moments, in the manner of the reader's language (`config/formats`)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime


def write_day(day: date) -> str:
    """Such as Sat 7 Nov 2026."""
    return date_format(day, "DATE_FORMAT")


def write_short_day(day: date) -> str:
    """Such as 7 Nov, where the year is plain."""
    return date_format(day, "SHORT_DATE_FORMAT")


def write_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Such as Sat 7 Nov 2026, 09:30, by the clocks of a zone."""
    return date_format(localtime(moment, zone), "DATETIME_FORMAT")
