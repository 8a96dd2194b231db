"""Queues the pages of an alert, one notification for each person by the channel that fits, and withdraws them.

Who is paged is decided in `climbing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from alerts.channels import configured_channels
from alerts.contacts import ways_of
from alerts.models import Alert, ContactPoint, Notification
from alerts.models.notification import Channel, NotificationState
from alerts.waking import CHANNEL, nudge_workers
from symptoms.models import Clinic, Practitioner
from symptoms.models.clinic import Role
from symptoms.prepared import Prepared, PreparedInsert, each

QUEUE: Final = PreparedInsert(Notification, notify=CHANNEL, due_at="STATEMENT_TIMESTAMP()")
QUEUED: Final = Prepared(
    lambda keys: Notification.objects.filter(idempotency_key__in=each(keys, "text")).order_by("recipient_id")
)


@Prepared
def REACHABLE(clinic: Any, channels: Any) -> QuerySet[Practitioner]:  # noqa: N802  (a statement)
    verified = ContactPoint.objects.filter(
        practitioner=OuterRef("pk"), verified_at__isnull=False, channel__in=each(channels, "text")
    )
    has_address = ~Q(user__email="") | Exists(verified)
    staff = Practitioner.objects.select_related("user").exclude(role=Role.AUDITOR)
    return staff.filter(has_address, clinic=clinic, user__is_active=True).order_by("pk")


def reachable(clinic: Clinic) -> list[Practitioner]:
    """Practitioners of a clinic who can be written to, and may take an alert or hand it on: not its auditors."""
    return REACHABLE.all(clinic=clinic.pk, channels=usable_channels())


def usable_channels() -> list[str]:
    """The channels of this installation, as REACHABLE takes them."""
    return [channel.value for channel in configured_channels()]


def choose_others(alert: Alert) -> list[Practitioner]:
    """Reachable practitioners of the clinic who have not been written to about this generation of the alert."""
    tried = Notification.objects.filter(alert=alert, generation=alert.generation)
    tried_ids = set(tried.values_list("recipient_id", flat=True))
    return [one for one in reachable(alert.clinic) if one.pk not in tried_ids]


def queue_notifications(
    alert: Alert,
    practitioners: Iterable[Practitioner],
    *,
    now: datetime,
    step: int,
    cycle: int,
    channels: Sequence[Channel | str] = (),
) -> list[Notification]:
    """Queue a page for each practitioner, due at once by the database's clock, and wake the senders on commit.

    Each is paged by the first of `channels` by which they can be reached; by none of these, or with none given,
    by the first of their own. Returns the pages of all who can be reached; empty: nobody can.

    The caller holds the alert's row, and gives each round of pages of an alert a `cycle` of its own. Asking again
    for the same page queues nothing and returns the one there is.
    """
    chosen = _choose_channels(practitioners, channels)
    if not chosen:
        return []
    pages = [
        _page(alert, recipient, channel, generation=alert.generation, step=step, cycle=cycle, now=now)
        for recipient, channel in chosen
    ]
    return _queue(pages)


def queue_tests(
    alert: Alert, recipient: Practitioner, channels: Iterable[Channel], *, now: datetime
) -> list[Notification]:
    """Queue a test page to one person by each of the channels. The caller holds the row of the alert for tests."""
    written = Notification.objects.filter(alert=alert)
    cycle = (written.aggregate(last=Max("cycle"))["last"] or 0) + 1
    return _queue(
        [
            _page(
                alert,
                recipient,
                channel,
                generation=alert.generation,
                step=1,
                cycle=cycle,
                now=now,
                is_test=True,
            )
            for channel in channels
        ]
    )


def queue_next_channel(notification: Notification, *, now: datetime, is_beside: bool = False) -> Notification | None:
    """Queue the same page by the channel that follows in the recipient's order, which goes round.

    `is_beside`, the channel of this one is still being tried: when the next has been queued already, that one sees
    to the one after it. Else the first that has not been queued is taken. None: there is nothing more to queue.
    """
    same = Notification.objects.filter(
        alert=notification.alert_id,
        generation=notification.generation,
        step=notification.step,
        cycle=notification.cycle,
        recipient=notification.recipient_id,
    )
    taken = set(same.values_list("channel", flat=True))
    recipient = notification.recipient
    own = [way.channel for way in ways_of([recipient])[recipient.pk]]
    place = own.index(Channel(notification.channel)) + 1 if notification.channel in own else 0
    following = [*own[place:], *own[:place]][: 1 if is_beside else None]
    channel = next((one for one in following if one not in taken), None)
    if channel is None:
        return None
    page = _page(
        notification.alert,
        recipient,
        channel,
        generation=notification.generation,
        step=notification.step,
        cycle=notification.cycle,
        now=now,
        is_test=notification.is_test,
    )
    return _queue([page])[0]


def withdraw_notifications(alert: Alert, *, now: datetime) -> None:
    """Stop the pages of an alert that are still waiting: nobody needs them any more.

    One that a sender holds at this moment is only marked; the sender looks before it calls, and again
    before it would try once more.
    """
    pages = Notification.objects.filter(alert=alert)
    # Waiting ones first: one that is claimed meanwhile is then seen by the second statement.
    pages.filter(state=NotificationState.PENDING).update(
        state=NotificationState.CANCELLED, withdrawn_at=now, finished_at=Now()
    )
    pages.filter(state=NotificationState.SENDING).update(withdrawn_at=now)


def _choose_channels(
    practitioners: Iterable[Practitioner], wanted: Sequence[Channel | str]
) -> list[tuple[Practitioner, Channel]]:
    """Each who can be reached, with the channel to begin with."""
    people = list(practitioners)
    ways = ways_of(people)
    chosen = []
    for person in people:
        has = [way.channel for way in ways[person.pk]]
        good = [way.channel for way in ways[person.pk] if not way.is_bad]
        if has:
            chosen.append((person, next((Channel(name) for name in wanted if name in good), has[0])))
    return chosen


def _page(
    alert: Alert,
    recipient: Practitioner,
    channel: Channel,
    *,
    generation: int,
    step: int,
    cycle: int,
    now: datetime,
    is_test: bool = False,
) -> Notification:
    return Notification(
        alert=alert,
        recipient=recipient,
        channel=channel,
        generation=generation,
        step=step,
        cycle=cycle,
        idempotency_key=f"{alert.pk}:{generation}:{step}:{cycle}:{channel}:{recipient.pk}",
        created_at=now,
        is_test=is_test,
    )


def _queue(pages: list[Notification]) -> list[Notification]:
    """Write the pages whose keys are new, wake the senders, and return the pages of all the keys as they stand."""
    are_new = QUEUE.where_new(*pages)
    nudge_workers()
    return pages if are_new else QUEUED.all(keys=[page.idempotency_key for page in pages])
