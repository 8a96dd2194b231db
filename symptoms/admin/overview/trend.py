"""The reports of a patient on the chart, report by report as stated, and their list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from symptoms.admin.moments import write_for_both
from symptoms.admin.overview.parts import Part, Period, patient_part
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.charts.lanes import Curves, Limit, Point, Series
from symptoms.charts.timeline import series_of
from symptoms.clinical.answers import Answers, Grading, State, read_answers
from symptoms.clinical.proctcae import composite_grade
from symptoms.clinical.terms import MAX_SEVERITY, MORE_THAN_THREE, Symptom, Urgency
from symptoms.models import Assessment, SymptomReport

MOST_DRAWN: Final = 400
MOST_LISTED: Final = 15
HIGHEST_COMPOSITE: Final = 3
MOST_LESIONS: Final = 10
LESION_LIMIT: Final = 3
"""More than three sores are urgent (S-11)."""
FEVER_C: Final = 38.0
COOL_C: Final = 36.0
COLDEST_C: Final = 35.0
HOTTEST_C: Final = 41.0
MINUTES_OF_A_DAY: Final = 24 * 60

GRADED: Final = (Symptom.MOUTH_SORES, Symptom.COUGH, Symptom.DYSPNEA)


@dataclass(frozen=True, slots=True)
class Told:
    """One report as stated, with its day and the part of it that was over by the patient's clock, and when in words."""

    report: SymptomReport
    on: date
    part: float
    when: str
    stated: Answers

    def grading(self, symptom: Symptom) -> Grading:
        return {
            Symptom.MOUTH_SORES: self.stated.mouth,
            Symptom.COUGH: self.stated.cough,
            Symptom.DYSPNEA: self.stated.dyspnea,
        }[symptom]

    def denies(self, symptom: Symptom) -> bool:
        """Whether the opening question was answered, and this symptom is not among what was chosen."""
        chosen = self.stated.symptoms
        return chosen is not None and not chosen.is_partly_unknown and symptom not in chosen.chosen

    def severity(self, symptom: Symptom) -> int | State | None:
        """0-4; 0 as well where the opening question denies the symptom."""
        severity = self.grading(symptom).severity
        return 0 if severity is None and self.denies(symptom) else severity

    def count(self) -> int | State | None:
        """Of mouth sores; "more than three" stands at four."""
        count = self.stated.count
        if count == MORE_THAN_THREE:
            return LESION_LIMIT + 1
        return 0 if count is None and self.denies(Symptom.MOUTH_SORES) else count

    def temperature_c(self) -> float | State | None:
        value = self.stated.temperature_c
        return float(value) if isinstance(value, Fraction) else value


@patient_part(SymptomReport)
def show(period: Period) -> Part:
    """Five lanes, the list of the latest reports, and the figures of the chart as a table."""
    reports = _reports(period)
    told = [_read(report, period) for report in reversed(reports[:MOST_DRAWN])]
    note = ""
    if len(reports) > MOST_DRAWN:
        note = _("Only the latest %(number)d reports of these days are drawn and listed.") % {"number": MOST_DRAWN}
    return Part(lanes=tuple(_lanes(told)), below=(_list(period, reports[:MOST_LISTED]), _figures(told, note)))


def _reports(period: Period) -> list[SymptomReport]:
    """The reports of the period, the latest first, at most one more than are drawn; those listed with judgements."""
    reports = period.patient.reports.filter(occurred_at__gte=period.starts_at, occurred_at__lt=period.ends_at)
    found = list(reports.order_by("-occurred_at").defer("corrections", "body_digest")[: MOST_DRAWN + 1])
    judgements = Prefetch("assessments", Assessment.objects.defer("facts", "advice"))
    prefetch_related_objects(found[:MOST_LISTED], judgements)
    return found


def _read(report: SymptomReport, period: Period) -> Told:
    on, at = period.day_of(report.occurred_at), localtime(report.occurred_at, period.patient.zone)
    part = (at.hour * 60 + at.minute) / MINUTES_OF_A_DAY
    when = write_for_both(report.occurred_at, period.patient)
    if report.amended_answers is not None:
        when = _("%(when)s (put right later)") % {"when": when}
    return Told(report, on, part, when, read_answers(report.answers, on))


