"""Lets every alert climb whose time has come: the next step of an open one, or the end of an acknowledgement.

The dispatcher and a Celery task both call `escalate_due`. Any number may do so at once; the rows decide.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from alerts.acknowledging import let_go
from alerts.by_itself import by_itself
from alerts.climbing import begin_climb, climb
from alerts.models import Alert
from alerts.models.alert import AlertEventKind, AlertState, Awaited
from alerts.raising import tell_that_nobody_is_reachable
from symptoms.clock import database_now
from symptoms.models import Patient

BATCH = 200


def escalate_due(limit: int = BATCH) -> int:
    """Work off up to `limit` alerts that are due by the clock of the database. Returns how many climbed.

    One that cannot climb is logged and stays due; it does not stop the others.
    """
    due = list(Alert.objects.climbing().values_list("pk", "patient_id")[:limit])
    climbed = 0
    for alert_id, patient_id in due:
        with by_itself("alert_did_not_climb alert=%s", alert_id):
            climbed += escalate_one(alert_id, patient_id)
    return climbed


def escalate_one(alert_id: UUID, patient_id: UUID) -> bool:
    """Let one alert climb, if it is still due and nobody else is at it. Returns whether it did."""
    with transaction.atomic(durable=True):
        # Patient first, as everywhere: a step that finds nobody raises another alert of this patient.
        patients = Patient.objects.select_for_update(no_key=True, skip_locked=True)
        if not patients.filter(pk=patient_id).exists():
            return False
        due = Alert.objects.climbing().filter(pk=alert_id).select_related("clinic", "patient__clinic")
        alert = due.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if alert is None:
            return False
        if not _climb_on(alert):
            tell_that_nobody_is_reachable(alert, database_now())
        return True


def _climb_on(alert: Alert) -> bool:
    """Whether each step that was taken found somebody to page."""
    if alert.state == AlertState.ACKNOWLEDGED or alert.awaited:
        is_let_lie = alert.awaited != Awaited.ANOTHER_TRY
        lapse(alert)
        return begin_climb(alert, is_let_lie=is_let_lie)
    moment = database_now()
    if alert.climbing_since is not None and alert.climbing_since <= moment:
        return climb(alert, moment)
    return begin_climb(alert)


def lapse(alert: Alert) -> None:
    """What was awaited did not happen in time, or another try is due: whoever took the alert has it no longer."""
    detail = {"awaited": alert.awaited, "by": alert.acknowledged_by_id}
    let_go(alert, AlertEventKind.LAPSED, database_now(), let_lie_by=alert.acknowledged_by, detail=detail)
