"""What a stored message says, in the light of the question that it answers: the one that stood when it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from symptoms.clinical.answers import read_answers
from symptoms.clinical.calendar import local_date
from symptoms.clinical.judging import positive_symptoms
from symptoms.clinical.terms import RedFlag, Slot
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand
from symptoms.models import Message
from symptoms.phone_clock import believable_moment

SLOTS: Final = frozenset(Slot)


def hear(message: Message, state: dict[str, Any]) -> Heard:
    """What a stored message says in the light of a saved state, and of the question that it answers.

    Days are counted from when it was written, as far as the phone can be believed, and not from when it is answered:
    "since yesterday" of a message that was kept for lack of a network, or that a crash left.
    """
    conversation = message.conversation
    today = local_date(believable_moment(message.sent_at, message.created_at), conversation.patient.zone)
    now_asking = DialogueState.from_json(state)
    asked = question_answered(message, now_asking.asking, is_talk_over=not state)
    answering = replace(now_asking, asking=asked)
    is_carer = message.carer_id is not None
    heard = understand(message.answer or {}, answering, language=conversation.language, today=today, is_carer=is_carer)
    return heard if asked is now_asking.asking else hear_late(heard, today, is_talk_over=not state)


def question_answered(message: Message, asking: Slot | None, *, is_talk_over: bool) -> Slot | None:
    """The question that a message answers: the one that stood when it came; the first one where it begins a check-in.

    None where none stood, though one was put meanwhile: a "none" from then does not answer that. None, too, where it
    is not known, here or to this release.
    """
    if message.asked:
        return Slot(message.asked) if message.asked in SLOTS else None
    return asking if is_talk_over else None


def hear_late(heard: Heard, today: date, *, is_talk_over: bool) -> Heard:
    """An answer to another question than the one on screen, which it leaves open.

    What it shows counts, also where that question is asked no more; in a talk that was over it answers nothing else.
    """
    read = read_answers(heard.answers, today)
    signs = read.red_flags.chosen if read.red_flags else frozenset[RedFlag]()
    heard = replace(heard, mentioned=heard.mentioned | positive_symptoms(read), red_flags=heard.red_flags | signs)
    if is_talk_over and heard.intent is Intent.ANSWER and not (heard.mentioned or heard.red_flags):
        heard = replace(heard, intent=Intent.NOT_UNDERSTOOD, answers={})
    if heard.intent is Intent.NOT_UNDERSTOOD:
        return replace(heard, intent=Intent.SMALL_TALK, note=Line("choose_one"))
    return heard
