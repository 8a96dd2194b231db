"""Carries queued pages to people: claims a notification with a lease, sends it, records what became of it.

Celery tasks and the dispatcher both call `deliver_one` and `deliver_due`. The rows alone decide what is to
be sent, by the clock of the database, so a doubled or a lost nudge changes nothing. At least once: what a
crash leaves half done is tried again when its lease has run out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper
from django.db.models.functions import Now

from alerts.backoff import wait_after
from alerts.clock import database_now
from alerts.models import Alert, DeliveryAttempt, Notification
from alerts.models.alert import AlertEventKind, AlertState
from alerts.models.notification import ARRIVED_STATES, LIVE_STATES, AttemptOutcome, NotificationState
from alerts.raising import page_others
from alerts.timeline import lock_alert, lock_patient, record_event
from alerts.transports import TRANSPORTS, Sent, Transport

logger = logging.getLogger(__name__)

BUDGET: Final = timedelta(seconds=25)
"""The longest that a provider call may take, with connecting and reading."""

LEASE: Final = timedelta(seconds=60)
"""At least twice the budget: a sender that still holds it is alive or has just died."""

FINISH_PATIENCE: Final = timedelta(seconds=90)
"""How long after its claim a sender goes on trying to record an outcome that the database does not take."""

FINISH_PAUSE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one notification until the lease ends. `taken_at` is this process's monotonic clock."""

    notification_id: UUID
    token: UUID
    attempt_number: int
    taken_at: float


def deliver_one(notification_id: UUID | str, transports: Mapping[str, Transport] = TRANSPORTS) -> bool:
    """Try one notification now, if it is due and nobody holds it. Returns whether it was claimed."""
    claim = claim_next(notification_id=notification_id)
    if claim is None:
        return False
    _deliver(claim, transports)
    return True


def deliver_due(limit: int = 100, transports: Mapping[str, Transport] = TRANSPORTS, *, may_steal: bool = True) -> int:
    """Try up to `limit` due notifications one after the other. Returns how many were claimed.

    `may_steal` False leaves those alone whose sender's lease has run out: right after an outage of the
    database their senders may still be waiting to record what they have sent.
    """
    for count in range(limit):
        claim = claim_next(may_steal=may_steal)
        if claim is None:
            return count
        _deliver(claim, transports)
    return limit


def claim_next(notification_id: UUID | str | None = None, *, may_steal: bool = True) -> Claim | None:
    """Claim the longest waiting due notification, or the named one if it is due. None: nothing to claim.

    The attempt is written with the claim, its outcome unknown: a crash from here on leaves an honest trace.
    """
    taken_at = time.monotonic()
    with transaction.atomic(durable=True):
        due = Notification.objects.claimable().select_for_update(skip_locked=True)
        if notification_id is not None:
            due = due.filter(pk=notification_id)
        if not may_steal:
            due = due.filter(state=NotificationState.PENDING)
        notification = due.first()
        if notification is None:
            return None
        claim = Claim(notification.pk, uuid4(), notification.attempt_count + 1, taken_at)
        Notification.objects.filter(pk=notification.pk).update(
            state=NotificationState.SENDING,
            lease_token=claim.token,
            lease_until=_from_now(LEASE),
            attempt_count=claim.attempt_number,
        )
        DeliveryAttempt.objects.create(notification=notification, number=claim.attempt_number, started_at=Now())
    return claim


def _deliver(claim: Claim, transports: Mapping[str, Transport]) -> None:
    held = Notification.objects.filter(pk=claim.notification_id, lease_token=claim.token)
    # Less than one budget left: somebody else may take it over while the provider is being called.
    in_time = held.filter(state=NotificationState.SENDING, lease_until__gte=_from_now(BUDGET))
    notification = in_time.select_related("alert", "recipient__user").first()
    if notification is None:
        logger.warning("lease_too_short_to_send notification=%s", claim.notification_id)
        return
    if _is_needless(notification, notification.alert):
        sent = Sent(AttemptOutcome.CANCELLED)
    else:
        sent = transports[notification.channel].send(notification)
    _finish_through_outages(claim, sent)


