"""Plans the visits that a clinic adds to its own schedule for all its patients on treatment, and drops those that
it takes out.

A changed line is worked off in batches of courses, each in one short transaction with a fixed number of statements.
The line remembers how far it is, so that a run may stop at any time and the next one goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Literal
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from alerts.models import Reminder, ScheduledVisit, Visit
from alerts.models.reminder import ReminderState
from alerts.models.visit import CancelledFor, VisitKind, VisitStatus
from alerts.reminders import drop_reminders_of, visit_reminder_rows
from symptoms.clinical.calendar import local_date
from symptoms.clinical.check_ins import day_on
from symptoms.models import Patient, TreatmentCourse

logger = logging.getLogger(__name__)

BATCH: Final = 250
"""Patients whose rows one transaction holds: a report that comes meanwhile waits for a fraction of a second."""

SECONDS: Final = 8.0
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)

AS_IT_IS: Final = "as it is"
"""The visit stays as it is; or the day is over, and none is planned."""


def apply_changed_schedules(now: datetime, seconds: float = SECONDS) -> int:
    """Bring the visits of all patients of a clinic in line with its schedule where that has changed; returns how
    many patients were looked at.

    Ends after about so many seconds, whatever is left: the next run goes on there. Booked visits stay. Patients
    who are being changed at this moment, or cannot be planned, stop nobody: they are tried again in ten minutes.
    """
    deadline = monotonic() + seconds
    count = 0
    while monotonic() < deadline:
        looked_at = _apply_batch(now)
        if looked_at is None:
            break
        count += looked_at
    return count


def _apply_batch(now: datetime) -> int | None:
    """Apply the line that has waited longest to its next batch of courses. None: nothing is due."""
    with transaction.atomic():
        due = ScheduledVisit.objects.filter(apply_due_at__lte=now).order_by("apply_due_at", "pk")
        line = due.select_for_update(skip_locked=True, of=("self",)).first()
        if line is None:
            return None
        running = TreatmentCourse.objects.filter(patient__clinic=line.clinic_id, ended_on=None)
        ahead = running.filter(pk__gt=line.applied_through).order_by("pk").values_list("pk", "patient")
        batch = list(ahead[:BATCH])
        courses = _hold([pk for pk, _ in batch], [patient for _, patient in batch])
        was_complete = _apply_safely(line, courses, now)
        line.has_leftovers = line.has_leftovers or not was_complete or len(courses) < len(batch)
        if len(batch) < BATCH:
            line.apply_due_at = now + TRY_AGAIN_AFTER if line.has_leftovers else None
            line.applied_through, line.has_leftovers = 0, False
        else:
            line.applied_through = batch[-1][0]
        line.save(update_fields=["apply_due_at", "applied_through", "has_leftovers"])
        return len(batch)


def _hold(courses: Sequence[int], patients: Sequence[UUID]) -> list[TreatmentCourse]:
    """These courses as they are now, with their patients held; without those that somebody else holds."""
    free = Patient.objects.filter(pk__in=patients).select_related("clinic").order_by("pk")
    held = {one.pk: one for one in free.select_for_update(no_key=True, skip_locked=True, of=("self",))}
    running = list(TreatmentCourse.objects.filter(pk__in=courses, patient__in=list(held), ended_on=None))
    for course in running:
        course.patient = held[course.patient_id]
    return running


def _apply_safely(line: ScheduledVisit, courses: Sequence[TreatmentCourse], now: datetime) -> bool:
    """Apply the line to these courses; one by one when they cannot be written together. Whether that was complete."""
    try:
        with transaction.atomic():
            return (_plan if line.is_active else _drop)(line, courses, now)
    except Exception:
        logger.exception("schedule_not_applied line=%s courses=%s", line.pk, len(courses))
        if len(courses) <= 1:
            return False
        done = [_apply_safely(line, [course], now) for course in courses]
        return all(done)


def _plan(line: ScheduledVisit, courses: Sequence[TreatmentCourse], now: datetime) -> bool:
    """Plan the visit for those who have none, or lost theirs when the line was off. Whether all could be judged."""
    known = {visit.course_id: visit for visit in Visit.objects.filter(scheduled=line, course__in=courses)}
    judged = [_judge_safely(line, course, known.get(course.pk), now) for course in courses]
    planned = [plan for plan in judged if isinstance(plan, tuple)]
    back = [visit for visit, _ in planned if visit.course_id in known]
    Visit.objects.bulk_create(visit for visit, _ in planned if visit.course_id not in known)
    for visit in back:
        visit.status, visit.cancelled_for, visit.updated_at = VisitStatus.PLANNED, "", timezone.now()
    Visit.objects.bulk_update(back, ["status", "cancelled_for", "planned_on", "updated_at"])
    Reminder.objects.filter(visit__in=back, state=ReminderState.CANCELLED, sent_at=None).delete()
    Reminder.objects.bulk_create((row for _, rows in planned for row in rows), ignore_conflicts=True)
    return None not in judged


Plan = tuple[Visit, Sequence[Reminder]]
"""A visit to plan, new or back, and its reminders."""


def _judge_safely(
    line: ScheduledVisit, course: TreatmentCourse, visit: Visit | None, now: datetime
) -> Plan | Literal["as it is"] | None:
    """What is to be planned for one patient. None: that cannot be told, which stops nobody else."""
    try:
        return _judge(line, course, visit, now)
    except Exception:
        logger.exception("visit_not_planned patient=%s", course.patient_id)
        return None


def _judge(
    line: ScheduledVisit, course: TreatmentCourse, visit: Visit | None, now: datetime
) -> Plan | Literal["as it is"]:
    patient = course.patient
    planned_on = day_on(course.first_dose_on, line.day)
    if local_date(now, patient.zone) > planned_on:
        return AS_IT_IS
    if visit is None:
        visit = Visit(patient=patient, course=course, kind=VisitKind.FOLLOW_UP, scheduled=line, planned_on=planned_on)
    elif visit.status != VisitStatus.CANCELLED or visit.cancelled_for != CancelledFor.SCHEDULE:
        return AS_IT_IS
    visit.planned_on = planned_on
    return visit, visit_reminder_rows(visit, patient, now)


def _drop(line: ScheduledVisit, courses: Sequence[TreatmentCourse], now: datetime) -> bool:
    """Cancel the unbooked visits of a line that the clinic has taken out."""
    unbooked = Visit.objects.filter(scheduled=line, course__in=courses, status=VisitStatus.PLANNED)
    dropped = list(unbooked.values_list("pk", flat=True))
    Visit.objects.filter(pk__in=dropped).update(
        status=VisitStatus.CANCELLED, cancelled_for=CancelledFor.SCHEDULE, updated_at=Now()
    )
    drop_reminders_of(dropped, now)
    return True
