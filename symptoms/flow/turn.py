"""One turn of a conversation: the whole story of a message, from what a patient says to what is answered.

    receive     commit the message by itself; a repeat gets the earlier answer
    understand  what does it say
    converse    what does it change, what is asked next          \\
    report      write the answers down                            \\  one transaction
    assess      judge them, tell the care team, make the advice   /
    answer      write the reply down                             /

A turn from which nothing but the next question follows needs no transaction: it is written if the talk is untouched.
Whatever goes wrong on the way, the patient gets a safe reply and the care team is told.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from symptoms.clinical.actions import TellOfWords
from symptoms.clinical.terms import UNKNOWN, Urgency
from symptoms.flow.act import carry_out
from symptoms.flow.advise import Advice
from symptoms.flow.assess import follow_up, follows, wait_for_turn
from symptoms.flow.converse import converse
from symptoms.flow.dialogue import Known
from symptoms.flow.draw import Drawn, draw
from symptoms.flow.hear import hear
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.opening import (
    AFTER_EMERGENCY,
    answer_in_emergency,
    beginning,
    greet_again,
    has_to_hear_again,
    says_for_team,
    says_nothing_new,
    what_stands,
    what_still_stands,
)
from symptoms.flow.present import SAY, Turn, advice_bubbles, ask, phrase, say, turn_json
from symptoms.flow.receive import AnswerKind, InboundMessage, receive
from symptoms.flow.report import break_off_unread
from symptoms.flow.safety import (
    safe_advice,
    safe_text,
    self_harm_advice,
    tell_team_of_failure,
    tell_team_of_self_harm,
    try_to_tell_team,
)
from symptoms.flow.state import DialogueState
from symptoms.flow.talk import close, is_over, open_talk_for, saved_state, state_of
from symptoms.models import Conversation, Message, Patient, SymptomReport
from symptoms.models.conversation import Sender
from symptoms.prepared import Prepared, PreparedUpdate, Write, write_if, write_together

logger = logging.getLogger(__name__)

LOCKED: Final = Prepared(
    lambda pk: (
        Message.objects.select_related("conversation").select_for_update(of=("self", "conversation")).filter(pk=pk)
    )
)
SAVE: Final = PreparedUpdate(Conversation, "language", "status", "state", "message_count", "closed_at")
ANSWER: Final = PreparedUpdate(Message, "answered_at", "reply")
UNTOUCHED: Final = "xmin = (SELECT xmin FROM symptoms_message WHERE id = %s AND answered_at IS NULL)"
"""Of a talk: nobody has written it since the transaction that took the message in."""


class TalkTouched(Exception):
    """Somebody was at the talk since it took the message in: nothing is written."""


def take_turn(conversation: Conversation, inbound: InboundMessage, now: datetime) -> Turn:
    """Answer one message of a patient. Raises what `receive` does, and nothing once the message is stored."""
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
    patient, before = message.conversation.patient, saved_state(message.conversation)
    if AnswerKind.TEXT in (message.answer or {}):
        tell_of_words(message, now)
    heard = hear(message, before)
    if may_go_on_lightly(before, heard) and (turn := go_on_lightly(message, heard, now)) is not None:
        return turn
    with transaction.atomic():
        message = lock(message, patient)
        if message.answered_at is not None:
            return answered(message)
        is_moved = move_to_open_talk(message)
        state = saved_state(message.conversation)
        if is_moved or state != before:
            heard = hear(message, state)
        return reply_to(message, heard, now)


def move_to_open_talk(message: Message) -> bool:
    """Let a message whose talk was closed meanwhile go where it would go if it came now; whether that is another talk.

    There it answers no question. Within the caller's transaction, with the talk locked.
    """
    talk = open_talk_for(message.conversation)
    if talk.pk == message.conversation_id:
        return False
    talk.message_count += 1
    talk.carer_id = message.carer_id
    message.conversation, message.number, message.asked = talk, talk.message_count, UNKNOWN
    message.save(update_fields=["conversation", "number", "asked"])
    return True


def tell_of_words(message: Message, now: datetime) -> None:
    """Put typed words before whoever waits for them. That this fails does not cost the patient the reply."""
    patient = message.conversation.patient
    try:
        carry_out([TellOfWords(message.pk)], patient=patient, report=None, now=now)
    except Exception:
        logger.exception("words_not_told message=%s", message.pk)
        try_to_tell_team(patient, None, now)


def reply_to(message: Message, heard: Heard, now: datetime) -> Turn:
    """The turn itself, within the caller's transaction and with the conversation locked."""
    conversation = message.conversation
    conversation.language = conversation.patient.language
    is_taken_up = is_over(conversation)
    if is_taken_up:
        break_off_unread(conversation)
        standing = what_stands(conversation, now)
        if standing.is_emergency and (says_nothing_new(heard) or says_for_team(heard)):
            return store_reply(message, answer_in_emergency(message, heard, standing, now), now)
        if says_nothing_new(heard):
            return store_reply(message, greet_again(conversation, standing, now), now)
        conversation.state = beginning(standing.urgency, now).to_json()
    drawn = draw(conversation, heard, now)
    if heard.intent is Intent.SELF_HARM:
        return answer_self_harm(message, drawn, now)
    return conclude(message, drawn, now, is_taken_up=is_taken_up)


