"""Plans what a patient is reminded of or asked, as rows with a due time; `reminding` delivers them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from alerts.check_ins import CHECK_INS, PLAN, settle_check_in
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
from symptoms.prepared import Prepared, Together
from symptoms.wording import day_in_words, text

QUESTIONS: Final = [ReminderKind.RECHECK, ReminderKind.STILL_SORE, *CHECK_INS]
"""Reminders that ask for a report: needless once there is one."""

OPEN_QUESTION: Final = Prepared(
    lambda patient, night: Reminder.objects.filter(
        Q(answer_due_at__isnull=False, sent_at__lt=night)
        | Q(Q(unread_due_at__isnull=False) | Q(state=ReminderState.PENDING), kind__in=QUESTIONS, due_at__lt=night),
        patient=patient,
    )[:1]
)
ANSWERED: Final = Together(OPEN_QUESTION, PLAN)
PLANNED: Final = Prepared(lambda patient: CheckInPlan.objects.filter(patient=patient, next_at__isnull=False))

AS_NEW: Final[dict[str, Any]] = {
    "attempt_count": 0, "lease_until": None, "sent_at": None, "channel": "", "shown_at": None, "unread_due_at": None,
    "is_repeat": False,
}  # fmt: skip

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
    plan = PLANNED.first(patient=patient.pk)
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
    with transaction.atomic(savepoint=False):
        patient = lock_patient(patient.pk)
        answered_at = now if report is None else report.occurred_at
        night = end_of_day(answered_at, patient.zone)
        open_questions, plans = ANSWERED.all(patient=patient.pk, night=night)
        if open_questions:
            _answer_questions(patient, night)
        return settle_check_in(plans[0], patient, answered_at, now) if plans else None


def _answer_questions(patient: Patient, night: datetime) -> None:
    """Whatever was asked before the night is answered: nothing of it is sent, repeated or waited for."""
    asked = Reminder.objects.filter(patient=patient, answer_due_at__isnull=False, sent_at__lt=night)
    asked.update(answer_due_at=None)
    questions = Reminder.objects.filter(patient=patient, kind__in=QUESTIONS, due_at__lt=night)
    questions.filter(unread_due_at__isnull=False).update(unread_due_at=None)
    waiting = questions.filter(state=ReminderState.PENDING)
    waiting.filter(is_repeat=True).update(state=ReminderState.SENT)
    waiting.filter(is_repeat=False).update(state=ReminderState.CANCELLED)


def plan_visit_reminders(visit: Visit, patient: Patient, now: datetime) -> list[Reminder]:
    """Bring the reminders of a visit in line with its present day and time.

    What was sent about another day or time keeps its words, and is superseded while it could still mislead: it is
    neither repeated nor shown. None for somebody whom the service does not write to.
    """
    reminders = Reminder.objects.filter(visit=visit)
    if patient.status != PatientStatus.ACTIVE:
        reminders.filter(state=ReminderState.PENDING, is_repeat=False).update(state=ReminderState.CANCELLED)
        return []
    booked_at = visit.booked_at if visit.status == VisitStatus.BOOKED else None
    there = patient.clinic.zone
    day = visit_day(visit.planned_on, booked_at, there)
    occurrence = _occurrence(visit, day)
    same = Q(about_on=day, about_at=booked_at) if booked_at else Q(about_on=day, about_at__isnull=True)
    ahead = reminders.filter(same, state=ReminderState.PENDING, is_repeat=False, due_at__gt=now)
    due = visit_reminders(
        visit.planned_on,
        booked_at,
        quiet_hours_of(patient),
        now,
        clinic_zone=there,
        waiting=set(ahead.values_list("kind", flat=True)),
    )
    _take_back(reminders.exclude(same), ReminderState.SUPERSEDED, now)
    # One that is due at this moment, about this very day, is left to be sent.
    outdated = reminders.filter(state=ReminderState.PENDING).exclude(same, due_at__lte=now)
    outdated.update(state=ReminderState.CANCELLED)
    about = {"visit": visit, "about_on": day, "about_at": booked_at}
    return [_plan(patient, ReminderKind(one.kind), occurrence, one.due_at, one.expires_at, **about) for one in due]


def visit_reminder_rows(visit: Visit, patient: Patient, now: datetime) -> list[Reminder]:
    """The reminders of an unbooked visit that has none, not saved; none for somebody who is not written to."""
    if patient.status != PatientStatus.ACTIVE:
        return []
    on = visit.planned_on
    due = visit_reminders(on, None, quiet_hours_of(patient), now)
    return [
        Reminder(
            patient=patient, visit=visit, kind=one.kind, occurrence=_occurrence(visit, on), about_on=on,
            due_at=one.due_at, expires_at=one.expires_at,
        )
        for one in due
    ]  # fmt: skip


def drop_visit_reminders(visit: Visit, now: datetime) -> None:
    """Nobody is to be reminded of the visit any more."""
    drop_reminders_of([visit.pk], now)


def drop_reminders_of(visits: Collection[UUID], now: datetime) -> None:
    """Nobody is to be reminded of these visits any more; what was sent of them is neither repeated nor shown."""
    reminders = Reminder.objects.filter(visit__in=visits)
    _take_back(reminders, ReminderState.CANCELLED, now)
    reminders.filter(state=ReminderState.PENDING).update(state=ReminderState.CANCELLED)


def _take_back(reminders: QuerySet[Reminder], state: ReminderState, now: datetime) -> None:
    """What was sent, or waits to be sent once more, is over; once it is too late to mislead, it stays sent."""
    sent = reminders.filter(Q(state=ReminderState.SENT) | Q(state=ReminderState.PENDING, is_repeat=True))
    sent.filter(expires_at__gt=now).update(state=state, unread_due_at=None)
    sent.filter(expires_at__lte=now).update(state=ReminderState.SENT, unread_due_at=None)


def mark_shown(reminder: Reminder, now: datetime) -> None:
    """The app has shown a reminder: it is not sent once more. The first time counts; a repeat changes nothing."""
    shown = Reminder.objects.filter(pk=reminder.pk)
    shown.filter(shown_at=None).update(shown_at=now)
    shown.filter(unread_due_at__isnull=False).update(unread_due_at=None)
    shown.filter(is_repeat=True, state=ReminderState.PENDING).update(state=ReminderState.SENT)


def words_of(reminder: Reminder) -> str:
    """What the patient reads in the app, in their language; the time of a visit is that of the clinic's clock.

    The mail says only that there is something to read.
    """
    patient, visit = reminder.patient, reminder.visit
    language = patient.language
    if visit is None:
        is_late = reminder.kind == ReminderKind.CHECK_IN and reminder.follows_silence
        return text(language, "reminder", ReminderKind.CHECK_IN_NUDGE if is_late else reminder.kind)
    day, booked_at = _about(reminder, visit)
    key = reminder.kind if booked_at else f"{reminder.kind}_unbooked"
    at = f"{booked_at.astimezone(patient.clinic.zone):%H:%M}" if booked_at else ""
    return text(language, "reminder", key, date=day_in_words(language, day), time=at)


def _about(reminder: Reminder, visit: Visit) -> tuple[date, datetime | None]:
    """The day and the booked time that a reminder tells of; a row of an older release tells of the present ones."""
    if reminder.about_on is not None:
        return reminder.about_on, reminder.about_at
    booked_at = visit.booked_at if visit.status != VisitStatus.PLANNED else None
    return visit_day(visit.planned_on, booked_at, reminder.patient.clinic.zone), booked_at


def is_outdated(reminder: Reminder) -> bool:
    """Whether a reminder tells of a visit that will not take place, or not as it says."""
    visit = reminder.visit
    if visit is None:
        return False
    if visit.status == VisitStatus.BOOKED:
        return reminder.about_on is not None and reminder.about_at != visit.booked_at
    if visit.status == VisitStatus.PLANNED:
        return reminder.about_at is not None or reminder.about_on not in (None, visit.planned_on)
    return True


def _occurrence(visit: Visit, day: date) -> str:
    """Two visits on one day are two occasions, and so is one visit on two days."""
    return f"{day.isoformat()}:{visit.pk}"


def _plan(
    patient: Patient, kind: ReminderKind, occurrence: str, due_at: datetime, expires_at: datetime, **about: Any
) -> Reminder:
    """The reminder of this occasion, waiting for its time; as it is when it was sent or is being sent.

    `about` is the visit with its day and time.
    """
    plan = {"due_at": due_at, "expires_at": expires_at, **about}
    reminder, is_new = Reminder.objects.get_or_create(patient=patient, kind=kind, occurrence=occurrence, defaults=plan)
    if not is_new:
        planned_again = Reminder.objects.filter(pk=reminder.pk).exclude(
            state__in=[ReminderState.SENT, ReminderState.SENDING]
        )
        planned_again.update(state=ReminderState.PENDING, **AS_NEW, **plan)
        reminder.refresh_from_db()
    return reminder
