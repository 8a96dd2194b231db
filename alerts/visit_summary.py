"""Sums up for the clinician what a patient has reported since the first dose: one page for the visit (S-14).

Everything has a fixed number of lines, and the page says what it leaves out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch
from django.utils.formats import number_format
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alerts.models import Alert, Reminder, Visit, VisitChecklist
from alerts.models.alert import AlertState
from alerts.models.reminder import ReminderKind, ReminderState
from alerts.reasons import reason_of
from alerts.stated import COLUMNS, Stated, danger_signs, is_stated, read_stated, worst_of
from symptoms.admin.overview.treatment import dose_now, written_dose
from symptoms.admin.words import say
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clinical.dosing import stomatitis_interruptions
from symptoms.clinical.terms import Slot, Urgency
from symptoms.courses import ct_warning
from symptoms.models import Assessment, DoseEvent, Episode, Patient, SymptomReport, TreatmentCourse
from symptoms.models.saying import write_plain_day

MOST_DAYS: Final = 12
MOST_WORDS: Final = 3
MOST_EPISODES: Final = 4
MOST_ALERTS: Final = 5
MOST_DOSE_EVENTS: Final = 4
MOST_RULES: Final = 1
MOST_CHARACTERS: Final = 42
MOST_SIGNS: Final = 1
"""What fits on one page of A4; `tests/alerts/test_printing.py` prints it."""

DECIMAL: Final = re.compile(r"[0-9]+[.][0-9]+")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WIDTHS_MM: Final = (18, 7, 19, 9, 9, 8, 14, 9, 10, 13, 15, 25)
"""Of the columns on paper: every value fits on two lines. The rules have the rest."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """All reports of one day: how many, the highest urgency, of each column its name and worst answer, what else was
    stated.

    `signs` are signs of danger, `rules` those that fired, of the highest urgency first; each ends in "+2" when two
    more are in the record.
    """

    on: date
    day: int
    reports: int
    is_amended: bool
    urgency_code: str
    urgency: str
    answers: tuple[tuple[str, str], ...]
    signs: str
    rules: str


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """All that a patient reported between the first dose and `now`, by the patient's calendar.

    `days` are those with something in them, the latest first; `quiet` says in how many reports nothing was found;
    `left_out` what does not fit on the page. `unanswered` counts check-ins without a report that day.
    """

    visit: Visit
    visit_words: str
    patient: Patient
    course: TreatmentCourse
    regimen: str
    started: str
    dose_now: str
    is_interrupted: bool
    interruptions: int
    suggested_grades: str
    clinicians_grades: str
    taught: str
    day: int
    warning: str | None
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    days: tuple[DayLine, ...]
    words: tuple[tuple[date, str], ...]
    quiet: int
    worst: tuple[tuple[str, str], ...]
    signs: tuple[str, ...]
    other_symptoms: tuple[tuple[str, int, int], ...]
    episodes: tuple[Episode, ...]
    alerts: tuple[tuple[datetime, str], ...]
    dose_events: tuple[tuple[date, str], ...]
    left_out: tuple[str, ...]
    asked: int
    unanswered: int
    checklist: VisitChecklist | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One report, read: its day, and whether there is anything in it."""

    report: SymptomReport
    on: date
    stated: Stated
    words: str

    @property
    def is_telling(self) -> bool:
        is_judged_quiet = self.report.urgency == Urgency.NONE
        return not is_judged_quiet or bool(self.words) or is_stated(self.stated)


def summarise(visit: Visit, now: datetime) -> VisitSummary:
    """The summary for one visit. A handful of queries, whatever the length of the history."""
    course, patient = visit.course, visit.patient
    since = moment_of(course.first_dose_on, time.min, patient.zone)
    told = [_read(report, patient) for report in _reports_since(patient, since, now)]
    telling = [one for one in told if one.is_telling]
    on_days: dict[date, list[Told]] = {}
    for one in telling:
        on_days.setdefault(one.on, []).append(one)
    words = [(one.on, one.words) for one in told if one.words]
    episodes = patient.episodes.filter(opened_at__gte=since, opened_at__lte=now).order_by("-opened_at")
    alerts = patient.alerts.filter(raised_at__gte=since, raised_at__lte=now).order_by("-raised_at")
    doses = list(DoseEvent.objects.filter(course__patient=patient))
    own_doses = [one for one in doses if one.course_id == course.pk]
    today = local_date(now, patient.zone)
    dose, is_interrupted = dose_now(course, own_doses, today)
    parts: dict[str, tuple[list[Any], int]] = {
        _("earlier days with findings"): (list(on_days.items()), MOST_DAYS),
        _("earlier words of the patient"): (words, MOST_WORDS),
        _("episodes"): (sorted(episodes, key=lambda one: one.closed_on is not None), MOST_EPISODES),
        _("alerts"): (sorted(alerts, key=lambda one: one.state == AlertState.CLOSED), MOST_ALERTS),
        _("older lines of the dose log"): (own_doses[::-1], MOST_DOSE_EVENTS),
    }
    days, words, episodes_shown, alerts_shown, dose_events = (rows[:most] for rows, most in parts.values())
    asked_on, answered_on = _asked_days(patient, since, now), {one.on for one in told}
    return VisitSummary(
        visit=visit,
        visit_words=f"{say(visit.kind)} ({say(visit.status)})",
        patient=patient,
        course=course,
        regimen=say(course.regimen),
        started=written_dose(course.starting_dose_mg),
        dose_now=dose,
        is_interrupted=is_interrupted,
        interruptions=stomatitis_interruptions(one.line for one in doses),
        suggested_grades=_suggested_grades(told),
        clinicians_grades=_clinicians_grades(patient),
        taught=import_string(settings.TAUGHT_IN_SHORT)(patient),
        day=course.day_number(today),
        warning=ct_warning(course),
        columns=tuple(say(name) for name in COLUMNS),
        widths=WIDTHS_MM,
        days=tuple(_day_line(on, reports, course) for on, reports in days),
        words=tuple(words),
        quiet=len(told) - len(telling),
        worst=tuple(_with_unit(name, value) for name, value in worst_of(one.stated for one in told).items() if value),
        signs=tuple(sorted({say(sign) for one in told for sign in danger_signs(one.stated)})),
        other_symptoms=tuple(_other_symptoms(one.report for one in told)),
        episodes=tuple(episodes_shown),
        alerts=tuple((one.raised_at, _alert_in_words(one)) for one in alerts_shown),
        dose_events=tuple((one.happened_on, _dose_in_words(one)) for one in dose_events[::-1]),
        left_out=tuple(f"{len(rows) - most} {what}" for what, (rows, most) in parts.items() if len(rows) > most),
        asked=len(asked_on),
        unanswered=len(asked_on - answered_on),
        checklist=visit.checklists.standing().select_related("recorded_by__user").last(),
        made_at=now.astimezone(patient.zone),
    )


