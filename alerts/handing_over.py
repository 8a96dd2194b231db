"""How an alert changes hands: given back to the team, taken over by a colleague, or opened again after a mistake.

Given back or opened again, it climbs anew at once, and who had it is not asked alone; so do the alerts of somebody who
leaves or gets a role that cannot act. Taken over, it pages nobody, and
what is awaited stays awaited by the same moment: no exchange puts the next climb off.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from alerts.acknowledging import MAX_NOTE_LENGTH, CannotHandle, check_clinic, hold_as_seen, let_go
from alerts.climbing import begin_climb
from alerts.models import Alert
from alerts.models.alert import AlertEventKind, AlertState
from alerts.raising import tell_that_nobody_is_reachable
from alerts.timeline import lock_alert, lock_patient, record_event
from symptoms.models import Practitioner, User

REOPENED_WITHIN: Final = timedelta(hours=24)
"""How long a closing may be taken back. What happens later is another alert."""


class NotTheirs(CannotHandle):
    """The practitioner does not have the alert, so cannot give it back."""


class NobodyHasIt(CannotHandle):
    """There is nobody from whom the alert could be taken over."""


class StaysClosed(CannotHandle):
    """The alert is not closed, was closed too long ago, or another one about the same has been raised since."""


def give_back(
    alert: Alert, practitioner: Practitioner, note: str, now: datetime, *, seen_at: datetime | None = None
) -> Alert:
    """Let the alert be nobody's again: an urgent one pages at once all whom it has paged, and the next step's people.

    `note` may be empty. `seen_at` is the last change that the practitioner's page showed; None: not asked for.
    Raises NotTheirs, and AlreadyClosed, HasRisen, HasChanged or NotOfThisClinic.
    """
    with transaction.atomic():
        lock_patient(alert.patient_id)  # first, as everywhere: who finds nobody to page raises another alert
        held = hold_as_seen(alert, practitioner, seen_at)
        if held.acknowledged_by != practitioner:
            raise NotTheirs(gettext("You do not have this alert."))
        _begin_again(held, AlertEventKind.GIVEN_BACK, practitioner.user, note, now)
        return held


def give_back_all(leaver: Practitioner, by: User, now: datetime) -> list[Alert]:
    """Let every alert of somebody who can no longer see to it be nobody's again; returns those alerts."""
    with transaction.atomic():
        theirs = Alert.objects.not_closed().filter(acknowledged_by=leaver)
        given_back = []
        for alert_id, patient_id in theirs.order_by("patient_id").values_list("pk", "patient_id"):
            lock_patient(patient_id)
            held = lock_alert(alert_id)
            if held.acknowledged_by_id == leaver.pk and held.state != AlertState.CLOSED:
                _begin_again(held, AlertEventKind.GIVEN_BACK, by, "", now, leaver=leaver.pk)
                given_back.append(held)
        return given_back


def take_over(alert: Alert, practitioner: Practitioner, now: datetime, *, seen_at: datetime | None = None) -> Alert:
    """Take the alert from the colleague who has it. The same person twice changes nothing.

    `seen_at` is the last change that the practitioner's page showed; None: not asked for.
    Raises NobodyHasIt, and AlreadyClosed, HasRisen, HasChanged or NotOfThisClinic.
    """
    with transaction.atomic():
        held = hold_as_seen(alert, practitioner, seen_at)
        if held.state != AlertState.ACKNOWLEDGED:
            raise NobodyHasIt(gettext("Nobody has this alert: take it."))
        if held.acknowledged_by == practitioner:
            return held
        detail = {"generation": held.generation, "from": held.acknowledged_by_id}
        held.acknowledged_by = practitioner
        held.acknowledged_at = held.updated_at = now
        held.save(update_fields=["acknowledged_by", "acknowledged_at", "updated_at"])
        record_event(held, AlertEventKind.TAKEN_OVER, now=now, actor=practitioner.user, detail=detail)
        return held


def may_reopen(alert: Alert, now: datetime) -> bool:
    """Whether the closing of the alert may still be taken back."""
    is_fresh = alert.closed_at is not None and now - alert.closed_at < REOPENED_WITHIN
    return is_fresh and not Alert.objects.filter(reopens=alert).exists()


def reopen(alert: Alert, practitioner: Practitioner, note: str, now: datetime) -> Alert:
    """Take the closing back: the alert is nobody's, and climbs as one that was given back. `note` may be empty.

    Raises StaysClosed or NotOfThisClinic.
    """
    with transaction.atomic():
        lock_patient(alert.patient_id)
        held = lock_alert(alert.pk)
        check_clinic(held, practitioner)
        if not may_reopen(held, now):
            raise StaysClosed(gettext("This alert cannot be opened again. Look at what waits for the patient."))
        held.outcome, held.closed_by, held.closed_at = "", None, None
        _begin_again(held, AlertEventKind.REOPENED, practitioner.user, note, now)
        return held


def _begin_again(held: Alert, why: AlertEventKind, by: User, note: str, now: datetime, **more: object) -> None:
    """Nobody has it, and it climbs at once. The caller holds the rows of the patient and of the alert."""
    detail = {"generation": held.generation, "note": note.strip()[:MAX_NOTE_LENGTH], **more}
    let_go(held, why, now, actor=by, detail=detail)
    if not begin_climb(held, is_let_lie=True):
        tell_that_nobody_is_reachable(held, now)
