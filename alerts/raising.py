"""Puts a problem of a patient before the care team, in the transaction of what caused it.

A finding joins the open alert of its problem or opens one. People are paged when an urgent alert is new,
when its urgency rises, and when a rule fires that it has not seen; a routine alert waits in the worklist.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from alerts.climbing import begin_climb, keep_in_worklist, page_news, page_rest
from alerts.escalation import DEFAULT_POLICY, policy_to_json
from alerts.models import Alert
from alerts.models.alert import AlertEventKind, AlertState
from alerts.paging import withdraw_notifications
from alerts.timeline import begin_timeline, lock_patient, record_event
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.clinical.worsening import SYMPTOMS_OF, became_worse
from symptoms.models import Episode, Patient, SymptomReport
from symptoms.models.report import ReportStatus
from symptoms.prepared import Prepared, PreparedUpdate

logger = logging.getLogger(__name__)

DEFAULT_AS_KEPT: Final = policy_to_json(DEFAULT_POLICY)
NOBODY_REACHABLE: Final = NotifyCareTeam(Problem.SYSTEM, Urgency.URGENT, rules=("NOBODY-REACHABLE",))

OPEN_OR_LAST: Final = Prepared(
    lambda patient, problem: (
        Alert.objects.filter(patient=patient, problem=problem)
        .select_for_update(no_key=True)
        .order_by(F("closed_at").desc(nulls_first=True))[:1]
    )
)
"""The open alert of a patient and problem, else the one that was closed last."""

JOIN: Final = PreparedUpdate(
    Alert, "rules", "report", "answers_seen", "updated_at",
    "urgency", "generation", "state", "acknowledged_by", "acknowledged_at", "let_lie_by",
)  # fmt: skip


def raise_alert(
    action: NotifyCareTeam, *, patient: Patient, report: SymptomReport | None, now: datetime
) -> Alert | None:
    """The open alert that the action joined or opened; None when the team already knows ("Not anew").

    The patient's row is held until the transaction ends: two reports of one patient are raised one after
    the other, and the second sees what the first left. The constraint on open alerts stands behind that.
    """
    with transaction.atomic(savepoint=False):
        patient = lock_patient(patient.pk)
        before = OPEN_OR_LAST.first(patient=patient.pk, problem=action.problem)
        if before is not None and before.state != AlertState.CLOSED:
            before.patient = patient
            if before.clinic_id == patient.clinic_id:
                before.clinic = patient.clinic
            return _join(before, action, report, now)
        if before is not None and is_known(action, before, report):
            return None
        return _open(action, patient, report, now, reopens=before)


def is_known(action: NotifyCareTeam, before: Alert, report: SymptomReport | None) -> bool:
    """Whether the clinician who closed `before` has seen what the action is about.

    Known needs all of: no emergency; no rule that the alert had not seen; and either exactly the answers
    that it saw last, of the same report, or the same episode with no answer that became worse.
    """
    if action.urgency >= Urgency.EMERGENCY or not set(action.rules) <= set(before.rules):
        return False
    if report is not None and report.pk == before.report_id and report.answers == before.answers_seen:
        return True
    if not _is_same_episode(before, action.problem):
        return False
    if report is None:
        return True
    is_final = report.status != ReportStatus.IN_PROGRESS
    return before.report_id is not None and not became_worse(
        before.answers_seen, report.answers, action.problem, is_final=is_final
    )


def _is_same_episode(before: Alert, problem: Problem) -> bool:
    """Whether a symptom of the problem has an open episode, and none that began after `before` was closed.

    The episode of the report that `before` saw is its own, also when that check-in ended after the closing. An episode
    begins here when we heard of it: a late report may tell of a time before the closing.
    """
    symptoms = SYMPTOMS_OF.get(problem, ())
    episodes = Episode.objects.open().filter(patient=before.patient_id, symptom__in=symptoms)
    heard_of = list(episodes.values_list("opened_by", "opened_by__received_at"))
    closed_at = before.closed_at
    return bool(heard_of) and all(
        report == before.report_id or (closed_at is not None and received_at <= closed_at)
        for report, received_at in heard_of
    )


def _open(
    action: NotifyCareTeam, patient: Patient, report: SymptomReport | None, now: datetime, *, reopens: Alert | None
) -> Alert:
    alert = Alert(
        clinic=patient.clinic,
        patient=patient,
        problem=action.problem,
        urgency=action.urgency,
        rules=list(dict.fromkeys(action.rules)),
        report=report,
        answers_seen=_answers_of(report),
        raised_at=now,
        updated_at=now,
        reopens=reopens,
        policy=DEFAULT_AS_KEPT,  # until the clinic's own is read
    )
    begin_timeline(alert, AlertEventKind.RAISED, now=now, detail=_reason(action, report))
    if action.urgency >= Urgency.URGENT:
        page(alert, now=now)
    else:
        keep_in_worklist(alert)
    return alert


def _join(alert: Alert, action: NotifyCareTeam, report: SymptomReport | None, now: datetime) -> Alert:
    unseen = [rule for rule in dict.fromkeys(action.rules) if rule not in alert.rules]
    has_risen = action.urgency > alert.urgency
    is_other_report = report is not None and report.pk != alert.report_id
    alert.rules = [*alert.rules, *unseen]
    if report is not None:
        alert.report = report
        alert.answers_seen = _answers_of(report)
    alert.updated_at = now
    if has_risen:
        alert.urgency = action.urgency
        alert.generation += 1
        alert.state = AlertState.OPEN
        alert.acknowledged_by = alert.acknowledged_at = alert.let_lie_by = None
    JOIN(alert)
    if has_risen:
        record_event(alert, AlertEventKind.URGENCY_ROSE, now=now, detail=_reason(action, report))
        withdraw_notifications(alert, now=now)
    elif unseen or is_other_report:
        record_event(alert, AlertEventKind.JOINED, now=now, detail=_reason(action, report))
    if has_risen:
        page(alert, now=now)
    elif action.urgency >= Urgency.URGENT and unseen and not page_news(alert):
        record_event(alert, AlertEventKind.NOBODY_REACHABLE, now=now, detail={"generation": alert.generation})
        tell_that_nobody_is_reachable(alert, now)
    return alert


def page(alert: Alert, *, now: datetime) -> None:
    """Begin the climb of an urgent alert that is new or has risen.

    The caller holds the rows of the patient and of the alert.
    """
    if not begin_climb(alert):
        tell_that_nobody_is_reachable(alert, now)


def page_others(alert: Alert, *, now: datetime) -> None:
    """Queue pages to everybody of the clinic who has not been tried.

    The caller holds the rows of the patient and of the alert.
    """
    if not page_rest(alert):
        record_event(alert, AlertEventKind.NOBODY_REACHABLE, now=now, detail={"generation": alert.generation})
        tell_that_nobody_is_reachable(alert, now)


def tell_that_nobody_is_reachable(alert: Alert, now: datetime) -> None:
    """No page is ever dropped in silence: the log and the worklist say that a step found nobody to page.

    The caller holds the rows of the patient and of the alert, and has written the timeline.
    """
    logger.critical("nobody_reachable alert=%s clinic=%s", alert.number, alert.clinic_id)
    if alert.problem != Problem.SYSTEM:
        raise_alert(NOBODY_REACHABLE, patient=alert.patient, report=None, now=now)


def _answers_of(report: SymptomReport | None) -> Mapping[str, object]:
    return dict(report.answers) if report is not None else {}


def _reason(action: NotifyCareTeam, report: SymptomReport | None) -> dict[str, object]:
    return {
        "rules": list(action.rules),
        "urgency": action.urgency.code,
        "report": str(report.pk) if report is not None else None,
    }
