"""What follows from the outcome of a try: another try, another channel, another person, a mark on the address.

The caller holds the rows of the alert and of the notification, and that of the patient where a failure is for
good: paging others may raise an alert of this patient.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db.models.functions import Now

from alerts.backoff import wait_after
from alerts.claiming import from_now
from alerts.contacts import mark_bad, mark_good
from alerts.models import Alert, AlertEvent, Notification
from alerts.models.alert import AlertEventKind, AlertState
from alerts.models.notification import ARRIVED_STATES, LIVE_STATES, AttemptOutcome, NotificationState
from alerts.paging import choose_others, queue_next_channel
from alerts.raising import page_others
from alerts.timeline import record_event
from alerts.transports import Sent
from symptoms.clock import database_now

logger = logging.getLogger(__name__)

FAILURES_OF_ONE_CHANNEL: Final = 2
PATIENCE_WITH_ONE_CHANNEL: Final = timedelta(seconds=60)
"""After so many failures, or so long, the recipient's next channel is tried beside the first."""


def is_needless(notification: Notification, alert: Alert) -> bool:
    """Whether the alert was closed, or taken or risen after this page was queued. A test is about no alert."""
    return notification.withdrawn_at is not None or (alert.state == AlertState.CLOSED and not notification.is_test)


def settle(notification: Notification, alert: Alert, sent: Sent) -> None:
    """Record what became of a try to send, and what follows from it."""
    row = Notification.objects.filter(pk=notification.pk)
    end = {"lease_token": None, "lease_until": None, "finished_at": Now()}
    if notification.delivered_at is not None:  # its receipt was faster than the answer to our call
        row.update(state=NotificationState.DELIVERED, **end)
        _record_notified(notification, alert)
        return
    match sent.outcome:
        case AttemptOutcome.ACCEPTED:
            row.update(state=NotificationState.ACCEPTED, **end)
            mark_good(notification.recipient, notification.channel)
            _record_notified(notification, alert)
        case AttemptOutcome.PERMANENT_FAILURE:
            give_up(notification, alert, error=sent.error, is_address_bad=sent.is_address_bad)
        case AttemptOutcome.TEMPORARY_FAILURE | AttemptOutcome.UNKNOWN if not is_needless(notification, alert):
            logger.info("notification_failed notification=%s error=%s", notification.pk, sent.error)
            row.update(
                state=NotificationState.PENDING,
                lease_token=None,
                lease_until=None,
                bundled_into=None,
                due_at=from_now(wait_after(notification.attempt_count)),
            )
            notification.state = NotificationState.PENDING
            try_another_channel_beside(notification)
        case _:
            row.update(state=NotificationState.CANCELLED, **end)


def arrive(notification: Notification, alert: Alert, *, now: datetime) -> None:
    """The provider says that it arrived. What has ended stays as it ended; what is being sent keeps it in mind."""
    row = Notification.objects.filter(pk=notification.pk)
    match notification.state:
        case NotificationState.ACCEPTED:
            row.update(state=NotificationState.DELIVERED, delivered_at=now)
        case NotificationState.PENDING:  # the answer to our call got lost, and it would be sent again
            row.update(state=NotificationState.DELIVERED, delivered_at=now, finished_at=now)
            _record_notified(notification, alert)
        case NotificationState.SENDING:
            row.update(delivered_at=now)


def give_up(notification: Notification, alert: Alert, *, error: str, is_address_bad: bool) -> None:
    """This notification was refused for good: the recipient's next channel now, and then the next person.

    When nobody is left, all are tried again: what every address refuses may be about us, and pass.
    """
    now = database_now()
    Notification.objects.filter(pk=notification.pk).update(
        state=NotificationState.FAILED, lease_token=None, lease_until=None, finished_at=now
    )
    if not _was_refused_before(notification):
        detail = {**_detail(notification), "error": error}
        record_event(alert, AlertEventKind.DELIVERY_FAILED, now=now, detail=detail)
    if is_address_bad and mark_bad(notification.recipient, notification.channel, now=now):
        logger.warning("address_bad practitioner=%s channel=%s", notification.recipient_id, notification.channel)
    if notification.is_test or is_needless(notification, alert):
        return
    if queue_next_channel(notification, now=now) is None:
        _page_others_if_nobody_is_left(notification, alert)


def try_another_channel_beside(notification: Notification) -> None:
    """Queue the recipient's next channel after two failures, or a minute after the first try.

    The first channel is tried on as well: whichever works first.
    """
    if notification.is_test or notification.attempt_count < FAILURES_OF_ONE_CHANNEL:
        return
    has_failed_twice = notification.state == NotificationState.PENDING
    long_ago = from_now(-PATIENCE_WITH_ONE_CHANNEL)
    if has_failed_twice or notification.attempts.filter(number=1, started_at__lte=long_ago).exists():
        queue_next_channel(notification, now=database_now(), is_beside=True)


def _was_refused_before(notification: Notification) -> bool:
    """Whether an earlier try was refused for good as well: the timeline has it already."""
    earlier = notification.attempts.filter(number__lt=notification.attempt_count)
    return earlier.filter(outcome=AttemptOutcome.PERMANENT_FAILURE).exists()


def _page_others_if_nobody_is_left(notification: Notification, alert: Alert) -> None:
    """An open alert whose every page was refused for good goes to the rest of the clinic, then to all once more."""
    if alert.state != AlertState.OPEN or notification.generation != alert.generation or _has_hope(alert):
        return
    told = AlertEvent.objects.filter(
        alert=alert, kind=AlertEventKind.NOBODY_REACHABLE, detail__generation=alert.generation
    )
    if choose_others(alert) or not told.exists():
        page_others(alert, now=database_now())
    if not _has_hope(alert):
        _try_all_again(alert)


def _has_hope(alert: Alert) -> bool:
    """Whether a page of this generation has arrived, or may still."""
    pages = Notification.objects.filter(alert=alert, generation=alert.generation)
    return pages.filter(state__in=[*LIVE_STATES, *ARRIVED_STATES]).exists()


def _try_all_again(alert: Alert) -> None:
    """Refused pages become due again, the last one for each person and channel, after the usual wait."""
    refused = Notification.objects.filter(
        alert=alert, generation=alert.generation, state=NotificationState.FAILED, withdrawn_at=None
    )
    for page in refused.order_by("recipient", "channel", "-cycle").distinct("recipient", "channel"):
        Notification.objects.filter(pk=page.pk).update(
            state=NotificationState.PENDING,
            finished_at=None,
            bundled_into=None,
            due_at=from_now(wait_after(page.attempt_count)),
        )


def _record_notified(notification: Notification, alert: Alert) -> None:
    record_event(alert, AlertEventKind.NOTIFIED, now=database_now(), detail=_detail(notification))


def _detail(notification: Notification) -> dict[str, object]:
    return {
        "channel": notification.channel,
        "recipient": notification.recipient_id,
        "attempt": notification.attempt_count,
    }
