"""The daily digest: one message a day to a practitioner while alerts wait in the worklist."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models.functions import Now

from symptoms.models import Practitioner
from symptoms.models.fields import choices, one_of
from symptoms.models.saying import dated


class DigestState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class DigestQuerySet(models.QuerySet["Digest"]):
    def claimable(self) -> DigestQuerySet:
        """To be sent and held by nobody, by the clock of the database."""
        return self.filter(state=DigestState.PENDING, not_before__lte=Now()).order_by("not_before")


class Digest(models.Model):
    """How many alerts wait, told to one person on one day. A sender that claims it puts `not_before` ahead."""

    recipient = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="digests")
    on = models.DateField(help_text="The clinic's day.")
    alert_count = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=choices(DigestState), default=DigestState.PENDING)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(help_text="Not to be tried (again) before this.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "on"], name="one_digest_per_person_and_day"),
            models.CheckConstraint(condition=one_of("state", DigestState), name="digest_state_known"),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(state=DigestState.PENDING), name="digest_due"),
        ]

    def __str__(self) -> str:
        return dated(self, self.on)