def store_reply(message: Message, turn: Turn, now: datetime) -> Turn:
    """Write down with what a message was answered."""
    message.reply, message.answered_at = turn, now
    ANSWER(message)
    return answered(message)


def may_go_on_lightly(before: dict[str, Any], heard: Heard) -> bool:
    """Whether it looks as if nothing followed from what was heard. Only a guess: a wrong one costs some time."""
    if not before or heard.intent is Intent.SELF_HARM:
        return False
    state = DialogueState.from_json(before)
    return Urgency.from_code(state.told) < Urgency.URGENT and not converse(state, heard, Known()).is_over


def go_on_lightly(message: Message, heard: Heard, now: datetime) -> Turn | None:
    """The turn of a check-in that goes on, where nothing follows from what was heard: one look, and one statement.

    Nothing is held for it. The words are written if nobody has been at the talk since it took the message in; reports
    that come at the same moment do not see each other, and the end of the check-in is judged with both. None: nothing
    is written, and the turn has to be taken with the talk held.
    """
    conversation = message.conversation
    conversation.language = conversation.patient.language
    drawn = draw(conversation, heard, now)
    if drawn.is_over or (drawn.judged and follows(drawn.judged)):
        return None
    try:
        return conclude(message, drawn, now, is_light=True)
    except TalkTouched:
        return None


def conclude(
    message: Message, drawn: Drawn, now: datetime, *, is_light: bool = False, is_taken_up: bool = False
) -> Turn:
    """Do what follows, and answer: the advice first, then the next question.

    What was told before and is more urgent is said first, at the end of a talk and where a closed one is taken up.
    """
    conversation, step, state = message.conversation, drawn.step, drawn.state
    advice, unwritten = act_upon(drawn, now)
    is_emergency = advice is not None and advice["urgency"] == Urgency.EMERGENCY.code
    is_finished = step.is_over and not step.is_stopped and not is_emergency
    said = tuple(AFTER_EMERGENCY.get(line.key, line) for line in step.lines) if is_emergency else step.lines
    lines = (*said, Line("finished")) if is_finished else said
    is_due = is_taken_up or state.asking is None or has_to_hear_again(state, step.lines)
    if is_due and (standing := what_still_stands(state.stands, advice)):
        lines = (*standing, *said)
    texts, state = tell(advice, state)
    way_out = [Line("urgent_so_far")] if texts and state.asking is not None else []
    words = [*phrase(conversation, lines, now), *texts, *phrase(conversation, way_out, now), *ask(conversation, state)]
    return close_turn(message, state, words, advice, drawn.report, unwritten, now, is_light=is_light)


