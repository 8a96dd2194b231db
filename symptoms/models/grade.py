"""CTCAE grades that clinicians gave. The software suggests none and changes none."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from symptoms.models.assessment import Episode
from symptoms.models.clinic import Practitioner
from symptoms.models.encrypted import EncryptedCharField, EncryptedTextField
from symptoms.models.fields import choices, one_of
from symptoms.models.guards import append_only
from symptoms.models.patient import Patient
from symptoms.models.report import SymptomReport
from symptoms.models.saying import dated

MAX_CTCAE_GRADE: Final = 5


class CtcaeVersion(StrEnum):
    """Grades of different versions are not comparable, so none is ever shown without its version."""

    V4_03 = "4.03"
    V5_0 = "5.0"


class CtcaeTerm(StrEnum):
    """The adverse events that are watched for, by their terms in CTCAE."""

    MUCOSITIS_ORAL = "mucositis_oral"
    PNEUMONITIS = "pneumonitis"
    COUGH = "cough"
    DYSPNEA = "dyspnea"


class CtcaeGradeQuerySet(models.QuerySet["CtcaeGrade"]):
    def standing(self) -> CtcaeGradeQuerySet:
        """Those that nobody has taken back."""
        return self.filter(taken_back=None)


class CtcaeGrade(models.Model):
    """The CTCAE grade 1-5 that a clinician gave to an adverse event on a day, with the version of the scale.

    It may be about one report or one episode. Append-only: a correction is a new row, and the latest counts that nobody
    has taken back.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="ctcae_grades")
    report = models.ForeignKey(
        SymptomReport, on_delete=models.PROTECT, related_name="ctcae_grades", null=True, blank=True
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="ctcae_grades", null=True, blank=True)
    term = models.CharField(_("adverse event"), max_length=20, choices=choices(CtcaeTerm))
    grade = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MAX_CTCAE_GRADE)])
    version = models.CharField(_("CTCAE version"), max_length=10, choices=choices(CtcaeVersion))
    graded_on = models.DateField(_("as seen on"))
    note = EncryptedCharField(max_length=500, blank=True)
    graded_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    graded_at = models.DateTimeField()

    objects = CtcaeGradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("CTCAE grade")
        ordering = ["-graded_on", "-graded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__gte=1, grade__lte=MAX_CTCAE_GRADE), name="ctcae_grade_1_to_5"
            ),
            models.CheckConstraint(condition=one_of("term", CtcaeTerm), name="ctcae_term_known"),
            models.CheckConstraint(condition=one_of("version", CtcaeVersion), name="ctcae_version_known"),
            models.CheckConstraint(
                condition=models.Q(report=None) | models.Q(episode=None), name="ctcae_grade_of_one_thing"
            ),
        ]
        indexes = [models.Index(fields=["patient", "-graded_on"], name="ctcae_grade_by_patient")]
        triggers = [append_only(but=["note"])]

    def __str__(self) -> str:
        return f"{self.get_term_display()} {self.grade} (CTCAE {self.version})"

    @property
    def is_standing(self) -> bool:
        """Whether nobody has taken it back."""
        return getattr(self, "taken_back", None) is None


class CtcaeGradeTakenBack(models.Model):
    """That a grade is none of this patient's, such as one that was meant for another: who says so, and why.

    Append-only, beside the grade, which stays to be read and counts no more.
    """

    grade = models.OneToOneField(CtcaeGrade, on_delete=models.PROTECT, related_name="taken_back")
    reason = EncryptedTextField(max_length=300)
    taken_back_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_back_at", "id"]
        verbose_name = _("CTCAE grade taken back")
        verbose_name_plural = _("CTCAE grades taken back")
        triggers = [append_only(but=["reason"])]

    def __str__(self) -> str:
        return dated(self, self.taken_back_at)
