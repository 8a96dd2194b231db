"""Which cited lines stand beside an alert for clinicians to weigh. They decide nothing, and no patient reads them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from symptoms.clinical.terms import Problem

SEVERE: Final = 3
"""PRO-CTCAE severity of mouth pain from which daily laser therapy is considered (S-08)."""

SWELLING_RULES: Final = frozenset({"SWELLING", "RED-SWELLING"})


class Support(StrEnum):
    """One line of decision support. Its words and sources are kept where staff read them."""

    STOMATITIS_GRADE_2 = "stomatitis_grade_2"
    STOMATITIS_GRADE_3 = "stomatitis_grade_3"
    AT_GRADE_2 = "at_grade_2"
    SEVERE_MOUTH_PAIN = "severe_mouth_pain"
    MOUTH_BATH_EARLY = "mouth_bath_early"
    STEPWISE_START = "stepwise_start"
    PNEUMONITIS_WORK_UP = "pneumonitis_work_up"
    COMPARE_CT = "compare_ct"
    NO_BASELINE_CT = "no_baseline_ct"
    SYMPTOMATIC_PNEUMONITIS = "symptomatic_pneumonitis"
    EXCLUDE_INFECTION = "exclude_infection"
    ACE_INHIBITOR = "ace_inhibitor"


BY_GRADE: Final = {
    2: (Support.STOMATITIS_GRADE_2,),
    3: (Support.STOMATITIS_GRADE_3, Support.AT_GRADE_2),
}
"""What stands beside a suggested grade of stomatitis."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the lines depend on. `stomatitis_grade` is 1-3 on the review's functional scale, `mouth_severity` 0-4."""

    problem: Problem
    rules: Collection[str]
    stomatitis_grade: int | None = None
    mouth_severity: int | None = None
    first_dose_on: date | None = None
    baseline_ct_on: date | None = None
    takes_ace_inhibitor: bool | None = None


def support_for(situation: Situation) -> tuple[Support, ...]:
    """The lines beside an alert (clinical specification, section 6), those about this patient first."""
    lines: list[Support] = []
    if situation.takes_ace_inhibitor and SWELLING_RULES.intersection(situation.rules):
        lines.append(Support.ACE_INHIBITOR)
    if situation.problem is Problem.MOUTH:
        lines += _about_the_mouth(situation)
    if situation.problem is Problem.RESPIRATORY:
        lines += _about_breathing(situation)
    return tuple(lines)


def _about_the_mouth(situation: Situation) -> list[Support]:
    """S-09 for a suggested grade 2, S-08 for severe pain; S-06 and S-07 with what later trials found.

    For grade 3 the review has no schedule: that is said, and what it says of grade 2 stands below.
    """
    lines = list(BY_GRADE.get(situation.stomatitis_grade or 0, ()))
    if situation.mouth_severity is not None and situation.mouth_severity >= SEVERE:
        lines.append(Support.SEVERE_MOUTH_PAIN)
    return [*lines, Support.MOUTH_BATH_EARLY, Support.STEPWISE_START]


def _about_breathing(situation: Situation) -> list[Support]:
    """S-15 work-up, the baseline CT (S-17) or that there is none, infection [LABEL], S-18.

    A CT made after the first dose is no baseline.
    """
    made_on, first_dose_on = situation.baseline_ct_on, situation.first_dose_on
    has_baseline = made_on is not None and (first_dose_on is None or made_on <= first_dose_on)
    return [
        Support.PNEUMONITIS_WORK_UP,
        Support.COMPARE_CT if has_baseline else Support.NO_BASELINE_CT,
        Support.EXCLUDE_INFECTION,
        Support.SYMPTOMATIC_PNEUMONITIS,
    ]
