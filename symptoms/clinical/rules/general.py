"""Everything that is not mouth, breath or fever; answers that do not fit together; and routine findings that add up."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.answers import Grading, State
from symptoms.clinical.judging import NAMING_SHOWS_SEVERITY
from symptoms.clinical.rules import infection, mouth, redflags, respiratory
from symptoms.clinical.rules.rule import Case, Rule, rule
from symptoms.clinical.terms import Problem, Slot, Symptom, Urgency, YesNo


@rule("SYMPTOMS-UNKNOWN", Urgency.URGENT, Problem.OTHER, sources=("TEAM",), slots=(Slot.SYMPTOMS,))
def symptoms_unknown(case: Case) -> bool:
    """It is unknown which symptoms there are, or whether there are more: the opening question, or part of it, was not
    known or cannot be read, or nothing was chosen."""
    opening = case.report.answers.symptoms
    return opening is not None and opening.is_partly_unknown


@rule(
    "SWELLING",
    Urgency.ROUTINE,
    Problem.OTHER,
    sources=("S-19",),
    slots=(Slot.SYMPTOMS, Slot.RED_FLAGS),
    about=Symptom.SWELLING,
)
def swelling(case: Case) -> bool:
    """Swelling, not of lips, tongue or throat (`RED-SWELLING`), with the signs of danger known (else `RED-UNKNOWN`)."""
    is_red = redflags.swollen_throat(case) or redflags.unknown(case)
    return Symptom.SWELLING in case.report.named and not is_red


@rule(
    "OTHER-NOW",
    Urgency.URGENT,
    Problem.OTHER,
    sources=("S-03", "EPRO"),
    slots=(Slot.OTHER_TEXT, Slot.OTHER_CAN_WAIT),
    about=Symptom.OTHER,
)
def other_now(case: Case) -> bool:
    """Another problem that, in the patient's own view, cannot wait; or it is unknown whether it can."""
    return case.report.can_wait in (YesNo.NO, State.UNKNOWN)


@rule(
    "OTHER",
    Urgency.ROUTINE,
    Problem.OTHER,
    sources=("S-03",),
    slots=(Slot.OTHER_TEXT, Slot.OTHER_CAN_WAIT),
    about=Symptom.OTHER,
)
def other(case: Case) -> bool:
    """Another problem that, in the patient's own view, can wait."""
    return case.report.can_wait is YesNo.YES


def contradicted(case: Case) -> frozenset[Symptom]:
    """The symptoms about which two answers do not fit together. Temperature, rigors and blood never contradict."""
    report = case.report
    stated = {
        Symptom.MOUTH_SORES: report.answers.mouth,
        Symptom.COUGH: report.answers.cough,
        Symptom.DYSPNEA: report.answers.dyspnea,
    }
    about = set(case.spoken_against | (report.stated_absent & report.positive))
    about.update(symptom for symptom, grading in stated.items() if _is_harmless_but_interferes(grading))
    about.update(symptom for symptom in NAMING_SHOWS_SEVERITY & report.named if stated[symptom].severity == 0)
    if Symptom.MOUTH_SORES in report.named and (report.answers.count == 0 or report.answers.gone is YesNo.YES):
        about.add(Symptom.MOUTH_SORES)
    if report.answers.symptoms is not None and report.answers.symptoms.has_none_beside_others:
        about.update(report.named)
    return frozenset(about)


def _is_harmless_but_interferes(grading: Grading) -> bool:
    return grading.severity == 0 and isinstance(grading.interference, int) and grading.interference > 0


@rule(
    "CONTRADICTION",
    Urgency.ROUTINE,
    Problem.OTHER,
    sources=("TEAM",),
    slots=tuple(Slot),
    about=contradicted,
)
def contradiction(case: Case) -> bool:
    """Two answers do not fit together, and the worse is kept: severity 0 that interferes; a symptom that is denied and
    told of; cough or breathlessness named with severity 0; sores named with count 0 or gone; "none" beside other
    choices; in a talk, typed words against an answer."""
    opening, flags = case.report.answers.symptoms, case.report.answers.red_flags
    is_none_beside_others = (opening is not None and opening.has_none_beside_others) or (
        flags is not None and flags.has_none_beside_others
    )
    return is_none_beside_others or bool(contradicted(case))


GENERAL_RULES: Final[tuple[Rule, ...]] = (symptoms_unknown, swelling, other_now, other, contradiction)

SINGLE_RULES: Final[tuple[Rule, ...]] = (
    *redflags.RED_FLAG_RULES,
    *respiratory.RESPIRATORY_RULES,
    *mouth.MOUTH_RULES,
    *infection.INFECTION_RULES,
    *GENERAL_RULES,
)

AMBER_RULES: Final = tuple(single for single in SINGLE_RULES if single.urgency is Urgency.ROUTINE and single.is_amber)


@rule("TWO-ROUTINE", Urgency.URGENT, Problem.OTHER, sources=("UKONS",), slots=())
def two_routine(case: Case) -> bool:
    """Routine findings of one report about two or more symptoms, be it by one rule or by several."""
    about = {symptom for amber in AMBER_RULES if amber(case) for symptom in amber.about(case)}
    return len(about) >= 2


RULES: Final[tuple[Rule, ...]] = (*SINGLE_RULES, two_routine)
