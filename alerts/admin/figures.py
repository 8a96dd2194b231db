"""The clinic's figures as a page with drawings, and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts.admin.words import age_in_words
from alerts.statistics import WEEKS, CheckIns, Figures, UrgencyFigures, Week, alert_statistics
from symptoms.access_log import shows_no_patient
from symptoms.admin.moments import write_short_day
from symptoms.admin.scoping import require_practitioner
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.charts.bars import Bar, Part, draw_bars
from symptoms.charts.shapes import Drawing
from symptoms.clinical.terms import Urgency
from symptoms.spreadsheets import csv_response

PERIODS: Final = (4, 12, 26, 52)
WIDE: Final = 640
NARROW: Final = 340
NOT_JUDGED: Final = ""


def show_statistics(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponseBase:
    """The figures of the own clinic over the weeks that are asked for; `format=csv` as a table to take away."""
    clinic = require_practitioner(request).clinic
    shows_no_patient(request)
    figures = alert_statistics(clinic, timezone.now(), _weeks(request))
    if request.GET.get("format") == "csv":
        return csv_response(
            f"figures-{figures.weeks}-weeks.csv", (_("figure"), _("of"), _("week"), _("value")), list(rows_of(figures))
        )
    here = reverse("admin:alerts_alert_statistics")
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("The clinic in figures"),
        "periods": [(_span_words(weeks), f"{here}?weeks={weeks}", weeks == figures.weeks) for weeks in PERIODS],
        "download": f"{here}?weeks={figures.weeks}&format=csv",
        "summary": _summary(figures),
        "plots": list(_plots(figures)),
        "sections": [_urgencies(figures), _problems(figures), _outcomes(figures)],
    }
    return TemplateResponse(request, "alerts/statistics.html", context)


def _weeks(request: HttpRequest) -> int:
    """The period that is asked for; what is none of those offered is said, and twelve weeks are shown."""
    asked = request.GET.get("weeks", str(WEEKS))
    if asked in map(str, PERIODS):
        return int(asked)
    messages.warning(request, _("There is no such period; these are the last %(weeks)d weeks.") % {"weeks": WEEKS})
    return WEEKS


def _span_words(weeks: int) -> str:
    return ngettext("%(weeks)d week", "%(weeks)d weeks", weeks) % {"weeks": weeks}


def _summary(figures: Figures) -> list[tuple[str, str]]:
    raised = sum(row.raised for row in figures.urgencies)
    return [
        (_("Reports"), str(figures.reported)),
        (
            _("Check-ins answered within a day"),
            f"{figures.answered} / {figures.asked} ({_share(figures.response_rate)})",
        ),
        (_("Alerts"), str(raised)),
    ]


def _of_all(figures: Figures) -> str:
    return f"{_share(figures.response_rate)} ({figures.answered} / {figures.asked})"


def _share(percent: int | None) -> str:
    return "–" if percent is None else f"{percent} %"


def _plots(figures: Figures) -> Iterator[tuple[str, str, list[tuple[str, Drawing]], list[tuple[str, str]]]]:
    """For each plot: a name, a title, the drawing for each width of screen, and what its colours stand for."""
    urgent_first = [urgency.code for urgency in reversed(Urgency)]
    raised = [code for code in urgent_first if any(code in week.counts for week in figures.alerts)]
    filed = [code for code in [*urgent_first, NOT_JUDGED] if any(code in week.counts for week in figures.reports)]
    if figures.alerts:
        yield "alerts", _("Alerts by week"), _draw(_stacks(figures.alerts, raised)), _legend(raised)
    if figures.reports:
        yield "reports", _("Reports by week"), _draw(_stacks(figures.reports, filed)), _legend(filed)
    if figures.check_ins:
        legend = [(_("answered"), "self_care"), (_("not answered"), "none")]
        yield "check-ins", _("Check-ins by week"), _draw([_asked(week) for week in figures.check_ins]), legend


def _draw(bars: list[Bar]) -> list[tuple[str, Drawing]]:
    return [("wide", draw_bars(bars, width=WIDE)), ("narrow", draw_bars(bars, width=NARROW))]


def _legend(codes: list[str]) -> list[tuple[str, str]]:
    return [(_say(code), code or "none") for code in codes]


def _say(code: str) -> str:
    return say(code) if code else _("not judged yet")


def _stacks(weeks: list[Week], codes: list[str]) -> list[Bar]:
    """The most urgent at the bottom, where heights compare best."""
    return [Bar(_short(week), tuple(_part(week, code) for code in codes)) for week in weeks]


def _short(week: Week | CheckIns) -> str:
    return write_short_day(week.begins_on)


def _part(week: Week, code: str) -> Part:
    count = week.counts.get(code, 0)
    words = {"week": _short(week), "what": _say(code), "count": count}
    return Part(count, code or "none", _("Week of %(week)s, %(what)s: %(count)d") % words)


def _asked(week: CheckIns) -> Bar:
    words = {"week": _short(week), "answered": week.answered, "sent": week.sent}
    label = _("Week of %(week)s: %(answered)d of %(sent)d answered") % words
    return Bar(_short(week), (Part(week.answered, "self_care", label), Part(week.sent - week.answered, "none", label)))


def _urgencies(figures: Figures) -> Section:
    return Section(
        _("Alerts by urgency"),
        (
            _("Urgency"), _("Raised"), _("Closed"), _("Acted on"), _("False alarms"),
            _("Until taken: half of them within"), _("nine of ten within"), _("Not taken yet"),
        ),
        tuple(_urgency_row(row) for row in figures.urgencies),
        empty=_("No alerts."),
        note=_(
            "Those that nobody has taken count as waiting without end. A false alarm was closed with no action after a "
            "person had looked at it."
        ),
    )  # fmt: skip


def _urgency_row(row: UrgencyFigures) -> tuple[Cell, ...]:
    false_alarms = f"{row.false_alarms} ({_share(row.share_of_false_alarms)})"
    return (
        Cell(say(row.urgency), tone=row.urgency),
        Cell(str(row.raised)),
        Cell(str(row.closed)),
        Cell(f"{row.acted_on} ({_share(row.share_acted_on)})"),
        Cell(false_alarms if row.closed else "–"),
        Cell(_span(row.median_to_acknowledge)),
        Cell(_span(row.p90_to_acknowledge)),
        Cell(_untaken(row), tone=row.urgency if row.untaken else ""),
    )


def _span(span: timedelta | None) -> str:
    return _("not reached") if span is None else age_in_words(span)


def _untaken(row: UrgencyFigures) -> str:
    """How many wait for somebody, and how long the oldest has waited."""
    if row.longest_untaken is None:
        return "0"
    longest = {"count": row.untaken, "wait": age_in_words(row.longest_untaken)}
    return _("%(count)d, the oldest for %(wait)s") % longest


def _problems(figures: Figures) -> Section:
    rows = tuple(
        (Cell(say(problem, of="problem")), Cell(str(raised)), Cell(str(closed)))
        for problem, raised, closed in figures.problems
    )
    return Section(_("Alerts by problem"), (_("Problem"), _("Raised"), _("Closed")), rows, empty=_("No alerts."))


def _outcomes(figures: Figures) -> Section:
    rows = tuple(
        (Cell(say(outcome, of="outcome")), Cell(str(count)), Cell(_share(share)))
        for outcome, count, share in figures.outcomes
    )
    columns = (_("Outcome"), _("Alerts"), _("Of those closed"))
    return Section(_("What came of them"), columns, rows, empty=_("None is closed."))


def rows_of(figures: Figures) -> Iterator[tuple[str, str, object, object]]:
    """Every figure as one row: what it is, of what, in which week, and the value. Times are in seconds."""
    for row in figures.urgencies:
        yield _("alerts raised"), say(row.urgency), "", row.raised
        yield _("alerts closed"), say(row.urgency), "", row.closed
        yield _("alerts acted on"), say(row.urgency), "", row.acted_on
        yield _("false alarms"), say(row.urgency), "", row.false_alarms
        yield _("median seconds to acknowledge"), say(row.urgency), "", _seconds(row.median_to_acknowledge)
        yield _("alerts not taken yet"), say(row.urgency), "", row.untaken
        yield _("longest wait of these in seconds"), say(row.urgency), "", _seconds(row.longest_untaken)
        yield _("p90 seconds to acknowledge"), say(row.urgency), "", _seconds(row.p90_to_acknowledge)
    for problem, raised, closed in figures.problems:
        yield _("alerts raised"), say(problem, of="problem"), "", raised
        yield _("alerts closed"), say(problem, of="problem"), "", closed
    for outcome, count, _percent in figures.outcomes:
        yield _("alerts by outcome"), say(outcome, of="outcome"), "", count
    for name, weeks in ((_("alerts raised"), figures.alerts), (_("reports"), figures.reports)):
        for week in weeks:
            for code, count in week.counts.items():
                yield name, _say(code), week.begins_on, count
    for asked in figures.check_ins:
        yield _("check-ins sent"), "", asked.begins_on, asked.sent
        yield _("check-ins answered within a day"), "", asked.begins_on, asked.answered


def _seconds(span: timedelta | None) -> int | str:
    return "" if span is None else round(span.total_seconds())
