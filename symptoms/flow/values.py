"""Buttons, numbers and dates, tapped or typed, as answers to the question on screen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Final

from symptoms.clinical.answers import Unreadable, check_answer
from symptoms.clinical.terms import (
    MAX_ONSET_DAYS_BACK,
    MAX_TEMPERATURE_C,
    MAX_TEMPERATURE_F,
    MIN_TEMPERATURE_C,
    MIN_TEMPERATURE_F,
    NONE,
    UNKNOWN,
    Slot,
    Symptom,
)
from symptoms.flow.dialogue import GRADES, AnswerType, Question
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.present import option_label
from symptoms.flow.receive import AnswerKind

FEVERISH_C: Final = 37.5
FEVERISH_F: Final = 99.5
"""From here on a number by itself may be the temperature of a fever."""

TEMPERATURES: Final = {
    "min_c": f"{MIN_TEMPERATURE_C:.0f}",
    "max_c": f"{MAX_TEMPERATURE_C:.0f}",
    "min_f": f"{MIN_TEMPERATURE_F:.0f}",
    "max_f": f"{MAX_TEMPERATURE_F:.0f}",
}
"""What can be a temperature, on either scale."""


def hear_value(question: Question, kind: str, value: Any, today: date) -> Heard:
    """A tapped or picked answer to the question on screen."""
    if question.type is AnswerType.TEXT and value != UNKNOWN:
        return Heard(Intent.NOT_UNDERSTOOD)
    raw = _to_raw(question, kind, value, today)
    try:
        check_answer(question.slot, raw, today)
    except Unreadable:
        return Heard(Intent.NOT_UNDERSTOOD, note=_what_is_wrong(question, raw, today))
    return Heard(Intent.ANSWER, {question.slot: raw}, note=read_back(question, raw))


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
    """A whole number of days ago as a date; anything else as it is, to be refused: 36.8 is a temperature."""
    if isinstance(days, (int, float)) and days == int(days) and 0 <= days <= MAX_ONSET_DAYS_BACK:
        return (today - timedelta(days=int(days))).isoformat()
    return days


def _what_is_wrong(question: Question, raw: Any, today: date) -> Line | None:
    """The sentence that tells the patient what would be right; None for the usual "I did not understand"."""
    if question.slot is Slot.FEVER_TEMPERATURE_C and isinstance(raw, (int, float)):
        return Line("temperature_out_of_range", TEMPERATURES)
    if question.type is AnswerType.NUMBER and isinstance(raw, (int, float)):
        return Line("number_out_of_range", {"min": question.minimum, "max": question.maximum})
    if question.type is AnswerType.DATE and isinstance(raw, (str, int, float)):
        is_ahead = isinstance(raw, str) and raw > today.isoformat()
        return Line("date_in_future") if is_ahead else Line("date_too_old", {"days": MAX_ONSET_DAYS_BACK})
    if question.type is AnswerType.CHOICE or question.type is AnswerType.CHOICES:
        return Line("choose_one")
    return None


def read_back(question: Question, raw: Any) -> Line | None:
    """A temperature in Fahrenheit is read back in Celsius."""
    is_number = isinstance(raw, (int, float))
    if question.slot is Slot.FEVER_TEMPERATURE_C and is_number and MIN_TEMPERATURE_F <= raw <= MAX_TEMPERATURE_F:
        return Line("read_back_temperature", {"celsius": f"{(raw - 32) * 5 / 9:.1f}"})
    return None


def hear_typed(words: str, question: Question, language: str, today: date) -> Heard | None:
    """The answer that typed words are when they are the label of a quick reply, or nothing but a number."""
    kind = AnswerKind.NUMBER if _is_number(words) else AnswerKind.CHOICE
    value = _typed_value(words, question, language)
    if question.slot is Slot.SYMPTOMS and _may_be_fever(value):
        likely: dict[str, object] = {Slot.SYMPTOMS: Symptom.FEVER.value, Slot.FEVER_TEMPERATURE_C: value}
        return Heard(Intent.NOT_UNDERSTOOD, likely=likely)
    typed = hear_value(question, kind, value, today)
    is_number_asked = question.type in (AnswerType.NUMBER, AnswerType.DATE)
    if typed.intent is not Intent.ANSWER and not is_number_asked and _may_be_fever(value):
        return _hear_temperature(value)
    return typed if typed.intent is Intent.ANSWER or _is_number(words) else None


def _hear_temperature(value: float) -> Heard:
    """A lone number that answers no other question, as the temperature that it may be; it is read back."""
    celsius = value if value <= MAX_TEMPERATURE_C else (value - 32) * 5 / 9
    return Heard(
        Intent.ANSWER,
        {Slot.FEVER_TEMPERATURE_C: value},
        mentioned=frozenset({Symptom.FEVER}),
        note=Line("read_back_temperature", {"celsius": f"{celsius:.1f}"}),
    )


def _typed_value(words: str, question: Question, language: str) -> Any:
    """The value that typed words name: quick replies by their labels, separated by commas, or a number."""
    if _is_number(words):
        number = float(words.replace(",", "."))
        return int(number) if number.is_integer() else number
    labels = {option_label(language, question.slot, value).casefold(): value for value in question.options}
    parts = [part.strip().casefold() for part in words.rstrip(" .!").split(",")]
    values = [labels.get(part, part) for part in parts]
    return values if question.type is AnswerType.CHOICES else values[0] if len(values) == 1 else words


def _may_be_fever(value: object) -> bool:
    """Whether a lone number may be the temperature of a fever, on either scale: "39.2"."""
    if not isinstance(value, (int, float)):
        return False
    return FEVERISH_C <= value <= MAX_TEMPERATURE_C or FEVERISH_F <= value <= MAX_TEMPERATURE_F


def _is_number(words: str) -> bool:
    return re.fullmatch(r"\s*[0-9]{1,4}([.,][0-9]{1,3})?\s*", words) is not None
