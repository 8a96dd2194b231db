"""One turn of a conversation: the whole story of a message, from what a patient says to what is answered.

    receive     commit the message by itself; a repeat gets the earlier answer
    understand  what does it say
    converse    what does it change, what is asked next          \\
    report      write the answers down                            \\  one transaction
    assess      judge them, tell the care team, make the advice   /
    answer      write the reply down                             /

Whatever goes wrong on the way, the patient gets a safe reply and the care team is told.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Problem, Symptom, Urgency
from symptoms.clinical.triage import Judgement
from symptoms.flow.advise import Advice
from symptoms.flow.assess import assess_report
from symptoms.flow.converse import DialogueState, Heard, Intent, Line, Step, converse
from symptoms.flow.dialogue import Known, is_about_breath_danger
from symptoms.flow.present import Turn, ask, phrase, say, turn_json
from symptoms.flow.receive import InboundMessage, receive
from symptoms.flow.report import record_check_in
from symptoms.flow.safety import safe_advice, safe_text, tell_team_of_failure, tell_team_of_self_harm
from symptoms.flow.understand import understand
from symptoms.models import Conversation, Episode, Message, Patient, SymptomReport
from symptoms.models.conversation import ConversationStatus, Sender

logger = logging.getLogger(__name__)


def take_turn(conversation: Conversation, inbound: InboundMessage, now: datetime) -> Turn:
    """Answer one message of a patient. Raises ClientIdConflict, and nothing else once the message is stored."""
    message = receive(conversation, inbound, now)
    try:
        return answer_message(message, now)
    except Exception:
        logger.exception("turn_failed message=%s", message.pk)
        return answer_safely(message, now)


def answer_message(message: Message, now: datetime) -> Turn:
    """Compute and commit the reply to a stored message. One that has been answered keeps its reply."""
    if message.answered_at is not None:
        return answered(message)
    before = message.conversation.state
    heard = hear(message, before, now)
    with transaction.atomic():
        conversation = lock(message.conversation_id)
        message = Message.objects.get(pk=message.pk)
        if message.answered_at is not None:
            return answered(message)
        message.conversation = conversation
        if conversation.state != before:
            heard = hear(message, conversation.state, now)
        return reply_to(message, heard, now)


def reply_to(message: Message, heard: Heard, now: datetime) -> Turn:
    """The turn itself, within the caller's transaction and with the conversation locked."""
    conversation = message.conversation
    step = converse(DialogueState.from_json(conversation.state), heard, known_of(conversation.patient))
    report, advice, is_over = report_and_assess(conversation, step, now)
    if heard.intent is Intent.SELF_HARM:
        tell_team_of_self_harm(conversation.patient, report, now)
    state = replace(step.state, asking=None) if is_over else step.state
    is_emergency = advice is not None and advice["urgency"] == Urgency.EMERGENCY.code
    is_finished = step.is_over and not step.is_stopped and not is_emergency
    lines = (*step.lines, Line("finished")) if is_finished else step.lines
    texts, state = tell(advice, state)
    conversation.state = state.to_json()
    if is_over:
        conversation.status = ConversationStatus.CLOSED
        conversation.closed_at = now
    way_out = [Line("urgent_so_far")] if texts and state.asking is not None else []
    words = [*phrase(conversation, lines), *texts, *phrase(conversation, way_out), *ask(conversation, state)]
    said = say(conversation, words, now)
    conversation.save()
    turn = turn_json(conversation, said, state, advice, report)
    message.answered_at = now
    message.reply = turn
    message.save(update_fields=["answered_at", "reply"])
    return turn


def tell(advice: Advice | None, state: DialogueState) -> tuple[list[str], DialogueState]:
    """The advice as words of the bot, when the check-in is over or the advice has become more urgent."""
    if advice is None:
        return [], state
    is_news = Urgency.from_code(advice["urgency"]) > Urgency.from_code(state.told)
    if state.asking is not None and not is_news:
        return [], state
    return [f"{advice['headline']}\n\n{advice['text']}"], replace(state, told=advice["urgency"])


def has_to_act(state: DialogueState, report: SymptomReport, judgement: Judgement) -> bool:
    """Whether the patient now has to act rather than to answer.

    In an emergency at once; short of breath and urgent, as soon as it is known that it is no emergency.
    """
    if report.urgency == Urgency.EMERGENCY:
        return True
    is_breath_urgent = Symptom.DYSPNEA in judgement.case.report.present and any(
        finding.problem is Problem.RESPIRATORY and finding.urgency is Urgency.URGENT for finding in judgement.findings
    )
    return is_breath_urgent and not is_about_breath_danger(state.asking, state.answers)


