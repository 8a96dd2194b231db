"""Holds the rows that an alert hangs on, and writes its timeline: numbered lines, never changed.

Lock order everywhere: patient, alert, notifications. The locks are of the kind that lets rows be written
which merely refer to the held one, such as the report that is being filed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from alerts.models import Alert, AlertEvent
from alerts.models.alert import AlertEventKind
from symptoms.models import Patient, User
from symptoms.models.patient import SELDOM_READ
from symptoms.prepared import Prepared, PreparedInsert

PATIENT: Final = Prepared(
    lambda pk: (
        Patient.objects.select_for_update(no_key=True, of=("self",))
        .select_related("clinic")
        .filter(pk=pk)
        .defer(*SELDOM_READ)
    )
)
ALERT: Final = Prepared(
    lambda pk: Alert.objects.select_for_update(no_key=True, of=("self",)).select_related("clinic").filter(pk=pk)
)
ADD: Final = PreparedInsert(AlertEvent)
LAST_EVENT: Final = Prepared(
    lambda alert: AlertEvent.objects.filter(alert=alert).only("number").order_by("-number")[:1]
)


def lock_patient(patient_id: UUID) -> Patient:
    """The patient as they are now, held until the transaction ends: alerts of one patient are raised in turn."""
    return PATIENT.get(pk=patient_id)


def lock_alert(alert_id: UUID) -> Alert:
    """The alert as it is now, held until the transaction ends. Every change of an alert begins with this."""
    return ALERT.get(pk=alert_id)


def begin_timeline(alert: Alert, kind: AlertEventKind, *, now: datetime, detail: Mapping[str, object]) -> None:
    """The first line of an alert that this transaction is about to store."""
    ADD(AlertEvent(alert=alert, number=1, kind=kind, happened_at=now, detail=dict(detail)))


def record_event(
    alert: Alert,
    kind: AlertEventKind,
    *,
    now: datetime,
    actor: User | None = None,
    detail: Mapping[str, object] | None = None,
) -> AlertEvent:
    """Add a line to the timeline of an alert whose row the caller holds, so that no number is given out twice."""
    last = LAST_EVENT.first(alert=alert.pk)
    number = last.number + 1 if last else 1
    event = AlertEvent(alert=alert, number=number, kind=kind, happened_at=now, actor=actor, detail=dict(detail or {}))
    return ADD(event)[0]