def _is_needless(notification: Notification, alert: Alert) -> bool:
    """Whether the alert was closed, or taken or risen after this page was queued."""
    return alert.state == AlertState.CLOSED or notification.withdrawn_at is not None


def _finish_through_outages(claim: Claim, sent: Sent) -> None:
    """Record the outcome, however often the database has to be asked: an unrecorded send is sent again."""
    while True:
        try:
            return _finish(claim, sent)
        except (OperationalError, InterfaceError):
            if time.monotonic() - claim.taken_at > FINISH_PATIENCE.total_seconds():
                raise
            connection.close()
            time.sleep(FINISH_PAUSE_SECONDS)


def _finish(claim: Claim, sent: Sent) -> None:
    """Record the outcome where the lease is still ours; else leave the attempt `unknown`, as it is."""
    with transaction.atomic(durable=True):
        ids = Notification.objects.values_list("alert_id", "alert__patient_id")
        alert_id, patient_id = ids.get(pk=claim.notification_id)
        if sent.outcome == AttemptOutcome.PERMANENT_FAILURE:
            lock_patient(patient_id)  # paging the others may raise an alert of this patient
        alert = lock_alert(alert_id)
        notification = (
            Notification.objects.select_for_update(no_key=True)
            .filter(pk=claim.notification_id, state=NotificationState.SENDING, lease_token=claim.token)
            .first()
        )
        if notification is None:
            logger.warning("lease_lost notification=%s attempt=%s", claim.notification_id, claim.attempt_number)
            return
        DeliveryAttempt.objects.filter(notification=notification, number=claim.attempt_number).update(
            outcome=sent.outcome, finished_at=Now(), provider_id=sent.provider_id, error=sent.error
        )
        _settle(notification, alert, sent)


def _settle(notification: Notification, alert: Alert, sent: Sent) -> None:
    """The notification's next state. The caller holds the rows of the alert and of the notification."""
    detail = {
        "channel": notification.channel,
        "recipient": notification.recipient_id,
        "attempt": notification.attempt_count,
    }
    row = Notification.objects.filter(pk=notification.pk)
    end = {"lease_token": None, "lease_until": None, "finished_at": Now()}
    match sent.outcome:
        case AttemptOutcome.ACCEPTED:
            row.update(state=NotificationState.ACCEPTED, **end)
            record_event(alert, AlertEventKind.NOTIFIED, now=database_now(), detail=detail)
        case AttemptOutcome.PERMANENT_FAILURE:
            row.update(state=NotificationState.FAILED, **end)
            record_event(
                alert, AlertEventKind.DELIVERY_FAILED, now=database_now(), detail={**detail, "error": sent.error}
            )
            _page_others_if_nobody_is_left(notification, alert)
        case AttemptOutcome.TEMPORARY_FAILURE | AttemptOutcome.UNKNOWN if not _is_needless(notification, alert):
            logger.info("notification_failed notification=%s error=%s", notification.pk, sent.error)
            row.update(
                state=NotificationState.PENDING,
                lease_token=None,
                lease_until=None,
                due_at=_from_now(wait_after(notification.attempt_count)),
            )
        case _:
            row.update(state=NotificationState.CANCELLED, **end)


def _page_others_if_nobody_is_left(notification: Notification, alert: Alert) -> None:
    """An open alert whose every page failed for good goes to the rest of the clinic."""
    if alert.state != AlertState.OPEN or notification.generation != alert.generation:
        return
    hopeful = Notification.objects.filter(
        alert=alert, generation=alert.generation, state__in=[*LIVE_STATES, *ARRIVED_STATES]
    )
    if not hopeful.exists():
        page_others(alert, now=database_now())


def _from_now(span: timedelta) -> ExpressionWrapper[Any]:
    """The database's present moment and a span of time."""
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())
