"""Every text that a patient was ever shown, and every text that a clinic wrote. Nothing here changes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import pgtrigger
from django.db import models
from django.db.models import Exists, Expression, F, OuterRef, Q, Subquery
from django.utils.translation import gettext

from education.catalogue import Question
from education.titles import leaflet_title
from symptoms.models import Clinic, Practitioner
from symptoms.models.clinic import Role
from symptoms.models.fields import LANGUAGES, choices, one_of
from symptoms.models.saying import dated

NEVER_CHANGED = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class TextState(StrEnum):
    """How far a clinic's text has come. Only a published one is shown to patients."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STEPS = [TextState.REVIEWED, TextState.PUBLISHED, TextState.WITHDRAWN]
"""In the order in which they are taken; a text without any is a draft."""


class LeafletTextQuerySet(models.QuerySet["LeafletText"]):
    def latest_published(self, clinics: Iterable[int] | Expression) -> LeafletTextQuerySet:
        """Of each clinic, leaflet and language the text that was published last, unless it was withdrawn.

        One that was withdrawn brings no earlier one back: the product's own text stands again. Each has `reviewed_at`.
        """
        withdrawn = TextStep.objects.filter(text=OuterRef("pk"), kind=TextState.WITHDRAWN)
        published = self.filter(clinic__in=clinics, steps__kind=TextState.PUBLISHED)
        latest = (
            published.annotate(published_at=F("steps__taken_at"))
            .order_by("clinic_id", "slug", "language", "-published_at", "-pk")
            .distinct("clinic_id", "slug", "language")
        )
        reviewed_at = TextStep.objects.filter(text=OuterRef("pk"), kind=TextState.REVIEWED).values("taken_at")
        shown = self.filter(~Exists(withdrawn), pk__in=latest.values("pk"))
        return shown.annotate(reviewed_at=Subquery(reviewed_at))


class LeafletText(models.Model):
    """One exact text of one leaflet in one language. A correction is a new row.

    Texts that ship with the product are kept from the moment a patient is offered or reads them, so that what
    was seen stays known after the product has changed.
    """

    text_id = models.CharField(max_length=64, unique=True, editable=False, help_text="Fingerprint of the text.")
    clinic = models.ForeignKey(
        Clinic,
        on_delete=models.PROTECT,
        related_name="leaflet_texts",
        null=True,
        blank=True,
        help_text="Empty: ships with the product.",
    )
    slug = models.SlugField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Markdown.")
    questions = models.JSONField(default=list, blank=True)
    based_on = models.CharField(
        max_length=20, blank=True, help_text="The version of the product's text that the clinic worked from."
    )
    written_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LeafletTextQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "language", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "slug", "language", "version"],
                condition=Q(clinic__isnull=False),
                name="one_text_per_clinic_and_version",
            ),
            models.CheckConstraint(
                condition=Q(clinic=None) | Q(written_by__isnull=False), name="clinic_text_has_an_author"
            ),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        said = {"title": self.title, "version": self.version, "language": self.get_language_display()}
        return gettext("%(title)s, version %(version)s (%(language)s)") % said

    @property
    def asked(self) -> tuple[Question, ...]:
        """The teach-back questions of this text."""
        return tuple(Question(**{**one, "options": tuple(one["options"])}) for one in self.questions)

    @property
    def state(self) -> TextState:
        """The last step that was taken; uses prefetched steps."""
        taken = {step.kind for step in self.steps.all()}
        return next((kind for kind in reversed(STEPS) if kind in taken), TextState.DRAFT)


class TextStep(models.Model):
    """That a named practitioner reviewed, published or withdrew a text. Taken once, and never changed."""

    text = models.ForeignKey(LeafletText, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=choices(TextState))
    taken_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["text", "taken_at"]
        constraints = [
            models.UniqueConstraint(fields=["text", "kind"], name="each_step_once"),
            models.CheckConstraint(condition=one_of("kind", STEPS), name="text_step_known"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return f"{dated(self, self.taken_at)}: {self.get_kind_display()}"


class LeafletApproval(models.Model):
    """That a named clinician of a clinic has read one exact text that ships with the product, and found it right.

    It is a record and no gate: who is shown which text does not depend on it.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="leaflet_approvals")
    slug = models.SlugField("leaflet")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    version = models.CharField(max_length=20)
    text_hash = models.CharField("fingerprint", max_length=64)
    approved_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=choices(Role), help_text="At the time of the approval.")
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "text_hash"], name="leaflet_text_approved_once"),
            models.CheckConstraint(condition=one_of("role", Role), name="leaflet_approval_role_known"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        said = {"title": leaflet_title(self.slug), "version": self.version, "language": self.get_language_display()}
        return gettext("%(title)s, version %(version)s (%(language)s)") % said
