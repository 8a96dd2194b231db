"""A clinic changes its own schedule of visits: applied to all its patients in bounded batches, and nobody stops it."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts import clinic_schedules
from alerts.clinic_schedules import TRY_AGAIN_AFTER, apply_changed_schedules
from alerts.models import Reminder, ScheduledVisit, Visit
from alerts.reminders import visit_reminder_rows
from alerts.visits import cancel_visit, plan_calendar
from symptoms.clinical.actions import PlanCalendar
from symptoms.models import Clinic, Patient
from tests.cast import make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(clinic: Clinic) -> list[Patient]:
    return [make_patient(clinic, f"Patient {number}") for number in range(7)]


def change(clinic: Clinic, *, is_active: bool = True) -> ScheduledVisit:
    """The clinic wants a visit on day 29, or does not want it any more."""
    line, _ = ScheduledVisit.objects.update_or_create(
        clinic=clinic, day=29, defaults={"is_active": is_active, "apply_due_at": timezone.now()}
    )
    return line


def visits(status: str = "planned") -> int:
    return Visit.objects.filter(kind="follow_up", status=status).count()


def waiting() -> int:
    return Reminder.objects.filter(visit__kind="follow_up", state="pending").count()


def test_every_patient_is_planned_once_and_a_second_run_finds_nothing(clinic: Clinic, seven: list[Patient]) -> None:
    change(clinic)
    assert apply_changed_schedules(timezone.now()) == 7
    assert (visits(), waiting()) == (7, 21)
    assert apply_changed_schedules(timezone.now()) == 0
    assert (visits(), waiting()) == (7, 21)


def test_a_run_that_is_out_of_time_leaves_the_rest_to_the_next(
    clinic: Clinic, seven: list[Patient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clinic_schedules, "BATCH", 3)
    ticks = itertools.count()
    monkeypatch.setattr(clinic_schedules, "monotonic", lambda: float(next(ticks)))
    change(clinic)
    assert [apply_changed_schedules(timezone.now(), seconds=2) for _ in range(4)] == [3, 3, 1, 0]
    assert visits() == 7


def test_a_batch_costs_the_same_statements_whatever_its_size(
    clinic: Clinic, seven: list[Patient], monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    for size in (1, 7):
        monkeypatch.setattr(clinic_schedules, "BATCH", size)
        Reminder.objects.filter(visit__kind="follow_up").delete()
        Visit.objects.filter(kind="follow_up").delete()
        line = change(clinic)
        line.applied_through = 0
        line.save()
        with CaptureQueriesContext(connection) as queries:
            clinic_schedules._apply_batch(timezone.now())
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_one_patient_who_cannot_be_planned_stops_nobody_and_is_tried_again(
    clinic: Clinic, seven: list[Patient], caplog: pytest.LogCaptureFixture
) -> None:
    Patient.objects.filter(pk=seven[0].pk).update(time_zone="Mars/Base")
    line = change(clinic)
    now = timezone.now()
    assert apply_changed_schedules(now) == 7
    assert visits() == 6
    assert f"visit_not_planned patient={seven[0].pk}" in caplog.text
    assert apply_changed_schedules(now + TRY_AGAIN_AFTER - timedelta(seconds=1)) == 0
    Patient.objects.filter(pk=seven[0].pk).update(time_zone="Europe/Brussels")
    assert apply_changed_schedules(now + TRY_AGAIN_AFTER) == 7
    assert visits() == 7
    line.refresh_from_db()
    assert (line.apply_due_at, line.has_leftovers) == (None, False)


def test_one_who_cannot_be_written_stops_nobody_either(
    clinic: Clinic, seven: list[Patient], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(visit: Visit, patient: Patient, now: datetime) -> list[Reminder]:
        rows = visit_reminder_rows(visit, patient, now)
        if patient.pk == seven[3].pk:
            rows[0].expires_at = rows[0].due_at  # the database refuses it
        return rows

    monkeypatch.setattr(clinic_schedules, "visit_reminder_rows", broken)
    change(clinic)
    assert apply_changed_schedules(timezone.now()) == 7
    assert (visits(), waiting()) == (6, 18)
    assert "schedule_not_applied" in caplog.text
    assert ScheduledVisit.objects.get().apply_due_at is not None


def test_a_line_that_goes_takes_its_unbooked_visits_and_their_reminders(clinic: Clinic, seven: list[Patient]) -> None:
    change(clinic)
    apply_changed_schedules(timezone.now())
    Visit.objects.filter(patient=seven[0], kind="follow_up").update(status="booked", booked_at=timezone.now())
    change(clinic, is_active=False)
    apply_changed_schedules(timezone.now())
    assert (visits(), visits("cancelled"), visits("booked"), waiting()) == (0, 6, 1, 3)


def test_who_is_not_written_to_gets_the_visit_without_reminders(clinic: Clinic, seven: list[Patient]) -> None:
    Patient.objects.filter(pk=seven[0].pk).update(status="paused")
    change(clinic)
    apply_changed_schedules(timezone.now())
    assert (visits(), waiting()) == (7, 18)


def test_a_line_that_is_switched_off_and_on_again_gives_everybody_their_visit_back(
    clinic: Clinic, seven: list[Patient]
) -> None:
    change(clinic)
    apply_changed_schedules(timezone.now())
    by_the_clinic = Visit.objects.get(patient=seven[0], kind="follow_up")
    cancel_visit(by_the_clinic, timezone.now())
    for is_active in (False, True):
        change(clinic, is_active=is_active)
        apply_changed_schedules(timezone.now())
    assert (visits(), waiting()) == (6, 18)
    by_the_clinic.refresh_from_db()
    assert (by_the_clinic.status, by_the_clinic.cancelled_for) == ("cancelled", "clinic")


def test_planning_one_patient_gives_the_visit_back_too(clinic: Clinic, seven: list[Patient]) -> None:
    for is_active in (True, False, True):
        ScheduledVisit.objects.update_or_create(clinic=clinic, day=29, defaults={"is_active": is_active})
        plan_calendar(PlanCalendar(), patient=seven[0], report=None, now=timezone.now())
    assert (visits(), waiting()) == (1, 3)
