"""What patients answered to teach-back questions, and what has to be explained again by a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from education.models.text import NEVER_CHANGED, LeafletText
from education.titles import leaflet_title
from symptoms.models import Patient, Practitioner


class TeachBackAnswer(models.Model):
    """One answer to one question of one exact text. Kept as it was given."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="teach_back_answers")
    text = models.ForeignKey(LeafletText, on_delete=models.PROTECT, related_name="answers")
    slug = models.SlugField()
    question = models.CharField(max_length=40)
    option = models.CharField(max_length=1)
    is_right = models.BooleanField()
    client_id = models.UUIDField()
    body_digest = models.CharField(max_length=64, editable=False)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_answer_per_client_id"),
        ]
        indexes = [
            models.Index(fields=["patient", "slug", "question", "-answered_at"], name="answer_by_question"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return leaflet_title(self.slug)


class MisunderstandingQuerySet(models.QuerySet["Misunderstanding"]):
    def open(self) -> MisunderstandingQuerySet:
        return self.filter(closed_at=None)


class Misunderstanding(models.Model):
    """That a patient answered one question wrong again and again, until it is understood or talked about.

    It closes with a right answer, or when a clinician has explained it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="misunderstandings")
    text = models.ForeignKey(LeafletText, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField()
    question = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="Who explained it. Empty: the patient answered right.",
    )

    objects = MisunderstandingQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "slug", "question"],
                condition=Q(closed_at=None),
                name="one_open_misunderstanding_per_question",
            ),
        ]

    def __str__(self) -> str:
        return leaflet_title(self.slug)
