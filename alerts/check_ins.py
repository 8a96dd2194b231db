"""Asks every patient on treatment how they are, in the rhythm of the clinical specification (section 7).

Each patient has one plan row that says when the next check-in is due. A sweep turns due rows into reminders and
moves them on, a batch at a time; `reminding` delivers them. After downtime a patient is asked once.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alerts.models import CheckInPlan, Reminder
from alerts.models.reminder import ReminderKind, ReminderState
from alerts.schedule import SHORTEST_GAP, QuietHours, Settled, end_of_day, is_check_in_due, next_check_in
from symptoms.clinical.calendar import day_number, local_date
from symptoms.models import Episode, Patient, TreatmentCourse
from symptoms.models.patient import PatientStatus
from symptoms.prepared import Prepared, PreparedUpdate

logger = logging.getLogger(__name__)

BATCH: Final = 1000
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)
CHECK_INS: Final = [ReminderKind.CHECK_IN, ReminderKind.CHECK_IN_NUDGE]


SETTLE: Final = PreparedUpdate(CheckInPlan)


@Prepared
def PLAN(patient: Any) -> QuerySet[CheckInPlan]:  # noqa: N802  (a statement)
    """With what decides when it is due next."""
    return CheckInPlan.objects.select_for_update(of=("self",)).filter(patient=patient).annotate(**_deciding())


def _deciding() -> dict[str, Any]:
    course = TreatmentCourse.objects.filter(patient=OuterRef("patient"), ended_on=None)
    return {
        "first_dose_on": Subquery(course.values("first_dose_on")[:1]),
        "is_daily": Exists(Episode.objects.open().filter(patient=OuterRef("patient"))),
    }


def plan_check_ins(patient: Patient, course: TreatmentCourse | None, now: datetime) -> CheckInPlan | None:
    """Bring the next check-in in line with the patient's course, zone, quiet hours and status.

    None: the patient never had a plan and needs none. Without a running course, and while the patient is not
    written to, nothing is asked and silence counts for nothing. The caller holds the patient's row.
    """
    if course is None or patient.status != PatientStatus.ACTIVE:
        return _stop(patient)
    if day_number(course.first_dose_on, local_date(now, patient.zone)) < 1:
        _withdraw_questions(patient)
    plan, _ = CheckInPlan.objects.select_for_update().get_or_create(patient=patient)
    is_daily = Episode.objects.open().filter(patient=patient).exists()
    plan.next_at = _next_at(plan, patient, course.first_dose_on, now, is_daily=is_daily)
    plan.save(update_fields=["next_at"])
    return plan


def _stop(patient: Patient) -> CheckInPlan | None:
    _withdraw_questions(patient)
    plan = CheckInPlan.objects.select_for_update().filter(patient=patient).first()
    if plan is not None:
        plan.next_at = plan.no_report_due_at = None
        plan.silent_count = 0
        plan.save(update_fields=["next_at", "no_report_due_at", "silent_count"])
    return plan


def _withdraw_questions(patient: Patient) -> None:
    asked = Reminder.objects.filter(patient=patient, kind__in=CHECK_INS)
    asked.filter(state=ReminderState.PENDING).update(state=ReminderState.CANCELLED)
    asked.filter(answer_due_at__isnull=False).update(answer_due_at=None)


def settle_check_in(plan: CheckInPlan, patient: Patient, answered_at: datetime, now: datetime) -> datetime | None:
    """The patient has reported at `answered_at`: that day is not asked about any more, later days stay.

    Silence begins anew, unless a later day was asked about meanwhile: an old report says nothing of that one.
    Returns the moment of the next check-in; None when none is planned. The caller holds the patient's row, and the
    plan as PLAN reads it.
    """
    on, night = local_date(answered_at, patient.zone), end_of_day(answered_at, patient.zone)
    if plan.settled_on is None or on >= plan.settled_on:
        plan.settled_on = on
        plan.silent_count, plan.no_report_due_at = 0, None
    plan.not_before = max(night, plan.not_before) if plan.not_before else night
    first_dose_on: date | None = plan.first_dose_on  # type: ignore[attr-defined]  # an annotation, as is_daily
    if plan.next_at is not None and first_dose_on is not None:
        plan.next_at = _next_at(plan, patient, first_dose_on, now, is_daily=plan.is_daily)  # type: ignore[attr-defined]
    SETTLE(plan)
    return plan.next_at


def _next_at(plan: CheckInPlan, patient: Patient, first_dose_on: date, now: datetime, *, is_daily: bool) -> datetime:
    quiet = QuietHours(patient.zone, patient.quiet_from, patient.quiet_until)
    return next_check_in(first_dose_on, quiet, now, settled=_settled(plan), is_daily=is_daily)


def _settled(plan: CheckInPlan) -> Settled | None:
    if plan.settled_on is None or plan.not_before is None:
        return None
    return Settled(plan.settled_on, plan.not_before)


@dataclass(frozen=True, slots=True)
class DuePlan:
    """A plan whose moment has come, and what decides what follows."""

    patient_id: UUID
    next_at: datetime
    settled_on: date | None
    silent_count: int
    status: str
    time_zone: str
    quiet_from: time
    quiet_until: time
    first_dose_on: date | None
    is_daily: bool
    is_unanswered: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a due plan: when it is due again, if ever, and the occurrence of the check-in, if any.

    `settled_on` and `not_before` None leave the plan's own.
    """

    plan: DuePlan
    next_at: datetime | None
    occurrence: str | None = None
    settled_on: date | None = None
    not_before: datetime | None = None


