"""The kinds of resources that the alert side has: open alerts as flags, visits as appointments."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from alerts.fhir.shapes import shape_alert, shape_visit
from alerts.models import Alert, Visit
from alerts.models.alert import AlertState
from symptoms.clinical.terms import Urgency
from symptoms.fhir.codes import OWN
from symptoms.fhir.searching import Kind, about
from symptoms.fhir.shapes import Reference, Resource


def show_alert(alert: Alert, subject: Reference) -> Resource:
    """An alert with how urgent it is."""
    urgency = {"url": f"{OWN}urgency", "valueCode": Urgency(alert.urgency).code}
    return {"extension": [urgency], **shape_alert(alert, subject)}


FLAG: Final = Kind(
    "Flag",
    Alert.objects.all,
    lambda alert, subject: [show_alert(alert, subject)],
    path="patient",
    sorted_by="raised_at",
    parameters=about("patient"),
    listed=~Q(state=AlertState.CLOSED),
)
"""A closed alert is still read by its id, so that who has its flag learns that it is no longer active."""

APPOINTMENT: Final = Kind(
    "Appointment",
    Visit.objects.all,
    lambda visit, subject: [shape_visit(visit, subject)],
    path="patient",
    sorted_by="planned_on",
    parameters=about("patient", "actor"),
)
