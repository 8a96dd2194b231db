"""What the page of a patient is put together from.

The page belongs to the symptom side, which knows neither alerts nor lessons. So each side offers parts, functions
that `settings.PATIENT_PAGE` lists in their order, and the page calls them. A part names the model that it is about:
whoever may not look at that model is not shown the part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TypeAlias

from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.module_loading import import_string

from symptoms.admin.tables import Section
from symptoms.charts.lanes import Lane
from symptoms.clinical.calendar import local_date
from symptoms.models import Patient, TreatmentCourse


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the page shows of a patient, both included, and the moment at which it is looked at.

    `course` is the running one, else the latest; `courses` are all, the latest first.
    """

    patient: Patient
    courses: tuple[TreatmentCourse, ...]
    first: date
    last: date
    now: datetime

    @property
    def course(self) -> TreatmentCourse | None:
        return self.courses[0] if self.courses else None

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.first, time.min, self.patient.zone).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """The moment after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time.min, self.patient.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment by the patient's calendar."""
        return local_date(moment, self.patient.zone)


@dataclass(frozen=True, slots=True)
class Part:
    """What one part adds: lanes of the chart, tables that stand above the chart, tables below it."""

    lanes: tuple[Lane, ...] = ()
    above: tuple[Section, ...] = ()
    below: tuple[Section, ...] = ()


Show: TypeAlias = Callable[[Period], Part]


@dataclass(frozen=True, slots=True)
class PatientPart:
    """A function that shows a part, and the model that one has to be allowed to look at."""

    model: type[Model]
    show: Show

    def is_shown_to(self, request: HttpRequest) -> bool:
        return admin.site.get_model_admin(self.model).has_view_permission(request)


def patient_part(model: type[Model]) -> Callable[[Show], PatientPart]:
    """Make a function a part of the page for those who may look at `model`."""
    return lambda show: PatientPart(model, show)


@cache
def registered_parts() -> tuple[PatientPart, ...]:
    """The parts of `settings.PATIENT_PAGE`. A system check has made sure that each can be imported."""
    return tuple(import_string(path) for path in settings.PATIENT_PAGE)


def parts_for(request: HttpRequest, period: Period) -> list[Part]:
    """The parts that the person who is signed in may look at, in their order."""
    return [part.show(period) for part in registered_parts() if part.is_shown_to(request)]
