"""Changes of a running course and of a patient's status. Each re-plans the calendar in the same transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from symptoms.clinical.actions import PlanCalendar
from symptoms.flow.act import carry_out
from symptoms.models import Patient, TreatmentCourse
from symptoms.models.patient import PatientStatus


def move_first_dose(course: TreatmentCourse, first_dose_on: date, now: datetime) -> None:
    """The first dose is, or was, on another day: visits and reminders that are still ahead move with it."""
    with transaction.atomic():
        course.first_dose_on = first_dose_on
        course.full_clean()
        course.save(update_fields=["first_dose_on"])
        carry_out([PlanCalendar()], patient=course.patient, report=None, now=now)


def end_course(course: TreatmentCourse, ended_on: date, now: datetime) -> None:
    """The treatment is over: nothing more is planned for it."""
    with transaction.atomic():
        course.ended_on = ended_on
        course.full_clean()
        course.save(update_fields=["ended_on"])
        carry_out([PlanCalendar()], patient=course.patient, report=None, now=now)


def set_status(patient: Patient, status: PatientStatus, now: datetime) -> None:
    """Pause, withdraw, resume, or note a death. Reports are judged whatever the status."""
    with transaction.atomic():
        patient.status = status
        patient.save(update_fields=["status"])
        carry_out([PlanCalendar()], patient=patient, report=None, now=now)
