"""Holds the rows that an alert hangs on, and writes its timeline: numbered lines, never changed.

Lock order everywhere: patient, alert, notifications. The locks are of the kind that lets rows be written
which merely refer to the held one, such as the report that is being filed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from alerts.models import Alert, AlertEvent
from alerts.models.alert import AlertEventKind
from symptoms.models import Patient, User


def lock_patient(patient_id: UUID) -> Patient:
    """The patient as they are now, held until the transaction ends: alerts of one patient are raised in turn."""
    return Patient.objects.select_for_update(no_key=True, of=("self",)).select_related("clinic").get(pk=patient_id)


def lock_alert(alert_id: UUID) -> Alert:
    """The alert as it is now, held until the transaction ends. Every change of an alert begins with this."""
    return Alert.objects.select_for_update(no_key=True, of=("self",)).select_related("clinic").get(pk=alert_id)


def record_event(
    alert: Alert,
    kind: AlertEventKind,
    *,
    now: datetime,
    actor: User | None = None,
    detail: Mapping[str, object] | None = None,
) -> AlertEvent:
    """Add a line to the timeline of an alert whose row the caller holds, so that no number is given out twice."""
    last = AlertEvent.objects.filter(alert=alert).aggregate(last=Max("number"))["last"] or 0
    return AlertEvent.objects.create(
        alert=alert, number=last + 1, kind=kind, happened_at=now, actor=actor, detail=dict(detail or {})
    )