def plan_due(now: datetime, limit: int = 1_000_000) -> int:
    """Turn the check-ins that are due at `now` into reminders, and return how many were planned.

    Works in batches that any number of workers may claim at once; each costs the same few statements.
    """
    planned = 0
    for _ in range(0, limit, BATCH):
        with transaction.atomic():
            batch = [DuePlan(*row) for row in _claim(now)]
            steps = [_step_safely(plan, now) for plan in batch]
            planned += _ask([step for step in steps if step.occurrence is not None])
            _move_on(steps)
        if len(batch) < BATCH:
            break
    return planned


def _claim(now: datetime) -> QuerySet[CheckInPlan, Any]:
    """Up to a batch of due plans, the longest waiting first, held until the transaction ends. Waits for nobody."""
    unanswered = Reminder.objects.filter(patient=OuterRef("patient"), answer_due_at__isnull=False)
    due = (
        CheckInPlan.objects.filter(next_at__lte=now)
        .order_by("next_at")
        .annotate(**_deciding(), is_unanswered=Exists(unanswered))
    )
    rows = due.select_for_update(skip_locked=True, of=("self",)).values_list(
        "patient_id", "next_at", "settled_on", "silent_count",
        "patient__status", "patient__time_zone", "patient__quiet_from", "patient__quiet_until",
        "first_dose_on", "is_daily", "is_unanswered",
    )  # fmt: skip
    return rows[:BATCH]


def _step_safely(plan: DuePlan, now: datetime) -> Step:
    """One plan that cannot be judged must not stop the others: it is put off, and the log says so."""
    try:
        return _step(plan, now)
    except Exception:
        logger.exception("check_in_not_planned patient=%s", plan.patient_id)
        return Step(plan, now + TRY_AGAIN_AFTER)


def _step(plan: DuePlan, now: datetime) -> Step:
    """What becomes of one due plan. Status and course are those of this moment, whatever was planned."""
    if plan.first_dose_on is None or plan.status != PatientStatus.ACTIVE:
        return Step(plan, None)
    quiet = QuietHours(ZoneInfo(plan.time_zone), plan.quiet_from, plan.quiet_until)
    if quiet.is_quiet(now):  # the service was down, and is back in the night
        return Step(plan, quiet.end_of_quiet(now))
    today = local_date(now, quiet.zone)
    settled = Settled(today, now + SHORTEST_GAP)
    next_at = next_check_in(plan.first_dose_on, quiet, now, settled=settled, is_daily=plan.is_daily)
    if not is_check_in_due(plan.first_dose_on, quiet.zone, now, settled_on=plan.settled_on, is_daily=plan.is_daily):
        return Step(plan, next_at)
    return Step(plan, next_at, f"{today.isoformat()}@{plan.time_zone}", settled.on, settled.not_before)


def _ask(steps: Sequence[Step]) -> int:
    """Write the reminders of these check-ins in one statement; one that exists stays. Returns how many are new."""
    rows = [
        (
            step.plan.patient_id,
            step.occurrence,
            step.plan.next_at,
            step.next_at,
            step.plan.is_unanswered or step.plan.silent_count > 0,
        )
        for step in steps
    ]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_reminder (id, patient_id, kind, occurrence, due_at, expires_at, follows_silence,"
            " state, channel, attempt_count, is_repeat, created_at)"
            " SELECT gen_random_uuid(), patient_id, %s, occurrence, due_at, expires_at, follows_silence,"
            " %s, '', 0, false, statement_timestamp()"
            " FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::boolean[])"
            " AS step (patient_id, occurrence, due_at, expires_at, follows_silence)"
            " ON CONFLICT (patient_id, kind, occurrence) DO NOTHING",
            [ReminderKind.CHECK_IN, ReminderState.PENDING, *(list(column) for column in zip(*rows, strict=True))],
        )
        return int(cursor.rowcount)


def _move_on(steps: Sequence[Step]) -> None:
    """Write down what is due next, in one statement."""
    rows = [(step.plan.patient_id, step.next_at, step.settled_on, step.not_before) for step in steps]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_checkinplan AS plan"
            " SET next_at = step.next_at, settled_on = COALESCE(step.settled_on, plan.settled_on),"
            " not_before = COALESCE(step.not_before, plan.not_before)"
            " FROM unnest(%s::uuid[], %s::timestamptz[], %s::date[], %s::timestamptz[])"
            " AS step (patient_id, next_at, settled_on, not_before)"
            " WHERE plan.patient_id = step.patient_id",
            [list(column) for column in zip(*rows, strict=True)],
        )
