"""Queues the pages of an alert, one notification for each person, and withdraws them. Who is paged: `climbing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Now

from alerts.models import Alert, Notification
from alerts.models.notification import Channel, NotificationState
from alerts.waking import wake_senders
from symptoms.models import Clinic, Practitioner


def reachable(clinic: Clinic) -> QuerySet[Practitioner]:
    """Practitioners of a clinic who can be written to."""
    return Practitioner.objects.filter(clinic=clinic, user__is_active=True).exclude(user__email="").order_by("pk")


def choose_others(alert: Alert) -> list[Practitioner]:
    """Reachable practitioners of the clinic who have not been written to about this generation of the alert."""
    tried = Notification.objects.filter(alert=alert, generation=alert.generation).values("recipient")
    return list(reachable(alert.clinic).exclude(pk__in=tried))


def queue_notifications(
    alert: Alert,
    practitioners: Iterable[Practitioner],
    *,
    now: datetime,
    step: int,
    cycle: int,
    channels: Sequence[str] = (),
) -> list[Notification]:
    """Queue a page for each person, due at once by the database's clock, and wake the senders on commit.

    The caller holds the alert's row, and gives each round of pages of an alert a `cycle` of its own.
    """
    channel = channels[0] if channels else Channel.EMAIL
    queued = Notification.objects.bulk_create(
        Notification(
            alert=alert,
            recipient=practitioner,
            channel=channel,
            generation=alert.generation,
            step=step,
            cycle=cycle,
            idempotency_key=f"{alert.pk}:{alert.generation}:{step}:{cycle}:{channel}:{practitioner.pk}",
            due_at=Now(),
            created_at=now,
        )
        for practitioner in practitioners
    )
    wake_senders(notification.pk for notification in queued)
    return queued


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
