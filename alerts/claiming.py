"""Gives a sender the right to one page: a lease on what is due, by the clock of the database.

Nobody is flooded: when more than five pages wait for one person and channel they go out as one, and who gets
many in a minute gets the next a few seconds later, with whatever has come meanwhile. Nothing is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.functions import Now

from alerts.models import DeliveryAttempt, Notification
from alerts.models.notification import NotificationState

BUDGET: Final = timedelta(seconds=25)
"""The longest that a provider call may take, with connecting and reading."""

LEASE: Final = timedelta(seconds=60)
"""At least twice the budget: a sender that still holds it is alive or has just died."""

MOST_SINGLE: Final = 5
"""Pages that may wait for one person and channel and still go out one by one."""

MOST_IN_A_BUNDLE: Final = 100
MOST_A_MINUTE: Final = 10
"""Pages to one person by one channel within a minute, after which the next is put off."""

HOLD_BACK: Final = timedelta(seconds=5)
"""How long a page is put off, once."""

MOST_HELD_BACK: Final = 50
"""Pages that one claim puts off before it gives up for now."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one page until the lease ends: that of one notification, or of several that go together.

    `attempts` has the number of the attempt for each notification, the leading one first. `taken_at` is this
    process's monotonic clock.
    """

    token: UUID
    attempts: Mapping[UUID, int]
    taken_at: float


def claim_next(*, may_steal: bool = True) -> Claim | None:
    """Claim the longest waiting due notification. None: nothing to claim.

    The attempt is written with the claim, its outcome unknown: a crash from here on leaves an honest trace.
    """
    taken_at = time.monotonic()
    with transaction.atomic(durable=True):
        due = Notification.objects.claimable().select_for_update(skip_locked=True)
        if not may_steal:
            due = due.filter(state=NotificationState.PENDING)
        for _ in range(MOST_HELD_BACK):
            notification = due.first()
            if notification is None:
                return None
            is_flooded = _is_flooded(notification)
            if is_flooded and notification.held_back_at is None:
                Notification.objects.filter(pk=notification.pk).update(due_at=from_now(HOLD_BACK), held_back_at=Now())
                continue
            others = _waiting_beside(notification)
            together = [notification, *others] if is_flooded or len(others) >= MOST_SINGLE else [notification]
            return _take(together, taken_at)
    return None


def _is_flooded(notification: Notification) -> bool:
    """Whether its recipient has got so many pages by this channel within a minute that one more is too many."""
    lately = Notification.objects.filter(
        recipient=notification.recipient_id,
        channel=notification.channel,
        last_attempt_at__gt=from_now(timedelta(minutes=-1)),
        bundled_into=None,
    ).exclude(pk=notification.pk)
    return lately[:MOST_A_MINUTE].count() >= MOST_A_MINUTE


def _waiting_beside(notification: Notification) -> list[Notification]:
    """Other notifications that wait for the same person and channel: those due, and those that were put off."""
    waiting = Notification.objects.filter(
        Q(due_at__lte=Now()) | Q(held_back_at__isnull=False, attempt_count=0),
        state=NotificationState.PENDING,
        recipient=notification.recipient_id,
        channel=notification.channel,
        is_test=False,
    )
    if notification.is_test or notification.state != NotificationState.PENDING:
        return []
    others = waiting.exclude(pk=notification.pk).order_by("due_at")
    return list(others.select_for_update(skip_locked=True)[: MOST_IN_A_BUNDLE - 1])


def _take(notifications: list[Notification], taken_at: float) -> Claim:
    token = uuid4()
    attempts = {one.pk: one.attempt_count + 1 for one in notifications}
    for one in notifications:
        Notification.objects.filter(pk=one.pk).update(
            state=NotificationState.SENDING,
            lease_token=token,
            lease_until=from_now(LEASE),
            attempt_count=attempts[one.pk],
            last_attempt_at=Now(),
            bundled_into=None if one is notifications[0] else notifications[0],
        )
    DeliveryAttempt.objects.bulk_create(
        DeliveryAttempt(notification=one, number=attempts[one.pk], started_at=Now()) for one in notifications
    )
    return Claim(token, attempts, taken_at)


def from_now(span: timedelta) -> ExpressionWrapper[Any]:
    """The database's present moment and a span of time."""
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())
