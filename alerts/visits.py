"""Plans the visits of a course, above all that of day 15 (S-14), books them, and tells the clinic when one was
missed or has moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from alerts.by_itself import by_itself
from alerts.check_ins import plan_check_ins
from alerts.models import ScheduledVisit, Visit
from alerts.models.alert import AlertEventKind
from alerts.models.visit import CancelledFor, VisitKind, VisitStatus
from alerts.raising import raise_alert
from alerts.reminders import drop_visit_reminders, plan_visit_reminders
from alerts.schedule import missed_from, visit_day
from alerts.timeline import lock_patient, record_event
from symptoms.clinical.actions import NotifyCareTeam, PlanCalendar
from symptoms.clinical.calendar import local_date
from symptoms.clinical.check_ins import day_on
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, SymptomReport, TreatmentCourse
from symptoms.models.patient import NO_LONGER_FOLLOWED, PatientStatus

VISIT_MISSED: Final = NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, rules=("VISIT-MISSED",))
VISIT_OVERDUE: Final = NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, rules=("VISIT-OVERDUE",))
VISIT_MOVED: Final = NotifyCareTeam(Problem.MISSED_VISIT, Urgency.ROUTINE, rules=("VISIT-MOVED",))

AHEAD: Final = [VisitStatus.PLANNED, VisitStatus.BOOKED]
FURTHEST_AHEAD: Final = timedelta(days=366)


class CannotChangeVisit(Exception):
    """A change of a visit that makes no sense. The message tells the clinician why; `field` is the one at fault."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def plan_calendar(
    action: PlanCalendar, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> Visit | None:
    """Plan the visits and check-ins of the running course, or move them to its present dates.

    The visit of day 15 is planned for everybody (S-14), those of the clinic's own schedule while they are
    ahead. An unbooked visit moves with its unsent reminders. A booked one stays, and a routine alert asks the
    clinic to look at it. A day 15 that is already over without a visit is a routine alert at once. Unsent
    reminders follow the patient's present zone, quiet hours and status. Of a course that has ended, a booked
    visit stays and an unbooked one is cancelled. A visit that was cancelled because its line of the schedule was
    off, its course had ended, or its patient was not followed, comes back when that is over.
    Returns the visit of day 15; None: no running course.
    """
    with transaction.atomic():
        patient = lock_patient(patient.pk)
        _cancel_unbooked_visits(patient, CancelledFor.COURSE_ENDED, now, course__ended_on__isnull=False)
        _cancel_unbooked_visits(patient, CancelledFor.SCHEDULE, now, scheduled__is_active=False)
        course = TreatmentCourse.objects.filter(patient=patient, ended_on=None).first()
        if course is not None:
            course.patient = patient
        plan_check_ins(patient, course, now)
        if course is None:
            return None
        was_on = Visit.objects.filter(course=course, kind=VisitKind.DAY_15).values_list("planned_on", flat=True).first()
        visit = _plan_visit(course, VisitKind.DAY_15, course.day_15_on, None, now)
        _take_back_into_the_plan(course, now)
        if was_on not in (None, course.day_15_on):
            _tell_of_visits_before_day_1(course, now)
        for other in course.visits.filter(kind=VisitKind.FOLLOW_UP, scheduled=None, status__in=AHEAD):
            plan_visit_reminders(other, patient, now)
        for scheduled in patient.clinic.scheduled_visits.filter(is_active=True):
            _plan_visit(course, VisitKind.FOLLOW_UP, day_on(course.first_dose_on, scheduled.day), scheduled, now)
        return visit


def _take_back_into_the_plan(course: TreatmentCourse, now: datetime) -> None:
    """Visits that the clinic planned by hand are planned again when the cause why they were cancelled has gone."""
    today = local_date(now, course.patient.zone)
    by_hand = course.visits.filter(kind=VisitKind.FOLLOW_UP, scheduled=None, status=VisitStatus.CANCELLED)
    for visit in by_hand.filter(planned_on__gte=today):
        if _may_come_back(visit, course.patient):
            visit.status, visit.cancelled_for, visit.booked_at = VisitStatus.PLANNED, "", None
            visit.save()


