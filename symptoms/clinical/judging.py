"""What one report says once present, denied, unknown, missing and contradictory answers are settled.

The rules look at a `JudgedReport`, never at raw answers, so each of these questions is decided once:
clinical specification, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal, TypeVar

from symptoms.clinical.answers import Answers, Grading, Selection, State, Unknown
from symptoms.clinical.terms import BathStarted, Exertion, Intake, RedFlag, Symptom, YesNo

T = TypeVar("T")

ALL_SYMPTOMS: Final = frozenset(Symptom)
NO_FLAGS: Final[Selection[RedFlag]] = Selection(frozenset())
FLAGS_UNKNOWN: Final[Selection[RedFlag]] = Selection(frozenset(), is_partly_unknown=True)
NAMING_SHOWS_SEVERITY: Final = frozenset({Symptom.COUGH, Symptom.DYSPNEA})
"""Whoever names one of these has it: a severity of 0 beside it is judged as 1."""


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """One report, settled. An answer is a value, unknown (counts as the worse), or None (says nothing).

    `present` symptoms were named, or have a positive or an unknown answer that nothing denies.
    `stated_absent` are those the opening question denies, even if another answer speaks against it.
    """

    answers: Answers
    named: frozenset[Symptom]
    present: frozenset[Symptom]
    stated_absent: frozenset[Symptom]
    positive: frozenset[Symptom]
    red_flags: Selection[RedFlag]
    count: int | Literal["more_than_three"] | Unknown | None
    onset_on: date | Unknown | None
    intake: Intake | Unknown | None
    mouth: Grading
    bath_started: BathStarted | Unknown | None
    cough: Grading
    cough_blood: YesNo | Unknown | None
    dyspnea: Grading
    exertion: Exertion | Unknown | None
    temperature_c: Fraction | Unknown | None
    rigors: YesNo | Unknown | None
    can_wait: YesNo | Unknown | None


def judge_report(answers: Answers, *, is_final: bool, is_onset_known: bool) -> JudgedReport:
    """Settle the answers of one report.

    `is_final` False leaves missing answers open: the question may still come. `is_onset_known` says that
    an earlier report of the mouth episode stated an onset, which then need not be stated again.
    """
    opening = answers.symptoms
    named = opening.chosen if opening else frozenset()
    stated_absent = ALL_SYMPTOMS - named if opening and not opening.is_partly_unknown else frozenset()
    positive = positive_symptoms(answers)
    present = named | positive | (_symptoms_answered_unknown(answers) - stated_absent)
    denied = stated_absent - present

    def settle(value: T | Unknown | None, symptom: Symptom) -> T | Unknown | None:
        """An unknown answer about a denied symptom says nothing."""
        return None if symptom in denied and value is State.UNKNOWN else value

    def require(value: T | Unknown | None, symptom: Symptom) -> T | Unknown | None:
        """A deciding answer that a final report lacks is unknown."""
        return State.UNKNOWN if is_final and value is None and symptom in present else settle(value, symptom)

    def grade(stated: Grading, symptom: Symptom) -> Grading:
        is_deciding = symptom in NAMING_SHOWS_SEVERITY
        severity = require(stated.severity, symptom) if is_deciding else settle(stated.severity, symptom)
        interference = settle(stated.interference, symptom)
        is_contradicted = interference not in (None, 0) or (is_deciding and symptom in named)
        return Grading(1 if severity == 0 and is_contradicted else severity, interference)

    is_count_contradicted = answers.count == 0 and Symptom.MOUTH_SORES in present
    onset_on = answers.onset_on if is_onset_known else require(answers.onset_on, Symptom.MOUTH_SORES)
    is_temperature_missing = is_final and answers.temperature_c is None and Symptom.FEVER in named
    are_flags_missing = is_final and answers.red_flags is None and Symptom.SWELLING in named
    return JudgedReport(
        answers=answers,
        named=named,
        present=present,
        stated_absent=stated_absent,
        positive=positive,
        red_flags=FLAGS_UNKNOWN if are_flags_missing else answers.red_flags or NO_FLAGS,
        count=State.UNKNOWN if is_count_contradicted else require(answers.count, Symptom.MOUTH_SORES),
        onset_on=settle(onset_on, Symptom.MOUTH_SORES),
        intake=require(answers.intake, Symptom.MOUTH_SORES),
        mouth=grade(answers.mouth, Symptom.MOUTH_SORES),
        bath_started=settle(answers.bath_started, Symptom.MOUTH_SORES),
        cough=grade(answers.cough, Symptom.COUGH),
        cough_blood=settle(answers.cough_blood, Symptom.COUGH),
        dyspnea=grade(answers.dyspnea, Symptom.DYSPNEA),
        exertion=settle(answers.exertion, Symptom.DYSPNEA),
        temperature_c=State.UNKNOWN if is_temperature_missing else settle(answers.temperature_c, Symptom.FEVER),
        rigors=settle(answers.rigors, Symptom.FEVER),
        can_wait=require(answers.can_wait, Symptom.OTHER),
    )


def positive_symptoms(answers: Answers) -> frozenset[Symptom]:
    """Symptoms with an answer that only somebody who has them gives."""
    has_sores = (
        _is_graded(answers.mouth)
        or answers.count not in (None, State.UNKNOWN, 0)
        or isinstance(answers.onset_on, date)
        or answers.intake not in (None, State.UNKNOWN, Intake.NORMAL)
        or answers.gone is YesNo.NO
    )
    is_breathless = _is_graded(answers.dyspnea) or isinstance(answers.exertion, Exertion)
    has_other = isinstance(answers.can_wait, YesNo) or (
        isinstance(answers.other_text, str) and bool(answers.other_text.strip())
    )
    return frozenset(
        symptom
        for symptom, is_positive in (
            (Symptom.MOUTH_SORES, has_sores),
            (Symptom.COUGH, _is_graded(answers.cough)),
            (Symptom.DYSPNEA, is_breathless),
            (Symptom.OTHER, has_other),
        )
        if is_positive
    )


def _is_graded(grading: Grading) -> bool:
    return any(isinstance(grade, int) and grade >= 1 for grade in (grading.severity, grading.interference))


def _symptoms_answered_unknown(answers: Answers) -> frozenset[Symptom]:
    """Symptoms with at least one question that was answered "unknown"."""
    mouth, cough, dyspnea = answers.mouth, answers.cough, answers.dyspnea
    questions = {
        Symptom.MOUTH_SORES: (
            answers.count,
            answers.onset_on,
            answers.intake,
            mouth.severity,
            mouth.interference,
            answers.bath_started,
            answers.gone,
        ),
        Symptom.COUGH: (cough.severity, cough.interference, answers.cough_blood),
        Symptom.DYSPNEA: (dyspnea.severity, dyspnea.interference, answers.exertion),
        Symptom.FEVER: (answers.temperature_c, answers.rigors),
        Symptom.OTHER: (answers.other_text, answers.can_wait),
    }
    return frozenset(symptom for symptom, values in questions.items() if State.UNKNOWN in values)
