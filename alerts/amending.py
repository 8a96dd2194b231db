"""Puts into the timeline of an alert that a report behind it was put right. Its urgency and its rules stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alerts.models import Alert
from alerts.models.alert import AlertEventKind, AlertState
from alerts.timeline import lock_alert, lock_patient, record_event
from symptoms.clinical.actions import TellOfAmendment
from symptoms.models import Amendment, Patient, SymptomReport


def note_amendment(action: TellOfAmendment, *, patient: Patient, report: SymptomReport | None, now: datetime) -> int:
    """Add a line to every alert that rests on the report, closed ones too. Returns how many there are.

    Who acts on an open one from a page of before is asked to look again.
    """
    assert report is not None, "an amendment is of a report"
    author = Amendment.objects.select_related("author").get(pk=action.amendment).author
    detail = {
        "report": str(report.pk), "reported_at": report.received_at.isoformat(), "amendment": str(action.amendment),
        "by": action.by,
    }  # fmt: skip
    with transaction.atomic(savepoint=False):
        lock_patient(patient.pk)
        alerts = [lock_alert(pk) for pk in _resting_on(report)]
        for alert in alerts:
            actor = author if action.by == "staff" else None
            record_event(alert, AlertEventKind.AMENDED, now=now, actor=actor, detail=detail)
            if alert.state != AlertState.CLOSED:
                Alert.objects.filter(pk=alert.pk).update(updated_at=now)
    return len(alerts)


def _resting_on(report: SymptomReport) -> Iterable[UUID]:
    """The alerts that the report raised or joined."""
    rests = Q(report=report) | Q(events__detail__report=str(report.pk))
    alerts = Alert.objects.filter(rests, patient=report.patient_id)
    return alerts.order_by("pk").values_list("pk", flat=True).distinct()