def _lanes(told: Sequence[Told]) -> Iterable[Curves]:
    yield Curves(_("Severity (PRO-CTCAE 0-4)"), 0, MAX_SEVERITY, _graded(told, Told.severity))
    yield Curves(
        _("Interference with daily life (PRO-CTCAE 0-4)"),
        0,
        MAX_SEVERITY,
        _graded(told, lambda one, symptom: one.grading(symptom).interference),
    )
    yield Curves(
        _("Composite grade (PRO-CTCAE 0-3)"),
        0,
        HIGHEST_COMPOSITE,
        _graded(told, lambda one, symptom: composite_grade(one.grading(symptom))),
    )
    yield Curves(
        _("Mouth sores, number"),
        0,
        MOST_LESIONS,
        (_series(say("mouth_sores"), "mouth_sores", told, Told.count),),
        (Limit(LESION_LIMIT, _("more than 3: urgent")),),
    )
    yield Curves(
        _("Temperature (°C)"),
        COLDEST_C,
        HOTTEST_C,
        (_series(_("temperature"), "temperature", told, Told.temperature_c),),
        (Limit(FEVER_C, _("38.0 and above: urgent")), Limit(COOL_C, _("below 36.0: urgent"), is_lower=True)),
    )


def _graded(told: Sequence[Told], value: Callable[[Told, Symptom], Any]) -> tuple[Series, ...]:
    return tuple(
        _series(say(symptom), symptom.value, told, lambda one, symptom=symptom: value(one, symptom))
        for symptom in GRADED
    )


def _series(name: str, tone: str, told: Iterable[Told], value: Callable[[Told], Any]) -> Series:
    points = [(one, found) for one in told if (found := value(one)) is not None]
    return series_of(name, tone, (_point(name, one, found) for one, found in points))


def _point(name: str, one: Told, value: Any) -> Point:
    said = {"day": one.when, "what": name}
    if value is State.UNKNOWN:
        return Point(one.on, None, _("%(day)s: %(what)s not known") % said, one.part)
    return Point(one.on, value, _("%(day)s: %(what)s %(value)s") % {**said, "value": f"{value:g}"}, one.part)


def _list(period: Period, reports: Sequence[SymptomReport]) -> Section:
    listing = reverse("admin:symptoms_symptomreport_changelist")
    return Section(
        _("Reports"),
        (
            _("Received"),
            _("Urgency"),
            _("Rules that fired"),
            _("Stomatitis grade, suggested (review's scale)"),
            _("Status"),
        ),
        tuple(_report_row(report, period) for report in reports),
        empty=_("No report in these days. That is no proof that there was nothing to report."),
        note=_("Times by the clinic's clocks (%(zone)s).") % {"zone": period.patient.clinic.time_zone},
        more_url=f"{listing}?patient__id__exact={period.patient.pk}",
    )


def _report_row(report: SymptomReport, period: Period) -> tuple[Cell, ...]:
    judged = list(report.assessments.all())
    rules = dict.fromkeys(finding["rule"] for one in judged for finding in one.findings)
    grades = [one.stomatitis_grade_review for one in judged if one.stomatitis_grade_review is not None]
    moment = write_for_both(report.received_at, period.patient)
    return (
        Cell(moment, reverse("admin:symptoms_symptomreport_change", args=[report.pk])),
        urgency_cell(report.urgency),
        Cell(", ".join(rules) or "–"),
        Cell(str(grades[-1]) if grades else "–"),
        Cell(say(report.status) if report.amended_answers is None else _("put right later")),
    )


def urgency_cell(urgency: int | None) -> Cell:
    """How urgent something is, in its colour; None: nobody has judged it yet."""
    if urgency is None:
        return Cell(_("not judged yet"), tone="unknown")
    code = Urgency(urgency).code
    return Cell(say(code), tone=code)


def _figures(told: Sequence[Told], note: str) -> Section:
    """The same figures as on the chart, for those who read rather than look; the latest first."""
    graded = [say(symptom) for symptom in GRADED]
    return Section(
        _("The figures of the chart"),
        (
            _("When"),
            *(_("%(symptom)s: severity / interference / composite") % {"symptom": name} for name in graded),
            _("Sores"),
            _("°C"),
        ),
        tuple(_figure_row(one) for one in reversed(told)),
        empty=_("No report in these days. That is no proof that there was nothing to report."),
        note=note,
        is_folded=True,
    )


def _figure_row(one: Told) -> tuple[Cell, ...]:
    def graded(symptom: Symptom) -> Cell:
        grading = one.grading(symptom)
        values = (one.severity(symptom), grading.interference, composite_grade(grading))
        return Cell(" / ".join(_written(value) for value in values))

    count = ">3" if one.stated.count == MORE_THAN_THREE else _written(one.count())
    return (Cell(one.when), *(graded(symptom) for symptom in GRADED), Cell(count), Cell(_written(one.temperature_c())))


def _written(value: object) -> str:
    """A figure; "?" was asked and is not known, "–" was not asked."""
    if value is None:
        return "–"
    return "?" if value is State.UNKNOWN else f"{value:g}"
