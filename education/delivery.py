"""Offers leaflets to patients, beside findings and by the curriculum: proof of teaching (S-02).

An offer stands in the app's list from then on. Lessons are due rows: any number of workers may sweep them at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from education.catalogue import Catalogue, Leaflet, find_leaflet
from education.curriculum import choose_leaflets, choose_lessons, lesson_moment, next_lesson_day
from education.models import LeafletOffer, TeachingPlan
from education.texts import keep_texts, leaflets_by_clinic
from symptoms.clinical.actions import OfferEducation
from symptoms.clinical.calendar import local_date
from symptoms.models import Patient, SymptomReport
from symptoms.models.patient import PatientStatus
from symptoms.prepared import PreparedInsert

logger = logging.getLogger(__name__)

OFFER: Final = PreparedInsert(LeafletOffer)

BATCH: Final = 200
MOST_BATCHES: Final = 250
"""Of one sweep, so that it ends within a task's time; the next one goes on."""

PUT_OFF: Final = timedelta(hours=1)
"""How long a plan that failed is left alone."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """That a leaflet is to be offered to a patient, and what for."""

    patient: Patient
    slug: str
    name: str
    report: SymptomReport | None = None


def offer_leaflets(
    action: OfferEducation, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> list[str]:
    """Offer the leaflets that go with the action's rules, once for each occasion; returns their slugs.

    Without rules: give the lessons of the running course that are due, and plan the next.
    """
    if not action.rules:
        return plan_lessons(patient, now)
    name = f"report:{report.pk}" if report else f"finding:{local_date(now, patient.zone)}"
    occasions = [Occasion(patient, slug, name, report) for slug in choose_leaflets(action.rules)]
    _offer(occasions, now)
    return [occasion.slug for occasion in occasions]


def plan_lessons(patient: Patient, now: datetime) -> list[str]:
    """Bring the plan of the running course in line with its first day and the patient's status; safe to repeat.

    Lessons whose hour has come are given at once, those of day 1 before the first dose as well. They are announced
    as the swept ones are, but for those of enrolment, of which the clinic tells. Returns the slugs.
    """
    with transaction.atomic():
        course = patient.courses.filter(ended_on=None).first()
        others = TeachingPlan.objects.filter(course__patient=patient, due_at__isnull=False)
        others.exclude(course=course).update(due_at=None)
        if course is None:
            return []
        is_enrolment = not TeachingPlan.objects.filter(course__patient=patient).exists()
        TeachingPlan.objects.get_or_create(course=course)
        plan = TeachingPlan.objects.select_for_update().get(course=course)
        plan.course, course.patient = course, patient
        occasions = _teach(plan, now)
        plan.save(update_fields=["taught_until", "due_at"])
        _offer(occasions, now)
        if not is_enrolment:
            _tell(occasions, now)
        return [occasion.slug for occasion in occasions]


def teach_due(now: datetime) -> int:
    """Give every lesson that is due at `now`, in batches claimed with SKIP LOCKED; returns the number of plans.

    With nothing due it is one look at a partial index. A batch costs the same number of queries whatever its size.
    """
    taught = 0
    for _ in range(MOST_BATCHES):
        done = _teach_batch(now)
        taught += done
        if done < BATCH:
            break
    return taught


def _teach_batch(now: datetime) -> int:
    with transaction.atomic():
        due = TeachingPlan.objects.due(now).select_related("course__patient")
        plans = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        if plans:
            occasions = [occasion for plan in plans for occasion in _teach_safely(plan, now)]
            _offer(occasions, now)
            _tell(occasions, now)
            TeachingPlan.objects.bulk_update(plans, ["taught_until", "due_at"])
        return len(plans)


def _teach_safely(plan: TeachingPlan, now: datetime) -> list[Occasion]:
    """One plan that cannot be worked out must not stop the others; it is put off."""
    try:
        return _teach(plan, now)
    except Exception:
        logger.exception("lesson_failed plan=%s", plan.pk)
        plan.due_at = now + PUT_OFF
        return []


def _teach(plan: TeachingPlan, now: datetime) -> list[Occasion]:
    """What to offer of a plan now; moves the plan on to its next lesson, without saving it.

    Nothing is due for somebody whom the service does not write to, or whose course is over.
    """
    course, patient = plan.course, plan.course.patient
    if patient.status != PatientStatus.ACTIVE or course.ended_on is not None:
        plan.due_at = None
        return []
    day = _last_day_reached(plan, now)
    lessons = choose_lessons(after=plan.taught_until, until=day)
    plan.taught_until = max([plan.taught_until, *(lesson.day for lesson in lessons)])
    next_on = course.first_dose_on + timedelta(days=next_lesson_day(max(plan.taught_until, day)) - 1)
    plan.due_at = _hour_of_teaching(patient, next_on)
    return [
        Occasion(patient, slug, f"course-{course.pk}:day-{lesson.day}") for lesson in lessons for slug in lesson.slugs
    ]


def _last_day_reached(plan: TeachingPlan, now: datetime) -> int:
    """The last day of treatment whose hour of teaching has come; 1 for whoever has not got that far."""
    course, patient = plan.course, plan.course.patient
    today = local_date(now, patient.zone)
    is_before_the_hour = now < _hour_of_teaching(patient, today)
    return max(1, course.day_number(today) - is_before_the_hour)


def _hour_of_teaching(patient: Patient, day_on: date) -> datetime:
    return lesson_moment(day_on, patient.zone, patient.quiet_from, patient.quiet_until)


def _offer(occasions: Iterable[Occasion], now: datetime) -> None:
    """Write the offers down, each with the exact text. One that was made before stays as it is."""
    wanted = list(occasions)
    catalogues = leaflets_by_clinic({occasion.patient.clinic_id for occasion in wanted})
    found = [(occasion, _leaflet_of(occasion, catalogues)) for occasion in wanted]
    kept = keep_texts(leaflet for _, leaflet in found)
    offers = [
        LeafletOffer(
            patient=occasion.patient,
            slug=leaflet.slug,
            version=leaflet.version,
            language=leaflet.language,
            text=kept[leaflet.text_id],
            occasion=occasion.name,
            report=occasion.report,
            offered_at=now,
        )
        for occasion, leaflet in found
    ]
    if offers:
        OFFER.where_new(*offers)


def _tell(occasions: Iterable[Occasion], now: datetime) -> None:
    """Let each patient know, once a lesson, that there is something to read; a failure undoes no offer.

    What is given in the quiet hours is announced when they end.
    """
    lessons = {(occasion.patient.pk, occasion.name): occasion.patient for occasion in occasions}
    tell_of_lessons = import_string(settings.LESSON_NOTICE)
    try:
        with transaction.atomic():
            tell_of_lessons([(patient, name) for (_, name), patient in lessons.items()], now)
    except Exception:
        logger.exception("lesson_not_announced")


def _leaflet_of(occasion: Occasion, catalogues: dict[int, Catalogue]) -> Leaflet:
    leaflet = find_leaflet(occasion.slug, occasion.patient.language, catalogues[occasion.patient.clinic_id])
    assert leaflet is not None, "a system check makes sure that the curriculum names leaflets that ship"
    return leaflet
