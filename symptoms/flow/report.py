"""Reports: filed whole as a form, or growing answer by answer during a check-in."""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from symptoms.clinical.answers import InvalidAnswers, validate_answers
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import UNKNOWN, Respondent, Slot
from symptoms.flow.assess import follow_up, judge, stored, wait_for_turn
from symptoms.flow.background import BACKGROUND, Background, background_values
from symptoms.flow.converse import Correction
from symptoms.flow.reading import danger_in_words, each_once, read_answers_of_kept_report
from symptoms.flow.safety import tell_team_of_self_harm, try_to_tell_team
from symptoms.flow.state import DialogueState
from symptoms.flow.talk import is_over, state_of
from symptoms.models import Assessment, Carer, Conversation, Patient, SymptomReport, TreatmentCourse
from symptoms.models.report import ReportSource, ReportStatus
from symptoms.phone_clock import believable_moment
from symptoms.prepared import Prepared, Together, write_together

logger = logging.getLogger(__name__)

ABANDONED_AFTER: Final = timedelta(minutes=30)
"""A check-in that is silent for so long is closed and judged on what is there."""


FILED_BEFORE: Final = Prepared(
    lambda patient, client_id: SymptomReport.objects.filter(patient=patient, client_id=client_id)
)
RUNNING_COURSE: Final = Prepared(lambda patient: TreatmentCourse.objects.filter(patient=patient, ended_on=None)[:1])
IN_PROGRESS: Final = Prepared(
    lambda conversation: SymptomReport.objects.select_related("course").filter(
        conversation=conversation, status=ReportStatus.IN_PROGRESS
    )
)


ASSESSMENTS: Final = Prepared(lambda report: Assessment.objects.filter(report=report).order_by("pk").defer("facts"))
FILING: Final = Together(FILED_BEFORE, RUNNING_COURSE, *BACKGROUND)
CHECKING_IN: Final = Together(IN_PROGRESS, RUNNING_COURSE, *BACKGROUND)


class ClientIdConflict(Exception):
    """The same client id was used before with another body."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A stored report, whether the words that came with it speak of suicide, and its assessments; None: as stored.

    `is_repeat`: it was filed before, and nothing has changed.
    """

    report: SymptomReport
    is_self_harm: bool
    assessments: Sequence[Assessment] | None = None
    is_repeat: bool = False


def file_report(
    patient: Patient,
    *,
    client_id: uuid.UUID,
    answers: Mapping[str, Any],
    occurred_at: datetime | None,
    respondent: Respondent,
    source: ReportSource,
    now: datetime,
    carer: Carer | None = None,
) -> Filed:
    """Store and judge a whole report.

    A repeat of the same client id and body returns the first report and changes nothing; with another body
    it raises ClientIdConflict. A form with an answer that is not right raises InvalidAnswers; from other
    sources such an answer counts as unknown. Danger that its words tell of, those of wrong answers too, counts like
    one that is ticked.
    A report that cannot be judged is kept, its assessment stays due, and a person is told.
    """
    today = local_date(now, patient.zone)
    read, replaced = dict(answers), list[dict[str, Any]]()
    if source is ReportSource.FORM:
        _refuse_wrong(answers, today, patient, client_id)
    else:
        read, replaced = read_answers_of_kept_report(answers, today, now)
    read = each_once(read)
    is_carer = Respondent.CARER in (respondent, read.get(Slot.RESPONDENT))
    respondent = Respondent.CARER if is_carer else respondent
    words = [read.get(Slot.OTHER_TEXT), *(one["was"] for one in replaced)]
    danger = danger_in_words(words, patient.language, today, is_carer=is_carer)
    heard = danger.added_to(read)
    replaced += [
        {"slot": slot, "was": read.get(slot), "now": value, "at": now.isoformat()}
        for slot, value in heard.items()
        if value != read.get(slot)
    ]
    report = SymptomReport(
        patient=patient,
        client_id=client_id,
        source=source,
        status=ReportStatus.COMPLETE,
        respondent=respondent,
        carer=carer,
        answers=heard,
        corrections=replaced,
        body_digest=digest_of({"answers": answers, "occurred_at": occurred_at, "respondent": respondent}),
        phone_time=occurred_at,
        occurred_at=believable_moment(occurred_at, now),
        received_at=now,
        assess_due_at=now,
    )
    try:
        with transaction.atomic():
            return _file(report, now, is_self_harm=danger.is_self_harm)
    except ClientIdConflict:
        raise
    except Exception:
        logger.exception("assessment_failed report=%s", report.pk)
    with transaction.atomic():
        return _file_unjudged(report, now, is_self_harm=danger.is_self_harm)


def _refuse_wrong(answers: Mapping[str, Any], today: date, patient: Patient, client_id: uuid.UUID) -> None:
    """Raise InvalidAnswers, unless they were right when they came: "60 days back" was, yesterday."""
    try:
        validate_answers(answers, today)
    except InvalidAnswers:
        if FILED_BEFORE.first(patient=patient.pk, client_id=client_id) is None:
            raise


