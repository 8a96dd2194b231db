"""What a patient reported at one moment, in slots and values."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import models

from symptoms.clinical.terms import Respondent, Slot, Urgency
from symptoms.models.carer import Carer
from symptoms.models.conversation import Conversation
from symptoms.models.course import TreatmentCourse
from symptoms.models.encrypted import EncryptedJSONField
from symptoms.models.fields import URGENCIES, choices, one_of
from symptoms.models.patient import Patient
from symptoms.models.saying import dated
from symptoms.phone_clock import is_clock_wrong


class ReportStatus(StrEnum):
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    ABANDONED = "abandoned"


class ReportSource(StrEnum):
    CHAT = "chat"
    FORM = "form"
    OFFLINE = "offline"
    FHIR = "fhir"


class SymptomReportQuerySet(models.QuerySet["SymptomReport"]):
    def awaiting_assessment(self, now: datetime) -> SymptomReportQuerySet:
        """Reports whose assessment is due, the longest waiting first."""
        return self.filter(assess_due_at__lte=now).order_by("assess_due_at")


class SymptomReport(models.Model):
    """One report: a finished form, or a check-in that is still being answered.

    A report carries `assess_due_at` until its final assessment exists, so that none is ever forgotten.
    `urgency` is the highest of all its assessments and never falls.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reports", db_index=False)
    course = models.ForeignKey(TreatmentCourse, on_delete=models.PROTECT, related_name="reports", null=True, blank=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="reports", null=True, blank=True
    )
    client_id = models.UUIDField()
    source = models.CharField(max_length=10, choices=choices(ReportSource))
    status = models.CharField(max_length=20, choices=choices(ReportStatus), default=ReportStatus.IN_PROGRESS)
    respondent = models.CharField(max_length=10, choices=choices(Respondent), default=Respondent.PATIENT)
    carer = models.ForeignKey(
        Carer,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        help_text="Reported for the patient.",
    )
    answers = EncryptedJSONField(
        words_only=[Slot.OTHER_TEXT], default=dict, help_text="Slot to value, as in the clinical specification."
    )
    corrections = EncryptedJSONField(
        words_only=["was", "now", "typed"],
        default=list,
        blank=True,
        help_text="Answers that the patient replaced: slot, first value, new value, when.",
    )
    amended_answers = EncryptedJSONField(
        words_only=[Slot.OTHER_TEXT],
        null=True,
        blank=True,
        editable=False,
        help_text="The answers with all amendments; empty while there is none.",
    )
    body_digest = models.CharField(max_length=64, blank=True, editable=False)
    phone_time = models.DateTimeField(null=True, blank=True, help_text="As the phone says, even when it cannot be.")
    occurred_at = models.DateTimeField(help_text="When the patient answered, as far as the phone can be believed.")
    received_at = models.DateTimeField()
    assess_due_at = models.DateTimeField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=URGENCIES, null=True, blank=True)

    objects = SymptomReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_report_per_client_id"),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(status=ReportStatus.IN_PROGRESS),
                name="one_report_in_progress_per_conversation",
            ),
            models.CheckConstraint(condition=one_of("status", ReportStatus), name="report_status_known"),
            models.CheckConstraint(condition=one_of("source", ReportSource), name="report_source_known"),
            models.CheckConstraint(
                condition=one_of("urgency", [u.value for u in Urgency]), name="report_urgency_known"
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-occurred_at"], name="report_by_patient"),
            models.Index(fields=["-occurred_at", "-id"], name="report_by_moment"),
            models.Index(
                fields=["assess_due_at"], condition=models.Q(assess_due_at__isnull=False), name="report_assess_due"
            ),
        ]

    def __str__(self) -> str:
        return dated(self, self.received_at)

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the phone says a time that cannot be."""
        return is_clock_wrong(self.phone_time, self.received_at)
