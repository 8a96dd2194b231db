"""A course of treatment: the drug, its first day, its interruptions, and what was done before it began."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from symptoms.clinical import calendar
from symptoms.clinical.dosing import DoseEventKind, DoseLine, DoseReason
from symptoms.clinical.terms import MAX_SEVERITY
from symptoms.models.encrypted import EncryptedCharField
from symptoms.models.fields import choices, one_of
from symptoms.models.patient import Patient
from symptoms.models.saying import dated


class Regimen(StrEnum):
    """The regimens named in the review (S-20)."""

    BOLERO_2 = "everolimus_exemestane"
    TAMRAD = "everolimus_tamoxifen"
    NEOADJUVANT = "everolimus_letrozole"
    BOLERO_3 = "everolimus_trastuzumab_vinorelbine"
    HORIZON = "temsirolimus_letrozole"
    OTHER = "other"


class TreatmentCourse(models.Model):
    """One course of one patient. Day 1 is the day of the first dose."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    regimen = models.CharField(max_length=40, choices=choices(Regimen), default=Regimen.BOLERO_2)
    starting_dose_mg = models.DecimalField(
        "starting dose (mg daily)",
        max_digits=5,
        decimal_places=2,
        default=10,
        help_text="10 mg daily in the approved regimen (S-07, S-20).",
    )
    first_dose_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    baseline_ct_on = models.DateField(
        "baseline chest CT on",
        null=True,
        blank=True,
        help_text="Chest CT made before everolimus starts, for later comparison (S-17).",
    )
    is_bath_prescribed = models.BooleanField(
        null=True, blank=True, help_text="Mouth bath with corticosteroid and analgesic prescribed (S-05)."
    )
    baseline_cough = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MAX_SEVERITY)], help_text="Severity 0-4 before day 1."
    )
    baseline_dyspnea = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MAX_SEVERITY)], help_text="Severity 0-4 before day 1."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-first_dose_on"]
        constraints = [
            models.CheckConstraint(condition=one_of("regimen", Regimen), name="course_regimen_known"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("first_dose_on")),
                name="course_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_cough=None) | models.Q(baseline_cough__lte=MAX_SEVERITY),
                name="course_baseline_cough_0_to_4",
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_dyspnea=None) | models.Q(baseline_dyspnea__lte=MAX_SEVERITY),
                name="course_baseline_dyspnea_0_to_4",
            ),
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(ended_on=None), name="one_running_course_per_patient"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_regimen_display()}, {dated(self, self.first_dose_on)}"

    @property
    def day_15_on(self) -> date:
        return calendar.day_15_on(self.first_dose_on)

    def day_number(self, today: date) -> int:
        """1 on the day of the first dose; zero or less before it."""
        return calendar.day_number(self.first_dose_on, today)


class DoseEvent(models.Model):
    """One line of the dose log: what changed, when, and why (S-01). Written by clinicians only."""

    course = models.ForeignKey(TreatmentCourse, on_delete=models.PROTECT, related_name="dose_events")
    kind = models.CharField(max_length=20, choices=choices(DoseEventKind))
    happened_on = models.DateField()
    dose_mg = models.DecimalField(
        "dose (mg daily)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Daily dose from this day on.",
    )
    reason = models.CharField(max_length=20, choices=choices(DoseReason), default=DoseReason.OTHER)
    note = EncryptedCharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["happened_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", DoseEventKind), name="dose_event_kind_known"),
            models.CheckConstraint(condition=one_of("reason", DoseReason), name="dose_event_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{dated(self, self.happened_on)}: {self.get_kind_display()}"

    @property
    def line(self) -> DoseLine:
        """What this line says, for the functions that read the log."""
        return DoseLine(DoseEventKind(self.kind), self.happened_on, self.dose_mg, DoseReason(self.reason))
