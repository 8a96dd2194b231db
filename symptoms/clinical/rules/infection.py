"""Fever: an infection on a drug that weakens the defences must be seen (S-23, S-24)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symptoms.clinical.answers import State
from symptoms.clinical.rules.rule import Case, Rule, rule
from symptoms.clinical.terms import Problem, Slot, Symptom, Urgency, YesNo

FEVER_FROM_C: Final = 38
LOW_BELOW_C: Final = 36
FEVER_SLOTS: Final = (Slot.SYMPTOMS, Slot.FEVER_TEMPERATURE_C, Slot.FEVER_RIGORS)


@rule(
    "FEVER",
    Urgency.URGENT,
    Problem.INFECTION,
    sources=("S-23", "S-24", "UKONS"),
    slots=FEVER_SLOTS,
    about=Symptom.FEVER,
)
def fever(case: Case) -> bool:
    """Temperature of 38.0 C (100.4 F) or more, or below 36.0 C (96.8 F); shivering; or either of them unknown
    while fever is not denied."""
    temperature_c = case.report.temperature_c
    if temperature_c is State.UNKNOWN or case.report.rigors in (YesNo.YES, State.UNKNOWN):
        return True
    return isinstance(temperature_c, Fraction) and not LOW_BELOW_C <= temperature_c < FEVER_FROM_C


@rule(
    "FEVER-LOW",
    Urgency.ROUTINE,
    Problem.INFECTION,
    sources=("TEAM",),
    slots=FEVER_SLOTS,
    about=Symptom.FEVER,
)
def feels_feverish(case: Case) -> bool:
    """Fever named, with a temperature from 36.0 to below 38.0 C and nothing that makes it `FEVER`."""
    is_measured = isinstance(case.report.temperature_c, Fraction)
    return Symptom.FEVER in case.report.named and is_measured and not fever(case)


INFECTION_RULES: Final[tuple[Rule, ...]] = (fever, feels_feverish)