def _read(report: SymptomReport, patient: Patient) -> Told:
    on = local_date(report.occurred_at, patient.zone)
    words = report.answers.get(Slot.OTHER_TEXT)
    return Told(report, on, read_stated(report.answers, on), words if isinstance(words, str) else "")


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


def _day_line(on: date, told: Sequence[Told], course: TreatmentCourse) -> DayLine:
    urgencies = [one.report.urgency for one in told]
    known = [urgency for urgency in urgencies if urgency is not None]
    words = [_("not judged yet")] if None in urgencies else []
    words += [say(Urgency(max(known)).code)] if known else []
    signs = dict.fromkeys(say(sign) for one in told for sign in danger_signs(one.stated))
    return DayLine(
        on=on,
        day=course.day_number(on),
        reports=len(told),
        is_amended=any(one.report.amended_answers is not None for one in told),
        urgency_code=Urgency(max(known)).code if known else "",
        urgency=", ".join(words),
        answers=tuple(
            (say(name), _written(value, name)) for name, value in worst_of(one.stated for one in told).items()
        ),
        signs=_first(list(signs), MOST_SIGNS),
        rules=_first(_rules(told), MOST_RULES),
    )


def _rules(told: Iterable[Told]) -> list[str]:
    """The rules that fired by their words, each once, those of the most urgent findings first."""
    findings = [finding for one in told for judged in one.report.assessments.all() for finding in judged.findings]
    findings.sort(key=lambda finding: -Urgency.from_code(finding["urgency"]))
    rules = dict.fromkeys(finding["rule"] for finding in findings)
    return [Truncator(reason_of(rule).text).chars(MOST_CHARACTERS) for rule in rules]


def _alert_in_words(alert: Alert) -> str:
    outcome = f" ({say(alert.outcome, of='outcome')})" if alert.outcome else ""
    return f"{say(alert.problem, of='problem')}, {say(Urgency(alert.urgency).code)}: {say(alert.state)}{outcome}"


def _dose_in_words(event: DoseEvent) -> str:
    dose = f" {written_dose(event.dose_mg)}" if event.dose_mg is not None else ""
    return f"{say(event.kind)}{dose} ({say(event.reason)})"


def _written(value: str, of: str = "") -> str:
    """A value of a column in words; a number and a day as the reader's language writes them."""
    if DAY.fullmatch(value):
        return write_plain_day(date.fromisoformat(value))
    return number_format(value) if DECIMAL.fullmatch(value) else say(value, of)


def _with_unit(name: str, value: str) -> tuple[str, str]:
    """What a value is of, and the value; a temperature bears its unit."""
    return ("", f"{_written(value)} °C") if name == "°C" else (say(name), _written(value, name))


def _suggested_grades(told: Iterable[Told]) -> str:
    """The worst grade of stomatitis that the answers suggested, and the last one, the latest report first."""
    grades = [
        max(given)
        for one in told
        if (given := [judged.stomatitis_grade_review or 0 for judged in one.report.assessments.all()])
    ]
    graded = [grade for grade in grades if grade]
    return _("worst %(worst)d, last %(last)d") % {"worst": max(graded), "last": graded[0]} if graded else "–"


def _clinicians_grades(patient: Patient) -> str:
    """Of each adverse event the latest grade of a clinician that stands, with its version and day; the latest first."""
    given = patient.ctcae_grades.standing().select_related("graded_by__user")
    latest = given.order_by("term", "-graded_on", "-graded_at").distinct("term")
    said = _("%(term)s grade %(grade)d (CTCAE v%(version)s), %(day)s, %(who)s")
    return "; ".join(
        said % {
            "term": say(one.term), "grade": one.grade, "version": one.version, "who": one.graded_by,
            "day": write_plain_day(one.graded_on),
        }
        for one in sorted(latest, key=lambda one: (one.graded_on, one.graded_at), reverse=True)
    ) or "–"  # fmt: skip


def _first(names: Sequence[str], most: int) -> str:
    more = f" +{len(names) - most}" if len(names) > most else ""
    return ", ".join(names[:most]) + more


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
    return [(say(name), worst[name], times[name]) for name in sorted(worst, key=lambda one: -worst[one])]
