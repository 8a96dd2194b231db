"""Begins a talk, or takes one up again: greets, repeats the instruction that still stands, asks where it stood."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from symptoms.clinical.answers import read_answers
from symptoms.clinical.calendar import local_date
from symptoms.clinical.judging import positive_symptoms
from symptoms.clinical.terms import NONE, UNKNOWN, Slot, Symptom, Urgency, YesNo
from symptoms.flow.advise import Advice, advise_again
from symptoms.flow.background import INSTRUCTION_STANDS
from symptoms.flow.dialogue import QUESTIONS, AnswerType, named_symptoms
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.present import SAY, Turn, advice_bubbles, ask, phrase, say, turn_json
from symptoms.flow.report import break_off_unread
from symptoms.flow.second_thoughts import keep_second_thoughts
from symptoms.flow.state import DialogueState
from symptoms.flow.talk import close, is_over, state_of
from symptoms.language import Wish
from symptoms.models import Conversation, Message, Patient, SymptomReport
from symptoms.models.conversation import ConversationStatus, Sender
from symptoms.models.report import ReportStatus

TOLD_AGAIN: Final = (AnswerType.CHOICE, AnswerType.NUMBER)
"""The questions of which an earlier answer is read back. Signs of danger are asked for as if for the first time."""

STILL_STANDS: Final = {Urgency.URGENT.code: "urgent_stands", Urgency.EMERGENCY.code: "still_stands"}
"""What is said of an instruction that was given before, by its urgency."""

SAID_AGAIN_BESIDE: Final = (Wish.QUESTION, "noted_for_team", Wish.SMALL_TALK, Wish.HELP)
"""Beside these lines the instruction of an emergency is said again in a check-in."""

AFTER_EMERGENCY: Final = {Wish.QUESTION.value: Line("question_in_emergency"), Wish.IN_CARE.value: Line(Wish.IN_CARE)}
"""What is said to a question, and to news of helpers, while the patient has to call the emergency number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest report of a talk, and its advice while that stands: urgent or worse, and given within a day."""

    report: SymptomReport | None = None
    advice: Advice | None = None

    @property
    def urgency(self) -> str:
        return self.advice["urgency"] if self.advice else NONE

    @property
    def is_emergency(self) -> bool:
        return self.urgency == Urgency.EMERGENCY.code


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
    """A new talk. An urgent instruction that was given within a day is said at its beginning and its end."""
    state = beginning(stands_from_before(patient, now).code, now)
    lines = [Line("greeting"), *what_still_stands(state.stands, None)]
    conversation = Conversation.objects.create(
        patient=patient,
        client_id=client_id,
        language=patient.language,
        dialogue_version=state.version,
        state=state.to_json(),
        started_at=now,
        last_message_at=now,
    )
    words = [*phrase(conversation, lines, now), *ask(conversation, state)]
    said = SAY(*say(conversation, words, now))
    conversation.save(update_fields=["message_count"])
    return Opening(turn_json(conversation, said, state, None, None), is_new=True)


def beginning(stands: str, now: datetime) -> DialogueState:
    """The state in which a check-in begins, with the urgency of an instruction that stands for another day at most."""
    return DialogueState(stands=stands, stands_until=now + INSTRUCTION_STANDS if stands != NONE else None)


def stands_from_before(patient: Patient, now: datetime) -> Urgency:
    """The urgency of the instruction that stands: of the last day's reports, filed however, urgent or worse."""
    recent = patient.reports.filter(urgency__gte=Urgency.URGENT, received_at__gte=now - INSTRUCTION_STANDS)
    return Urgency(recent.aggregate(worst=Max("urgency"))["worst"] or 0)


def what_still_stands(urgency: str, advice: Advice | None) -> list[Line]:
    """The sentence that says that an instruction of this urgency, which was given before, stands.

    None where the advice of this turn is as urgent.
    """
    is_said = advice is not None and Urgency.from_code(advice["urgency"]) >= Urgency.from_code(urgency)
    return [] if is_said or urgency not in STILL_STANDS else [Line(STILL_STANDS[urgency])]


def has_to_hear_again(state: DialogueState, lines: Iterable[Line]) -> bool:
    """Whether an emergency's instruction stands while a check-in answers a question, or keeps words for the team."""
    return state.stands == Urgency.EMERGENCY.code and any(line.key in SAID_AGAIN_BESIDE for line in lines)


def _resume(patient: Patient, client_id: uuid.UUID, now: datetime) -> Opening | None:
    """The conversation of this client id, else the open one, with the question that it stands at."""
    conversations = patient.conversations.select_related("patient__clinic").select_for_update(of=("self",))
    conversation = (
        conversations.filter(client_id=client_id).first()
        or conversations.filter(status=ConversationStatus.OPEN).first()
    )
    if conversation is None:
        return None
    is_open = conversation.status == ConversationStatus.OPEN
    is_taken_up = is_open and is_over(conversation)
    if is_taken_up:
        break_off_unread(conversation)
    standing = what_stands(conversation, now)
    is_in_old_language = is_open and conversation.language != conversation.patient.language
    if is_in_old_language:
        conversation.language = conversation.patient.language
    if is_taken_up:
        return Opening(greet_again(conversation, standing, now), is_new=False)
    state = state_of(conversation)
    if is_in_old_language:
        told = advice_bubbles(standing.advice) if standing.advice else []
        return Opening(_answer(conversation, [*told, *ask(conversation, state)], state, standing, now), is_new=False)
    turn = turn_json(conversation, latest_words(conversation), state, standing.advice, standing.report)
    return Opening(turn, is_new=False)


