"""Which days the page of a patient shows, and how one gets to those before and after. Pure but for one query."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from symptoms.admin.overview.parts import Period
from symptoms.clinical.calendar import local_date
from symptoms.models import Patient

LENGTH: Final = timedelta(days=182)
"""Half a year on one page: what a screen can show, whatever the length of the history."""

AHEAD: Final = timedelta(days=14)
"""Visits of the next days stand on the chart as well."""

BEFORE_TREATMENT: Final = timedelta(days=7)


def period_of(patient: Patient, now: datetime, until: date | None = None) -> Period:
    """The half year that ends on `until`, at the latest two weeks ahead, which is where it ends unless given.

    It begins no earlier than a week before the first course or, before that, when the patient was enrolled.
    """
    courses = tuple(
        sorted(patient.courses.all(), key=lambda one: (one.ended_on is None, one.first_dose_on), reverse=True)
    )
    latest = local_date(now, patient.zone) + AHEAD
    begins = begin_of_record(patient, [one.first_dose_on for one in courses])
    last = latest if until is None else min(max(until, begins + LENGTH), latest)
    return Period(patient, courses, max(begins, last - LENGTH + timedelta(days=1)), last, now)


def begin_of_record(patient: Patient, first_doses: list[date]) -> date:
    """A week before the first dose or the enrolment, whichever came first."""
    return min([local_date(patient.created_at, patient.zone), *first_doses]) - BEFORE_TREATMENT


def earlier(period: Period) -> date | None:
    """The last day of the page before; None: the record begins on this one."""
    begins = begin_of_record(period.patient, [one.first_dose_on for one in period.courses])
    return period.first - timedelta(days=1) if period.first > begins else None


def later(period: Period) -> date | None:
    """The last day of the page after; None: this is the latest."""
    is_latest = period.last >= period.today + AHEAD
    return None if is_latest else period.last + LENGTH