def report_and_assess(
    conversation: Conversation, step: Step, now: datetime
) -> tuple[SymptomReport | None, Advice | None, bool]:
    """Write the answers down and judge them; returns the report, the advice to show, and whether the talk is over."""
    report = record_check_in(conversation, step.state, step.corrections, now, is_over=step.is_over)
    if report is None:
        return None, None, step.is_over
    outcome = assess_report(report, now, is_final=step.is_over)
    if not step.is_over and has_to_act(step.state, report, outcome.judgement):
        report = record_check_in(conversation, step.state, (), now, is_over=True) or report
        return report, assess_report(report, now).advice, True
    is_told = step.is_over or (report.urgency or 0) >= Urgency.URGENT
    return report, outcome.advice if is_told else None, step.is_over


def hear(message: Message, state: dict[str, Any], now: datetime) -> Heard:
    """What a stored message says in the light of a saved state."""
    conversation = message.conversation
    today = local_date(now, conversation.patient.zone)
    return understand(message.answer or {}, DialogueState.from_json(state), language=conversation.language, today=today)


def answered(message: Message) -> Turn:
    """The turn that a message was answered with."""
    turn: Turn = message.reply or {}
    return turn


def lock(conversation_id: uuid.UUID) -> Conversation:
    """The conversation with its patient and clinic, locked against a second phone."""
    conversations = Conversation.objects.select_related("patient__clinic").select_for_update(of=("self",))
    return conversations.get(pk=conversation_id)


def known_of(patient: Patient) -> Known:
    """What earlier reports already say, so that it is not asked again."""
    episode = Episode.objects.open().filter(patient=patient, symptom=Symptom.MOUTH_SORES).first()
    return Known(is_episode_open=episode is not None, is_onset_known=episode is not None and episode.is_onset_known)


def answer_safely(message: Message, now: datetime) -> Turn:
    """The reply when a turn failed: the numbers to call, and a person who has been told.

    The message stays unanswered, so that a sweep tries it once more.
    """
    patient = message.conversation.patient
    try:
        with transaction.atomic():
            tell_team_of_failure(patient, None, now)
    except DatabaseError:
        logger.exception("team_not_told message=%s", message.pk)
    return safe_turn(message, now)


def give_up_message(message: Message, now: datetime) -> None:
    """Answer a message that failed twice with the safe text; a person has to read it."""
    conversation = lock(message.conversation_id)
    say(conversation, [safe_text(conversation.patient)], now)
    conversation.save(update_fields=["message_count"])
    message.answered_at = now
    message.reply = safe_turn(message, now)
    message.save(update_fields=["answered_at", "reply"])
    tell_team_of_failure(conversation.patient, None, now)


def safe_turn(message: Message, now: datetime) -> Turn:
    """A turn that says only what is safe, and leaves the question on screen as it was."""
    conversation = message.conversation
    patient = conversation.patient
    line = Message(conversation=conversation, sender=Sender.BOT, text=safe_text(patient), created_at=now)
    state = DialogueState.from_json(conversation.state)
    return turn_json(conversation, [line], state, safe_advice(patient), None)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first turn of a conversation, and whether the conversation is new."""

    turn: Turn
    is_new: bool


def open_conversation(patient: Patient, client_id: uuid.UUID, now: datetime) -> Opening:
    """Begin a check-in, or take up the one that is open. Two phones that begin at once share one."""
    try:
        with transaction.atomic():
            return _resume(patient, client_id, now) or _begin(patient, client_id, now)
    except IntegrityError:
        with transaction.atomic():
            resumed = _resume(patient, client_id, now)
            assert resumed is not None, "the other phone's conversation is there"
            return resumed


def _begin(patient: Patient, client_id: uuid.UUID, now: datetime) -> Opening:
    state = DialogueState()
    conversation = Conversation.objects.create(
        patient=patient,
        client_id=client_id,
        language=patient.language,
        dialogue_version=state.version,
        state=state.to_json(),
        started_at=now,
        last_message_at=now,
    )
    said = say(conversation, [*phrase(conversation, [Line("greeting")]), *ask(conversation, state)], now)
    conversation.save(update_fields=["message_count"])
    return Opening(turn_json(conversation, said, state, None, None), is_new=True)


def _resume(patient: Patient, client_id: uuid.UUID, now: datetime) -> Opening | None:
    """The conversation of this client id, else the open one, with the question that it stands at."""
    conversations = patient.conversations.select_related("patient__clinic").select_for_update(of=("self",))
    conversation = (
        conversations.filter(client_id=client_id).first()
        or conversations.filter(status=ConversationStatus.OPEN).first()
    )
    if conversation is None:
        return None
    is_fresh = not conversation.state
    state = DialogueState.from_json(conversation.state)
    if is_fresh:
        conversation.state = state.to_json()
        said = say(conversation, [*phrase(conversation, [Line("resumed")]), *ask(conversation, state)], now)
        conversation.save(update_fields=["state", "message_count"])
    else:
        said = latest_words(conversation)
    return Opening(turn_json(conversation, said, state, None, None), is_new=False)


def latest_words(conversation: Conversation) -> list[Message]:
    """What the bot said last: everything since the patient's last message, in order."""
    latest = conversation.messages.order_by("-number")[:10]
    said = []
    for message in latest:
        if message.sender == Sender.PATIENT:
            break
        said.append(message)
    return said[::-1]
