"""Carries queued pages to people: claims a notification with a lease, sends it, records what became of it.

Celery's task and the dispatcher both call `deliver_due`. The rows alone decide what is to
be sent, by the clock of the database, so a doubled or a lost nudge changes nothing. At least once: what a
crash leaves half done is tried again when its lease has run out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now

from alerts.claiming import BUDGET, LEASE, Claim, claim_next, from_now
from alerts.models import DeliveryAttempt, Notification
from alerts.models.notification import AttemptOutcome, NotificationState
from alerts.settling import FAILURES_OF_ONE_CHANNEL, is_needless, settle, try_another_channel_beside
from alerts.timeline import lock_alert, lock_patient
from alerts.transports import TRANSPORTS, Sent, Transport

logger = logging.getLogger(__name__)

FINISH_PATIENCE: Final = timedelta(seconds=90)
"""How long after its claim a sender goes on trying to record an outcome that the database does not take."""

FINISH_PAUSE_SECONDS: Final = 0.5


@dataclass(slots=True)
class Outage:
    """The last outage of the database that this process has met: until when, by its monotonic clock, it counts."""

    is_over_at: float = 0.0


_outage: Final = Outage()


def deliver_due(limit: int = 100, transports: Mapping[str, Transport] = TRANSPORTS) -> int:
    """Try up to `limit` due pages one after the other. Returns how many were claimed.

    For a lease after this process has met an outage of the database, those are left alone whose sender's lease has run
    out: their senders may still be waiting to record what they have sent.
    """
    for count in range(limit):
        try:
            claim = claim_next(may_steal=time.monotonic() >= _outage.is_over_at)
            if claim is None:
                return count
            _deliver(claim, transports)
        except (OperationalError, InterfaceError):
            _outage.is_over_at = time.monotonic() + LEASE.total_seconds()
            raise
    return limit


def _deliver(claim: Claim, transports: Mapping[str, Transport]) -> None:
    """Send the page of a claim, and record the outcome for each notification that it stands for."""
    held = Notification.objects.filter(pk__in=claim.attempts, lease_token=claim.token)
    # Less than one budget left: somebody else may take it over while the provider is being called.
    in_time = held.filter(state=NotificationState.SENDING, lease_until__gte=from_now(BUDGET))
    notifications = sorted(
        in_time.select_related("alert", "recipient__user"), key=lambda one: one.bundled_into_id is not None
    )
    if not notifications:
        logger.warning("lease_too_short_to_send notification=%s", next(iter(claim.attempts)))
        return
    wanted = [one for one in notifications if not is_needless(one, one.alert)]
    for one in notifications:
        if one not in wanted:
            _finish_through_outages(claim, one.pk, Sent(AttemptOutcome.CANCELLED))
    if wanted:
        leading, *others = wanted
        leading.travels_with = tuple(others)
        if leading.bundled_into_id is not None:  # the one it should have gone with is not wanted any more
            held.filter(pk=leading.pk).update(bundled_into=None)
            held.filter(pk__in=[one.pk for one in others]).update(bundled_into=leading)
        for one in wanted:
            _try_beside(one)
        sent = transports[leading.channel].send(leading)
        for one in wanted:
            _finish_through_outages(claim, one.pk, sent)


def _try_beside(notification: Notification) -> None:
    """Queue the next channel of a page that is tried once more, unless somebody has just taken or closed the alert."""
    if notification.attempt_count < FAILURES_OF_ONE_CHANNEL:
        return
    try:
        with transaction.atomic(durable=True):
            alert = lock_alert(notification.alert_id)
            notification.refresh_from_db(fields=["withdrawn_at"])
            if not is_needless(notification, alert):
                try_another_channel_beside(notification)
    except (OperationalError, InterfaceError):  # this page is sent all the same
        logger.warning("no_channel_tried_beside notification=%s", notification.pk)


def _finish_through_outages(claim: Claim, notification_id: UUID, sent: Sent) -> None:
    """Record the outcome, however often the database has to be asked: an unrecorded send is sent again."""
    while True:
        try:
            return _finish(claim, notification_id, sent)
        except (OperationalError, InterfaceError):
            if time.monotonic() - claim.taken_at > FINISH_PATIENCE.total_seconds():
                raise
            connection.close()
            time.sleep(FINISH_PAUSE_SECONDS)


def _finish(claim: Claim, notification_id: UUID, sent: Sent) -> None:
    """Record the outcome where the lease is still ours; else leave the attempt `unknown`, as it is."""
    attempt = claim.attempts[notification_id]
    with transaction.atomic(durable=True):
        ids = Notification.objects.values_list("alert_id", "alert__patient_id")
        alert_id, patient_id = ids.get(pk=notification_id)
        if sent.outcome == AttemptOutcome.PERMANENT_FAILURE:
            lock_patient(patient_id)  # paging the others may raise an alert of this patient
        alert = lock_alert(alert_id)
        notification = (
            Notification.objects.select_for_update(no_key=True, of=("self",))
            .select_related("recipient__user")
            .filter(pk=notification_id, state=NotificationState.SENDING, lease_token=claim.token)
            .first()
        )
        if notification is None:
            logger.warning("lease_lost notification=%s attempt=%s", notification_id, attempt)
            return
        DeliveryAttempt.objects.filter(notification=notification, number=attempt).update(
            outcome=sent.outcome, finished_at=Now(), provider_id=sent.provider_id, error=sent.error
        )
        settle(notification, alert, sent)
