"""The check-in: which questions there are, how each is asked, and which one comes next.

Pure. Signs of danger come first, and what is already known is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from symptoms.clinical.terms import (
    MAX_COUNT,
    MAX_SEVERITY,
    MAX_TEMPERATURE_F,
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
    """One question. `options` are the values of its quick replies; "I don't know" is always the last of them.

    `minimum` and `maximum` span all that may be taken: of a temperature from the lowest in Celsius to the highest in
    Fahrenheit, so that an app which holds to them lets both scales through.
    """

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
            Slot.FEVER_TEMPERATURE_C,
            AnswerType.NUMBER,
            minimum=MIN_TEMPERATURE_C,
            maximum=MAX_TEMPERATURE_F,
            unit="°C / °F",
        ),
        _choice(Slot.FEVER_RIGORS, *YesNo),
        Question(Slot.MOUTH_COUNT, AnswerType.NUMBER, (MORE_THAN_THREE, UNKNOWN), minimum=0, maximum=MAX_COUNT),
        Question(Slot.MOUTH_ONSET_ON, AnswerType.DATE),
        _choice(Slot.MOUTH_INTAKE, *Intake),
        _grade(Slot.MOUTH_SEVERITY),
        _grade(Slot.MOUTH_INTERFERENCE),
        _choice(Slot.MOUTH_BATH_STARTED, *BathStarted),
        _choice(Slot.MOUTH_GONE, *YesNo),
        Question(Slot.OTHER_TEXT, AnswerType.TEXT),
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


BREATH_DANGER: Final = (Slot.RED_FLAGS, Slot.DYSPNEA_SEVERITY, Slot.DYSPNEA_EXERTION)
"""What has to be known of somebody who is short of breath: whether it is an emergency."""


def open_questions(answers: Mapping[str, object], mentioned: frozenset[Symptom], known: Known) -> Iterator[Slot]:
    """The questions that these answers call for, in the order in which they are asked, answered or not.

    `mentioned` are the symptoms that free text brought up. What a first sentence tells is gone into at once;
    whether there is anything else is asked after that. An answer to any other question has been closed by a
    correction, and is dropped before grading.
    """
    named = named_symptoms(answers) | mentioned
    is_opened_in_words = bool(mentioned) and Slot.SYMPTOMS not in answers
    if not is_opened_in_words:
        yield Slot.SYMPTOMS
    yield from _questions_about(named, known)
    if Symptom.OTHER in named or Slot.OTHER_TEXT in answers:
        yield from (Slot.OTHER_TEXT, Slot.OTHER_CAN_WAIT, Slot.OTHER_SYMPTOMS)
    if is_opened_in_words:
        yield Slot.SYMPTOMS
    # Last: "no thermometer" decides nothing once it is known that there is no fever.
    if named & MOUTH_OR_BREATH and Symptom.FEVER not in named:
        yield Slot.FEVER_TEMPERATURE_C


def _questions_about(named: frozenset[Symptom], known: Known) -> Iterator[Slot]:
    """The questions about symptoms, the dangerous ones first."""
    if named & BREATH_OR_FEVER:
        yield Slot.RED_FLAGS
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


def is_about_breath_danger(asking: Slot | None, answers: Mapping[str, object]) -> bool:
    """Whether the answer to a question may still make an emergency of breathlessness.

    Being short of breath at rest is one from severity 2 on, or when the severity is not known.
    """
    if asking is Slot.DYSPNEA_EXERTION:
        return answers.get(Slot.DYSPNEA_SEVERITY) not in (0, 1)
    return asking in BREATH_DANGER


def _mouth_questions(known: Known) -> Iterator[Slot]:
    yield Slot.MOUTH_COUNT
    if not known.is_onset_known:
        yield Slot.MOUTH_ONSET_ON
    yield from (Slot.MOUTH_INTAKE, Slot.MOUTH_SEVERITY, Slot.MOUTH_INTERFERENCE, Slot.MOUTH_BATH_STARTED)


def named_symptoms(answers: Mapping[str, object]) -> frozenset[Symptom]:
    """The symptoms that the answer to the opening question names."""
    listed = answers.get(Slot.SYMPTOMS)
    return frozenset(symptom for symptom in Symptom if isinstance(listed, list) and symptom in listed)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One version of the check-in. A conversation keeps the version that it began with."""

    version: str
    questions: Mapping[Slot, Question]
    open_questions: Callable[[Mapping[str, object], frozenset[Symptom], Known], Iterator[Slot]]

    def next_question(self, answers: Mapping[str, object], mentioned: frozenset[Symptom], known: Known) -> Slot | None:
        """The first open question without an answer; None when the check-in is complete."""
        return next((slot for slot in self.open_questions(answers, mentioned, known) if slot not in answers), None)


CURRENT: Final = Dialogue("check-in-1", QUESTIONS, open_questions)
DIALOGUES: dict[str, Dialogue] = {CURRENT.version: CURRENT}
"""Every version in which a conversation may still be open. A changed check-in is a new version beside the old."""


def dialogue_of(version: str) -> Dialogue:
    """The dialogue of a version; the current one where a newer release began a talk that this one goes on with."""
    return DIALOGUES.get(version, CURRENT)