def _tell_of_visits_before_day_1(course: TreatmentCourse, now: datetime) -> None:
    """A visit that was planned by hand stays where it is when the course moves: the clinic has to look at it."""
    patient = course.patient
    if patient.status in NO_LONGER_FOLLOWED:
        return
    for visit in course.visits.filter(kind=VisitKind.FOLLOW_UP, scheduled=None, status__in=AHEAD):
        if day_of(visit, patient) < course.first_dose_on:
            _tell(VISIT_MOVED, visit, patient, now)


def _plan_visit(
    course: TreatmentCourse, kind: VisitKind, planned_on: date, scheduled: ScheduledVisit | None, now: datetime
) -> Visit | None:
    """Plan one visit of a course, move it, or take it back into the plan when the cause why it was cancelled has gone.

    None: one of the clinic's schedule whose day is over already.
    """
    patient = course.patient
    is_over = local_date(now, patient.zone) > planned_on
    visit = Visit.objects.filter(course=course, kind=kind, scheduled=scheduled).first()
    is_new = visit is None
    if visit is None:
        if is_over and kind != VisitKind.DAY_15:
            return None
        visit = Visit(patient=patient, course=course, kind=kind, scheduled=scheduled, planned_on=planned_on)
        visit.save(force_insert=True)
    elif _may_come_back(visit, patient) and (not is_over or kind == VisitKind.DAY_15):
        is_new = True
        visit.status, visit.cancelled_for, visit.booked_at = VisitStatus.PLANNED, "", None
        visit.save()
    has_moved = visit.planned_on != planned_on
    if has_moved:
        visit.planned_on = planned_on
        if visit.status == VisitStatus.MISSED and now < missed_from(planned_on, None, patient.zone):
            visit.status = VisitStatus.PLANNED
            visit.booked_at = None
        visit.save()
    if visit.status in AHEAD:
        plan_visit_reminders(visit, patient, now)
    if patient.status in NO_LONGER_FOLLOWED:
        return visit
    if has_moved and visit.status == VisitStatus.BOOKED:
        _tell(VISIT_MOVED, visit, patient, now)
    elif (is_new or has_moved) and is_over and visit.status == VisitStatus.PLANNED:
        _tell(VISIT_OVERDUE, visit, patient, now)
    return visit


def _tell(action: NotifyCareTeam, visit: Visit, patient: Patient, now: datetime) -> None:
    """Put a visit before the care team. The alert's timeline names it, also when another one opened the alert."""
    alert = raise_alert(action, patient=patient, report=None, now=now)
    if alert is not None:
        day = day_of(visit, patient).isoformat()
        detail = {"rules": list(action.rules), "visit": str(visit.pk), "day": day}
        record_event(alert, AlertEventKind.JOINED, now=now, detail=detail)


def _may_come_back(visit: Visit, patient: Patient) -> bool:
    """Whether a visit was cancelled for a cause that has gone: now that it is planned again, and its patient followed.

    Never one that the clinic itself cancelled.
    """
    if visit.status != VisitStatus.CANCELLED or patient.status in NO_LONGER_FOLLOWED:
        return False
    return visit.cancelled_for not in ("", CancelledFor.CLINIC)


def _cancel_unbooked_visits(patient: Patient, why: CancelledFor, now: datetime, **which: bool) -> None:
    for visit in Visit.objects.filter(patient=patient, status=VisitStatus.PLANNED, **which):
        visit.status, visit.cancelled_for = VisitStatus.CANCELLED, why
        visit.save()
        drop_visit_reminders(visit, now)


def book_visit(visit: Visit, booked_at: datetime, now: datetime) -> Visit:
    """Book the visit to a time, or to another one. Reminders are counted from then on from that day.

    Raises CannotChangeVisit for a visit that took place, for a patient who has died, and, naming `booked_at`, for a
    time that has passed, that lies before the first dose, or more than a year ahead.
    """
    with transaction.atomic():
        patient, held = hold_visit(visit)
        _refuse_for_the_dead(patient)
        if held.status == VisitStatus.ATTENDED:
            raise CannotChangeVisit(gettext("This visit has taken place. Plan another one."))
        if booked_at <= now:
            raise CannotChangeVisit(gettext("This time has passed."), field="booked_at")
        if booked_at > now + FURTHEST_AHEAD:
            raise CannotChangeVisit(gettext("Give a time within the next year."), field="booked_at")
        if local_date(booked_at, patient.clinic.zone) < held.course.first_dose_on:
            raise CannotChangeVisit(gettext("This time is before the first dose."), field="booked_at")
        held.status, held.cancelled_for = VisitStatus.BOOKED, ""
        held.booked_at = booked_at
        held.save()
        plan_visit_reminders(held, patient, now)
        return held


