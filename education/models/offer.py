"""Which leaflet was offered to whom, whether it was read, and when the next lesson is due (S-02)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from education.models.text import NEVER_CHANGED, LeafletText
from education.titles import leaflet_title
from symptoms.models import Patient, SymptomReport, TreatmentCourse
from symptoms.models.fields import LANGUAGES
from symptoms.models.saying import dated


class LeafletOffer(models.Model):
    """That a leaflet was offered to a patient, in an exact text, and when it was first read.

    A leaflet is offered once per occasion: the report that called for it, a day of treatment, or the patient's
    own finding of it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="leaflet_offers", db_index=False)
    slug = models.SlugField(db_index=False)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text = models.ForeignKey(
        LeafletText,
        on_delete=models.PROTECT,
        related_name="offers",
        null=True,
        blank=True,
        help_text="Empty only in offers from before texts were kept.",
    )
    occasion = models.CharField(max_length=60, default="", db_default="", help_text="What it was offered for.")
    report = models.ForeignKey(
        SymptomReport, on_delete=models.PROTECT, related_name="leaflet_offers", null=True, blank=True
    )
    offered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "slug", "occasion"], name="one_leaflet_offer_per_occasion"),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s, version %(version)s") % {"title": leaflet_title(self.slug), "version": self.version}


class LeafletReading(models.Model):
    """That a patient opened one exact text. `client_id` is the app's: a repeat is the same reading."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="leaflet_readings")
    text = models.ForeignKey(LeafletText, on_delete=models.PROTECT, related_name="readings")
    client_id = models.UUIDField()
    body_digest = models.CharField(max_length=64, editable=False)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["-read_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_reading_per_client_id"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return f"{self.text}, {dated(self, self.read_at)}"


class TeachingPlanQuerySet(models.QuerySet["TeachingPlan"]):
    def due(self, now: datetime) -> TeachingPlanQuerySet:
        """Plans whose next lesson's time has come, the longest waiting first."""
        return self.filter(due_at__lte=now).order_by("due_at")


class TeachingPlan(models.Model):
    """How far the curriculum of a course has come. One row, due when its next lesson is."""

    course = models.OneToOneField(TreatmentCourse, on_delete=models.PROTECT, related_name="teaching_plan")
    taught_until = models.PositiveIntegerField(default=0, help_text="The last day of treatment whose lesson was given.")
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="When the next lesson is due. Empty: none is, for now."
    )

    objects = TeachingPlanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="teaching_plan_due"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