def answer_self_harm(message: Message, drawn: Drawn, now: datetime) -> Turn:
    """The fixed answer to a remark about suicide, and a person who is told at once. Nothing is asked in that turn."""
    conversation = message.conversation
    advice, unwritten = act_upon(drawn, now)
    tell_team_of_self_harm(conversation.patient, drawn.report, now)
    texts, state = tell(advice, drawn.state)
    words = [*phrase(conversation, drawn.step.lines, now), *texts]
    advice = self_harm_advice(conversation.patient, now)
    return close_turn(message, state, words, advice, drawn.report, unwritten, now)


def close_turn(
    message: Message,
    state: DialogueState,
    words: Sequence[str],
    advice: Advice | None,
    report: SymptomReport | None,
    unwritten: Sequence[Write],
    now: datetime,
    *,
    is_light: bool = False,
) -> Turn:
    """Write down where the check-in stands and what the bot says; a check-in that asks no more is closed.

    `unwritten` is what the report left to write. `is_light`: nothing is held; raises TalkTouched when that was needed.
    """
    conversation = message.conversation
    conversation.state = state.to_json()
    if state.asking is None:
        close(conversation, now)
    said = say(conversation, words, now)
    message.reply, message.answered_at = turn_json(conversation, said, state, advice, report), now
    writes = [*unwritten, *([SAY.of(*said)] if said else []), ANSWER.of(message)]
    if not is_light:
        write_together(*writes, SAVE.of(conversation))
    elif not write_if(SAVE.of(conversation, only_if=UNTOUCHED, given=[message.pk]), *writes):
        raise TalkTouched
    return answered(message)


def tell(advice: Advice | None, state: DialogueState) -> tuple[list[str], DialogueState]:
    """The advice as words of the bot, when the check-in is over or the advice has become more urgent.

    At the end of a talk in which an urgent instruction was given before, that is said again, and no more.
    """
    if advice is None:
        return [], state
    is_news = Urgency.from_code(advice["urgency"]) > Urgency.from_code(state.told)
    if state.asking is not None and not is_news:
        return [], state
    is_told = advice["urgency"] == state.told and advice["urgency"] == Urgency.URGENT.code
    return advice_bubbles(advice, is_told=is_told), replace(state, told=advice["urgency"])


def act_upon(drawn: Drawn, now: datetime) -> tuple[Advice | None, Sequence[Write]]:
    """Do what follows from a judgement. Returns the advice to show, and what is left to write."""
    if drawn.report is None or drawn.judged is None:
        return None, ()
    outcome = follow_up(drawn.judged, now)
    is_told = drawn.is_over or (drawn.report.urgency or 0) >= Urgency.URGENT
    return outcome.advice if is_told else None, outcome.unwritten


def answered(message: Message) -> Turn:
    """The turn that a message was answered with."""
    turn: Turn = message.reply or {}
    return turn


def lock(message: Message, patient: Patient) -> Message:
    """The message as it is now with its conversation, locked against a second phone; the right to judge is held too."""
    locked = LOCKED.get(pk=message.pk)
    wait_for_turn(patient)
    locked.conversation.patient = patient
    return locked


def answer_safely(message: Message, now: datetime) -> Turn:
    """The reply when a turn failed: the numbers to call, and a person who has been told.

    The message stays unanswered, so that a sweep tries it once more.
    """
    patient = message.conversation.patient
    try_to_tell_team(patient, None, now)
    return safe_turn(message, now)


def give_up_message(message: Message, now: datetime) -> None:
    """Answer a message that failed twice with the safe text; a person has to read it."""
    message = lock(message, message.conversation.patient)
    conversation = message.conversation
    SAY(*say(conversation, [safe_text(conversation.patient, now)], now))
    conversation.save(update_fields=["message_count"])
    message.answered_at = now
    message.reply = safe_turn(message, now)
    message.save(update_fields=["answered_at", "reply"])
    tell_team_of_failure(conversation.patient, None, now)


def safe_turn(message: Message, now: datetime) -> Turn:
    """A turn that says only what is safe, and leaves the question on screen as it was."""
    conversation = message.conversation
    patient = conversation.patient
    line = Message(conversation=conversation, sender=Sender.BOT, text=safe_text(patient, now), created_at=now)
    return turn_json(conversation, [line], state_of(conversation), safe_advice(patient, now), None)
