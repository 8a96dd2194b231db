"""What stands in a clinic's worklist: what waits, by urgency and waiting time, who has it, and what is overdue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Coalesce, Now

from alerts.answering import READ_BY
from alerts.models import Alert, AlertEvent, ContactPoint
from alerts.models.alert import AlertEventKind, AlertQuerySet, AlertState
from alerts.policies import office_hours_of
from alerts.stuck import is_undelivered
from symptoms.clinical.calendar import moment_of
from symptoms.clinical.terms import Urgency
from symptoms.models import Assessment, Clinic, Erasure, Practitioner, TreatmentCourse

PAGE_SIZE: Final = 50

SHOWN: Final = ("report", "facts", "findings", "report__answers", "report__amended_answers")
"""What a line says of an assessment and its report."""


class Show(StrEnum):
    """Which part of the worklist is shown."""

    ALL = "all"
    MINE = "mine"
    UNOWNED = "unowned"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many alerts of the whole worklist are of each part; `urgent_unowned`: urgent ones that nobody has taken."""

    all: int
    mine: int
    unowned: int
    overdue: int
    urgent_unowned: int


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of the worklist.

    Alerts carry `is_overdue`, `is_unheard` (no page has arrived anywhere in time), `first_dose_on` (None: no running
    course), `others` (how many more are open about the patient), `erasure_due_at` and `erased_at` (of the latest
    erasure of the contact details; None: there is none, it is not done), `answered_at` (when the patient wrote after a
    message of the team, and nobody has done anything since; else None) and `judged`: the assessments in which their
    rules fired, each with its report, the newest first, that of the last report before them (none: no report is behind
    the alert).

    `refused` are the addresses of colleagues that a provider has refused for good: their pages may not reach them.
    `version` changes whenever a look at the page would show something else than before.
    """

    alerts: Sequence[Any]
    counts: Counts
    show: Show
    page: int
    pages: int
    refused: Sequence[ContactPoint]
    version: str


def read_worklist(practitioner: Practitioner, now: datetime, *, show: Show = Show.ALL, page: int = 1) -> Worklist:
    """The page of the practitioner's clinic: urgent ones first, the longest waiting of them first, 50 a page.

    A page beyond the last is the last.
    """
    waiting = Alert.objects.of_clinic(practitioner.clinic).not_closed()
    overdue = is_overdue(practitioner.clinic, now)
    parts = {
        Show.ALL: Q(),
        Show.MINE: Q(acknowledged_by=practitioner) | Q(state=AlertState.OPEN, let_lie_by=practitioner),
        Show.UNOWNED: Q(state=AlertState.OPEN),
        Show.OVERDUE: overdue,
    }
    counts = _count(waiting, parts)
    pages = max(1, -(-int(getattr(counts, show)) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = _rows(waiting.filter(parts[show]), overdue)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    alerts = list(rows)
    attach_judgements(alerts)
    refused = refused_addresses(practitioner.clinic)
    return Worklist(alerts, counts, show, page, pages, refused, _version(alerts, counts, refused))


def refused_addresses(clinic: Clinic) -> list[ContactPoint]:
    """Addresses of the clinic's people that a provider has refused for good, until a page is accepted there."""
    points = ContactPoint.objects.filter(practitioner__clinic=clinic, practitioner__user__is_active=True)
    refused = points.filter(bad_since__isnull=False).select_related("practitioner__user").defer("address")
    return list(refused.order_by("-practitioner__is_on_call", "bad_since", "pk"))


def read_lines(clinic: Clinic, which: Q, now: datetime) -> Sequence[Any]:
    """Alerts of a clinic as lines of the worklist have them, closed ones too."""
    lines = list(_rows(Alert.objects.of_clinic(clinic).filter(which), is_overdue(clinic, now)))
    attach_judgements(lines)
    return lines


def is_overdue(clinic: Clinic, now: datetime) -> Q:
    """Alerts about which somebody ought to have done something by now.

    What was awaited has not come; or an urgent one had to climb, for nobody whom it paged first has taken it; or a
    routine one that nobody has taken is from before the last working day that is over: the patient was told to hear
    from the clinic by its end.
    """
    hours = office_hours_of(clinic, now)
    day = hours.last_day_over(now)
    answer_was_due = Q(raised_at__lt=moment_of(day, time.min, hours.zone)) if day is not None else Q(pk=None)
    untouched = Q(state=AlertState.OPEN, awaited="")
    return (
        Q(climbs_at__lte=Now())
        | (untouched & Q(urgency__gte=Urgency.URGENT, steps_taken__gt=1))
        | (untouched & Q(urgency=Urgency.ROUTINE) & answer_was_due)
    )


