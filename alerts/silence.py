"""Notices patients who do not answer: one nudge after a day, and the care team when it goes on.

Two check-ins in a row without an answer, or one while an urgent alert is open, make a routine alert "no report"
(clinical specification, section 7).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from alerts.models import Alert, CheckInPlan, Reminder
from alerts.models.reminder import ReminderKind
from alerts.raising import raise_alert
from alerts.schedule import ANSWER_WITHIN, SHORTEST_GAP
from alerts.timeline import lock_patient
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import SymptomReport, TreatmentCourse
from symptoms.models.patient import PatientStatus

logger = logging.getLogger(__name__)

BATCH: Final = 500
SILENT_IN_A_ROW: Final = 2
PUT_OFF: Final = timedelta(minutes=5)

NO_REPORT: Final = NotifyCareTeam(Problem.NO_REPORT, Urgency.ROUTINE, rules=("NO-REPORT",))


def judge_silence(now: datetime, limit: int = 1_000_000) -> int:
    """Judge the check-ins that stayed unanswered for a day, and return how many counted as silence.

    Each gets one nudge, unless the next check-in is about to be asked and is its nudge. Works in batches that
    any number of workers may claim at once.
    """
    silent = 0
    for _ in range(0, limit, BATCH):
        with transaction.atomic():
            batch: list[Any] = list(_claim(now))
            quiet = [check_in for check_in in batch if _is_silent(check_in)]
            Reminder.objects.filter(pk__in=[check_in.pk for check_in in batch]).update(answer_due_at=None)
            _count(quiet, now)
            nudges = [_nudge(check_in, now) for check_in in quiet if _needs_nudge(check_in, now)]
            Reminder.objects.bulk_create(nudges, ignore_conflicts=True)
        silent += len(quiet)
        if len(batch) < BATCH:
            break
    return silent


def _claim(now: datetime) -> QuerySet[Reminder]:
    """Up to a batch of check-ins whose day is up, with their plans, held until the transaction ends.

    Waits for nobody: a patient who is just reporting is looked at in the next sweep.
    """
    patient = OuterRef("patient")
    reports = SymptomReport.objects.filter(patient=patient, occurred_at__gte=OuterRef("due_at")).exclude(answers={})
    alerts = Alert.objects.not_closed().filter(patient=patient, urgency__gte=Urgency.URGENT)
    newer = Reminder.objects.filter(patient=patient, kind=ReminderKind.CHECK_IN, due_at__gt=OuterRef("due_at"))
    due = Reminder.objects.filter(answer_due_at__lte=now, patient__check_in_plan__isnull=False)
    due = due.annotate(
        is_answered=Exists(reports),
        is_treated=Exists(TreatmentCourse.objects.filter(patient=patient, ended_on=None)),
        has_urgent_alert=Exists(alerts),
        has_newer=Exists(newer),
    )
    held = due.select_for_update(skip_locked=True, of=("self", "patient__check_in_plan"))
    return held.select_related("patient__check_in_plan").order_by("answer_due_at")[:BATCH]


def _is_silent(check_in: Any) -> bool:
    """Whether nothing was heard. An answer in a talk that was broken off is one; who is not asked is not silent."""
    return not check_in.is_answered and check_in.is_treated and check_in.patient.status == PatientStatus.ACTIVE


def _count(silent: list[Any], now: datetime) -> None:
    """Count the silence of each patient, and mark whose care team has to be told."""
    plans = CheckInPlan.objects.filter(patient__in=[check_in.patient_id for check_in in silent])
    plans.update(silent_count=F("silent_count") + 1)
    urgent = [check_in.patient_id for check_in in silent if check_in.has_urgent_alert]
    waiting = plans.filter(no_report_due_at=None)
    waiting.filter(silent_count__gte=SILENT_IN_A_ROW).update(no_report_due_at=now)
    waiting.filter(patient__in=urgent).update(no_report_due_at=now)


def _needs_nudge(check_in: Any, now: datetime) -> bool:
    """Whether nothing else asks the patient in the next hours."""
    next_at = check_in.patient.check_in_plan.next_at
    return not check_in.has_newer and (next_at is None or next_at > now + SHORTEST_GAP)


def _nudge(check_in: Any, now: datetime) -> Reminder:
    return Reminder(
        patient_id=check_in.patient_id,
        kind=ReminderKind.CHECK_IN_NUDGE,
        occurrence=check_in.occurrence,
        due_at=now,
        expires_at=now + ANSWER_WITHIN,
    )


def tell_of_silence(now: datetime, limit: int = 1000) -> int:
    """Put the patients whose silence has become too long before their care teams; returns how many.

    One transaction for each, so that one that fails stops no other; it is tried again.
    """
    due = CheckInPlan.objects.filter(no_report_due_at__lte=now).order_by("no_report_due_at")
    return sum(_tell_safely(patient_id, now) for patient_id in due.values_list("patient", flat=True)[:limit])


def _tell_safely(patient_id: UUID, now: datetime) -> bool:
    try:
        return _tell(patient_id, now)
    except Exception:
        logger.exception("silence_not_told patient=%s", patient_id)
        CheckInPlan.objects.filter(patient=patient_id).update(no_report_due_at=now + PUT_OFF)
        return False


def _tell(patient_id: UUID, now: datetime) -> bool:
    """Raise the alert, unless the patient has reported, or is not asked any more, since it was found due."""
    with transaction.atomic():
        patient = lock_patient(patient_id)
        plan = CheckInPlan.objects.select_for_update().get(patient=patient)
        if plan.no_report_due_at is None or plan.no_report_due_at > now:
            return False
        plan.no_report_due_at, plan.silent_count = None, 0
        plan.save(update_fields=["no_report_due_at", "silent_count"])
        if patient.status != PatientStatus.ACTIVE:
            return False
        raise_alert(NO_REPORT, patient=patient, report=None, now=now)
        return True
