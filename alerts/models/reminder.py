"""Reminders to patients: rows that are due, delivered once."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import models

from alerts.models.visit import Visit
from symptoms.models import Patient
from symptoms.models.fields import choices, one_of
from symptoms.models.saying import dated


class ReminderKind(StrEnum):
    VISIT_WEEK_BEFORE = "visit_week_before"
    VISIT_DAY_BEFORE = "visit_day_before"
    VISIT_TODAY = "visit_today"
    RECHECK = "recheck"
    STILL_SORE = "still_sore"
    CHECK_IN = "check_in"
    CHECK_IN_NUDGE = "check_in_nudge"
    LESSON = "lesson"
    STAFF_MESSAGE = "staff_message"


class ReminderState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


LIVE_STATES = [ReminderState.PENDING, ReminderState.SENDING]


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def unsent(self) -> ReminderQuerySet:
        return self.filter(state__in=LIVE_STATES)

    def due(self, now: datetime) -> ReminderQuerySet:
        """To be sent, and not held by a living sender: the longest waiting first."""
        is_free = models.Q(lease_until=None) | models.Q(lease_until__lte=now)
        return self.unsent().filter(is_free, due_at__lte=now).order_by("due_at")


class Reminder(models.Model):
    """One reminder to one patient. `occurrence` tells apart reminders of one kind, such as the day it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reminders")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="reminders", null=True, blank=True)
    kind = models.CharField(max_length=30, choices=choices(ReminderKind))
    occurrence = models.CharField(max_length=60)
    about_on = models.DateField(
        null=True, blank=True, help_text="The day of the visit that it tells of, kept as it was sent."
    )
    about_at = models.DateTimeField(null=True, blank=True, help_text="The booked time that it tells of, if any.")
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="Too late to be of use after this.")
    state = models.CharField(max_length=20, choices=choices(ReminderState), default=ReminderState.PENDING)
    sent_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(
        null=True, blank=True, help_text="Not to be tried (again) before this: a sender holds it, or has just failed."
    )
    follows_silence = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A check-in after an unanswered one: it is its nudge as well.",
    )
    answer_due_at = models.DateTimeField(
        null=True, blank=True, help_text="When silence about a check-in counts. Empty: not sent, answered or judged."
    )
    shown_at = models.DateTimeField(null=True, blank=True, help_text="When the app says that it was on the screen.")
    unread_due_at = models.DateTimeField(
        null=True, blank=True, help_text="When it is sent once more unless the app has shown it."
    )
    is_repeat = models.BooleanField(
        default=False, db_default=False, help_text="Sent for the second time, for the app did not show it."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind", "occurrence"], name="one_reminder_per_occurrence"),
            models.CheckConstraint(condition=one_of("kind", ReminderKind), name="reminder_kind_known"),
            models.CheckConstraint(condition=one_of("state", ReminderState), name="reminder_state_known"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("due_at")), name="reminder_expires_after_it_is_due"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state__in=LIVE_STATES), name="reminder_due"),
            models.Index(
                fields=["answer_due_at"],
                condition=models.Q(answer_due_at__isnull=False),
                name="reminder_answer_due",
            ),
            models.Index(
                fields=["unread_due_at"],
                condition=models.Q(unread_due_at__isnull=False),
                name="reminder_unread_due",
            ),
        ]

    def __str__(self) -> str:
        return dated(self, self.due_at)
