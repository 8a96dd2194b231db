"""All that stands behind an alert, gathered for whoever has to judge it: what fired on which answers and words,
how it was before, what the drug log says, what was said, and what became of each page.

The number of statements is the same whatever the history's length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Prefetch, Q, prefetch_related_objects

from alerts.messaging import IS_NEWS_FOR
from alerts.models import Alert, AlertEvent, DeliveryAttempt, Notification, Reminder
from alerts.models.reminder import ReminderKind
from alerts.origins import Origin, Said, origin_of, said_by
from alerts.reasons import Reason, reasons_of
from symptoms.clinical.decision_support import Situation, Support, support_for
from symptoms.clinical.dosing import stomatitis_interruptions
from symptoms.clinical.terms import Problem, Slot, Urgency
from symptoms.models import Amendment, Assessment, DoseEvent, Episode, Message, SymptomReport, TreatmentCourse
from symptoms.models.conversation import Sender

REPORTS_SHOWN: Final = 10
MESSAGES_SHOWN: Final = 200

FROM_WORDS_ALONE: Final = frozenset({"SELF-HARM", "COULD-NOT-ASSESS", "MESSAGE-ANSWERED"})
"""Reasons that no assessment finds: the message itself raises them."""

ANSWERED_WITHIN: Final = timedelta(hours=1)
"""A message from before is not what was answered, or could not be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason of the alert with what satisfied it, as the assessment saw it.

    `answers` are slot and raw value, `origins` where each came from, by slot; `words` what the patient typed of them,
    in reply to these questions or of their own accord; `context` facts of the history that the rule looks at, by name.
    Without an `assessment` no report is behind it. `moment` is the patient's message after which it fired.
    """

    reason: Reason
    assessment: Assessment | None = None
    answers: tuple[tuple[str, Any], ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    context: tuple[tuple[str, Any], ...] = ()
    moment: UUID | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """`own_reports` raised the alert or joined it, the oldest first, `reports` are all, the newest first; each with
    its `assessments`. `messages` in order; `notifications` the oldest first.
    """

    alert: Alert
    findings: Sequence[Finding]
    support: Sequence[Support]
    course: TreatmentCourse | None
    dose_events: Sequence[DoseEvent]
    stomatitis_interruptions: int
    stomatitis_grade: int | None
    episode: Episode | None
    own_reports: Sequence[SymptomReport]
    reports: Sequence[SymptomReport]
    messages: Sequence[Message]
    events: Sequence[AlertEvent]
    notifications: Sequence[Notification]
    announcements: Mapping[str, Reminder]
    later: Alert | None


def gather_evidence(alert: Alert) -> Evidence:
    """The evidence of one alert, which comes with `patient` and `clinic`."""
    events = list(alert.events.select_related("actor").order_by("number"))
    own = _reports_behind(alert, events)
    talks = {report.conversation_id for report in own if report.conversation_id}
    messages = _messages_of(alert, talks | _talks_without_report(alert, events), events)
    findings = [_find(reason, own, messages, events) for reason in reasons_of(alert.rules)]
    courses = TreatmentCourse.objects.filter(patient=alert.patient_id)
    course = courses.order_by(F("ended_on").desc(nulls_first=True), "-first_dose_on").first()
    doses = list(DoseEvent.objects.filter(course__patient=alert.patient_id).select_related("recorded_by"))
    grades = [one.stomatitis_grade_review for report in own for one in report.assessments.all()]
    grade = max((one for one in grades if one is not None), default=None)
    return Evidence(
        alert=alert,
        findings=findings,
        support=support_for(_situation(alert, own, course, grade)),
        course=course,
        dose_events=[one for one in doses if course and one.course_id == course.pk],
        stomatitis_interruptions=stomatitis_interruptions(one.line for one in doses),
        stomatitis_grade=grade,
        episode=Episode.objects.open().filter(patient=alert.patient_id, symptom="mouth_sores").first(),
        own_reports=own,
        reports=_latest_reports(alert),
        messages=messages,
        events=events,
        notifications=_pages(alert),
        announcements=_announcements(alert, events),
        later=Alert.objects.filter(reopens=alert).order_by("-raised_at").first(),
    )


def _reports_behind(alert: Alert, events: Iterable[AlertEvent]) -> list[SymptomReport]:
    """The reports that raised the alert or joined it, oldest first."""
    named = {one.detail.get("report") for one in events} - {None}
    reports = SymptomReport.objects.filter(Q(pk__in=named) | Q(pk=alert.report_id), patient=alert.patient_id)
    assessments = Assessment.objects.order_by("assessed_at", "pk")
    own = list(reports.prefetch_related(Prefetch("assessments", assessments)).order_by("received_at"))
    for report in own:
        report.patient = alert.patient
    amendments = Prefetch("amendments", Amendment.objects.select_related("author", "carer"))
    prefetch_related_objects([one for one in own if one.amended_answers is not None], amendments)
    return own


def _messages_of(alert: Alert, talks: Iterable[UUID], events: Iterable[AlertEvent]) -> list[Message]:
    """The latest messages of these talks, what the team has written about the alert, and what was said in the days
    after it, in whichever talk: an answer to the team may begin another one. In order.
    """
    wanted = Q(conversation__in=list(talks))
    for one in events:
        if one.detail.get("to"):
            wanted |= Q(pk=one.detail["to"])
        if one.detail.get("message"):
            days = (one.happened_at, one.happened_at + IS_NEWS_FOR)
            wanted |= Q(pk=one.detail["message"]) | Q(conversation__patient=alert.patient_id, created_at__range=days)
    chosen = Message.objects.filter(wanted)
    told = chosen.select_related("conversation").defer("conversation__state")
    return list(told.order_by("-created_at", "-number")[:MESSAGES_SHOWN])[::-1]


def _talks_without_report(alert: Alert, events: Iterable[AlertEvent]) -> set[UUID]:
    """The talks of messages that raised the alert before there was a report."""
    found: set[UUID] = set()
    for event in events:
        if FROM_WORDS_ALONE.intersection(event.detail.get("rules", ())) and not event.detail.get("report"):
            period = (event.happened_at - ANSWERED_WITHIN, event.happened_at)
            said = Message.objects.filter(sender=Sender.PATIENT, created_at__range=period)
            of_patient = said.filter(conversation__patient=alert.patient_id).order_by("-created_at")
            found.update(of_patient.values_list("conversation", flat=True)[:1])
    return found


def _find(
    reason: Reason, reports: Iterable[SymptomReport], messages: Sequence[Message], events: Sequence[AlertEvent]
) -> Finding:
    """The first assessment in which the rule fired, with the answers and words that it saw."""
    for report in reports:
        for assessment in report.assessments.all():
            if reason.rule in {finding["rule"] for finding in assessment.findings}:
                return _explain(reason, report, assessment, messages)
    return _find_in_words(reason, messages, events) if reason.rule in FROM_WORDS_ALONE else Finding(reason)


def _find_in_words(reason: Reason, messages: Sequence[Message], events: Sequence[AlertEvent]) -> Finding:
    """What the message that raised it says."""
    for event in events:
        if reason.rule in event.detail.get("rules", ()):
            since = event.happened_at - ANSWERED_WITHIN
            said = [
                one for one in messages if one.sender == Sender.PATIENT and since <= one.created_at <= event.happened_at
            ]
            if said:
                return Finding(reason, words=(said[-1].text,), moment=said[-1].pk)
    return Finding(reason)


def _explain(reason: Reason, report: SymptomReport, assessment: Assessment, messages: Sequence[Message]) -> Finding:
    seen = assessment.facts.get("answers", {})
    said = [
        message
        for message in messages
        if message.conversation_id == report.conversation_id
        and message.sender == Sender.PATIENT
        and message.created_at <= assessment.assessed_at
    ]
    own = [one for one in said if one.answered_at is None or one.answered_at >= report.received_at] or said[-1:]
    heard = said_by(report, own)
    answers = tuple((slot, seen[slot]) for slot in reason.slots if slot in seen)
    origins = {slot: origin_of(slot, value, heard) for slot, value in answers}
    return Finding(
        reason,
        assessment,
        answers,
        origins,
        _words(reason.slots, heard, origins),
        (*context_of(reason.rule, assessment.facts), *_added_up(reason.rule, assessment)),
        said[-1].pk if said else None,
    )


def _words(slots: Sequence[str], heard: Sequence[Said], origins: Mapping[str, Origin]) -> tuple[str, ...]:
    """The patient's own words: those that an answer was understood from, and those about no question in particular."""
    telling = {words for origin in origins.values() for words in origin.words}
    typed = [one.message for one in heard if one.is_typed]
    said = [one.text for one in typed if one.text in telling or one.asked in ("", Slot.SYMPTOMS, *slots)]
    return tuple(dict.fromkeys([*said, *telling]))


