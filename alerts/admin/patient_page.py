"""Alerts and visits on the page of a patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.admin.why import why_in_short
from alerts.models import Alert, Visit
from alerts.models.alert import AlertState
from alerts.models.visit import VisitStatus
from alerts.visits import day_of
from alerts.worklist import read_lines
from symptoms.admin.moments import write_day, write_for_both
from symptoms.admin.overview.parts import Part, Period, patient_part
from symptoms.admin.overview.trend import urgency_cell
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.charts.lanes import Mark, Marks, Span, Spans
from symptoms.clinical.terms import Urgency

MOST_ALERTS: Final = 200
MOST_LISTED: Final = 10
MOST_VISITS: Final = 50


@patient_part(Alert)
def show_alerts(period: Period) -> Part:
    """Open alerts above the chart, those of the period as a lane, the latest closed ones below."""
    of_period = Q(raised_at__lt=period.ends_at) & (Q(closed_at=None) | Q(closed_at__gte=period.starts_at))
    found = period.patient.alerts.filter(of_period | Q(closed_at=None)).select_related("acknowledged_by__user")
    alerts = list(found.order_by("-raised_at").defer("policy", "answers_seen")[:MOST_ALERTS])
    still_open = read_lines(period.patient.clinic, Q(patient=period.patient) & ~Q(state=AlertState.CLOSED), period.now)
    closed = [alert for alert in alerts if alert.state == AlertState.CLOSED]
    lane = Spans(_("Alerts"), tuple(_span(alert, period) for alert in alerts))
    return Part(lanes=(lane,), above=_open_section(still_open, period), below=(_closed_section(closed, period),))


def _span(alert: Alert, period: Period) -> Span:
    first = period.day_of(alert.raised_at)
    last = period.day_of(alert.closed_at) if alert.closed_at else max(period.today, first)
    urgency = Urgency(alert.urgency).code
    label = _("Alert %(number)d, %(problem)s, %(urgency)s, raised on %(day)s: %(state)s") % {
        "number": alert.number,
        "problem": say(alert.problem),
        "urgency": say(urgency),
        "day": write_day(first),
        "state": say(alert.outcome or alert.state, of="outcome"),
    }
    return Span(first, last, say(alert.problem), urgency, label)


def _open_section(alerts: Sequence[Any], period: Period) -> tuple[Section, ...]:
    """Nothing when none is open."""
    if not alerts:
        return ()
    ordered = sorted(alerts, key=lambda alert: (-alert.urgency, alert.raised_at))
    return (
        Section(
            _("Open alerts"),
            (_("Alert"), _("Urgency"), _("Problem"), _("Why"), _("Raised"), _("Who has it")),
            tuple(
                (
                    _number(alert),
                    urgency_cell(alert.urgency),
                    Cell(say(alert.problem, of="problem")),
                    Cell(why_in_short(alert)),
                    Cell(_moment(alert.raised_at, period)),
                    Cell(str(alert.acknowledged_by))
                    if alert.acknowledged_by
                    else Cell(_("Nobody has taken it"), tone="urgent"),
                )
                for alert in ordered
            ),
            empty="",
        ),
    )


def _closed_section(alerts: list[Alert], period: Period) -> Section:
    listing = reverse(
        "admin:alerts_alert_changelist", query={"patient__id__exact": str(period.patient.pk), "show": "all"}
    )
    return Section(
        _("Closed alerts"),
        (_("Alert"), _("Urgency"), _("Problem"), _("Raised"), _("Closed"), _("Outcome")),
        tuple(
            (
                _number(alert),
                urgency_cell(alert.urgency),
                Cell(say(alert.problem, of="problem")),
                Cell(_moment(alert.raised_at, period)),
                Cell(_moment(alert.closed_at, period) if alert.closed_at else "–"),
                Cell(say(alert.outcome, of="outcome")),
            )
            for alert in alerts[:MOST_LISTED]
        ),
        empty=_("None in these days."),
        more_url=listing,
    )


def _number(alert: Alert) -> Cell:
    return Cell(str(alert.number), reverse("admin:alerts_alert_change", args=[alert.pk]))


def _moment(moment: datetime, period: Period) -> str:
    return write_for_both(moment, period.patient)


@patient_part(Visit)
def show_visits(period: Period) -> Part:
    """The visits of all courses, the latest first, each with its page to print."""
    visits = list(period.patient.visits.select_related("attended_by__user").order_by("-planned_on")[:MOST_VISITS])
    lane = Marks(_("Visits"), tuple(_mark(visit, period) for visit in visits if visit.status != VisitStatus.CANCELLED))
    section = Section(
        _("Visits"),
        (_("Visit"), _("Planned for"), _("Booked for"), _("Status"), _("Summary to print")),
        tuple(_visit_row(visit, period) for visit in visits[:MOST_LISTED]),
        empty=_("No visit is planned."),
        more_url=reverse("admin:alerts_visit_changelist", query={"patient__id__exact": str(period.patient.pk)}),
    )
    return Part(lanes=(lane,), below=(section,))


def _mark(visit: Visit, period: Period) -> Mark:
    on = day_of(visit, period.patient)
    words = _("%(visit)s: %(status)s") % {"visit": say(visit.kind), "status": say(visit.status)}
    label = _("%(day)s: %(words)s") % {"day": write_day(on), "words": words}
    return Mark(on, words, visit.status, label)


def _visit_row(visit: Visit, period: Period) -> tuple[Cell, ...]:
    return (
        Cell(say(visit.kind), reverse("admin:alerts_visit_change", args=[visit.pk])),
        Cell(write_day(visit.planned_on)),
        Cell(_moment(visit.booked_at, period) if visit.booked_at else "–"),
        Cell(say(visit.status), tone=visit.status),
        Cell(_("Visit summary"), reverse("admin:alerts_visit_summary", args=[visit.pk])),
    )