def _count(waiting: AlertQuerySet, parts: dict[Show, Q]) -> Counts:
    """All counts of the worklist in one statement."""
    counted = {show.value: Count("pk", filter=part) for show, part in parts.items() if show is not Show.ALL}
    urgent_unowned = Count("pk", filter=parts[Show.UNOWNED] & Q(urgency__gte=Urgency.URGENT))
    return Counts(**waiting.aggregate(all=Count("pk"), urgent_unowned=urgent_unowned, **counted))


def _rows(waiting: AlertQuerySet, overdue: Q) -> QuerySet[Any]:
    others = Alert.objects.not_closed().filter(patient=OuterRef("patient")).exclude(pk=OuterRef("pk"))
    erasures = Erasure.objects.of_contact().filter(patient=OuterRef("patient"))
    running = TreatmentCourse.objects.filter(patient=OuterRef("patient"), ended_on=None)
    return (
        waiting.most_urgent_first()
        .select_related("patient", "acknowledged_by__user", "let_lie_by__user")
        .defer("policy", "answers_seen")
        .annotate(
            is_overdue=_holds(overdue),
            is_unheard=_holds(is_undelivered()),
            others=Coalesce(Subquery(others.order_by().values("patient").values(count=Count("pk"))), 0),
            first_dose_on=Subquery(running.values("first_dose_on")[:1]),
            erasure_due_at=Subquery(erasures.values("due_at")[:1]),
            erased_at=Subquery(erasures.values("done_at")[:1]),
            answered_at=Subquery(_answered_at()),
        )
    )


def _answered_at() -> QuerySet[AlertEvent, Any]:
    """When the patient answered the team, as long as that is the last of the alert's lines that tell of it."""
    kinds = [AlertEventKind.ANSWERED, *READ_BY]
    last = AlertEvent.objects.filter(alert=OuterRef("pk"), kind__in=kinds).order_by("-number")
    return last.values(at=Case(When(kind=AlertEventKind.ANSWERED, then="happened_at")))[:1]


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def attach_judgements(alerts: Sequence[Any]) -> None:
    """Give each alert as `judged` the assessments that explain it: that of its last report, and others only where that
    is not enough.
    """
    judged = Assessment.objects.filter(report__in={one.report_id for one in alerts} - {None})
    newest_first = judged.order_by("report_id", "-assessed_at", "-pk")
    last = newest_first.distinct("report_id").select_related("report").only(*SHOWN)
    by_report = {one.report_id: one for one in last}
    for alert in alerts:
        alert.judged = [by_report[alert.report_id]] if alert.report_id in by_report else []
    unexplained = {
        alert.pk: alert for alert in alerts if alert.report_id and not set(alert.rules) <= _fired(alert.judged)
    }
    if unexplained:
        _attach_earlier(unexplained)


def _fired(judged: Iterable[Assessment]) -> set[str]:
    return {finding["rule"] for one in judged for finding in one.findings}


def _attach_earlier(alerts: Mapping[UUID, Any]) -> None:
    """Of each rule that the last assessment did not find, the latest one that did, among all that joined the alert."""
    events = AlertEvent.objects.filter(alert__in=alerts, detail__report__isnull=False)
    joined = [
        (alert, UUID(detail["report"])) for alert, detail in events.values_list("alert", "detail") if detail["report"]
    ]
    newest_first = Assessment.objects.filter(report__in={report for _, report in joined}).order_by(
        "-assessed_at", "-pk"
    )
    found = list(newest_first.values_list("pk", "report", "findings"))
    wanted: dict[UUID, list[Any]] = {}
    for alert_id, alert in alerts.items():
        own = {report for one, report in joined if one == alert_id}
        missing = set(alert.rules) - _fired(alert.judged)
        for key, report, findings in found:
            if report in own and (news := missing & {finding["rule"] for finding in findings}):
                wanted.setdefault(alert_id, []).append(key)
                missing -= news
    whole = (
        Assessment.objects.select_related("report")
        .only(*SHOWN)
        .in_bulk([key for keys in wanted.values() for key in keys])
    )
    for alert_id, keys in wanted.items():
        alerts[alert_id].judged += [whole[key] for key in keys]


def _version(alerts: Sequence[Any], counts: Counts, refused: Sequence[ContactPoint]) -> str:
    rows = [
        (
            one.pk,
            one.generation,
            one.state,
            one.updated_at,
            one.climbs_at,
            one.is_overdue,
            one.is_unheard,
            one.others,
            one.answered_at,
        )
        for one in alerts
    ]
    judged = [[judged.pk for judged in one.judged] for one in alerts]
    people = [(one.acknowledged_by_id, one.patient.full_name, one.patient.status) for one in alerts]
    reached = [
        (one.erasure_due_at, one.erased_at, one.patient.phone, one.patient.carer_phone, one.patient.email)
        for one in alerts
    ]
    bad = [(one.pk, one.bad_since) for one in refused]
    return hashlib.sha256(repr((rows, judged, people, reached, counts, bad)).encode()).hexdigest()[:24]
