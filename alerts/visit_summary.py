"""Sums up for the clinician what a patient has reported since the first dose: one page for the visit (S-14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Prefetch

from alerts.models import Alert, Reminder, Visit, VisitChecklist
from alerts.models.reminder import ReminderKind, ReminderState
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clinical.terms import Slot, Urgency
from symptoms.courses import ct_warning
from symptoms.models import Assessment, DoseEvent, Episode, Patient, SymptomReport, TreatmentCourse

MOST_LINES: Final = 28
"""What fits on one page."""

COLUMNS: Final[dict[str, Slot]] = {
    "sores": Slot.MOUTH_COUNT,
    "pain": Slot.MOUTH_SEVERITY,
    "eating": Slot.MOUTH_INTAKE,
    "cough": Slot.COUGH_SEVERITY,
    "breathlessness": Slot.DYSPNEA_SEVERITY,
    "exertion": Slot.DYSPNEA_EXERTION,
    "temperature °C": Slot.FEVER_TEMPERATURE_C,
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report: the day, the answers of the main slots as given, the rules that fired."""

    on: date
    day: int
    urgency: str
    answers: tuple[str, ...]
    rules: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """All that a patient reported between the first dose and `now`, by the patient's calendar.

    `lines` are the reports with something in them, the latest first; `more` says how many older ones do not fit
    on the page, `quiet` in how many nothing was found. `unanswered` counts check-ins without a report that day.
    """

    visit: Visit
    patient: Patient
    course: TreatmentCourse
    day: int
    warning: str | None
    columns: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    more: int
    quiet: int
    worst: tuple[tuple[str, str], ...]
    other_symptoms: tuple[tuple[str, int, int], ...]
    episodes: tuple[Episode, ...]
    alerts: tuple[Alert, ...]
    dose_events: tuple[DoseEvent, ...]
    asked: int
    unanswered: int
    checklist: VisitChecklist | None
    made_at: datetime


def summarise(visit: Visit, now: datetime) -> VisitSummary:
    """The summary for one visit. A handful of queries, whatever the length of the history."""
    course, patient = visit.course, visit.patient
    since = moment_of(course.first_dose_on, time.min, patient.zone)
    reports = _reports_since(patient, since, now)
    lines = [_line(report, course) for report in reports]
    telling = [line for line in lines if _is_telling(line)]
    asked_on, answered_on = _asked_days(patient, since, now), {line.on for line in lines}
    return VisitSummary(
        visit=visit,
        patient=patient,
        course=course,
        day=course.day_number(local_date(now, patient.zone)),
        warning=ct_warning(course),
        columns=tuple(COLUMNS),
        lines=tuple(telling[:MOST_LINES]),
        more=max(0, len(telling) - MOST_LINES),
        quiet=len(lines) - len(telling),
        worst=tuple(_worst(reports)),
        other_symptoms=tuple(_other_symptoms(reports)),
        episodes=tuple(patient.episodes.filter(opened_at__gte=since, opened_at__lte=now).order_by("opened_at")),
        alerts=tuple(patient.alerts.filter(raised_at__gte=since, raised_at__lte=now).order_by("-raised_at")),
        dose_events=tuple(course.dose_events.all()),
        asked=len(asked_on),
        unanswered=len(asked_on - answered_on),
        checklist=visit.checklists.select_related("recorded_by__user").last(),
        made_at=now.astimezone(patient.zone),
    )


def _reports_since(patient: Patient, since: datetime, now: datetime) -> list[SymptomReport]:
    """The reports with their judgements, the latest first."""
    judgements = Prefetch("assessments", Assessment.objects.defer("facts", "advice"))
    reports = SymptomReport.objects.filter(patient=patient, occurred_at__gte=since, occurred_at__lte=now)
    return list(reports.prefetch_related(judgements).order_by("-occurred_at"))


def _asked_days(patient: Patient, since: datetime, now: datetime) -> set[date]:
    """The days on which a check-in went out."""
    sent = Reminder.objects.filter(
        patient=patient, kind=ReminderKind.CHECK_IN, state=ReminderState.SENT, sent_at__gte=since, sent_at__lte=now
    )
    return {local_date(moment, patient.zone) for moment in sent.values_list("sent_at", flat=True) if moment}


def _line(report: SymptomReport, course: TreatmentCourse) -> ReportLine:
    on = local_date(report.occurred_at, course.patient.zone)
    rules = {finding["rule"]: None for assessment in report.assessments.all() for finding in assessment.findings}
    return ReportLine(
        on=on,
        day=course.day_number(on),
        urgency="not judged yet" if report.urgency is None else Urgency(report.urgency).code.replace("_", "-"),
        answers=tuple(_show(report.answers.get(slot)) for slot in COLUMNS.values()),
        rules=", ".join(rules),
        words=str(report.answers.get(Slot.OTHER_TEXT) or ""),
    )


def _is_telling(line: ReportLine) -> bool:
    return (
        line.urgency != "none" or bool(line.words) or any(answer not in ("", "0", "normal") for answer in line.answers)
    )


def _show(value: Any) -> str:
    return "" if value is None else str(value).replace("_", " ")


def _worst(reports: Iterable[SymptomReport]) -> Iterable[tuple[str, str]]:
    """The highest stated number of each numeric column; words are not ranked."""
    answers: list[Mapping[str, Any]] = [report.answers for report in reports]
    for name, slot in COLUMNS.items():
        numbers = [value for one in answers if isinstance(value := one.get(slot), int | float) and value is not True]
        if numbers:
            yield name, f"{max(numbers):g}"


def _other_symptoms(reports: Iterable[SymptomReport]) -> Iterable[tuple[str, int, int]]:
    """The remaining side effects of Table 2 (S-19): name, worst severity 0-4, in how many reports."""
    worst: dict[str, int] = {}
    times: Counter[str] = Counter()
    for report in reports:
        others = report.answers.get(Slot.OTHER_SYMPTOMS)
        for name, severity in others.items() if isinstance(others, dict) else ():
            if isinstance(severity, int) and severity > 0:
                worst[name] = max(worst.get(name, 0), severity)
                times[name] += 1
    return [(name.replace("_", " "), worst[name], times[name]) for name in sorted(worst, key=lambda one: -worst[one])]
