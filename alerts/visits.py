"""Plans the day-15 visit of a course (S-14), books it, and tells the clinic when it was missed or has moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from alerts.models import Visit
from alerts.models.visit import VisitKind, VisitStatus
from alerts.raising import raise_alert
from alerts.reminders import drop_visit_reminders, plan_visit_reminders
from alerts.schedule import missed_from
from alerts.timeline import lock_patient
from symptoms.clinical.actions import NotifyCareTeam, PlanCalendar
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, SymptomReport, TreatmentCourse
from symptoms.models.patient import PatientStatus

VISIT_MISSED: Final = NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, rules=("VISIT-MISSED",))
VISIT_OVERDUE: Final = NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, rules=("VISIT-OVERDUE",))
VISIT_MOVED: Final = NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, rules=("VISIT-MOVED",))

AHEAD: Final = [VisitStatus.PLANNED, VisitStatus.BOOKED]
NO_LONGER_FOLLOWED: Final = [PatientStatus.WITHDRAWN, PatientStatus.DECEASED]


class CannotChangeVisit(Exception):
    """A change of a visit that makes no sense. The message tells the clinician why."""


def plan_calendar(
    action: PlanCalendar, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> Visit | None:
    """Plan the day-15 visit of the running course, or move it to the course's present day 15.

    An unbooked visit moves with its unsent reminders. A booked one stays, and a routine alert asks the clinic
    to look at it. A day 15 that is already over without a visit is a routine alert at once. Unsent reminders
    follow the patient's present zone and quiet hours. Of a course that has ended, a booked visit stays and an
    unbooked one is cancelled. None: no running course.
    """
    with transaction.atomic():
        patient = lock_patient(patient.pk)
        _cancel_unbooked_visits_of_ended_courses(patient)
        course = TreatmentCourse.objects.filter(patient=patient, ended_on=None).first()
        if course is None:
            return None
        visit, is_new = Visit.objects.get_or_create(
            course=course, kind=VisitKind.DAY_15, defaults={"patient": patient, "planned_on": course.day_15_on}
        )
        has_moved = visit.planned_on != course.day_15_on
        if has_moved:
            visit.planned_on = course.day_15_on
            if visit.status == VisitStatus.MISSED and now < missed_from(visit.planned_on, None, patient.zone):
                visit.status = VisitStatus.PLANNED
                visit.booked_at = None
            visit.save()
        if visit.status in AHEAD:
            plan_visit_reminders(visit, patient, now)
        is_over = local_date(now, patient.zone) > visit.planned_on
        if has_moved and visit.status == VisitStatus.BOOKED:
            raise_alert(VISIT_MOVED, patient=patient, report=None, now=now)
        elif (is_new or has_moved) and is_over and visit.status == VisitStatus.PLANNED:
            raise_alert(VISIT_OVERDUE, patient=patient, report=None, now=now)
        return visit


def _cancel_unbooked_visits_of_ended_courses(patient: Patient) -> None:
    for visit in Visit.objects.filter(patient=patient, course__ended_on__isnull=False, status=VisitStatus.PLANNED):
        visit.status = VisitStatus.CANCELLED
        visit.save()
        drop_visit_reminders(visit)


def book_visit(visit: Visit, booked_at: datetime, now: datetime) -> Visit:
    """Book the visit to a time, or to another one. Reminders are counted from then on from that day.

    Raises CannotChangeVisit for a visit that took place, and for a time that has passed.
    """
    with transaction.atomic():
        patient, held = _hold(visit)
        if held.status == VisitStatus.ATTENDED:
            raise CannotChangeVisit("This visit has taken place. Plan another one.")
        if booked_at <= now:
            raise CannotChangeVisit("This time has passed.")
        held.status = VisitStatus.BOOKED
        held.booked_at = booked_at
        held.save()
        plan_visit_reminders(held, patient, now)
        return held


def cancel_visit(visit: Visit, now: datetime) -> Visit:
    """The visit will not take place, by the clinic's decision; nobody is reminded of it, nor told that it was
    missed. Booking it again takes that back. Raises CannotChangeVisit for a visit that took place."""
    with transaction.atomic():
        _, held = _hold(visit)
        if held.status == VisitStatus.ATTENDED:
            raise CannotChangeVisit("This visit has taken place.")
        held.status = VisitStatus.CANCELLED
        held.save()
        drop_visit_reminders(held)
        return held


def mark_attended(visit: Visit, now: datetime) -> Visit:
    """The patient came, whatever was planned or booked. Nobody is reminded any more."""
    with transaction.atomic():
        _, held = _hold(visit)
        held.status = VisitStatus.ATTENDED
        held.save()
        drop_visit_reminders(held)
        return held


def mark_missed(now: datetime) -> int:
    """Mark the visits that nobody attended by the end of the second day after their day, each with a routine
    alert. Returns how many."""
    # The last place on earth ends a day 12 hours after UTC does; the exact moment is judged for each visit.
    horizon = now + timedelta(days=1)
    due = Visit.objects.filter(
        Q(status=VisitStatus.PLANNED, planned_on__lt=horizon.date() - timedelta(days=2))
        | Q(status=VisitStatus.BOOKED, booked_at__lt=now - timedelta(days=2))
    )
    return sum(_mark_if_missed(visit, now) for visit in due.only("pk", "patient").iterator())


def _mark_if_missed(visit: Visit, now: datetime) -> bool:
    with transaction.atomic():
        patient, held = _hold(visit)
        booked_at = held.booked_at if held.status == VisitStatus.BOOKED else None
        if held.status not in AHEAD or now < missed_from(held.planned_on, booked_at, patient.zone):
            return False
        is_followed = patient.status not in NO_LONGER_FOLLOWED
        held.status = VisitStatus.MISSED if is_followed else VisitStatus.CANCELLED
        held.save()
        drop_visit_reminders(held)
        if is_followed:
            raise_alert(VISIT_MISSED, patient=patient, report=None, now=now)
        return is_followed


def describe_day_15(course: TreatmentCourse) -> dict[str, Any] | None:
    """What the patient's app shows of the day-15 visit; None when none is planned."""
    visit = Visit.objects.filter(course=course, kind=VisitKind.DAY_15).first()
    if visit is None:
        return None
    return {
        "planned_on": visit.planned_on.isoformat(),
        "status": visit.status,
        "booked_at": visit.booked_at.isoformat().replace("+00:00", "Z") if visit.booked_at else None,
    }


def _hold(visit: Visit) -> tuple[Patient, Visit]:
    """The patient and the visit as they are now, both held until the transaction ends."""
    patient = lock_patient(visit.patient_id)
    return patient, Visit.objects.select_for_update().get(pk=visit.pk)
