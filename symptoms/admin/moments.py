"""How the site writes days and moments, in the manner of the reader's language (`config/formats`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, get_format
from django.utils.functional import lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from symptoms.models import Patient

EXAMPLE: Final = date(2026, 4, 29)


def date_forms() -> str:
    """Two of the ways in which a day may be typed, by an example in the manner of the reader's language."""
    first, second = (EXAMPLE.strftime(form) for form in get_format("DATE_INPUT_FORMATS")[:2])
    return _("Such as %(first)s or %(second)s.") % {"first": first, "second": second}


def _no_date() -> str:
    return _("Enter a valid date.") + " " + date_forms()


date_forms_lazily = lazy(date_forms, str)
no_date_lazily = lazy(_no_date, str)


def write_day(day: date) -> str:
    """Such as Sat 7 Nov 2026."""
    return date_format(day, "DATE_FORMAT")


def write_short_day(day: date) -> str:
    """Such as 7 Nov, where the year is plain."""
    return date_format(day, "SHORT_DATE_FORMAT")


def write_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Such as Sat 7 Nov 2026, 09:30, by the clocks of a zone."""
    return date_format(localtime(moment, zone), "DATETIME_FORMAT")


def write_for_both(moment: datetime, patient: Patient) -> str:
    """By the clinic's clocks, as all of the site, with the patient's in brackets where they show another time."""
    here, there = localtime(moment, patient.clinic.zone), localtime(moment, patient.zone)
    said = write_moment(moment, patient.clinic.zone)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return said
    shape = "TIME_FORMAT" if here.date() == there.date() else "SHORT_DATETIME_FORMAT"
    return _("%(when)s (%(there)s at the patient's)") % {"when": said, "there": date_format(there, shape)}
