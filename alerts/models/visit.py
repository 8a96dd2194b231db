"""Visits to the clinic, above all that of day 15 (S-14)."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from symptoms.clinical.calendar import DAY_15
from symptoms.models import Clinic, Patient, Practitioner, TreatmentCourse
from symptoms.models.encrypted import EncryptedTextField
from symptoms.models.fields import choices, one_of
from symptoms.models.guards import append_only
from symptoms.models.saying import dated


class VisitKind(StrEnum):
    DAY_15 = "day_15"
    FOLLOW_UP = "follow_up"


class VisitStatus(StrEnum):
    PLANNED = "planned"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class CancelledFor(StrEnum):
    """Why a visit will not take place. All but the clinic's decision are taken back when their cause goes."""

    CLINIC = "clinic"
    SCHEDULE = "schedule"
    COURSE_ENDED = "course_ended"
    NOT_FOLLOWED = "not_followed"


LAST_SCHEDULED_DAY: Final = 3650


class ScheduledVisit(models.Model):
    """A further visit of a clinic's own schedule, on the same day of treatment for all its patients.

    Day 15 is planned for everybody (S-14) and does not belong here.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="scheduled_visits")
    day = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2), MaxValueValidator(LAST_SCHEDULED_DAY)],
        help_text="Day of treatment; day 1 is the day of the first dose.",
    )
    is_active = models.BooleanField(default=True, help_text="Off: planned for nobody from now on.")
    apply_due_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Changed; the patients on treatment are to be planned anew."
    )
    applied_through = models.BigIntegerField(
        default=0, db_default=0, editable=False, help_text="The last course that the change was applied to."
    )
    has_leftovers = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Some patients could not be planned on the way."
    )

    class Meta:
        ordering = ["clinic", "day"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "day"], name="one_scheduled_visit_per_day"),
            models.CheckConstraint(
                condition=models.Q(day__gte=2, day__lte=LAST_SCHEDULED_DAY) & ~models.Q(day=DAY_15),
                name="scheduled_visit_day_possible",
                violation_error_message=_("Give a day of treatment from 2 on. Day 15 is planned for everybody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.day}"


class Visit(models.Model):
    """A visit: planned for a day, then booked to a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visits")
    course = models.ForeignKey(TreatmentCourse, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=20, choices=choices(VisitKind), default=VisitKind.DAY_15)
    scheduled = models.ForeignKey(
        ScheduledVisit,
        on_delete=models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        help_text="The clinic's own schedule asks for it.",
    )
    status = models.CharField(max_length=20, choices=choices(VisitStatus), default=VisitStatus.PLANNED)
    cancelled_for = models.CharField(
        max_length=20,
        choices=choices(CancelledFor),
        blank=True,
        default="",
        db_default="",
        help_text="Cancelled: why. What the clinic decided stays; the rest is planned again when its cause goes.",
    )
    planned_on = models.DateField(help_text="Patient's calendar. Day 15 is the first dose + 14 days.")
    booked_at = models.DateTimeField(null=True, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True, help_text="When it was recorded that the patient came.")
    attended_by = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who recorded that the patient came.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["planned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(kind=VisitKind.DAY_15), name="one_day_15_visit_per_course"
            ),
            models.UniqueConstraint(fields=["course", "scheduled"], name="one_visit_per_course_and_schedule"),
            models.CheckConstraint(
                condition=models.Q(scheduled=None) | models.Q(kind=VisitKind.FOLLOW_UP),
                name="visit_of_the_schedule_is_a_follow_up",
            ),
            models.CheckConstraint(condition=one_of("kind", VisitKind), name="visit_kind_known"),
            models.CheckConstraint(condition=one_of("status", VisitStatus), name="visit_status_known"),
            models.CheckConstraint(
                condition=one_of("cancelled_for", ["", *CancelledFor]), name="visit_cancelled_for_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=VisitStatus.BOOKED) | models.Q(booked_at__isnull=False),
                name="visit_booked_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["-planned_on", "-id"], name="visit_by_day"),
            models.Index(
                fields=["planned_on"], condition=models.Q(status=VisitStatus.PLANNED), name="visit_planned_ahead"
            ),
            models.Index(
                fields=["booked_at"], condition=models.Q(status=VisitStatus.BOOKED), name="visit_booked_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"{dated(self, self.planned_on)} ({self.get_kind_display()})"


class StomatitisSeen(StrEnum):
    """What was seen when early stomatitis was looked for (S-14)."""

    NONE = "none"
    EARLY = "early"
    ESTABLISHED = "established"
    NOT_LOOKED = "not_looked"


class Adherence(StrEnum):
    ALL_TAKEN = "all_taken"
    SOME_MISSED = "some_missed"
    NOT_TAKEN = "not_taken"
    UNKNOWN = "unknown"


class DoseDecision(StrEnum):
    """What the clinician decided at the visit. The dose log alone says what was done."""

    CONTINUE = "continue"
    INTERRUPT = "interrupt"
    REDUCE = "reduce"
    RESTART = "restart"
    STOP = "stop"
    OPEN = "still_open"


class VisitChecklistQuerySet(models.QuerySet["VisitChecklist"]):
    def standing(self) -> VisitChecklistQuerySet:
        """Those that nobody has taken back."""
        return self.filter(taken_back=None)


class VisitChecklist(models.Model):
    """What was looked at in a visit, by a clinician. Append-only: a correction is a new one, and the latest counts that
    nobody has taken back.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="checklists")
    stomatitis = models.CharField(
        max_length=20, choices=choices(StomatitisSeen), help_text="Early stomatitis is looked for in particular (S-14)."
    )
    weight_kg = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(20), MaxValueValidator(400)],
    )
    adherence = models.CharField(max_length=20, choices=choices(Adherence))
    other_side_effects = EncryptedTextField(max_length=2000, blank=True, help_text="Others of Table 2 (S-19).")
    dose_decision = models.CharField(
        max_length=20, choices=choices(DoseDecision), help_text="S-01. Write what is done into the dose log."
    )
    note = EncryptedTextField(max_length=2000, blank=True)
    recorded_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    objects = VisitChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=one_of("stomatitis", StomatitisSeen), name="checklist_stomatitis_known"),
            models.CheckConstraint(condition=one_of("adherence", Adherence), name="checklist_adherence_known"),
            models.CheckConstraint(condition=one_of("dose_decision", DoseDecision), name="checklist_decision_known"),
            models.CheckConstraint(
                condition=models.Q(weight_kg=None) | models.Q(weight_kg__gte=20, weight_kg__lte=400),
                name="checklist_weight_possible",
            ),
        ]
        triggers = [append_only(but=["other_side_effects", "note"])]

    def __str__(self) -> str:
        return dated(self, self.recorded_at)


class ChecklistTakenBack(models.Model):
    """That a checklist is not of this visit, such as one that was meant for another patient: who says so, and why.

    Append-only, beside the checklist, which stays to be read and counts no more.
    """

    checklist = models.OneToOneField(VisitChecklist, on_delete=models.PROTECT, related_name="taken_back")
    reason = EncryptedTextField(max_length=300)
    taken_back_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_back_at", "id"]
        verbose_name = _("checklist taken back")
        verbose_name_plural = _("checklists taken back")
        triggers = [append_only(but=["reason"])]

    def __str__(self) -> str:
        return dated(self, self.taken_back_at)
