"""Delivers due reminders: by e-mail to a patient who has an address, else through the list in the app.

At most two tries for each. Nothing is sent to somebody whom the service no longer writes to, in quiet hours,
or too late; after downtime the newest of a kind is sent and the older ones are superseded.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from alerts.models import Reminder
from alerts.models.notification import AttemptOutcome
from alerts.models.reminder import ReminderKind, ReminderState
from alerts.reminders import quiet_hours_of
from alerts.transports.mail import compose_mail, send_mail
from symptoms.models.patient import PatientStatus
from symptoms.wording import text

logger = logging.getLogger(__name__)

BATCH: Final = 20
LEASE: Final = timedelta(minutes=10)
"""Longer than a batch whose every mail takes its full time-out."""

MAX_TRIES: Final = 2
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)


class ReminderChannel(StrEnum):
    EMAIL = "email"
    APP = "app"


def deliver_due(now: datetime, limit: int = 1000) -> int:
    """Work off the reminders that are due at `now`, in batches, and return how many were sent.

    Any number of workers may do so at once: a batch is claimed, then sent outside any transaction.
    """
    sent = 0
    for _ in range(0, limit, BATCH):
        claimed, seen = _claim_batch(now)
        sent += sum(_send_safely(reminder, now) for reminder in claimed)
        if seen < BATCH:
            break
    return sent


def _claim_batch(now: datetime) -> tuple[list[Reminder], int]:
    """The reminders to send of the next batch, and how many rows were looked at. The others are settled."""
    with transaction.atomic(durable=True):
        due = Reminder.objects.due(now).annotate(has_newer=Exists(_newer(now)))
        batch: list[Any] = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("patient")[:BATCH])
        to_send = []
        for reminder in batch:
            reminder.state = _judge(reminder, now, has_newer=reminder.has_newer)
            if reminder.state == ReminderState.SENDING:
                reminder.attempt_count += 1
                reminder.lease_until = now + LEASE
                to_send.append(reminder)
            reminder.save(update_fields=["state", "attempt_count", "lease_until", "due_at"])
    return to_send, len(batch)


def _newer(now: datetime) -> QuerySet[Reminder]:
    """Reminders of the same kind for the same patient that are due as well, later, and not given up."""
    later = Q(due_at__gt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__gt=OuterRef("pk"))
    worth = Q(state__in=[ReminderState.PENDING, ReminderState.SENDING], expires_at__gt=now) | Q(
        state=ReminderState.SENT
    )
    return Reminder.objects.filter(later, worth, patient=OuterRef("patient"), kind=OuterRef("kind"), due_at__lte=now)


def _judge(reminder: Reminder, now: datetime, *, has_newer: bool) -> ReminderState:
    """What becomes of a due reminder. One that cannot be judged must not stop the others: it is put off."""
    try:
        return _verdict(reminder, now, has_newer=has_newer)
    except Exception:
        logger.exception("reminder_not_judged reminder=%s", reminder.pk)
        reminder.lease_until = now + TRY_AGAIN_AFTER
        return ReminderState.PENDING


def _verdict(reminder: Reminder, now: datetime, *, has_newer: bool) -> ReminderState:
    """What becomes of a due reminder. One that falls into quiet hours goes on waiting until they end."""
    patient = reminder.patient
    if patient.status != PatientStatus.ACTIVE:
        return ReminderState.CANCELLED
    if reminder.expires_at <= now:
        return ReminderState.EXPIRED
    if has_newer:
        return ReminderState.SUPERSEDED
    # The question about the sores is asked by 10:00 at the latest, whatever the quiet hours.
    quiet = quiet_hours_of(patient)
    if reminder.kind == ReminderKind.STILL_SORE or not quiet.is_quiet(now):
        return ReminderState.SENDING
    morning = quiet.end_of_quiet(now)
    if morning >= reminder.expires_at:
        return ReminderState.EXPIRED
    reminder.due_at = morning
    return ReminderState.PENDING


def _send_safely(reminder: Reminder, now: datetime) -> bool:
    """One reminder that cannot be sent must not stop the others; it is tried again when its lease has run out."""
    try:
        return _send(reminder, now)
    except Exception:
        logger.exception("reminder_not_sent reminder=%s", reminder.pk)
        return False


def _send(reminder: Reminder, now: datetime) -> bool:
    """Send one claimed reminder. Returns False when it has to be tried again.

    The patient's app lists every reminder: one without an address, or whose mail was refused or failed
    twice, counts as sent there.
    """
    patient = reminder.patient
    if not patient.email or reminder.attempt_count > MAX_TRIES:
        return _settle(reminder, ReminderState.SENT, channel=ReminderChannel.APP, sent_at=now)
    mail = compose_mail(
        identity=f"reminder-{reminder.pk}",
        to=patient.email,
        subject=text(patient.language, "reminder", "subject"),
        body=text(patient.language, "reminder", "body"),
    )
    sent = send_mail(mail)
    if sent.outcome == AttemptOutcome.ACCEPTED:
        return _settle(reminder, ReminderState.SENT, channel=ReminderChannel.EMAIL, sent_at=now)
    logger.warning("reminder_failed reminder=%s try=%s error=%s", reminder.pk, reminder.attempt_count, sent.error)
    if sent.outcome == AttemptOutcome.PERMANENT_FAILURE or reminder.attempt_count >= MAX_TRIES:
        return _settle(reminder, ReminderState.SENT, channel=ReminderChannel.APP, sent_at=now)
    _settle(reminder, ReminderState.PENDING, lease_until=now + TRY_AGAIN_AFTER)
    return False


def _settle(reminder: Reminder, state: ReminderState, **changes: object) -> bool:
    """Record the outcome of this try, unless another worker has taken the reminder over meanwhile."""
    ours = Reminder.objects.filter(pk=reminder.pk, state=ReminderState.SENDING, attempt_count=reminder.attempt_count)
    return bool(ours.update(**{"state": state, "lease_until": None, **changes}))
