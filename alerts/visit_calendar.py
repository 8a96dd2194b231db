"""The patient's visits as an iCalendar file, for the calendar of the phone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from alerts.models import Visit
from alerts.models.visit import VisitStatus
from symptoms.models import Patient
from symptoms.wording import text

STATUS: Final = {
    VisitStatus.PLANNED: "TENTATIVE",
    VisitStatus.BOOKED: "CONFIRMED",
    VisitStatus.ATTENDED: "CONFIRMED",
    VisitStatus.MISSED: "CANCELLED",
    VisitStatus.CANCELLED: "CANCELLED",
}

LASTS: Final = timedelta(hours=1)
"""What a booked visit takes in the calendar of a phone; nobody books an end."""


def write_calendar(patient: Patient, visits: Iterable[Visit], now: datetime) -> bytes:
    """The visits as RFC 5545 has it: a booked one at its time, a planned one on its day.

    A calendar is often shared or kept elsewhere: an entry says neither which clinic nor why.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//symptom reporting//visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for visit in visits:
        calendar.add_component(_event(visit, text(patient.language, "reminder", "calendar_entry"), now))
    written: bytes = calendar.to_ical()
    return written


def _event(visit: Visit, title: str, now: datetime) -> Event:
    """One entry. The same visit keeps its identity, and a later state of it a higher number."""
    event = Event()
    event.add("uid", f"visit-{visit.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    event.add("dtstamp", now)
    event.add("sequence", int((visit.updated_at - visit.created_at).total_seconds()))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("status", STATUS[VisitStatus(visit.status)])
    if visit.booked_at is not None and visit.status != VisitStatus.PLANNED:
        event.add("dtstart", visit.booked_at)
        event.add("dtend", visit.booked_at + LASTS)
    else:
        event.add("dtstart", visit.planned_on)
        event.add("dtend", visit.planned_on + timedelta(days=1))
    return event
