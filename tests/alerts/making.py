"""Rows that the tests of the alert side begin with."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from alerts.models import Alert
from alerts.raising import raise_alert
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Symptom, Urgency
from symptoms.models import Clinic, Episode, Patient, Practitioner, SymptomReport, TreatmentCourse, User
from symptoms.models.report import ReportSource, ReportStatus

NOW: Final = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def urgent(*rules: str, problem: Problem = Problem.MOUTH) -> NotifyCareTeam:
    return NotifyCareTeam(problem, Urgency.URGENT, rules or ("MOUTH-COUNT",))


def routine(*rules: str, problem: Problem = Problem.MOUTH) -> NotifyCareTeam:
    return NotifyCareTeam(problem, Urgency.ROUTINE, rules or ("MOUTH-PAIN",))


def emergency(*rules: str) -> NotifyCareTeam:
    return NotifyCareTeam(Problem.RESPIRATORY, Urgency.EMERGENCY, rules or ("RED-REST",))


def make_report(
    patient: Patient,
    answers: Mapping[str, object] | None = None,
    *,
    at: datetime = NOW,
    status: ReportStatus = ReportStatus.COMPLETE,
) -> SymptomReport:
    return SymptomReport.objects.create(
        patient=patient,
        client_id=uuid.uuid4(),
        source=ReportSource.FORM,
        status=status,
        answers=dict(answers or {}),
        occurred_at=at,
        received_at=at,
    )


def make_episode(report: SymptomReport, symptom: Symptom, *, opened_at: datetime = NOW) -> Episode:
    return Episode.objects.create(
        patient=report.patient,
        symptom=symptom,
        earliest_on=opened_at.date(),
        opened_by=report,
        opened_at=opened_at,
    )


def make_course(patient: Patient, first_dose_on: date) -> TreatmentCourse:
    course, _ = TreatmentCourse.objects.update_or_create(
        patient=patient, ended_on=None, defaults={"first_dose_on": first_dose_on}
    )
    return course


def make_practitioner(clinic: Clinic, name: str, *, email: str | None = None, is_on_call: bool = False) -> Practitioner:
    address = f"{name}@hospital.example" if email is None else email
    user = User.objects.create_user(name, address, is_staff=True)
    return Practitioner.objects.create(user=user, clinic=clinic, is_on_call=is_on_call)


def raised(action: NotifyCareTeam, patient: Patient, report: SymptomReport | None = None, now: datetime = NOW) -> Alert:
    """Raise an alert that must not be known already."""
    alert = raise_alert(action, patient=patient, report=report, now=now)
    assert alert is not None
    return alert


def recipients_of(alert: Alert) -> list[str]:
    return sorted(notification.recipient.user.username for notification in alert.notifications.all())


def events_of(alert: Alert) -> list[str]:
    return [event.kind for event in alert.events.order_by("number")]
