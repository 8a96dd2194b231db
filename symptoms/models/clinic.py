"""Clinics and the people who work there."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _

from symptoms.models.fields import LANGUAGES, choices, one_of, validate_dialable, validate_time_zone


class Clinic(models.Model):
    """A hospital's team: its numbers, its hours, its habits."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, default="Europe/Brussels", validators=[validate_time_zone])
    phone = models.CharField(max_length=32, validators=[validate_dialable])
    out_of_hours_phone = models.CharField(
        max_length=32,
        blank=True,
        validators=[validate_dialable],
        help_text="Answered when the clinic is closed. Empty: patients are sent to the nearest emergency department.",
    )
    emergency_number = models.CharField(
        max_length=32, default="112", validators=[validate_dialable], help_text="Of the clinic's country: 112, 911, ..."
    )
    emergency_department = models.CharField(
        max_length=200, blank=True, help_text="The emergency department that patients are sent to out of hours."
    )
    opens_at = models.TimeField(default=time(8, 0), help_text="Office hours on Monday to Friday, clinic's time.")
    closes_at = models.TimeField(default=time(18, 0))
    closed_on = ArrayField(models.DateField(), null=True, editable=False)
    """Holidays of the weeks ahead, which are kept by who knows them: then nobody answers the daytime number."""
    is_bath_prophylactic = models.BooleanField(
        default=False, help_text="The mouth bath is used from day 1, before any sore (S-06: off in the review)."
    )
    retention_years = models.PositiveSmallIntegerField(
        default=30,
        db_default=30,
        validators=[MinValueValidator(10), MaxValueValidator(100)],
        help_text="How long records are kept after the last entry, as the law of the clinic's country asks.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="clinic_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if None not in (self.opens_at, self.closes_at) and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("The clinic has to close later on the day than it opens.")})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Role(StrEnum):
    NURSE = "nurse"
    ONCOLOGIST = "oncologist"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Practitioner(models.Model):
    """A member of staff of one clinic, who signs in to the clinician site."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practitioner")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="practitioners")
    role = models.CharField(max_length=20, choices=choices(Role), default=Role.NURSE)
    is_on_call = models.BooleanField(default=False, help_text="Receives the pages of urgent alerts.")

    class Meta:
        constraints = [models.CheckConstraint(condition=one_of("role", Role), name="practitioner_role_known")]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    def clean(self) -> None:
        if self.is_on_call and self.role == Role.AUDITOR:
            raise ValidationError({"is_on_call": _("Auditors only read: no page goes to them.")})

    @property
    def why_not_paged(self) -> str:
        """Why no page can ever go to this person; empty when pages can."""
        if self.role == Role.AUDITOR:
            return _("an auditor")
        return "" if self.user.is_active else _("no longer active")
