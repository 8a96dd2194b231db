"""What rows are called on the clinician site, and their days of birth, in the language of whoever reads."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db.models import Model
from django.utils.formats import date_format, get_format
from django.utils.timezone import localtime


def dated(row: Model, when: date | None) -> str:
    """A row that nothing but its time tells apart: its kind, and its day or moment."""
    name = str(row._meta.verbose_name)
    if when is None:
        return name
    if isinstance(when, datetime):
        return f"{name}, {date_format(localtime(when), 'DATETIME_FORMAT')}"
    return f"{name}, {date_format(when)}"


def write_birth(day: date) -> str:
    """Of what day of the week a birth was, nobody asks."""
    return write_plain_day(day)


def write_plain_day(day: date) -> str:
    """Such as 22 Dec 1963, without the day of the week."""
    return date_format(day, re.sub(r"^D\W+", "", get_format("DATE_FORMAT")))
