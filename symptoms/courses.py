"""Changes of a running course and of a patient's status. Each re-plans the calendar in the same transaction.

Every function takes rows that may be stale, works on the rows as they are now, and returns them. Raises
ValidationError naming the field that is not right; then nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symptoms.clinical.actions import PlanCalendar
from symptoms.clinical.calendar import DAY_15, day_15_on, day_number, local_date
from symptoms.clinical.dosing import (
    DoseEventKind,
    DoseLine,
    DoseReason,
    end_of_treatment,
    next_dose_after,
    standing_on,
    stomatitis_interruptions,
)
from symptoms.flow.act import carry_out
from symptoms.flow.episodes import reset_clocks, resume_clocks
from symptoms.models import DoseEvent, Patient, TreatmentCourse, User
from symptoms.models.patient import NO_LONGER_FOLLOWED, PatientStatus

FURTHEST_AHEAD: Final = timedelta(days=366)
FURTHEST_BACK: Final = timedelta(days=3660)

MOST_MG_DAILY: Final = 30
"""The highest daily dose of any regimen in the review, temsirolimus in HORIZON (S-20); more is a slip of the pen."""


def check_course(course: TreatmentCourse, today: date) -> None:
    """Raise ValidationError for a course that cannot be true, and for one that is beside another of its patient."""
    problems = {}
    if not today - FURTHEST_BACK <= course.first_dose_on <= today + FURTHEST_AHEAD:
        problems["first_dose_on"] = _("Give a day within the last ten years or the next year.")
    elif (standing := _standing_before(course)) is not None:
        problems["first_dose_on"] = _(
            "By the dose log the drug has not been taken since %(day)s, which is before this day. If that line is "
            "wrong, a restart of its own day takes it back."
        ) % {"day": _write(standing)}
    if course.baseline_ct_on is not None and not today - FURTHEST_BACK <= course.baseline_ct_on <= today:
        problems["baseline_ct_on"] = _("Give the day on which the scan was made, at most ten years back.")
    if course.ended_on is not None and course.ended_on < course.first_dose_on:
        problems["ended_on"] = _("This day is before the first dose.")
    if problem := _dose_problem(course.starting_dose_mg):
        problems["starting_dose_mg"] = problem
    if course.ended_on is None and _others(course).filter(ended_on=None).exists():
        problems["patient"] = _("This patient has a running course. Record in its dose log that it stopped.")
    elif (beside := _beside(course)) is not None:
        problems["first_dose_on"] = _("Another course of this patient went on until %(day)s.") % {
            "day": date_format(beside, "DATE_FORMAT")
        }
    if problems:
        raise ValidationError(problems)


def _dose_problem(dose_mg: Decimal | int) -> str | None:
    if dose_mg <= 0:
        return _("Give the daily dose in milligrams. Without a dose, record an interruption.")
    if dose_mg > MOST_MG_DAILY:
        return _("Give the daily dose in milligrams: it is 10 in the approved regimen, and never above %(most)d.") % {
            "most": MOST_MG_DAILY
        }
    return None


def _standing_before(course: TreatmentCourse) -> DoseLine | None:
    """The line of the dose log by which the drug was not taken before a first dose that moves; None: there is none."""
    if not TreatmentCourse.objects.filter(pk=course.pk).exclude(first_dose_on=course.first_dose_on).exists():
        return None
    return standing_on([event.line for event in course.dose_events.all()], course.first_dose_on - timedelta(days=1))


def _others(course: TreatmentCourse) -> QuerySet[TreatmentCourse]:
    return TreatmentCourse.objects.filter(patient=course.patient_id).exclude(pk=course.pk)


def _beside(course: TreatmentCourse) -> date | None:
    """The last day of a course that has ended and ran beside this one; None: there is none."""
    others = _others(course).filter(ended_on__gt=course.first_dose_on)
    if course.ended_on is not None:
        others = others.filter(first_dose_on__lt=course.ended_on)
    return others.order_by("-ended_on").values_list("ended_on", flat=True).first()


def replan(patient: Patient, now: datetime) -> None:
    """Bring visits, reminders and open questions in line with the patient's course, zone, hours and status."""
    with transaction.atomic():
        carry_out([PlanCalendar()], patient=patient, report=None, now=now)
        reset_clocks(patient)


