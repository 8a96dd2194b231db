"""How reports were judged, and the mouth episodes that reports open and close."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from symptoms.clinical.terms import Slot, Symptom, Urgency
from symptoms.models.clinic import Clinic, Practitioner
from symptoms.models.encrypted import EncryptedJSONField
from symptoms.models.fields import LANGUAGES, URGENCIES, choices, one_of
from symptoms.models.guards import append_only
from symptoms.models.patient import Patient
from symptoms.models.report import SymptomReport
from symptoms.models.saying import dated


class AssessmentKind(StrEnum):
    INTERIM = "interim"
    FINAL = "final"
    CLOCK = "clock"


class Assessment(models.Model):
    """One application of a ruleset to one report: the facts seen, every finding, and the advice given.

    Append-only. Facts, ruleset and hash are enough to repeat it bit for bit.
    """

    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=10, choices=choices(AssessmentKind))
    assessed_at = models.DateTimeField()
    ruleset = models.CharField(max_length=40)
    ruleset_hash = models.CharField(max_length=64)
    facts = EncryptedJSONField(words_only=[Slot.OTHER_TEXT])
    findings = models.JSONField()
    urgency = models.PositiveSmallIntegerField(choices=URGENCIES)
    stomatitis_grade_review = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Suggested grade 1-3 on the review's functional scale (S-09, S-12)."
    )
    advice = models.JSONField(null=True, blank=True, help_text="What the patient was told.")
    composites = models.JSONField(default=dict, help_text="PRO-CTCAE composite grades 0-3 by symptom.")

    class Meta:
        ordering = ["report", "assessed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", AssessmentKind), name="assessment_kind_known"),
            models.CheckConstraint(
                condition=one_of("urgency", [u.value for u in Urgency]), name="assessment_urgency_known"
            ),
        ]
        triggers = [append_only(but=["facts"])]

    def __str__(self) -> str:
        return f"{dated(self, self.assessed_at)} ({self.get_kind_display()})"


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def open(self) -> EpisodeQuerySet:
        return self.filter(closed_at=None)

    def ask_due(self, now: datetime) -> EpisodeQuerySet:
        """Open episodes whose patient has to be asked whether the sores are still there."""
        return self.open().filter(ask_due_at__lte=now).order_by("ask_due_at")

    def raise_due(self, now: datetime) -> EpisodeQuerySet:
        """Open episodes whose question stayed unanswered for too long."""
        return self.open().filter(raise_due_at__lte=now).order_by("raise_due_at")


class Episode(models.Model):
    """A stretch of time with a symptom, from the first report of it until it is gone.

    For mouth sores the clock alone can cross a threshold: `ask_due_at` is when the patient is asked
    whether the sores are still there, `raise_due_at` is when silence becomes an alert. Each is empty
    once it has been worked off.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="episodes")
    symptom = models.CharField(max_length=20, choices=choices(Symptom))
    earliest_on = models.DateField(help_text="The earlier of the earliest stated onset and the first report's day.")
    is_onset_known = models.BooleanField(default=False, help_text="A report of this episode stated an onset.")
    opened_by = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="opened_episodes")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="Closing day in the patient's zone.")
    closed_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True)
    ask_due_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    raise_due_at = models.DateTimeField(null=True, blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "symptom"], condition=models.Q(closed_at=None), name="one_open_episode_per_symptom"
            ),
            models.CheckConstraint(condition=one_of("symptom", Symptom), name="episode_symptom_known"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_on=None)
                | models.Q(closed_at__isnull=False, closed_on__isnull=False),
                name="episode_closing_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ask_due_at"],
                condition=models.Q(closed_at=None, ask_due_at__isnull=False),
                name="episode_ask_due",
            ),
            models.Index(
                fields=["raise_due_at"],
                condition=models.Q(closed_at=None, raise_due_at__isnull=False),
                name="episode_raise_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_symptom_display()}, {dated(self, self.earliest_on)}"


class RulesetApproval(models.Model):
    """That a named clinician of a clinic approves one exact text of the rules."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="ruleset_approvals")
    ruleset = models.CharField(max_length=40)
    ruleset_hash = models.CharField(max_length=64)
    approved_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "ruleset", "ruleset_hash"], name="ruleset_approved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ruleset} {self.ruleset_hash[:12]}"


class WordingApproval(models.Model):
    """That a named clinician of a clinic has read one exact wording of a language, and found it right. Append-only."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="wording_approvals")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    wording_hash = models.CharField(max_length=64, help_text=_("Fingerprint of every sentence of that language."))
    approved_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "language", "wording_hash"], name="wording_approved_once"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.language} {self.wording_hash[:12]}"
