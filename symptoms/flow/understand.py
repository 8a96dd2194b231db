"""Turns one message into what was heard, in the light of the question on screen.

Buttons, numbers and dates are taken as they are, when they answer the question. Free text goes to the
understander, whose findings may add to the answers and never take away from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from symptoms.clinical.terms import (
    MAX_TEXT_LENGTH,
    NONE,
    UNKNOWN,
    Exertion,
    RedFlag,
    Respondent,
    Slot,
    Symptom,
    Urgency,
    YesNo,
)
from symptoms.flow.dialogue import AnswerType, Question
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.present import symptom_labels
from symptoms.flow.reading import as_json, with_line
from symptoms.flow.receive import AnswerKind
from symptoms.flow.state import DialogueState
from symptoms.flow.values import hear_typed, hear_value, read_back
from symptoms.language import UNDERSTANDER, Understanding, Wish

COMMANDS: Final = {
    "back": Intent.BACK,
    "stop": Intent.STOP,
    "something_else": Intent.SOMETHING_ELSE,
}
"""Choices that the app may offer beside every question."""

RESPONDENTS: Final = frozenset(Respondent)
"""Choices with which the app says at any time who is answering: the patient, or a carer."""

TELLING: Final = re.compile(r"[^\W\d_]{2,}")
"""A word. Two of them may tell something, a lone one or a picture does not."""

SENTENCE: Final = 4
"""So many words that are not understood may tell of something else."""

WISHES: Final = {
    Wish.BACK: Intent.BACK,
    Wish.STOP: Intent.STOP,
    Wish.SOMETHING_ELSE: Intent.SOMETHING_ELSE,
}
"""What typed words may want instead of answering; any other wish gets one sentence, and the question stays."""

FOR_TEAM: Final[dict[Wish, YesNo | None]] = {
    Wish.QUESTION: None,
    Wish.WAITING: None,
    Wish.UNREACHED: YesNo.NO,
    Wish.IN_CARE: YesNo.YES,
}
"""What is kept for a person to read, and whether it can wait; None: that is asked."""


def understand(
    answer: Mapping[str, Any], state: DialogueState, *, language: str, today: date, is_carer: bool = False
) -> Heard:
    """What one stored message says. Never raises for what a patient may send.

    `is_carer`: it comes from a carer's own device, so that "Dad has a cough" is about the patient, unasked.
    """
    if is_carer:
        state = replace(state, answers={**state.answers, Slot.RESPONDENT: Respondent.CARER})
    ((kind, value),) = answer.items()
    if kind == AnswerKind.TEXT:
        return _hear_text(value, state, language, today)
    if kind == AnswerKind.CHOICE and value in COMMANDS:
        return Heard(COMMANDS[value])
    if kind == AnswerKind.CHOICE and value in RESPONDENTS:
        return Heard(Intent.ANSWER, {Slot.RESPONDENT: value}, note=_for_whom({Slot.RESPONDENT: value}, state))
    question = state.dialogue.questions[state.asking] if state.asking else None
    heard = hear_value(question, kind, value, today) if question else Heard(Intent.NOT_UNDERSTOOD)
    return heard if heard.intent is Intent.ANSWER else _hear_misfit(value, heard, state, language, today)


def _for_whom(answers: Mapping[str, object], state: DialogueState) -> Line | None:
    """What a carer is told once: that the questions mean the patient, whom they call "you"."""
    is_carer = answers.get(Slot.RESPONDENT) == Respondent.CARER
    return Line("for_the_patient") if is_carer and Slot.RESPONDENT not in state.answers else None


def _hear_misfit(value: Any, heard: Heard, state: DialogueState, language: str, today: date) -> Heard:
    """A choice that is no answer to the question on screen: of an older screen, of another phone, or words for a code.

    Words are understood as if they were typed; a sign of danger and a symptom count wherever they were ticked.
    """
    chosen = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    if any(" " in one.strip() for one in chosen):
        heard = _hear_text(", ".join(chosen), state, language, today)
    ticked = frozenset(RedFlag(one) for one in chosen if one in frozenset(RedFlag))
    symptoms = frozenset(Symptom(one) for one in chosen if one in frozenset(Symptom))
    return replace(heard, red_flags=heard.red_flags | ticked, mentioned=heard.mentioned | symptoms)


def _hear_text(words: str, state: DialogueState, language: str, today: date) -> Heard:
    """Typed words: the label of a quick reply or a bare number is that answer; the rest is understood.

    The answer to a question that expects free text is always taken as it is.
    """
    is_carer = state.answers.get(Slot.RESPONDENT) == Respondent.CARER
    asked = None if state.is_paused else state.asking  # after a remark about suicide no word answers a question
    found = UNDERSTANDER.understand(words, language=language, today=today, expected=asked, is_carer=is_carer)
    heard = Heard(
        Intent.ANSWER,
        {slot: as_json(value) for slot, value in found.answers.items()},
        likely=found.likely,
        mentioned=found.present,
        denied=found.denied,
        red_flags=found.red_flags,
        doubtful=found.doubtful,
        goes_on=found.goes_on,
    )
    if found.self_harm:
        return Heard(Intent.SELF_HARM, mentioned=found.present, red_flags=found.red_flags)
    if state.is_paused and not heard.red_flags:
        return replace(heard, intent=Intent.SMALL_TALK, note=Line("after_self_harm"))
    question = state.dialogue.questions[state.asking] if state.asking else None
    if question is not None and (reply := _hear_reply(words, question, found, heard, state, language, today)):
        return reply
    return _hear_unasked(words, found, heard, state, language, today)


def _hear_reply(
    words: str,
    question: Question,
    found: Understanding,
    heard: Heard,
    state: DialogueState,
    language: str,
    today: date,
) -> Heard | None:
    """Words as the answer to the question on screen: a free text, a label, a number, a yes to what they may mean."""
    if question.type is AnswerType.TEXT:
        if found.wish in (Wish.BACK, Wish.STOP) and len(words.split()) <= 2:
            return _hear_wish(found.wish, heard)
        told = with_line(state.answers.get(question.slot), words)
        return replace(heard, answers={**heard.answers, question.slot: told})
    if typed := hear_typed(words, question, language, today):
        return replace(typed, red_flags=found.red_flags)
    if found.agrees and question.slot is Slot.SYMPTOMS and state.likely_symptom:
        return Heard(Intent.ANSWER, mentioned=frozenset({state.likely_symptom}))  # whether there is more is asked later
    asked_back = state.likely.get(question.slot)
    if question.slot is Slot.RED_FLAGS and state.named_doubts:
        asked_back = sorted(state.named_doubts)
    if found.agrees and asked_back is not None:
        return hear_value(question, AnswerKind.CHOICE, asked_back, today)
    if found.disagrees and question.slot in state.likely:
        return Heard(Intent.NOT_UNDERSTOOD, note=Line("disagreed"))  # with the reading, not with the question
    if _may_only_assent(words, found, heard, state):
        return Heard(Intent.NOT_UNDERSTOOD, likely={Slot.SYMPTOMS: NONE})
    return None


def _may_only_assent(words: str, found: Understanding, heard: Heard, state: DialogueState) -> bool:
    """Whether an "ok" that could deny every symptom may only assent: to the greeting, or to an urgent instruction."""
    if not found.agrees or heard.answers != {Slot.SYMPTOMS: NONE} or state.likely.get(Slot.SYMPTOMS) == NONE:
        return False
    is_urgent = max(map(Urgency.from_code, (state.told, state.stands))) >= Urgency.URGENT
    return is_urgent or found.wish is Wish.SMALL_TALK or len(words.split()) == 1


def _hear_unasked(
    words: str, found: Understanding, heard: Heard, state: DialogueState, language: str, today: date
) -> Heard:
    """Words that are no plain answer to the question on screen: a correction, a wish, a question, how somebody is."""
    if found.wish is Wish.CORRECTION:
        return _hear_correction(words, heard, state, language, today)
    if found.may_be_by_carer:
        heard = _keep_for_team(words, heard, state)  # whoever it is about, a person reads it
        return replace(heard, intent=Intent.SMALL_TALK, note=Line("whose"))
    if found.wish in FOR_TEAM and not heard.answers.keys() - {Slot.OTHER_CAN_WAIT}:
        return _hear_for_team(words, found.wish, heard, state)
    if found.wish is not Wish.NONE and not heard.answers:
        return _hear_wish(found.wish, heard)
    return _hear_statement(words, found, heard, state, language)


def _hear_for_team(words: str, wish: Wish, heard: Heard, state: DialogueState) -> Heard:
    """What the team alone can answer or has to know: kept for a person, while the question on screen stays."""
    heard = _keep_for_team(words, heard, state)
    answers = dict(heard.answers)
    if (can_wait := FOR_TEAM[wish]) is not None:
        answers.setdefault(Slot.OTHER_CAN_WAIT, can_wait)  # a cry for help beside it stands
    return replace(heard, intent=Intent.SMALL_TALK, answers=answers, note=_reply_to(wish, state))


def _reply_to(wish: Wish, state: DialogueState) -> Line:
    """What is said to words for the team; who would wait reads the urgent instruction that stands once more."""
    if wish is not Wish.WAITING:
        return Line(wish.value)
    is_urgent = max(map(Urgency.from_code, (state.told, state.stands))) >= Urgency.URGENT
    return Line("urgent_stands" if is_urgent else Wish.QUESTION.value)


def _hear_correction(words: str, heard: Heard, state: DialogueState, language: str, today: date) -> Heard:
    """What a correction replaces: the answers that it names, else the last one that was given, which is asked again."""
    named = {slot: value for slot, value in heard.answers.items() if slot in state.answers and slot != state.asking}
    if not named and state.trail:
        last = state.trail[-1]
        is_carer = state.answers.get(Slot.RESPONDENT) == Respondent.CARER
        found = UNDERSTANDER.understand(words, language=language, today=today, expected=last, is_carer=is_carer)
        reply = found.answers.get(last)
        # "I meant none" takes no symptom back: it answers the question on screen, or is asked about again.
        named = {last: as_json(reply)} if reply not in (None, NONE, 0, UNKNOWN) else {}
    if named:
        return replace(heard, intent=Intent.CORRECT, answers=named)
    return heard if heard.answers else replace(heard, intent=Intent.BACK)


def _hear_wish(wish: Wish, heard: Heard) -> Heard:
    if wish in WISHES:
        return replace(heard, intent=WISHES[wish])
    return replace(heard, intent=Intent.SMALL_TALK, note=Line(wish.value))


def _acknowledge(question: Question, heard: Heard, named: frozenset[Symptom], language: str) -> Line | None:
    """What is said to news: an answer read back, or the symptoms that came beside the question, which stays."""
    told = named - {Symptom.OTHER}
    if question.slot is Slot.SYMPTOMS or question.slot in heard.answers or not told:
        return read_back(question, heard.answers.get(question.slot))
    return Line("noted_symptoms", {"symptoms": symptom_labels(language, told)})


def _hear_statement(words: str, found: Understanding, heard: Heard, state: DialogueState, language: str) -> Heard:
    """What somebody says of how they are. What no question asks for is kept for a person to read (S-03)."""
    named = heard.mentioned - state.mentioned
    is_in_danger = bool(heard.red_flags) or heard.answers.get(Slot.DYSPNEA_EXERTION) == Exertion.AT_REST
    is_for_team = (
        (found.asks_about_medicine and not is_in_danger)  # what is said of danger is one alert, with its words
        or (found.is_about_treatment and (named or heard.answers))
        or heard.doubtful
        or Symptom.OTHER in heard.mentioned
        or Symptom.SWELLING in named
        or (found.tells_more and named)
    )
    if is_for_team and Slot.OTHER_TEXT not in heard.answers:
        heard = _keep_for_team(words, heard, state)
    is_news = bool(heard.answers or heard.mentioned - state.mentioned or heard.red_flags)
    question = state.dialogue.questions[state.asking] if state.asking else None
    if found.asks_about_medicine:
        return replace(heard, note=Line(Wish.QUESTION.value))
    if is_news:
        noted = _acknowledge(question, heard, named, language) if question else None
        return replace(heard, note=noted or _for_whom(heard.answers, state))
    if found.denied and not found.is_about_state:
        return replace(heard, intent=Intent.NOT_UNDERSTOOD, note=Line("choose_one"))
    is_opening = state.asking in (Slot.SYMPTOMS, None)
    if found.is_about_state:
        heard = _keep_for_team(words, heard, state)
        is_answer = is_opening or state.asking is Slot.OTHER_SYMPTOMS
        if state.asking is Slot.OTHER_SYMPTOMS:  # a person reads which they are
            heard = replace(heard, answers={**heard.answers, Slot.OTHER_SYMPTOMS: UNKNOWN})
        return replace(heard, intent=Intent.ANSWER if is_answer else Intent.NOT_UNDERSTOOD, note=Line("noted_for_team"))
    # Who is not understood twice at the opening is telling something: a person reads it. Once, a sentence may be.
    if is_opening and state.repeats and len(TELLING.findall(words)) > 1:
        heard = _keep_for_team(words, heard, state)
    elif state.asking is Slot.SYMPTOMS and not found.likely and len(words.split()) >= SENTENCE:
        heard = replace(heard, likely={Slot.SYMPTOMS: Symptom.OTHER.value, Slot.OTHER_TEXT: words[:MAX_TEXT_LENGTH]})
    is_which = found.agrees and question is not None and question.type is AnswerType.CHOICES
    return replace(heard, intent=Intent.NOT_UNDERSTOOD, note=Line("which_ones") if is_which else None)


def _keep_for_team(words: str, heard: Heard, state: DialogueState) -> Heard:
    """The words added to those that a person on the team will read."""
    told = with_line(state.answers.get(Slot.OTHER_TEXT), words)
    answers = {**heard.answers, Slot.OTHER_TEXT: told}
    return replace(heard, answers=answers, mentioned=heard.mentioned | {Symptom.OTHER})
