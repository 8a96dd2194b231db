"""Puts what a patient types after a message of the team before whoever sees to the alert that it was about.

Nobody is paged: the message says that an answer may not be read in time, and by which number to answer. Danger in the
words raises alerts of its own, as in any talk.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from alerts.messaging import IS_NEWS_FOR
from alerts.models import Alert, AlertEvent
from alerts.models.alert import AlertEventKind, AlertState
from alerts.raising import raise_alert
from alerts.timeline import lock_alert, lock_patient, record_event
from symptoms.clinical.actions import NotifyCareTeam, TellOfWords
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, SymptomReport
from symptoms.prepared import Prepared

MESSAGE_ANSWERED: Final = NotifyCareTeam(Problem.OTHER, Urgency.ROUTINE, rules=("MESSAGE-ANSWERED",))

READ_BY: Final = (
    AlertEventKind.MESSAGED, AlertEventKind.ACTION, AlertEventKind.UNABLE_TO_REACH, AlertEventKind.CLOSED,
)  # fmt: skip
"""Acts of somebody who has read what the patient wrote: from a page of before they are refused.

Taking an alert, or giving it back, is none, nor is a note, which is kept from any page.
"""

WRITTEN: Final = Prepared(
    lambda patient, since: (
        AlertEvent.objects.filter(alert__patient=patient, kind=AlertEventKind.MESSAGED, happened_at__gt=since)
        .select_related("alert")
        .defer("alert__policy", "alert__answers_seen")
        .order_by("-happened_at")
    )
)
"""What the team wrote to a patient after a moment, the latest first."""


def note_words(
    action: TellOfWords, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> AlertEvent | None:
    """Say on the alert that the team wrote about that the patient has written since; None: there is nothing new to say.

    It is the one of the latest message of three days, one that is not closed before others. Nobody looks at a closed
    one: a routine alert says it then. One line stands until somebody has done something about it.
    """
    written = WRITTEN.all(patient=patient.pk, since=now - IS_NEWS_FOR)
    if not written:
        return None
    message = next((one for one in written if one.alert.state != AlertState.CLOSED), written[0])
    about = message.alert
    with transaction.atomic():
        lock_patient(patient.pk)
        alert: Alert | None = lock_alert(about.pk)
        if alert is not None and alert.state == AlertState.CLOSED:
            alert = raise_alert(MESSAGE_ANSWERED, patient=patient, report=None, now=now)
        if alert is None or _is_unread(alert):
            return None
        Alert.objects.filter(pk=alert.pk).update(updated_at=now)
        detail = {"said": str(action.message), "by": "patient"}
        if alert.pk != about.pk:
            detail |= {"about": str(about.number), "to": message.detail["message"]}
        return record_event(alert, AlertEventKind.ANSWERED, now=now, detail=detail)


def _is_unread(alert: Alert) -> bool:
    """Whether it has been said before, and nobody has done anything since."""
    kinds = [*READ_BY, AlertEventKind.ANSWERED]
    last = alert.events.filter(kind__in=kinds).order_by("-number").values_list("kind", flat=True).first()
    return last == AlertEventKind.ANSWERED
