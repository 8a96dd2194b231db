"""Puts the page of a patient together: who it is, the chart, and the tables of all parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symptoms.admin.moments import write_day, write_short_day
from symptoms.admin.overview.contact import erasure_notice
from symptoms.admin.overview.parts import Period, parts_for
from symptoms.admin.overview.period import earlier, later, period_of
from symptoms.admin.overview.treatment import dose_now, written_dose
from symptoms.admin.tables import Cell
from symptoms.admin.words import say
from symptoms.charts.lanes import Curves, Days, Lane, Spans
from symptoms.charts.shapes import MARKERS, Drawing
from symptoms.charts.timeline import draw
from symptoms.courses import ct_warning, start_notice
from symptoms.models import Patient, TreatmentCourse
from symptoms.models.patient import PatientStatus
from symptoms.models.saying import write_birth

WIDE: Final = 1040
NARROW: Final = 340
"""The chart is drawn twice, for a ward computer and for a phone; the style sheet shows one of the two."""

STATUS_NOTICES: Final[dict[str, Promise]] = {
    PatientStatus.PAUSED: gettext_lazy(
        "Paused. No reminders or check-ins are sent. A report that comes in is judged all the same, and raises alerts."
    ),
    PatientStatus.WITHDRAWN: gettext_lazy(
        "Withdrawn. Nothing is sent to this patient any more, and nothing is planned. A report that comes in all the "
        "same is judged and raises alerts."
    ),
    PatientStatus.DECEASED: gettext_lazy("Deceased. Nothing is sent any more, and nothing is planned."),
}


def overview(request: HttpRequest, patient: Patient, now: datetime, until: date | None = None) -> dict[str, Any]:
    """All that the template of the page writes down, but for the contact details."""
    period = period_of(patient, now, until)
    parts = parts_for(request, period)
    lanes = [lane for part in parts for lane in part.lanes]
    return {
        "patient": patient,
        "facts": list(_facts(period)),
        "status_notice": STATUS_NOTICES.get(patient.status),
        "notices": list(_notices(period)),
        "legend": _legend(lanes),
        "drawings": drawings_of(lanes, period),
        "lanes": [lane.title for lane in lanes],
        "first": period.first,
        "last": period.last,
        "earlier": earlier(period),
        "later": later(period),
        "above": [section for part in parts for section in part.above],
        "below": [section for part in parts for section in part.below],
    }


def drawings_of(lanes: Sequence[Lane], period: Period) -> list[tuple[str, Drawing]]:
    """The chart once for each width of screen; none without a lane that one may look at."""
    if not lanes:
        return []
    begins = period.course.first_dose_on if period.course else period.first
    days = Days(period.first, period.last, begins, period.today, write_short_day)
    return [(name, draw(lanes, days, width=width)) for name, width in (("wide", WIDE), ("narrow", NARROW))]


def _legend(lanes: Sequence[Lane]) -> list[tuple[str, str, str]]:
    """Name, tone and outline of each series of the first lane of figures that has several, and of an interruption.

    A bar of few days has no room for the word.
    """
    curves = next((lane for lane in lanes if isinstance(lane, Curves) and len(lane.series) > 1), None)
    series = curves.series if curves else ()
    legend = [(one.name, one.tone, marker(8, 8)) for one, marker in zip(series, MARKERS, strict=False)]
    spans = (span for lane in lanes if isinstance(lane, Spans) for span in lane.spans)
    if any(span.tone == "interrupted" for span in spans):
        legend.append((_("drug interrupted"), "interrupted", "M2 4h12v8H2z"))
    return legend


def _notices(period: Period) -> Iterator[str]:
    """What somebody has to see to about the running course."""
    course = period.course
    if erased := erasure_notice(period.patient):
        yield erased
    if course is None:
        yield _("There is no course of treatment: nothing is planned for this patient.")
    elif course.ended_on is None:
        dose, is_interrupted = dose_now(course, course.dose_events.all(), period.today)
        if is_interrupted:
            yield _("The drug is not taken now: %(dose)s.") % {"dose": dose}
        if warning := ct_warning(course):
            yield warning
        if course.first_dose_on > period.today and (notice := start_notice(course.first_dose_on, period.today)):
            yield notice


def _facts(period: Period) -> Iterator[tuple[str, Cell]]:
    patient, course = period.patient, period.course
    yield _("Date of birth"), Cell(write_birth(patient.date_of_birth) if patient.date_of_birth else "–")
    yield _("Language and zone"), Cell(f"{patient.get_language_display()}, {patient.time_zone}")
    if course is not None:
        yield from _facts_of_course(course, period)
    yield _("ACE inhibitor"), Cell(_yes_no(patient.takes_ace_inhibitor))
    if patient.emergency_department:
        yield _("Nearest emergency department"), Cell(patient.emergency_department)


def _facts_of_course(course: TreatmentCourse, period: Period) -> Iterator[tuple[str, Cell]]:
    day = course.day_number(period.today)
    since = write_day(course.first_dose_on)
    ended = course.ended_on
    yield _("Treatment"), Cell(say(course.regimen))
    yield (
        _("Day of treatment"),
        Cell(_("ended on %(date)s") % {"date": write_day(ended)})
        if ended
        else Cell(_("day %(day)d (day 1: %(date)s)") % {"day": day, "date": since}),
    )
    dose, is_interrupted = dose_now(course, course.dose_events.all(), period.today)
    yield _("Dose now"), Cell("–" if ended else dose, tone="interrupted" if is_interrupted and not ended else "")
    yield _("Starting dose"), Cell(written_dose(course.starting_dose_mg))
    ct = write_day(course.baseline_ct_on) if course.baseline_ct_on else _("not recorded")
    yield _("Baseline chest CT"), Cell(ct, tone="" if course.baseline_ct_on else "urgent")
    yield _("Mouth bath prescribed"), Cell(_yes_no(course.is_bath_prescribed))
    yield (
        _("Baseline cough / breathlessness"),
        Cell(f"{_grade(course.baseline_cough)} / {_grade(course.baseline_dyspnea)}"),
    )


def _yes_no(value: bool | None) -> str:
    return _("not recorded") if value is None else (_("yes") if value else _("no"))


def _grade(value: int | None) -> str:
    return _("not recorded") if value is None else str(value)
