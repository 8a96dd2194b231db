"""Turns one message into what was heard, in the light of the question on screen.

Buttons, numbers and dates are taken as they are, when they answer the question. Free text goes to the
understander, whose findings may add to the answers and never take away from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from symptoms.clinical.answers import Unreadable, check_answer
from symptoms.clinical.terms import (
    MAX_ONSET_DAYS_BACK,
    MAX_TEMPERATURE_F,
    MIN_TEMPERATURE_F,
    NONE,
    UNKNOWN,
    Respondent,
    Slot,
    Symptom,
)
from symptoms.flow.converse import DialogueState, Heard, Intent, Line
from symptoms.flow.dialogue import GRADES, QUESTIONS, AnswerType, Question
from symptoms.flow.present import option_label
from symptoms.flow.receive import AnswerKind
from symptoms.language import NullUnderstander, Understander, Understanding, Wish

UNDERSTANDER: Final[Understander] = NullUnderstander()

COMMANDS: Final = {
    "back": Intent.BACK,
    "stop": Intent.STOP,
    "something_else": Intent.SOMETHING_ELSE,
}
"""Choices that the app may offer beside every question."""

RESPONDENTS: Final = frozenset(Respondent)
"""Choices with which the app says at any time who is answering: the patient, or a carer."""

WISHES: Final = {
    Wish.BACK: Intent.BACK,
    Wish.STOP: Intent.STOP,
    Wish.SOMETHING_ELSE: Intent.SOMETHING_ELSE,
    Wish.CORRECTION: Intent.CORRECT,
}
"""What typed words may want beside answering."""


def understand(answer: Mapping[str, Any], state: DialogueState, *, language: str, today: date) -> Heard:
    """What one stored message says. Never raises for what a patient may send."""
    ((kind, value),) = answer.items()
    if kind == AnswerKind.TEXT:
        return _hear_text(value, state, language, today)
    if kind == AnswerKind.CHOICE and value in COMMANDS:
        return Heard(COMMANDS[value])
    if kind == AnswerKind.CHOICE and value in RESPONDENTS:
        return Heard(Intent.ANSWER, {Slot.RESPONDENT: value})
    if state.asking is None:
        return Heard(Intent.NOT_UNDERSTOOD)
    return _hear_value(QUESTIONS[state.asking], kind, value, today)


def _hear_text(words: str, state: DialogueState, language: str, today: date) -> Heard:
    """Typed words: the label of a quick reply or a bare number is that answer; the rest is understood.

    The answer to a question that expects free text is always taken as it is.
    """
    found = UNDERSTANDER.understand(words, language=language, today=today, expected=state.asking)
    if found.self_harm:
        return Heard(Intent.SELF_HARM, red_flags=found.red_flags)
    answers = _new_answers(found, state)
    question = QUESTIONS[state.asking] if state.asking else None
    if question is not None and question.type is AnswerType.TEXT:
        answers[question.slot] = words
    elif question is not None and question.slot not in answers:
        typed = _hear_value(question, AnswerKind.CHOICE, _typed_value(words, question, language), today)
        if typed.intent is Intent.ANSWER or _is_number(words):
            return replace(typed, answers={**answers, **typed.answers}, red_flags=found.red_flags)
    mentioned = found.present - {Symptom.OTHER}
    is_understood = bool(answers or mentioned - state.mentioned or found.red_flags)
    return Heard(
        _intent(found, is_understood=is_understood),
        answers,
        mentioned=mentioned,
        red_flags=found.red_flags,
        note=_read_back(question, answers.get(question.slot)) if question else None,
    )


def _new_answers(found: Understanding, state: DialogueState) -> dict[str, Any]:
    """What the words say of slots: an answer that was given before is replaced only by a correction."""
    is_correction = found.wish is Wish.CORRECTION
    return {
        slot: value.isoformat() if isinstance(value, date) else value
        for slot, value in found.answers.items()
        if slot == state.asking or is_correction or slot not in state.answers
    }


def _intent(found: Understanding, *, is_understood: bool) -> Intent:
    if found.wish in WISHES:
        return WISHES[found.wish]
    return Intent.ANSWER if is_understood else Intent.NOT_UNDERSTOOD


def _typed_value(words: str, question: Question, language: str) -> Any:
    """The value that typed words name: quick replies by their labels, separated by commas, or a number."""
    if _is_number(words):
        number = float(words.replace(",", "."))
        return int(number) if number.is_integer() else number
    labels = {option_label(language, question.slot, value).casefold(): value for value in question.options}
    parts = [part.strip().casefold() for part in words.rstrip(" .!").split(",")]
    values = [labels.get(part, part) for part in parts]
    return values if question.type is AnswerType.CHOICES else values[0] if len(values) == 1 else words


def _is_number(words: str) -> bool:
    return re.fullmatch(r"\s*[0-9]{1,4}([.,][0-9]{1,3})?\s*", words) is not None


def _hear_value(question: Question, kind: str, value: Any, today: date) -> Heard:
    """A tapped or picked answer to the question on screen."""
    raw = _to_raw(question, kind, value, today)
    try:
        check_answer(question.slot, raw, today)
    except Unreadable:
        return Heard(Intent.NOT_UNDERSTOOD, note=_what_is_wrong(question, raw, today))
    return Heard(Intent.ANSWER, {question.slot: raw}, note=_read_back(question, raw))


def _to_raw(question: Question, kind: str, value: Any, today: date) -> Any:
    """The value in the terms of the slot: grades are numbers, days back a date, one choice a list of one.

    Of the other side effects the check-in asks only which there are, not how bad: each is of unknown grade.
    """
    if question.type is AnswerType.CHOICES:
        chosen = value if isinstance(value, list) else [value]
        if question.slot is Slot.OTHER_SYMPTOMS and chosen != [UNKNOWN]:
            return {code: UNKNOWN for code in chosen if code != NONE}
        return chosen[0] if chosen in ([NONE], [UNKNOWN]) else chosen
    if question.options[: len(GRADES)] == GRADES and isinstance(value, str) and value in GRADES:
        return int(value)
    if question.type is AnswerType.DATE and kind == AnswerKind.NUMBER:
        return _days_back(value, today)
    return value


def _days_back(days: Any, today: date) -> Any:
    """A number of days ago as a date; anything else as it is, to be refused."""
    if isinstance(days, (int, float)) and 0 <= days <= MAX_ONSET_DAYS_BACK:
        return (today - timedelta(days=int(days))).isoformat()
    return days


def _what_is_wrong(question: Question, raw: Any, today: date) -> Line | None:
    """The sentence that tells the patient what would be right; None for the usual "I did not understand"."""
    if question.type is AnswerType.NUMBER and isinstance(raw, (int, float)):
        return Line("number_out_of_range", {"min": question.minimum, "max": question.maximum})
    if question.type is AnswerType.DATE and isinstance(raw, (str, int, float)):
        is_ahead = isinstance(raw, str) and raw > today.isoformat()
        return Line("date_in_future") if is_ahead else Line("date_too_old", {"days": MAX_ONSET_DAYS_BACK})
    if question.type is AnswerType.CHOICE or question.type is AnswerType.CHOICES:
        return Line("choose_one")
    return None


def _read_back(question: Question, raw: Any) -> Line | None:
    """A temperature in Fahrenheit is read back in Celsius."""
    is_number = isinstance(raw, (int, float))
    if question.slot is Slot.FEVER_TEMPERATURE_C and is_number and MIN_TEMPERATURE_F <= raw <= MAX_TEMPERATURE_F:
        return Line("read_back_temperature", {"celsius": f"{(raw - 32) * 5 / 9:.1f}"})
    return None
