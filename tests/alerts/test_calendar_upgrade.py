"""Visits and reminders of an older release are explained when the columns come that it did not have."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from alerts.models import Reminder, ScheduledVisit, Visit
from symptoms.models import Patient

pytestmark = pytest.mark.django_db


def run(migration: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(getattr(import_module(f"alerts.migrations.{migration}"), name))


def cancelled(ada: Patient) -> Visit:
    visit = Visit.objects.get(patient=ada)
    Visit.objects.update(status="cancelled", cancelled_for="")
    return visit


def why(visit: Visit) -> str:
    run("0009_why_visits_were_cancelled", "EXPLAIN")
    visit.refresh_from_db()
    return visit.cancelled_for


def test_a_cancelled_visit_was_the_clinics_decision_unless_something_else_explains_it(ada: Patient) -> None:
    assert why(cancelled(ada)) == "clinic"
    Patient.objects.update(status="withdrawn")
    assert why(cancelled(ada)) == "not_followed"
    ada.courses.update(ended_on=timezone.now().date())
    assert why(cancelled(ada)) == "course_ended"
    line = ScheduledVisit.objects.create(clinic=ada.clinic, day=29, is_active=False)
    Visit.objects.update(kind="follow_up", scheduled=line)
    assert why(cancelled(ada)) == "schedule"


def test_a_reminder_tells_of_the_day_in_its_occurrence_and_of_the_time_if_it_is_still_that_day(ada: Patient) -> None:
    visit = Visit.objects.get(patient=ada)
    now = timezone.now().replace(hour=12)
    visit.status, visit.booked_at = "booked", now + timedelta(days=5)
    visit.save()
    day = visit.booked_at.date()
    Reminder.objects.all().delete()
    rows = [
        Reminder.objects.create(
            patient=ada, visit=visit, kind="visit_today", occurrence=f"{on}:{visit.pk}", due_at=now,
            expires_at=now + timedelta(days=1),
        )
        for on in (day, day - timedelta(days=1))
    ]  # fmt: skip
    run("0010_what_reminders_are_about", "TELL")
    for row in rows:
        row.refresh_from_db()
    assert [(row.about_on, row.about_at) for row in rows] == [(day, visit.booked_at), (day - timedelta(days=1), None)]
