"""People who report in a patient's name, from a device of their own."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from symptoms.models.encrypted import EncryptedCharField
from symptoms.models.patient import Patient
from symptoms.models.saying import dated


class CarerQuerySet(models.QuerySet["Carer"]):
    def in_force(self) -> CarerQuerySet:
        return self.filter(revoked_at=None)


class Carer(models.Model):
    """Somebody whom the patient, or the clinic in the patient's name, lets report. Stays on record when it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="carers")
    name = EncryptedCharField(max_length=100)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CarerQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="carer_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return dated(self, self.invited_at)
