"""Notifications: one send to one person by one channel, and every attempt at it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import StrEnum

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from alerts.models.alert import Alert
from symptoms.models import Practitioner
from symptoms.models.fields import choices, one_of
from symptoms.models.saying import dated


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    WEB_PUSH = "web_push"
    FCM = "fcm"
    WEBHOOK = "webhook"


class NotificationState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE_STATES = [NotificationState.PENDING, NotificationState.SENDING]
LONGEST_AHEAD = timedelta(minutes=2)
"""No page is put off, and no sender holds one, for so long: what lies further ahead was written before the clock of
the database stepped back."""

ARRIVED_STATES = [NotificationState.ACCEPTED, NotificationState.DELIVERED]


class NotificationQuerySet(models.QuerySet["Notification"]):
    def undelivered(self) -> NotificationQuerySet:
        """Not yet handed to the provider, and not given up."""
        return self.filter(state__in=LIVE_STATES)

    def claimable(self) -> NotificationQuerySet:
        """Due and not held by a living sender, by the clock of the database: the longest waiting first.

        What lies further ahead than any wait is due as well.
        """
        is_free = models.Q(state=NotificationState.PENDING)
        has_run_out = models.Q(lease_until__lte=Now()) | models.Q(lease_until__gt=Now() + LONGEST_AHEAD)
        is_due = models.Q(due_at__lte=Now()) | models.Q(due_at__gt=Now() + LONGEST_AHEAD)
        is_orphaned = models.Q(state=NotificationState.SENDING) & has_run_out
        return self.filter(is_due, is_free | is_orphaned).order_by("due_at")

    def too_far_ahead(self) -> NotificationQuerySet:
        """Waiting for a moment that lies further ahead than any wait."""
        return self.undelivered().filter(due_at__gt=Now() + LONGEST_AHEAD)


class Notification(models.Model):
    """One page of one alert to one person by one channel, due from the moment it is written.

    A sender claims it with a lease; the outcome counts only while the lease token still matches.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="notifications")
    recipient = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="notifications", db_index=False)
    channel = models.CharField(max_length=20, choices=choices(Channel))
    generation = models.PositiveIntegerField()
    step = models.PositiveIntegerField(default=1, help_text="Step of the escalation policy.")
    cycle = models.PositiveIntegerField(default=1, help_text="Repetition of the last step.")
    idempotency_key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=20, choices=choices(NotificationState), default=NotificationState.PENDING)
    due_at = models.DateTimeField()
    attempt_count = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="When it became needless while a sender held it: acknowledged, closed, risen."
    )

    delivered_at = models.DateTimeField(null=True, blank=True, help_text="When the provider said that it arrived.")
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    held_back_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was put off, for the recipient got too many at that moment."
    )
    bundled_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="The page it went out with.",
    )
    link_used_at = models.DateTimeField(
        null=True, blank=True, help_text="When its link was used to acknowledge the alert: it works once."
    )
    is_test = models.BooleanField(
        default=False, db_default=False, help_text="Asked for by its recipient, to see whether it arrives."
    )

    objects = NotificationQuerySet.as_manager()
    travels_with: tuple[Notification, ...] = ()
    """Other notifications that one page to the recipient stands for as well. Of a claim, not of the row."""

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=one_of("state", NotificationState), name="notification_state_known"),
            models.CheckConstraint(condition=one_of("channel", Channel), name="notification_channel_known"),
            models.CheckConstraint(
                condition=~models.Q(state=NotificationState.SENDING)
                | models.Q(lease_until__isnull=False, lease_token__isnull=False),
                name="notification_sending_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state__in=LIVE_STATES), name="notification_due"),
            models.Index(
                fields=["recipient", "channel"], condition=models.Q(state__in=LIVE_STATES), name="notification_waiting"
            ),
            models.Index(fields=["recipient", "channel", "last_attempt_at"], name="notification_sent_lately"),
        ]
        triggers = [pgtrigger.Protect(name="page_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return dated(self, self.created_at)


class AttemptOutcome(StrEnum):
    """`UNKNOWN` is written with the claim: a crash leaves an honest trace."""

    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    CANCELLED = "cancelled"


class DeliveryAttempt(models.Model):
    """One try to send one notification."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(help_text="From 1.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=choices(AttemptOutcome), default=AttemptOutcome.UNKNOWN)
    provider_id = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=200, blank=True, help_text="Kind of failure; no address, no content.")

    class Meta:
        ordering = ["notification", "number"]
        constraints = [
            models.UniqueConstraint(fields=["notification", "number"], name="attempts_are_numbered"),
            models.CheckConstraint(condition=one_of("outcome", AttemptOutcome), name="attempt_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["provider_id"], condition=~models.Q(provider_id=""), name="attempt_of_provider"),
        ]
        triggers = [
            pgtrigger.Protect(name="attempt_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="attempt_ends_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__outcome=AttemptOutcome.UNKNOWN.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}: {self.get_outcome_display()}"
