"""Patients, how they get in, and what they agreed to."""

from __future__ import annotations

import uuid
from datetime import time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from symptoms.clinical.calendar import LONGEST_QUIET, quiet_length
from symptoms.models.clinic import Clinic
from symptoms.models.encrypted import EncryptedCharField, EncryptedEmailField
from symptoms.models.fields import LANGUAGES, TOO_QUIET, choices, one_of, validate_dialable, validate_time_zone
from symptoms.models.saying import dated
from symptoms.plain import plainly, plainly_number

SELDOM_READ: Final = (
    "full_name", "hospital_number", "date_of_birth", "email", "phone", "carer_name", "carer_phone",
    "travel_distance_km", "takes_ace_inhibitor", "created_at", "plain_name", "plain_number",
)  # fmt: skip
"""Fields of a patient that taking in a report looks at seldom, and then by themselves: above all the encrypted ones."""


class PatientStatus(StrEnum):
    """Whether the service still writes to a patient. A report is judged whatever the status."""

    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"


NO_LONGER_FOLLOWED: Final = (PatientStatus.WITHDRAWN, PatientStatus.DECEASED)
"""No phone is let in, and nothing is missed of them."""


class PatientQuerySet(models.QuerySet["Patient"]):
    def of_clinic(self, clinic: Clinic) -> PatientQuerySet:
        return self.filter(clinic=clinic)

    def reachable(self) -> PatientQuerySet:
        """Those the service may write to."""
        return self.filter(status=PatientStatus.ACTIVE)


class Patient(models.Model):
    """A person treated by a clinic, who reports symptoms from a phone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="patient")
    full_name = models.CharField(max_length=200)
    hospital_number = models.CharField(max_length=40, blank=True, help_text="The patient's number in the hospital.")
    date_of_birth = models.DateField(null=True, blank=True)
    email = EncryptedEmailField(blank=True)
    phone = EncryptedCharField(max_length=32, blank=True, validators=[validate_dialable])
    carer_name = EncryptedCharField(
        max_length=200, blank=True, default="", db_default="", help_text="Who may answer in the patient's place."
    )
    carer_phone = EncryptedCharField(
        max_length=32, blank=True, default="", db_default="", validators=[validate_dialable]
    )
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, default="Europe/Brussels", validators=[validate_time_zone])
    quiet_from = models.TimeField(default=time(21, 0), help_text="No reminder after this time, patient's time.")
    quiet_until = models.TimeField(default=time(8, 0))
    preferences = models.JSONField(default=dict, blank=True, help_text="Notification preferences set in the app.")
    status = models.CharField(max_length=20, choices=choices(PatientStatus), default=PatientStatus.ACTIVE)
    travel_distance_km = models.PositiveSmallIntegerField("from home to the clinic (km)", null=True, blank=True)
    emergency_department = models.CharField(
        max_length=200, blank=True, help_text="Nearer to the patient's home than the clinic's own (S-04)."
    )
    takes_ace_inhibitor = models.BooleanField(
        "takes an ACE inhibitor", null=True, blank=True, help_text="Raises the risk of angioedema."
    )
    is_synthetic = models.BooleanField(default=False, editable=False, help_text="A test patient, in no statistics.")
    created_at = models.DateTimeField(auto_now_add=True)
    # What people search by, written by the database: a search reads it and normalises nothing.
    plain_name = models.GeneratedField(
        expression=plainly("full_name"), output_field=models.TextField(), db_persist=True
    )
    plain_number = models.GeneratedField(
        expression=plainly_number("hospital_number"), output_field=models.TextField(), db_persist=True
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(condition=one_of("status", PatientStatus), name="patient_status_known"),
            models.UniqueConstraint(
                fields=["clinic", "hospital_number"],
                condition=~models.Q(hospital_number=""),
                name="one_patient_per_hospital_number",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        if quiet_length(self.quiet_from, self.quiet_until) > LONGEST_QUIET:
            raise ValidationError({"quiet_until": TOO_QUIET})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class ActivationCode(models.Model):
    """A single-use code that lets one device in. Only its hash is stored."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="activation_codes")
    carer = models.ForeignKey(
        "symptoms.Carer",
        on_delete=models.PROTECT,
        related_name="activation_codes",
        null=True,
        blank=True,
        help_text="Whose device it lets in; empty: the patient's own.",
    )
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return dated(self, self.created_at)


class Consent(models.Model):
    """That a patient agreed to a text, in a language, at a moment; and, perhaps, took it back."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    text_version = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Empty: replaced by a newer consent, or still in force.",
    )

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(withdrawn_at=None), name="one_consent_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_version} ({self.language})"
