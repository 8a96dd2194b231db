"""When a patient's data is erased, and that it was."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import models

from symptoms.models.fields import choices, one_of
from symptoms.models.patient import Patient
from symptoms.models.saying import dated


class ErasureScope(StrEnum):
    """What is erased: what only the service needs, or whatever tells who the patient is."""

    CONTACT = "contact"
    RECORD = "record"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def due(self, now: datetime) -> ErasureQuerySet:
        return self.pending().filter(due_at__lte=now).order_by("due_at", "pk")

    def pending(self) -> ErasureQuerySet:
        return self.filter(done_at=None, cancelled_at=None)

    def of_contact(self) -> ErasureQuerySet:
        """Those of the contact details that were not taken back, the latest first."""
        return self.filter(scope=ErasureScope.CONTACT, cancelled_at=None).order_by("-requested_at")

    def take_back(self, now: datetime) -> None:
        """The patient wants to stay. What has been erased stays so."""
        self.pending().filter(requested_by__isnull=False).update(cancelled_at=now)


class Erasure(models.Model):
    """One erasure, from the request on. Its log counts rows by table, and says nothing about the patient."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="erasures")
    scope = models.CharField(max_length=10, choices=choices(ErasureScope))
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Empty: because the time for which the record is kept has passed.",
    )
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    log = models.JSONField(default=dict, help_text="Table to number of rows.")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "scope"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="one_pending_erasure_per_scope",
            ),
            models.CheckConstraint(condition=one_of("scope", ErasureScope), name="erasure_scope_known"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None, cancelled_at=None), name="erasure_due"),
        ]

    def __str__(self) -> str:
        return f"{dated(self, self.due_at)} ({self.get_scope_display()})"
