"""Corrections of reports. A report stays as it was filed; what is put right stands beside it."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.conf import settings
from django.db import models

from symptoms.clinical.terms import Slot
from symptoms.models.carer import Carer
from symptoms.models.encrypted import EncryptedJSONField, EncryptedTextField
from symptoms.models.fields import choices, one_of
from symptoms.models.guards import append_only
from symptoms.models.report import SymptomReport
from symptoms.models.saying import dated


class AmendmentReason(StrEnum):
    MISTAKE = "mistake"
    MISUNDERSTOOD = "misunderstood"
    FORGOTTEN = "forgotten"
    OTHER = "other"


class Amendment(models.Model):
    """Answers that somebody puts in the place of others, or a remark; who, when and why. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="amendments")
    client_id = models.UUIDField(default=uuid.uuid4)
    body_digest = models.CharField(max_length=64, editable=False)
    reason = models.CharField(max_length=20, choices=choices(AmendmentReason))
    answers = EncryptedJSONField(words_only=[Slot.OTHER_TEXT], default=dict, help_text="Slot to new value.")
    note = EncryptedTextField(max_length=2000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+", null=True)
    amended_at = models.DateTimeField()

    class Meta:
        ordering = ["amended_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "client_id"], name="one_amendment_per_client_id"),
            models.CheckConstraint(condition=one_of("reason", AmendmentReason), name="amendment_reason_known"),
        ]
        triggers = [append_only(but=["answers", "note"])]

    def __str__(self) -> str:
        return dated(self, self.amended_at)
