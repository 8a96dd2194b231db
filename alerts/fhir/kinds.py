"""The kinds of resources that the alert side has: open alerts as flags, visits as appointments."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from alerts.fhir.shapes import shape_alert, shape_visit
from alerts.models import Alert, Visit
from alerts.models.alert import AlertState
from symptoms.clinical.terms import Urgency
from symptoms.fhir.codes import OWN
from symptoms.fhir.searching import Kind, by_id, by_patient
from symptoms.fhir.shapes import Reference, Resource


def show_alert(alert: Alert, subject: Reference) -> Resource:
    """An alert with how urgent it is."""
    urgency = {"url": f"{OWN}urgency", "valueCode": Urgency(alert.urgency).code}
    return {"extension": [urgency], **shape_alert(alert, subject)}


def _alerts() -> QuerySet[Alert]:
    return Alert.objects.all()


def _visits() -> QuerySet[Visit]:
    return Visit.objects.all()


FLAG: Final = Kind(
    "Flag",
    _alerts,
    lambda alert, subject: [show_alert(alert, subject)],
    path="patient",
    sorted_by="raised_at",
    parameters={"_id": by_id(), "patient": by_patient("patient"), "subject": by_patient("patient")},
    listed=~Q(state=AlertState.CLOSED),
)
"""A closed alert is still read by its id, so that who has its flag learns that it is no longer active."""

APPOINTMENT: Final = Kind(
    "Appointment",
    _visits,
    lambda visit, subject: [shape_visit(visit, subject)],
    path="patient",
    sorted_by="planned_on",
    parameters={"_id": by_id(), "actor": by_patient("patient"), "patient": by_patient("patient")},
)
