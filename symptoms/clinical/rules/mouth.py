"""Mouth sores: the three thresholds of the review (S-11), and what stands below them."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.answers import State
from symptoms.clinical.episodes import MAX_DAYS
from symptoms.clinical.rules.rule import Case, Rule, rule
from symptoms.clinical.terms import MORE_THAN_THREE, BathStarted, Intake, Problem, Slot, Symptom, Urgency

MAX_LESIONS: Final = 3
"""More lesions than this are a reason to come back at once (S-11)."""

SEVERE_FROM: Final = 3
GRADE_SLOTS: Final = (Slot.MOUTH_SEVERITY, Slot.MOUTH_INTERFERENCE)


def _has_sores(case: Case) -> bool:
    return Symptom.MOUTH_SORES in case.report.present


@rule(
    "MOUTH-COUNT",
    Urgency.URGENT,
    Problem.MOUTH,
    sources=("S-11",),
    slots=(Slot.MOUTH_COUNT,),
    about=Symptom.MOUTH_SORES,
)
def count(case: Case) -> bool:
    """More than three mouth sores: a count of 4 or more, or "more than three"."""
    number = case.report.count
    return number == MORE_THAN_THREE or (isinstance(number, int) and number > MAX_LESIONS)


@rule(
    "MOUTH-DURATION",
    Urgency.URGENT,
    Problem.MOUTH,
    sources=("S-11",),
    slots=(Slot.MOUTH_ONSET_ON, Slot.MOUTH_GONE),
    about=Symptom.MOUTH_SORES,
)
def duration(case: Case) -> bool:
    """Mouth sores for more than 3 days: not known to be gone, and first known of 4 or more days ago."""
    return case.episode is not None and case.episode.is_open and case.episode.days_on(case.today) > MAX_DAYS


@rule(
    "MOUTH-INTAKE",
    Urgency.URGENT,
    Problem.MOUTH,
    sources=("S-11", "S-12"),
    slots=(Slot.MOUTH_INTAKE,),
    about=Symptom.MOUTH_SORES,
)
def intake(case: Case) -> bool:
    """Mouth sores interfere with eating, drinking or taking tablets: intake changed, reduced or almost nothing."""
    return case.report.intake in (Intake.CHANGED, Intake.REDUCED, Intake.ALMOST_NOTHING)


@rule(
    "MOUTH-UNKNOWN",
    Urgency.URGENT,
    Problem.MOUTH,
    sources=("TEAM",),
    slots=(Slot.MOUTH_COUNT, Slot.MOUTH_ONSET_ON, Slot.MOUTH_INTAKE, *GRADE_SLOTS),
    about=Symptom.MOUTH_SORES,
)
def unknown(case: Case) -> bool:
    """Mouth sores, and their count, onset, effect on intake, severity or interference is unknown."""
    report = case.report
    answers = (report.count, report.onset_on, report.intake, report.mouth.severity, report.mouth.interference)
    return _has_sores(case) and State.UNKNOWN in answers


@rule(
    "MOUTH-SEVERE",
    Urgency.URGENT,
    Problem.MOUTH,
    sources=("EPRO",),
    slots=GRADE_SLOTS,
    about=Symptom.MOUTH_SORES,
)
def severe(case: Case) -> bool:
    """Mouth sores of severity 3 or more, or of interference 3 or more."""
    grades = (case.report.mouth.severity, case.report.mouth.interference)
    return any(isinstance(grade, int) and grade >= SEVERE_FROM for grade in grades)


URGENT_MOUTH_RULES: Final = (count, duration, intake, unknown, severe)


def _is_urgent(case: Case) -> bool:
    return any(urgent(case) for urgent in URGENT_MOUTH_RULES)


@rule(
    "MOUTH-PAIN",
    Urgency.ROUTINE,
    Problem.MOUTH,
    sources=("S-09", "UKONS"),
    slots=GRADE_SLOTS,
    about=Symptom.MOUTH_SORES,
)
def pain(case: Case) -> bool:
    """Mouth sores of severity 2, and no urgent mouth finding."""
    return case.report.mouth.severity == 2 and not _is_urgent(case)


@rule(
    "MOUTH-MILD",
    Urgency.SELF_CARE,
    Problem.MOUTH,
    sources=("S-05", "S-10"),
    slots=(Slot.SYMPTOMS, Slot.MOUTH_COUNT, *GRADE_SLOTS),
    about=Symptom.MOUTH_SORES,
)
def mild(case: Case) -> bool:
    """Mouth sores with neither an urgent mouth finding nor `MOUTH-PAIN`: start the mouth bath now."""
    return _has_sores(case) and not _is_urgent(case) and not pain(case)


@rule(
    "MOUTH-NO-BATH",
    Urgency.ROUTINE,
    Problem.MOUTH,
    sources=("S-05",),
    slots=(Slot.MOUTH_BATH_STARTED,),
    about=Symptom.MOUTH_SORES,
    is_amber=False,
)
def no_bath(case: Case) -> bool:
    """Mouth sores without an urgent mouth finding (`MOUTH-MILD` or `MOUTH-PAIN`), and no mouth bath is prescribed or it
    is unknown whether: the team sees to a prescription."""
    is_without = case.report.bath_started in (BathStarted.NONE_PRESCRIBED, State.UNKNOWN)
    return is_without and (mild(case) or pain(case))


MOUTH_RULES: Final[tuple[Rule, ...]] = (*URGENT_MOUTH_RULES, pain, mild, no_bath)
