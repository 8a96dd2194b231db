"""Plans what a patient is reminded of or asked, as rows with a due time; `reminding` delivers them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format, time_format

from alerts.check_ins import CHECK_INS, settle_check_in
from alerts.models import CheckInPlan, Reminder, Visit
from alerts.models.reminder import ReminderKind, ReminderState
from alerts.models.visit import VisitStatus
from alerts.schedule import QuietHours, end_of_day, recheck_times, visit_day, visit_reminders
from alerts.timeline import lock_patient
from symptoms.clinical.actions import AskStillSore, ScheduleRecheck, StandDownReminders
from symptoms.clinical.calendar import local_date
from symptoms.clinical.episodes import PATIENCE
from symptoms.models import Patient, SymptomReport
from symptoms.models.patient import PatientStatus
from symptoms.wording import text

QUESTIONS: Final = [ReminderKind.RECHECK, ReminderKind.STILL_SORE, *CHECK_INS]
"""Reminders that ask for a report: needless once there is one."""

LESSON_IS_NEWS: Final = timedelta(days=3)
"""How long it makes sense to say that there is a new leaflet to read."""


def quiet_hours_of(patient: Patient) -> QuietHours:
    return QuietHours(patient.zone, patient.quiet_from, patient.quiet_until)


def schedule_recheck(
    action: ScheduleRecheck, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> Reminder | None:
    """Ask the patient again on the action's day, once, whatever the number of rules that want it.

    None when that day is already over, or has a check-in, which asks the same.
    """
    plan = CheckInPlan.objects.filter(patient=patient, next_at__isnull=False).first()
    if plan is not None and plan.next_at is not None and local_date(plan.next_at, patient.zone) == action.on:
        return None
    times = recheck_times(action.on, quiet_hours_of(patient), now)
    if times is None:
        return None
    return _plan(patient, ReminderKind.RECHECK, action.on.isoformat(), *times)


def ask_still_sore(action: AskStillSore, *, patient: Patient, report: SymptomReport | None, now: datetime) -> Reminder:
    """Ask now whether the sores are still there. The caller has minded the quiet hours (08:00 to 10:00).

    After four hours silence counts as an answer, so the question has lost its sense.
    """
    return _plan(patient, ReminderKind.STILL_SORE, action.crossing_on.isoformat(), now, now + PATIENCE)


def tell_of_lessons(lessons: Iterable[tuple[Patient, str]], now: datetime) -> None:
    """Let patients know that there is something to read: one reminder for each patient and lesson, in one statement.

    Due at once, or when the quiet hours end; of no use after three days. A repeat changes nothing.
    """
    due = [(patient, name, quiet_hours_of(patient).end_of_quiet(now)) for patient, name in lessons]
    Reminder.objects.bulk_create(
        [
            Reminder(
                patient=patient,
                kind=ReminderKind.LESSON,
                occurrence=name,
                due_at=due_at,
                expires_at=due_at + LESSON_IS_NEWS,
            )
            for patient, name, due_at in due
        ],
        ignore_conflicts=True,
    )


def stand_down(
    action: StandDownReminders, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> datetime | None:
    """The patient has answered: what was still to be asked that day is not. Questions of later days stay.

    The day is that on which the patient answered, which may be long before the report is judged: a talk that was
    broken off last night, or answers given without a network. A question that was sent stays sent, and is not
    repeated. Returns the moment of the next check-in, if any.
    """
    with transaction.atomic():
        patient = lock_patient(patient.pk)
        answered_at = now if report is None else report.occurred_at
        night = end_of_day(answered_at, patient.zone)
        questions = Reminder.objects.filter(patient=patient, kind__in=QUESTIONS, due_at__lt=night)
        questions.filter(unread_due_at__isnull=False).update(unread_due_at=None)
        waiting = questions.filter(state=ReminderState.PENDING)
        waiting.filter(is_repeat=True).update(state=ReminderState.SENT)
        waiting.filter(is_repeat=False).update(state=ReminderState.CANCELLED)
        return settle_check_in(patient, answered_at, now)


def plan_visit_reminders(visit: Visit, patient: Patient, now: datetime) -> list[Reminder]:
    """Bring the unsent reminders of a visit in line with its present day and time. What was sent stays sent.

    None for somebody whom the service does not write to.
    """
    if patient.status != PatientStatus.ACTIVE:
        drop_visit_reminders(visit)
        return []
    booked_at = visit.booked_at if visit.status == VisitStatus.BOOKED else None
    day = visit_day(visit.planned_on, booked_at, patient.zone)
    due = visit_reminders(visit.planned_on, booked_at, quiet_hours_of(patient), now)
    occurrence = _occurrence(visit, day)
    # One that is due at this moment, about this very day, is left to be sent.
    outdated = Reminder.objects.filter(visit=visit, state=ReminderState.PENDING)
    outdated.exclude(occurrence=occurrence, due_at__lte=now).update(state=ReminderState.CANCELLED)
    return [_plan(patient, ReminderKind(one.kind), occurrence, one.due_at, one.expires_at, visit=visit) for one in due]


def visit_reminder_rows(visit: Visit, patient: Patient, now: datetime) -> list[Reminder]:
    """The reminders of a visit that has none yet, not saved; none for somebody whom the service does not write to."""
    if patient.status != PatientStatus.ACTIVE:
        return []
    due = visit_reminders(visit.planned_on, None, quiet_hours_of(patient), now)
    occurrence = _occurrence(visit, visit.planned_on)
    return [
        Reminder(
            patient=patient, visit=visit, kind=one.kind, occurrence=occurrence,
            due_at=one.due_at, expires_at=one.expires_at,
        )
        for one in due
    ]  # fmt: skip


def drop_visit_reminders(visit: Visit) -> None:
    """Nobody is to be reminded of the visit any more."""
    drop_reminders_of([visit.pk])


def drop_reminders_of(visits: Collection[UUID]) -> None:
    """Nobody is to be reminded of these visits any more."""
    Reminder.objects.filter(visit__in=visits, state=ReminderState.PENDING).update(state=ReminderState.CANCELLED)


def mark_shown(reminder: Reminder, now: datetime) -> None:
    """The app has shown a reminder: it is not sent once more. The first time counts; a repeat changes nothing."""
    shown = Reminder.objects.filter(pk=reminder.pk)
    shown.filter(shown_at=None).update(shown_at=now)
    shown.filter(unread_due_at__isnull=False).update(unread_due_at=None)
    shown.filter(is_repeat=True, state=ReminderState.PENDING).update(state=ReminderState.SENT)


def words_of(reminder: Reminder) -> str:
    """What the patient reads in the app, in their language. The mail says only that there is something to read."""
    patient, visit = reminder.patient, reminder.visit
    language = patient.language
    if visit is None:
        is_late = reminder.kind == ReminderKind.CHECK_IN and reminder.follows_silence
        return text(language, "reminder", ReminderKind.CHECK_IN_NUDGE if is_late else reminder.kind)
    booked_at = visit.booked_at if visit.status != VisitStatus.PLANNED else None
    key = reminder.kind if booked_at else f"{reminder.kind}_unbooked"
    with translation.override(language):
        day = date_format(visit_day(visit.planned_on, booked_at, patient.zone), "DATE_FORMAT")
        at = time_format(booked_at.astimezone(patient.zone), "TIME_FORMAT") if booked_at else ""
    return text(language, "reminder", key, date=day, time=at)


def _occurrence(visit: Visit, day: date) -> str:
    """Two visits on one day are two occasions, and so is one visit on two days."""
    return f"{day.isoformat()}:{visit.pk}"


def _plan(
    patient: Patient,
    kind: ReminderKind,
    occurrence: str,
    due_at: datetime,
    expires_at: datetime,
    *,
    visit: Visit | None = None,
) -> Reminder:
    """The reminder of this occasion, waiting for its time; as it is when it was sent or is being sent."""
    times = {"due_at": due_at, "expires_at": expires_at, "visit": visit}
    reminder, is_new = Reminder.objects.get_or_create(patient=patient, kind=kind, occurrence=occurrence, defaults=times)
    if not is_new:
        planned_again = Reminder.objects.filter(pk=reminder.pk).exclude(
            state__in=[ReminderState.SENT, ReminderState.SENDING]
        )
        planned_again.update(state=ReminderState.PENDING, attempt_count=0, lease_until=None, **times)
        reminder.refresh_from_db()
    return reminder
