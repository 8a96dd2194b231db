"""The check-in: which questions there are, how each is asked, and which one comes next.

Pure. Signs of danger come first, and what is already known is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from symptoms.clinical.terms import (
    MAX_COUNT,
    MAX_SEVERITY,
    MAX_TEMPERATURE_C,
    MIN_TEMPERATURE_C,
    MORE_THAN_THREE,
    NONE,
    UNKNOWN,
    BathStarted,
    Exertion,
    Intake,
    OtherSymptom,
    RedFlag,
    Slot,
    Symptom,
    YesNo,
)

DIALOGUE_VERSION: Final = "check-in-1"


class AnswerType(StrEnum):
    """How the app asks: a free text, one or several quick replies, a number, a date."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` are the values of its quick replies; "I don't know" is always the last of them."""

    slot: Slot
    type: AnswerType
    options: tuple[str, ...] = (UNKNOWN,)
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None


GRADES: Final = tuple(str(grade) for grade in range(MAX_SEVERITY + 1))


def _choice(slot: Slot, *values: str) -> Question:
    return Question(slot, AnswerType.CHOICE, (*values, UNKNOWN))


def _grade(slot: Slot) -> Question:
    return _choice(slot, *GRADES)


QUESTIONS: Final[Mapping[Slot, Question]] = {
    question.slot: question
    for question in (
        Question(Slot.SYMPTOMS, AnswerType.CHOICES, (*Symptom, NONE, UNKNOWN)),
        Question(Slot.RED_FLAGS, AnswerType.CHOICES, (*RedFlag, NONE, UNKNOWN)),
        _grade(Slot.DYSPNEA_SEVERITY),
        _choice(Slot.DYSPNEA_EXERTION, *Exertion),
        _grade(Slot.DYSPNEA_INTERFERENCE),
        _grade(Slot.COUGH_SEVERITY),
        _choice(Slot.COUGH_BLOOD, *YesNo),
        _grade(Slot.COUGH_INTERFERENCE),
        Question(
            Slot.FEVER_TEMPERATURE_C, AnswerType.NUMBER, minimum=MIN_TEMPERATURE_C, maximum=MAX_TEMPERATURE_C, unit="°C"
        ),
        _choice(Slot.FEVER_RIGORS, *YesNo),
        Question(Slot.MOUTH_COUNT, AnswerType.NUMBER, (MORE_THAN_THREE, UNKNOWN), minimum=0, maximum=MAX_COUNT),
        Question(Slot.MOUTH_ONSET_ON, AnswerType.DATE),
        _choice(Slot.MOUTH_INTAKE, *Intake),
        _grade(Slot.MOUTH_SEVERITY),
        _grade(Slot.MOUTH_INTERFERENCE),
        _choice(Slot.MOUTH_BATH_STARTED, *BathStarted),
        _choice(Slot.MOUTH_GONE, *YesNo),
        Question(Slot.OTHER_TEXT, AnswerType.TEXT, ()),
        _choice(Slot.OTHER_CAN_WAIT, *YesNo),
        Question(Slot.OTHER_SYMPTOMS, AnswerType.CHOICES, (*OtherSymptom, NONE, UNKNOWN)),
    )
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before the check-in begins: whether a mouth episode is open, and whether its onset is."""

    is_episode_open: bool = False
    is_onset_known: bool = False


MOUTH_OR_BREATH: Final = frozenset({Symptom.MOUTH_SORES, Symptom.COUGH, Symptom.DYSPNEA})
"""Complaints beside which the temperature is always asked (S-23)."""

BREATH_OR_FEVER: Final = frozenset({Symptom.COUGH, Symptom.DYSPNEA, Symptom.FEVER, Symptom.SWELLING})


def open_questions(answers: Mapping[str, object], mentioned: frozenset[Symptom], known: Known) -> Iterator[Slot]:
    """The questions that these answers call for, in the order in which they are asked, answered or not.

    `mentioned` are the symptoms that free text brought up. An answer to any other question has been closed
    by a correction, and is dropped before grading.
    """
    named = named_symptoms(answers) | mentioned
    if mentioned & BREATH_OR_FEVER:
        yield from (Slot.RED_FLAGS, Slot.SYMPTOMS)
    elif named & BREATH_OR_FEVER:
        yield from (Slot.SYMPTOMS, Slot.RED_FLAGS)
    else:
        yield Slot.SYMPTOMS
    if Symptom.DYSPNEA in named:
        yield from (Slot.DYSPNEA_SEVERITY, Slot.DYSPNEA_EXERTION, Slot.DYSPNEA_INTERFERENCE)
    if Symptom.COUGH in named:
        yield from (Slot.COUGH_SEVERITY, Slot.COUGH_BLOOD, Slot.COUGH_INTERFERENCE)
    if Symptom.FEVER in named:
        yield from (Slot.FEVER_TEMPERATURE_C, Slot.FEVER_RIGORS)
    if Symptom.MOUTH_SORES in named:
        yield from _mouth_questions(known)
    elif known.is_episode_open:
        yield Slot.MOUTH_GONE
    if named & MOUTH_OR_BREATH and Symptom.FEVER not in named:
        yield Slot.FEVER_TEMPERATURE_C
    if Symptom.OTHER in named or Slot.OTHER_TEXT in answers:
        yield from (Slot.OTHER_TEXT, Slot.OTHER_CAN_WAIT, Slot.OTHER_SYMPTOMS)


def _mouth_questions(known: Known) -> Iterator[Slot]:
    yield Slot.MOUTH_COUNT
    if not known.is_onset_known:
        yield Slot.MOUTH_ONSET_ON
    yield from (Slot.MOUTH_INTAKE, Slot.MOUTH_SEVERITY, Slot.MOUTH_INTERFERENCE, Slot.MOUTH_BATH_STARTED)


def named_symptoms(answers: Mapping[str, object]) -> frozenset[Symptom]:
    """The symptoms that the answer to the opening question names."""
    listed = answers.get(Slot.SYMPTOMS)
    return frozenset(symptom for symptom in Symptom if isinstance(listed, list) and symptom in listed)


def next_question(answers: Mapping[str, object], mentioned: frozenset[Symptom], known: Known) -> Slot | None:
    """The first open question without an answer; None when the check-in is complete."""
    return next((slot for slot in open_questions(answers, mentioned, known) if slot not in answers), None)