def ct_warning(course: TreatmentCourse) -> str | None:
    """What is wrong with the chest CT that later ones are to be compared with (S-17); None when nothing is.

    A CT made after the first dose is kept, being the best there is, but is no baseline.
    """
    if course.baseline_ct_on is None:
        return _("No baseline chest CT is recorded (S-17).")
    if course.baseline_ct_on > course.first_dose_on:
        return _("The chest CT was made after the first dose and is no baseline (S-17).")
    return None


def start_notice(first_dose_on: date, today: date) -> str | None:
    """What it means for the calendar that a course does not begin today; None when it does.

    Of a course that began before, only what is still ahead is sent; a day 15 that is over without a visit on record
    is a routine alert.
    """
    day = day_number(first_dose_on, today)
    if day == 1:
        return None
    if day < 1:
        return _(
            "Day 1 is still ahead: on %(date)s. Check-ins begin then; until then the patient can report at any time."
        ) % {"date": date_format(first_dose_on, "DATE_FORMAT")}
    if day <= DAY_15:
        return _(
            "This course began in the past: today is day %(day)d. Check-ins and reminders begin now; those of the days "
            "before are not sent. Day 15 is on %(date)s."
        ) % {"day": day, "date": date_format(day_15_on(first_dose_on), "DATE_FORMAT")}
    return _(
        "This course began in the past: today is day %(day)d, and day 15 was on %(date)s. Check-ins begin now. Unless "
        "that visit is marked as attended or was cancelled, it stands in the worklist as missed, as a routine alert."
    ) % {"day": day, "date": date_format(day_15_on(first_dose_on), "DATE_FORMAT")}


def earlier_stomatitis_interruptions(patient: Patient) -> int:
    """How often stomatitis interrupted the drug on all dose logs of a patient (S-09). One query."""
    log = DoseEvent.objects.filter(course__patient=patient)
    return stomatitis_interruptions(event.line for event in log)


def move_first_dose(course: TreatmentCourse, first_dose_on: date, now: datetime) -> TreatmentCourse:
    """The first dose is, or was, on another day: the visit and the reminders that are still ahead move with it."""
    with transaction.atomic():
        held = _hold(course)
        held.first_dose_on = first_dose_on
        check_course(held, local_date(now, held.patient.zone))
        held.save(update_fields=["first_dose_on"])
        replan(held.patient, now)
        return held


def record_dose_event(
    course: TreatmentCourse,
    *,
    kind: DoseEventKind | str,
    happened_on: date,
    now: datetime,
    dose_mg: Decimal | int | None = None,
    reason: DoseReason | str = DoseReason.OTHER,
    note: str = "",
    by: User | None = None,
) -> DoseEvent:
    """Write a line of the dose log (S-01). Check-ins go on while the drug is interrupted.

    `stopped` ends the course on that day; `restarted` from then on takes it up again, with its visits and check-ins. A
    change needs the new daily dose. A line that does not fit those before it is refused (`check_dose_event`).
    """
    with transaction.atomic():
        held = _hold(course)
        event = DoseEvent(
            course=held,
            kind=kind,
            happened_on=happened_on,
            dose_mg=dose_mg,
            reason=reason,
            note=note,
            recorded_by=by,
        )
        check_dose_event(event, now)
        event.save()
        held.ended_on = end_of_treatment(line.line for line in held.dose_events.all())
        held.save(update_fields=["ended_on"])
        replan(held.patient, now)
        return event


