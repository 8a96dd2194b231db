"""What FHIR has names for in an alert and in a visit. The doors and the export of a patient share it."""

from __future__ import annotations

from typing import Final

from alerts.models import Alert, Visit
from alerts.models.alert import AlertState
from alerts.models.visit import VisitStatus
from symptoms.fhir.codes import OWN, coding
from symptoms.fhir.shapes import Reference, Resource
from symptoms.flow.present import rfc3339

VISIT_STATUS: Final = {
    VisitStatus.ATTENDED: "fulfilled",
    VisitStatus.MISSED: "noshow",
    VisitStatus.CANCELLED: "cancelled",
}


def shape_alert(alert: Alert, subject: Reference) -> Resource:
    """An alert: a flag is active until a clinician has closed it."""
    return {
        "identifier": [{"system": f"{OWN}alert-number", "value": str(alert.number)}],
        "status": "inactive" if alert.state == AlertState.CLOSED else "active",
        "code": {"coding": [coding(f"{OWN}problem", alert.problem)], "text": alert.problem},
        "subject": subject,
        "period": {"start": rfc3339(alert.raised_at)},
    }


def shape_visit(visit: Visit, subject: Reference) -> Resource:
    """A visit. FHIR wants a time for all but what is proposed or cancelled: a day without one begins at midnight."""
    status = VISIT_STATUS.get(VisitStatus(visit.status), "booked" if visit.booked_at else "proposed")
    planned_on = visit.planned_on.isoformat()
    moment = rfc3339(visit.booked_at) if visit.booked_at else f"{planned_on}T00:00:00Z"
    return {
        "status": status,
        "serviceType": [{"coding": [coding(f"{OWN}visit", visit.kind)]}],
        **({"start": moment, "end": moment} if status != "proposed" else {}),
        "requestedPeriod": [{"start": planned_on, "end": planned_on}],
        "participant": [{"actor": subject, "status": "accepted"}],
    }
