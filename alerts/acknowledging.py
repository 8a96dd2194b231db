"""What a clinician does about an alert: take it, record what was done, close it with an outcome, add a note.

An acknowledgement is a person's act, and it ends: by a rise of urgency, or when what the alert awaits (an
action, an outcome, another try) has not come by its deadline. Each act is refused to a practitioner of
another clinic, and to one who has not seen the present urgency.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alerts.escalation import Deadlines, rungs_from_json
from alerts.models import Alert
from alerts.models.alert import AlertEventKind, AlertState, Awaited, Outcome
from alerts.paging import withdraw_notifications
from alerts.timeline import lock_alert, record_event
from symptoms.clinical.terms import Urgency
from symptoms.clock import database_now
from symptoms.models import Practitioner, User

MAX_NOTE_LENGTH: Final = 2000
WRITE_WHO_WAS_SPOKEN_TO: Final = _("Write who was spoken to and what was agreed: this alert is urgent.")


class CannotHandle(Exception):
    """An act on an alert that is refused. The message tells the clinician why."""


class NotOfThisClinic(CannotHandle):
    """The practitioner works for another clinic."""


class AlreadyAcknowledged(CannotHandle):
    """Somebody else has taken the alert: `by`, at `at`."""

    def __init__(self, by: Practitioner, at: datetime) -> None:
        moment = date_format(localtime(at, by.clinic.zone), "SHORT_DATETIME_FORMAT")
        super().__init__(
            gettext("%(who)s has already acknowledged this alert, at %(when)s.") % {"who": by, "when": moment}
        )
        self.by = by
        self.at = at


class AlreadyClosed(CannotHandle):
    """The alert is closed; what happens next is another alert."""


class HasRisen(CannotHandle):
    """The alert became more urgent after the clinician looked at it."""


class HasChanged(CannotHandle):
    """Something happened to the alert after the clinician looked at it: somebody took it, or news joined it."""


class TooLittle(CannotHandle):
    """The outcome is not enough for so urgent an alert."""


class ReasonMissing(CannotHandle):
    """Words are missing: why nothing was done, or what was done about an urgent alert."""


def acknowledge(alert: Alert, practitioner: Practitioner, now: datetime) -> Alert:
    """Take the alert: its waiting pages stop, and an action is awaited. The same person twice changes nothing.

    `alert.generation` is the one the practitioner has seen. Raises AlreadyAcknowledged, AlreadyClosed,
    HasRisen or NotOfThisClinic.
    """
    with transaction.atomic():
        held = hold_as_seen(alert, practitioner)
        if held.state == AlertState.ACKNOWLEDGED and held.acknowledged_by and held.acknowledged_at:
            if held.acknowledged_by != practitioner:
                raise AlreadyAcknowledged(held.acknowledged_by, held.acknowledged_at)
            return held
        _take(held, practitioner, now)
        _await(held, Awaited.ACTION, deadlines_of(held).act_within)
        return held


def record_action(
    alert: Alert, practitioner: Practitioner, note: str, now: datetime, *, seen_at: datetime | None = None
) -> Alert:
    """Record what was done: from now on the outcome is awaited. Takes the alert when nobody has.

    `seen_at` is the last change that the practitioner's page showed; None: not asked for.
    Raises ReasonMissing for an empty note, and AlreadyClosed, HasRisen, HasChanged or NotOfThisClinic.
    """
    said = _read_note(note, gettext("Write what was done."))
    with transaction.atomic():
        held = hold_as_seen(alert, practitioner, seen_at)
        _take(held, practitioner, now)
        record_event(held, AlertEventKind.ACTION, now=now, actor=practitioner.user, detail={"note": said})
        _await(held, Awaited.OUTCOME, deadlines_of(held).close_within)
        return held


def close(
    alert: Alert,
    practitioner: Practitioner,
    outcome: Outcome | str,
    note: str,
    now: datetime,
    *,
    seen_at: datetime | None = None,
) -> Alert:
    """Close the alert with what was done. `unable_to_reach` keeps it open: who tried has it, and owes another try.

    The note says why there was `no_action`, and of an urgent alert always what was done. `seen_at` is the last change
    that the practitioner's page showed; None: not asked for. Raises ReasonMissing for missing words and for an unknown
    outcome, TooLittle, and AlreadyClosed, HasRisen, HasChanged or NotOfThisClinic.
    """
    chosen = _read_outcome(outcome, note)
    with transaction.atomic():
        held = hold_as_seen(alert, practitioner, seen_at)
        detail = {"outcome": chosen.value, "note": note.strip()}
        if chosen is Outcome.UNABLE_TO_REACH:
            _take(held, practitioner, now)
            record_event(held, AlertEventKind.UNABLE_TO_REACH, now=now, actor=practitioner.user, detail=detail)
            _await(held, Awaited.ANOTHER_TRY, deadlines_of(held).retry_after)
            return held
        _check_closing(Urgency(held.urgency), chosen, note)
        held.state = AlertState.CLOSED
        held.outcome = chosen
        held.closed_by = practitioner
        held.closed_at = held.updated_at = now
        held.awaited, held.climbs_at = Awaited.NOTHING, None
        held.save()
        record_event(held, AlertEventKind.CLOSED, now=now, actor=practitioner.user, detail=detail)
        withdraw_notifications(held, now=now)
        return held


def add_note(alert: Alert, practitioner: Practitioner, note: str, now: datetime) -> None:
    """Add a line to the timeline, of a closed alert too. Raises ReasonMissing for an empty one, NotOfThisClinic."""
    said = _read_note(note, gettext("Write the note."))
    with transaction.atomic():
        held = lock_alert(alert.pk)
        check_clinic(held, practitioner)
        record_event(held, AlertEventKind.NOTE, now=now, actor=practitioner.user, detail={"note": said})


def deadlines_of(alert: Alert) -> Deadlines:
    """What a person who takes the alert owes it, by the policy that the alert keeps."""
    return rungs_from_json(alert.policy, Urgency(alert.urgency)).deadlines


def _take(held: Alert, practitioner: Practitioner, now: datetime) -> None:
    """Acknowledge an alert that nobody has taken. Its waiting pages stop."""
    if held.state == AlertState.OPEN:
        held.state = AlertState.ACKNOWLEDGED
        held.acknowledged_by = practitioner
        held.acknowledged_at = now
        held.let_lie_by = None
        detail = {"generation": held.generation}
        record_event(held, AlertEventKind.ACKNOWLEDGED, now=now, actor=practitioner.user, detail=detail)
    held.updated_at = now
    withdraw_notifications(held, now=now)


def let_go(
    held: Alert,
    why: AlertEventKind,
    now: datetime,
    *,
    actor: User | None = None,
    let_lie_by: Practitioner | None = None,
    detail: Mapping[str, object],
) -> None:
    """Nobody has the alert any more. The caller holds its row, and lets it climb."""
    held.let_lie_by = let_lie_by
    held.state = AlertState.OPEN
    held.acknowledged_by = held.acknowledged_at = None
    held.updated_at = now
    held.save()
    record_event(held, why, now=now, actor=actor, detail=detail)


def _await(held: Alert, awaited: Awaited, within: timedelta) -> None:
    """Let the alert climb again unless what it awaits comes in time, by the clock of the database."""
    held.awaited = awaited
    held.climbs_at = database_now() + within
    held.save()


def hold_as_seen(alert: Alert, practitioner: Practitioner, seen_at: datetime | None = None) -> Alert:
    """The alert's row, held, when the practitioner may act on it as they saw it.

    Raises AlreadyClosed, HasRisen, HasChanged or NotOfThisClinic.
    """
    held = lock_alert(alert.pk)
    check_clinic(held, practitioner)
    if held.state == AlertState.CLOSED:
        raise AlreadyClosed(gettext("%(who)s has already closed this alert.") % {"who": held.closed_by})
    if held.generation != alert.generation:
        raise HasRisen(gettext("This alert has become more urgent since you opened it. Look at it again."))
    if seen_at is not None and held.updated_at != seen_at:
        raise HasChanged(_what_happened(held, practitioner))
    return held


def _what_happened(held: Alert, practitioner: Practitioner) -> str:
    """What the clinician has not seen: who else has the alert now, or that there is news."""
    if held.acknowledged_by == practitioner:
        return gettext("Something was added to your alert since you opened it. Look at it again.")
    if held.acknowledged_by is not None:
        said = gettext("%(who)s has this alert now, and something was done or added since you opened it. Look again.")
        return said % {"who": held.acknowledged_by}
    return gettext("Something was added to this alert since you opened it. Look at it again.")


def check_clinic(alert: Alert, practitioner: Practitioner) -> None:
    """Raise NotOfThisClinic for an alert of another clinic."""
    if alert.clinic_id != practitioner.clinic_id:
        raise NotOfThisClinic(gettext("This alert belongs to another clinic."))


def _read_note(note: str, otherwise: str) -> str:
    if not note.strip():
        raise ReasonMissing(otherwise)
    return note.strip()[:MAX_NOTE_LENGTH]


def _read_outcome(outcome: Outcome | str, note: str) -> Outcome:
    try:
        chosen = Outcome(outcome)
    except ValueError as error:
        raise ReasonMissing(gettext("Say what was done about the alert.")) from error
    if chosen is Outcome.NO_ACTION and not note.strip():
        raise ReasonMissing(gettext("Closing without action needs a reason."))
    return chosen


def _check_closing(urgency: Urgency, outcome: Outcome, note: str) -> None:
    if urgency >= Urgency.EMERGENCY and outcome is Outcome.SELF_CARE_ADVICE:
        raise TooLittle(gettext("Self-care advice is not enough for an emergency."))
    if urgency >= Urgency.URGENT and not note.strip():
        raise ReasonMissing(str(WRITE_WHO_WAS_SPOKEN_TO))
