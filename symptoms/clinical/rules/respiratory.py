"""Cough and breathlessness: either can be the first sign of pneumonitis, at any time (S-15, S-16)."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.answers import Grading, State
from symptoms.clinical.history import is_above
from symptoms.clinical.rules.infection import fever
from symptoms.clinical.rules.redflags import is_blood_coughed
from symptoms.clinical.rules.rule import Case, Rule, rule
from symptoms.clinical.terms import Exertion, Problem, Slot, Symptom, Urgency

RISE: Final = 2
"""A rise of this many grades above the lowest of 28 days is urgent."""

COUGH_SLOTS: Final = (Slot.COUGH_SEVERITY, Slot.COUGH_INTERFERENCE)
DYSPNEA_SLOTS: Final = (Slot.DYSPNEA_SEVERITY, Slot.DYSPNEA_INTERFERENCE, Slot.DYSPNEA_EXERTION)


def is_cough_above_baseline(case: Case) -> bool:
    return is_above(case.report.cough.severity, case.baseline.cough)


@rule(
    "RESP-BLOOD",
    Urgency.URGENT,
    Problem.RESPIRATORY,
    sources=("NHS",),
    slots=(Slot.COUGH_BLOOD, Slot.RED_FLAGS),
    about=Symptom.COUGH,
)
def blood(case: Case) -> bool:
    """Coughs up blood, however little; or it is unknown whether, and cough is not denied."""
    return is_blood_coughed(case) or case.report.cough_blood is State.UNKNOWN


@rule(
    "RESP-DYSPNEA",
    Urgency.URGENT,
    Problem.RESPIRATORY,
    sources=("S-15", "S-16"),
    slots=DYSPNEA_SLOTS,
    about=Symptom.DYSPNEA,
)
def dyspnea(case: Case) -> bool:
    """Breathlessness more severe than before treatment, or of unknown severity, so any new one; or, whatever its
    severity, at rest, with little effort, or unknown with how much."""
    return is_above(case.report.dyspnea.severity, case.baseline.dyspnea) or case.report.exertion in (
        Exertion.MINIMAL,
        Exertion.AT_REST,
        State.UNKNOWN,
    )


@rule(
    "RESP-COUGH",
    Urgency.URGENT,
    Problem.RESPIRATORY,
    sources=("S-15", "S-16", "TEAM"),
    slots=(*COUGH_SLOTS, *DYSPNEA_SLOTS, Slot.FEVER_TEMPERATURE_C),
    about=Symptom.COUGH,
)
def significant_cough(case: Case) -> bool:
    """Cough more severe than before treatment, with at least one of: severity 2 or more, or unknown; interference 1 or
    more, or unknown; fever (named, or by `FEVER`); breathlessness; such a cough on another day of the last 14."""
    if not is_cough_above_baseline(case):
        return False
    report = case.report
    return (
        _is_at_least(report.cough.severity, 2)
        or _is_at_least(report.cough.interference, 1)
        or Symptom.FEVER in report.named
        or fever(case)
        or Symptom.DYSPNEA in report.present
        or case.history.had_recent_cough
    )


@rule(
    "RESP-COUGH-MILD",
    Urgency.ROUTINE,
    Problem.RESPIRATORY,
    sources=("TEAM",),
    slots=COUGH_SLOTS,
    about=Symptom.COUGH,
)
def mild_cough(case: Case) -> bool:
    """Cough of severity 1, more severe than before treatment, and nothing that makes it `RESP-COUGH`. It is asked about
    again the next day."""
    return is_cough_above_baseline(case) and not significant_cough(case)


def impaired_by(case: Case) -> frozenset[Symptom]:
    """The symptoms of cough and breathlessness that interfere quite a bit (3 or more, or unknown)."""
    graded = ((Symptom.COUGH, case.report.cough), (Symptom.DYSPNEA, case.report.dyspnea))
    return frozenset(symptom for symptom, grading in graded if _is_at_least(grading.interference, 3))


@rule(
    "RESP-IMPACT",
    Urgency.ROUTINE,
    Problem.RESPIRATORY,
    sources=("EPRO",),
    slots=(Slot.COUGH_INTERFERENCE, Slot.DYSPNEA_INTERFERENCE),
    about=impaired_by,
)
def impact(case: Case) -> bool:
    """Cough or breathlessness interferes with daily life: interference 3 or more, or unknown, also where it did before
    treatment."""
    return bool(impaired_by(case))


@rule(
    "RESP-RISE",
    Urgency.URGENT,
    Problem.RESPIRATORY,
    sources=("EPRO",),
    slots=(Slot.COUGH_SEVERITY, Slot.DYSPNEA_SEVERITY),
)
def rise(case: Case) -> bool:
    """Severity of cough or breathlessness is 2 or more above its lowest of the last 28 days: a slow rise."""
    return _has_risen(case.report.cough, case.history.lowest_cough) or _has_risen(
        case.report.dyspnea, case.history.lowest_dyspnea
    )


def _has_risen(grading: Grading, lowest: int | None) -> bool:
    return isinstance(grading.severity, int) and lowest is not None and grading.severity - lowest >= RISE


def _is_at_least(grade: object, threshold: int) -> bool:
    """Whether a grade reaches the threshold; an unknown one does."""
    return grade is State.UNKNOWN or (isinstance(grade, int) and grade >= threshold)


RESPIRATORY_RULES: Final[tuple[Rule, ...]] = (blood, dyspnea, significant_cough, mild_cough, impact, rise)