def cancel_visit(visit: Visit, now: datetime) -> Visit:
    """The visit will not take place, by the clinic's decision; nobody is reminded of it, nor told that it was
    missed. Booking it again takes that back. Raises CannotChangeVisit for a visit that took place."""
    with transaction.atomic():
        _, held = hold_visit(visit)
        if held.status == VisitStatus.ATTENDED:
            raise CannotChangeVisit(gettext("This visit has taken place."))
        held.status, held.cancelled_for = VisitStatus.CANCELLED, CancelledFor.CLINIC
        held.save()
        drop_visit_reminders(held, now)
        return held


def plan_another_visit(visit: Visit, planned_on: date, now: datetime) -> Visit:
    """A further visit of the same course, on a day that the clinic has chosen; it is booked like any other.

    Raises CannotChangeVisit when the course has ended or the patient has died, and, naming `planned_on`, for a day
    that has passed, that is not after the first dose, or more than a year ahead.
    """
    with transaction.atomic():
        patient, held = hold_visit(visit)
        _refuse_for_the_dead(patient)
        course = held.course
        if course.ended_on is not None:
            raise CannotChangeVisit(gettext("This course has ended."))
        today = local_date(now, patient.clinic.zone)
        if not max(today, course.first_dose_on) <= planned_on <= today + FURTHEST_AHEAD:
            raise CannotChangeVisit(gettext("Give a day of the treatment within the next year."), field="planned_on")
        planned = Visit.objects.create(patient=patient, course=course, kind=VisitKind.FOLLOW_UP, planned_on=planned_on)
        plan_visit_reminders(planned, patient, now)
        return planned


def _refuse_for_the_dead(patient: Patient) -> None:
    if patient.status == PatientStatus.DECEASED:
        raise CannotChangeVisit(gettext("This patient has died: nothing is planned."))


def day_of(visit: Visit, patient: Patient) -> date:
    """The day of a visit by the clinic's calendar: of the booked time, else the planned day."""
    is_booked = visit.status in (VisitStatus.BOOKED, VisitStatus.MISSED) and visit.booked_at is not None
    return visit_day(visit.planned_on, visit.booked_at if is_booked else None, patient.clinic.zone)


def mark_missed(now: datetime) -> int:
    """Mark the visits that nobody attended by the end of the second day after their day, each with a routine
    alert. Returns how many."""
    # The last place on earth ends a day 12 hours after UTC does; the exact moment is judged for each visit.
    horizon = now + timedelta(days=1)
    due = Visit.objects.filter(
        Q(status=VisitStatus.PLANNED, planned_on__lt=horizon.date() - timedelta(days=2))
        | Q(status=VisitStatus.BOOKED, booked_at__lt=now - timedelta(days=2))
    )
    missed = 0
    for visit in due.only("pk", "patient").iterator():
        with by_itself("visit_not_judged visit=%s", visit.pk):  # the next sweep looks at it again
            missed += _mark_if_missed(visit, now)
    return missed


def _mark_if_missed(visit: Visit, now: datetime) -> bool:
    with transaction.atomic():
        patient, held = hold_visit(visit)
        booked_at = held.booked_at if held.status == VisitStatus.BOOKED else None
        zone = patient.clinic.zone if booked_at else patient.zone
        if held.status not in AHEAD or now < missed_from(held.planned_on, booked_at, zone):
            return False
        is_followed = patient.status not in NO_LONGER_FOLLOWED
        held.status = VisitStatus.MISSED if is_followed else VisitStatus.CANCELLED
        held.cancelled_for = "" if is_followed else CancelledFor.NOT_FOLLOWED
        held.save()
        drop_visit_reminders(held, now)
        if is_followed:
            _tell(VISIT_MISSED, held, patient, now)
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


def hold_visit(visit: Visit) -> tuple[Patient, Visit]:
    """The patient and the visit as they are now, both held until the transaction ends."""
    patient = lock_patient(visit.patient_id)
    return patient, Visit.objects.select_for_update(of=("self",)).select_related("course").get(pk=visit.pk)
