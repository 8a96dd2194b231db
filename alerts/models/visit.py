"""Visits to the clinic, above all that of day 15 (S-14)."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models

from symptoms.models import Patient, TreatmentCourse
from symptoms.models.fields import choices, one_of


class VisitKind(StrEnum):
    DAY_15 = "day_15"
    FOLLOW_UP = "follow_up"


class VisitStatus(StrEnum):
    PLANNED = "planned"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Visit(models.Model):
    """A visit: planned for a day, then booked to a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visits")
    course = models.ForeignKey(TreatmentCourse, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=20, choices=choices(VisitKind), default=VisitKind.DAY_15)
    status = models.CharField(max_length=20, choices=choices(VisitStatus), default=VisitStatus.PLANNED)
    planned_on = models.DateField(help_text="Patient's calendar. Day 15 is the first dose + 14 days.")
    booked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["planned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(kind=VisitKind.DAY_15), name="one_day_15_visit_per_course"
            ),
            models.CheckConstraint(condition=one_of("kind", VisitKind), name="visit_kind_known"),
            models.CheckConstraint(condition=one_of("status", VisitStatus), name="visit_status_known"),
            models.CheckConstraint(
                condition=~models.Q(status=VisitStatus.BOOKED) | models.Q(booked_at__isnull=False),
                name="visit_booked_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} visit of {self.planned_on}"