def _file(report: SymptomReport, now: datetime, *, is_self_harm: bool) -> Filed:
    """Judge and store a report, unless it was filed before. All of it in the caller's transaction, or nothing."""
    patient = report.patient
    wait_for_turn(patient)
    values = {"client_id": report.client_id, **background_values(patient, now)}
    before, courses, episodes, reports = FILING.all(**values)
    if before:
        return _filed_before(before[0], report, is_self_harm=is_self_harm)
    report.course = next(iter(courses), None)
    outcome = follow_up(judge(report, Background(episodes, reports, now), now, is_final=True), now)
    write_together(*outcome.unwritten)
    if is_self_harm:
        tell_team_of_self_harm(patient, report, now)
    return Filed(report, is_self_harm, [outcome.assessment] if outcome.assessment else [])


def _file_unjudged(report: SymptomReport, now: datetime, *, is_self_harm: bool) -> Filed:
    """Store a report that could not be judged as due, and put it before a person all the same."""
    wait_for_turn(report.patient)
    if (before := FILED_BEFORE.first(patient=report.patient_id, client_id=report.client_id)) is not None:
        return _filed_before(before, report, is_self_harm=is_self_harm)
    report.urgency, report.assess_due_at = None, now
    report._state.adding = True  # whatever was stored of it is undone
    write_together(stored(report))
    try_to_tell_team(report.patient, report, now, is_self_harm=is_self_harm)
    return Filed(report, is_self_harm, [])


def _filed_before(first: SymptomReport, again: SymptomReport, *, is_self_harm: bool) -> Filed:
    """What a repeat gets. Raises ClientIdConflict when it says something else."""
    if first.body_digest != again.body_digest:
        raise ClientIdConflict
    first.patient = again.patient
    return Filed(first, is_self_harm, ASSESSMENTS.all(report=first.pk), is_repeat=True)


def running_course(patient: Patient) -> TreatmentCourse | None:
    """The patient's course that has not ended, or None."""
    return RUNNING_COURSE.first(patient=patient.pk)


def digest_of(body: Mapping[str, Any]) -> str:
    """A fingerprint of a request body, by which a repeat is told from a conflict."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What is known in a check-in: its report, if one has begun, the running course, and the background."""

    report: SymptomReport | None
    course: TreatmentCourse | None
    background: Background


def read_check_in(conversation: Conversation, now: datetime) -> CheckIn:
    """What is known in this check-in. One query. The caller has waited for its turn."""
    values = background_values(conversation.patient, now)
    begun, courses, episodes, reports = CHECKING_IN.all(conversation=conversation.pk, **values)
    return CheckIn(next(iter(begun), None), next(iter(courses), None), Background(episodes, reports, now))


def record_check_in(
    conversation: Conversation,
    check_in: CheckIn,
    state: DialogueState,
    corrections: Iterable[Correction],
    now: datetime,
    *,
    is_over: bool,
) -> SymptomReport | None:
    """The report of a running check-in with its present answers, to be judged and stored.

    A symptom told in words begins one too, and so does "I don't know": it is judged when the patient falls silent.
    None: nothing yet.
    """
    answers = state.report_answers(is_final=is_over)
    report = check_in.report
    if report is None:
        if not (answers or state.mentioned or state.is_unsure):
            return None
        report = SymptomReport(
            conversation=conversation,
            course=check_in.course,
            client_id=uuid.uuid4(),
            source=ReportSource.CHAT,
            occurred_at=now,
            received_at=now,
        )
    report.patient = conversation.patient
    report.answers = answers
    report.respondent = answers.get(Slot.RESPONDENT, report.respondent)
    if conversation.carer_id is not None:
        report.carer_id, report.respondent = conversation.carer_id, Respondent.CARER
    report.corrections = [*report.corrections, *({**asdict(one), "at": now.isoformat()} for one in corrections)]
    report.assess_due_at = now + ABANDONED_AFTER
    if is_over:
        end_check_in(report, state, now)
    return report


def end_check_in(report: SymptomReport, state: DialogueState, now: datetime) -> None:
    """No more is asked: the report is as complete as it gets."""
    report.answers = state.report_answers(is_final=True)
    report.status = ReportStatus.COMPLETE
    report.assess_due_at = now


def abandon_check_in(report: SymptomReport) -> bool:
    """Close a silent check-in. The conversation can be taken up again and then begins a new report.

    False, and nothing is done, when the conversation is held: the patient writes, and the turn will want the report.
    """
    conversation = Conversation.objects.select_for_update(skip_locked=True).filter(reports=report).first()
    if conversation is None:
        return False
    break_off(report, conversation)
    conversation.save(update_fields=["state"])
    return True


def break_off_unread(conversation: Conversation) -> None:
    """End the check-in of a talk whose state this release cannot read. The caller holds and stores the conversation."""
    if not conversation.state:
        return
    if (report := IN_PROGRESS.first(conversation=conversation.pk)) is not None:
        break_off(report, conversation)
    conversation.state = {}


def break_off(report: SymptomReport, conversation: Conversation) -> None:
    """End a check-in that goes on no more, with what was told in it. The caller stores the conversation.

    Where its talk does not tell any more, that is what the report has, and the rest is unknown.
    """
    if is_over(conversation):
        report.answers.setdefault(Slot.SYMPTOMS.value, UNKNOWN)
    else:
        report.answers = state_of(conversation).report_answers(is_final=True)
    report.status = ReportStatus.ABANDONED
    report.save(update_fields=["answers", "status"])
    conversation.state = {}