def says_nothing_new(heard: Heard) -> bool:
    """Whether somebody who comes back to a talk tells nothing: a "thanks", or a tap on an old question's "none"."""
    if heard.mentioned or heard.red_flags or heard.intent in (Intent.SELF_HARM, Intent.STOP, Intent.SOMETHING_ELSE):
        return False
    named = heard.answers.get(Slot.SYMPTOMS)
    return set(heard.answers) <= {Slot.SYMPTOMS} and named in (None, NONE, UNKNOWN)


def says_for_team(heard: Heard) -> bool:
    """Whether somebody asks something, tells that help is there or on its way, or that it is better, and no more."""
    if heard.note is None or heard.mentioned - {Symptom.OTHER} or heard.red_flags or heard.doubtful:
        return False
    is_calm = heard.answers.get(Slot.OTHER_CAN_WAIT) != YesNo.NO
    return heard.note.key == Wish.IN_CARE or (is_calm and (heard.goes_on or heard.note.key == Wish.QUESTION))


def answer_in_emergency(message: Message, heard: Heard, standing: Standing, now: datetime) -> Turn:
    """Keep for the team what is written while the patient has to call the emergency number; nothing is asked."""
    conversation = message.conversation
    assert standing.report is not None, "an instruction comes from a report"
    assert standing.advice is not None
    is_kept = keep_second_thoughts(message, standing.report, now)
    line = AFTER_EMERGENCY.get(heard.note.key if heard.note else "", Line("kept_beside"))
    said = [standing.advice["headline"], *phrase(conversation, [line], now)] if is_kept else []
    return _end_for_now(conversation, said or advice_bubbles(standing.advice), standing, now)


def greet_again(conversation: Conversation, standing: Standing, now: datetime) -> Turn:
    """Take up a talk that was closed or fell silent, within the caller's transaction and with its row locked.

    The instruction that still stands is repeated. After an emergency nothing is asked: the patient has to act.
    """
    told = advice_bubbles(standing.advice) if standing.advice else []
    if standing.is_emergency:
        return _end_for_now(conversation, told, standing, now)
    stands = stands_from_before(conversation.patient, now)
    state = replace(beginning(stands.code, now), told=standing.urgency)
    lines = [Line("resumed"), *what_still_stands(stands.code, standing.advice)]
    if standing.report is not None and standing.report.status == ReportStatus.ABANDONED:
        lines.append(Line("abandoned"))
        state = replace(state, likely=told_before(standing.report, now))
    words = [*phrase(conversation, lines, now), *told, *ask(conversation, state)]
    conversation.state = state.to_json()
    return _answer(conversation, words, state, standing, now)


def _end_for_now(conversation: Conversation, words: list[str], standing: Standing, now: datetime) -> Turn:
    close(conversation, now)
    conversation.state = {}
    return _answer(conversation, words, DialogueState(asking=None), standing, now)


def _answer(
    conversation: Conversation, words: list[str], state: DialogueState, standing: Standing, now: datetime
) -> Turn:
    said = SAY(*say(conversation, words, now))
    conversation.save()
    return turn_json(conversation, said, state, standing.advice, standing.report)


def told_before(report: SymptomReport, now: datetime) -> dict[str, Any]:
    """What a check-in that was broken off within a day says, to be confirmed: nothing of it is taken over unasked."""
    if report.received_at < now - INSTRUCTION_STANDS:
        return {}
    read = read_answers(report.answers, local_date(now, report.patient.zone))
    named = (named_symptoms(report.answers) | positive_symptoms(read)) - {Symptom.OTHER}
    answers: dict[str, Any] = {
        slot: report.answers[slot]
        for slot, question in QUESTIONS.items()
        if question.type in TOLD_AGAIN and report.answers.get(slot, UNKNOWN) != UNKNOWN
    }
    answers.pop(Slot.FEVER_TEMPERATURE_C, None)
    return {Slot.SYMPTOMS: sorted(named), **answers} if named else {}


def what_stands(conversation: Conversation, now: datetime) -> Standing:
    """The latest report, and the most urgent advice that it gave, while that stands."""
    report = conversation.reports.order_by("-received_at").first()
    if report is None:
        return Standing()
    report.patient = conversation.patient
    if report.urgency is None or report.urgency < Urgency.URGENT:
        return Standing(report)
    recent = report.assessments.filter(urgency=report.urgency, assessed_at__gte=now - INSTRUCTION_STANDS)
    assessment = recent.order_by("-pk").first()
    return Standing(report, advise_again(assessment, conversation.patient, now) if assessment else None)


def latest_words(conversation: Conversation) -> list[Message]:
    """The last turn of the bot, of which all has one moment, and what staff wrote about it, in order."""
    latest = conversation.messages.order_by("-number")[:10]
    said, told_at = list[Message](), None
    for message in latest:
        if message.sender == Sender.BOT:
            told_at = told_at or message.created_at
        if message.sender == Sender.PATIENT or (message.sender == Sender.BOT and message.created_at != told_at):
            break
        said.append(message)
    return said[::-1]