def context_of(rule: str, facts: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """What of the history the rule looks at."""
    history, baseline = facts.get("history") or {}, facts.get("baseline") or {}
    if rule.startswith("RESP-RISE"):
        return (("lowest_cough", history.get("lowest_cough")), ("lowest_dyspnea", history.get("lowest_dyspnea")))
    if rule.startswith("RESP-COUGH"):
        return (("baseline_cough", baseline.get("cough")), ("had_recent_cough", history.get("had_recent_cough")))
    if rule == "RESP-DYSPNEA":
        return (("baseline_dyspnea", baseline.get("dyspnea")),)
    if rule == "MOUTH-DURATION" and (episode := history.get("episode")):
        return (("sores_since", episode["earliest_on"]),)
    return ()


def _added_up(rule: str, assessment: Assessment) -> tuple[tuple[str, Any], ...]:
    """The routine findings that `TWO-ROUTINE` adds up."""
    if rule != "TWO-ROUTINE":
        return ()
    found = [one["rule"] for one in assessment.findings if one["urgency"] == Urgency.ROUTINE.code]
    return (("routine_findings", found),)


def _situation(
    alert: Alert, reports: Sequence[SymptomReport], course: TreatmentCourse | None, grade: int | None
) -> Situation:
    severities = [report.answers.get(Slot.MOUTH_SEVERITY) for report in reports]
    return Situation(
        problem=Problem(alert.problem),
        rules=frozenset(alert.rules),
        stomatitis_grade=grade,
        mouth_severity=max((one for one in severities if isinstance(one, int)), default=None),
        first_dose_on=course.first_dose_on if course else None,
        baseline_ct_on=course.baseline_ct_on if course else None,
        takes_ace_inhibitor=alert.patient.takes_ace_inhibitor,
    )


def _latest_reports(alert: Alert) -> list[SymptomReport]:
    reports = SymptomReport.objects.filter(patient=alert.patient_id).prefetch_related("assessments")
    return list(reports.order_by("-occurred_at")[:REPORTS_SHOWN])


def _pages(alert: Alert) -> list[Notification]:
    attempts = DeliveryAttempt.objects.order_by("number")
    pages = alert.notifications.select_related("recipient__user").prefetch_related(Prefetch("attempts", attempts))
    return list(pages.order_by("created_at", "pk"))


def _announcements(alert: Alert, events: Iterable[AlertEvent]) -> dict[str, Reminder]:
    """The reminders that announced the team's messages, by message: whether the app has shown them."""
    written = [one.detail["message"] for one in events if one.detail.get("message")]
    rows = Reminder.objects.filter(patient=alert.patient_id, kind=ReminderKind.STAFF_MESSAGE, occurrence__in=written)
    return {row.occurrence: row for row in rows}
