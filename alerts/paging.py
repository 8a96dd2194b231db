"""Decides who is paged about an alert, and queues one notification for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet
from django.db.models.functions import Now

from alerts.models import Alert, Notification
from alerts.models.notification import Channel, NotificationState
from alerts.waking import wake_senders
from symptoms.models import Clinic, Practitioner

FIRST_STEP = 1


def reachable(clinic: Clinic) -> QuerySet[Practitioner]:
    """Practitioners of a clinic who can be written to."""
    return Practitioner.objects.filter(clinic=clinic, user__is_active=True).exclude(user__email="").order_by("pk")


def choose_recipients(clinic: Clinic) -> list[Practitioner]:
    """Who is paged first: those on call; nobody on call, everybody. Empty: nobody can be reached."""
    everybody = list(reachable(clinic))
    return [person for person in everybody if person.is_on_call] or everybody


def choose_others(alert: Alert) -> list[Practitioner]:
    """Reachable practitioners of the clinic who have not been written to about this generation of the alert."""
    tried = Notification.objects.filter(alert=alert, generation=alert.generation).values("recipient")
    return list(reachable(alert.clinic).exclude(pk__in=tried))


def queue_notifications(alert: Alert, recipients: Iterable[Practitioner], *, now: datetime) -> list[Notification]:
    """Queue a page for each recipient, due at once by the database's clock, and wake the senders on commit.

    The caller holds the alert's row: the cycle, which keeps repeated pages of one generation apart, is
    counted under that lock.
    """
    written = Notification.objects.filter(alert=alert, generation=alert.generation, step=FIRST_STEP)
    cycle = (written.aggregate(last=Max("cycle"))["last"] or 0) + 1
    queued = Notification.objects.bulk_create(
        Notification(
            alert=alert,
            recipient=recipient,
            channel=Channel.EMAIL,
            generation=alert.generation,
            step=FIRST_STEP,
            cycle=cycle,
            idempotency_key=f"{alert.pk}:{alert.generation}:{FIRST_STEP}:{cycle}:{Channel.EMAIL}:{recipient.pk}",
            due_at=Now(),
            created_at=now,
        )
        for recipient in recipients
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