def check_dose_event(event: DoseEvent, now: datetime, beside: Iterable[DoseLine] = ()) -> None:
    """Raise ValidationError for a line of the dose log that cannot be true.

    It has to fit what the log says of its day: of lines of one day the later one counts, so that a line which was
    recorded by mistake can always be taken back. `beside`: lines that are about to be recorded before it.
    """
    event.full_clean(exclude=["course", "recorded_by"])
    problems = {}
    if event.happened_on > local_date(now, event.course.patient.zone):
        problems["happened_on"] = _("The dose log records what happened: this day is still ahead.")
    elif event.happened_on < event.course.first_dose_on:
        problems["happened_on"] = _("This day is before the first dose.")
    if event.dose_mg is not None and (problem := _dose_problem(event.dose_mg)):
        problems["dose_mg"] = problem
    elif event.kind == DoseEventKind.CHANGED and event.dose_mg is None:
        problems["dose_mg"] = _("Give the new daily dose in milligrams.")
    if not problems and (misfit := _misfit(event, [*_log_of(event.course), *beside])):
        problems["kind"] = misfit
    if problems:
        raise ValidationError(problems)


def _log_of(course: TreatmentCourse) -> Iterator[DoseLine]:
    """The dose log; of a course that ended without a line about it, with that line."""
    log = [event.line for event in course.dose_events.all()]
    if course.ended_on is not None and end_of_treatment(log) is None:
        yield DoseLine(DoseEventKind.STOPPED, course.ended_on, None, DoseReason.OTHER)
    yield from log


def _misfit(event: DoseEvent, log: Sequence[DoseLine]) -> str | None:
    """Why a line does not fit the others of its course; None when it does."""
    kind, standing = DoseEventKind(event.kind), standing_on(log, event.happened_on)
    if standing is not None and kind is not DoseEventKind.RESTARTED:
        if standing.kind is DoseEventKind.STOPPED:
            return _("The drug was stopped on %(day)s. Record first that it was restarted, and on which day.") % {
                "day": _write(standing)
            }
        if kind is not DoseEventKind.STOPPED:
            return _during_an_interruption(kind) % {"day": _write(standing)}
    if standing is None and kind is DoseEventKind.RESTARTED:
        return _("The drug was not interrupted on that day. For another dose choose “dose changed”.")
    if kind is DoseEventKind.STOPPED and (later := next_dose_after(log, event.happened_on)):
        return _("The dose was changed on %(day)s, so the drug was still taken then. Record a stop after it.") % {
            "day": _write(later)
        }
    is_taken_up = event.course.ended_on is not None and end_of_treatment([*log, event.line]) is None
    if is_taken_up and _others(event.course).filter(ended_on=None).exists():
        return _("This patient has another course that is running: write in the dose log of that one.")
    return None


def _during_an_interruption(kind: DoseEventKind) -> str:
    if kind is DoseEventKind.CHANGED:
        return _("The drug has been interrupted since %(day)s. Record that it was restarted, with the new dose.")
    return _(
        "The drug has been interrupted since %(day)s. Record first that it was restarted, and on which day. If that "
        "line is wrong, a restart of its own day takes it back."
    )


def _write(line: DoseLine) -> str:
    return date_format(line.happened_on, "DATE_FORMAT")


def set_status(patient: Patient, status: PatientStatus | str, now: datetime) -> Patient:
    """Pause, withdraw, resume, or note a death. Reports are judged whatever the status."""
    if status not in list(PatientStatus):
        raise ValidationError({"status": _("Give one of active, paused, withdrawn, deceased.")})
    with transaction.atomic():
        held = Patient.objects.select_for_update(no_key=True, of=("self",)).select_related("clinic").get(pk=patient.pk)
        has_come_back = held.status in NO_LONGER_FOLLOWED and status not in NO_LONGER_FOLLOWED
        held.status = PatientStatus(status)
        held.save(update_fields=["status"])
        replan(held, now)
        if has_come_back:
            resume_clocks(held, now)
        return held


def _hold(course: TreatmentCourse) -> TreatmentCourse:
    """The course as it is now; its patient is held until the transaction ends, as everywhere before other rows."""
    patients = Patient.objects.select_for_update(no_key=True, of=("self",)).select_related("clinic")
    patient = patients.get(pk=course.patient_id)
    held = TreatmentCourse.objects.get(pk=course.pk)
    held.patient = patient
    return held
