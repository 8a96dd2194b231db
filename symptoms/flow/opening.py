"""Begins a talk, or takes one up again: greets, repeats the instruction that still stands, asks where it stood."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from symptoms.clinical.terms import NONE, UNKNOWN, Slot, Urgency
from symptoms.flow.advise import Advice
from symptoms.flow.converse import DialogueState, Heard, Intent, Line
from symptoms.flow.present import SAY, Turn, advice_text, ask, phrase, say, turn_json
from symptoms.models import Conversation, Message, Patient, SymptomReport
from symptoms.models.conversation import ConversationStatus, Sender
from symptoms.models.report import ReportStatus

INSTRUCTION_STANDS: Final = timedelta(hours=24)
"""How long an urgent instruction is repeated to somebody who comes back without anything new."""


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
    words = [*phrase(conversation, [Line("greeting")], now), *ask(conversation, state)]
    said = SAY(*say(conversation, words, now))
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
    if not conversation.state and conversation.status == ConversationStatus.OPEN:
        return Opening(greet_again(conversation, now), is_new=False)
    report = latest_report(conversation)
    state = DialogueState.from_json(conversation.state)
    advice = standing_advice(report, now)
    return Opening(turn_json(conversation, latest_words(conversation), state, advice, report), is_new=False)


def says_nothing_new(heard: Heard) -> bool:
    """Whether somebody who comes back to a talk tells nothing: a "thanks", or a tap on an old question's "none"."""
    if heard.mentioned or heard.red_flags or heard.intent in (Intent.SELF_HARM, Intent.STOP, Intent.SOMETHING_ELSE):
        return False
    named = heard.answers.get(Slot.SYMPTOMS)
    return set(heard.answers) <= {Slot.SYMPTOMS} and named in (None, NONE, UNKNOWN)


def greet_again(conversation: Conversation, now: datetime) -> Turn:
    """Take up a talk that was closed or fell silent, within the caller's transaction and with its row locked.

    The instruction that still stands is repeated. After an emergency nothing is asked: the patient has to act.
    """
    report = latest_report(conversation)
    advice = standing_advice(report, now)
    told = [advice_text(advice)] if advice else []
    if advice and advice["urgency"] == Urgency.EMERGENCY.code:
        state = DialogueState(asking=None)
        words = told
        conversation.state, conversation.status, conversation.closed_at = {}, ConversationStatus.CLOSED, now
    else:
        state = DialogueState(told=advice["urgency"] if advice else NONE)
        is_broken_off = report is not None and report.status == ReportStatus.ABANDONED
        lines = [Line("resumed"), *([Line("abandoned")] if is_broken_off else [])]
        words = [*phrase(conversation, lines, now), *told, *ask(conversation, state)]
        conversation.state = state.to_json()
    said = SAY(*say(conversation, words, now))
    conversation.save()
    return turn_json(conversation, said, state, advice, report)


def latest_report(conversation: Conversation) -> SymptomReport | None:
    return conversation.reports.order_by("-received_at").first()


def standing_advice(report: SymptomReport | None, now: datetime) -> Advice | None:
    """The most urgent advice of a report, while it stands: urgent or worse, and given within a day."""
    if report is None or report.urgency is None or report.urgency < Urgency.URGENT:
        return None
    recent = report.assessments.filter(urgency=report.urgency, assessed_at__gte=now - INSTRUCTION_STANDS)
    assessment = recent.order_by("-pk").first()
    return assessment.advice if assessment else None


def latest_words(conversation: Conversation) -> list[Message]:
    """What the bot said last: everything since the patient's last message, in order."""
    latest = conversation.messages.order_by("-number")[:10]
    said = []
    for message in latest:
        if message.sender == Sender.PATIENT:
            break
        said.append(message)
    return said[::-1]
