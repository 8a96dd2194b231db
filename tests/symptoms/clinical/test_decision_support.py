"""The cited lines beside an alert: which, when, and on both sides of what they depend on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from symptoms.clinical.decision_support import Situation, Support, support_for
from symptoms.clinical.terms import Problem

MOUTH = Situation(Problem.MOUTH, {"MOUTH-COUNT"}, stomatitis_grade=2, mouth_severity=2)
BREATH = Situation(
    Problem.RESPIRATORY, {"RESP-DYSPNEA"}, first_dose_on=date(2026, 3, 2), baseline_ct_on=date(2026, 3, 1)
)


@pytest.mark.source("S-09")
@pytest.mark.parametrize(("grade", "is_said"), [(None, False), (1, False), (2, True), (3, False)])
def test_interrupting_is_spoken_of_for_a_suggested_grade_2(grade: int | None, is_said: bool) -> None:
    assert (Support.STOMATITIS_GRADE_2 in support_for(replace(MOUTH, stomatitis_grade=grade))) is is_said


@pytest.mark.source("S-09", "S-12", "S-01")
def test_at_the_worse_grade_what_the_review_says_of_grade_2_does_not_vanish() -> None:
    lines = support_for(replace(MOUTH, stomatitis_grade=3))
    assert lines[:2] == (Support.STOMATITIS_GRADE_3, Support.AT_GRADE_2)
    assert not {Support.STOMATITIS_GRADE_3, Support.AT_GRADE_2} & set(support_for(MOUTH))


@pytest.mark.source("S-08")
@pytest.mark.parametrize(("severity", "is_said"), [(None, False), (2, False), (3, True), (4, True)])
def test_laser_therapy_is_spoken_of_for_severe_pain(severity: int | None, is_said: bool) -> None:
    assert (Support.SEVERE_MOUTH_PAIN in support_for(replace(MOUTH, mouth_severity=severity))) is is_said


@pytest.mark.source("S-06", "S-07")
def test_beside_the_mouth_stands_where_later_trials_differ() -> None:
    assert {Support.MOUTH_BATH_EARLY, Support.STEPWISE_START} <= set(support_for(MOUTH))


@pytest.mark.source("S-15", "S-17", "S-18")
@pytest.mark.parametrize(
    ("made_on", "line"),
    [
        (None, Support.NO_BASELINE_CT),
        (date(2026, 3, 2), Support.COMPARE_CT),
        (date(2026, 3, 3), Support.NO_BASELINE_CT),
    ],
)
def test_breathing_is_worked_up_against_the_baseline_ct_if_there_is_one(made_on: date | None, line: Support) -> None:
    assert support_for(replace(BREATH, baseline_ct_on=made_on)) == (
        Support.PNEUMONITIS_WORK_UP,
        line,
        Support.EXCLUDE_INFECTION,
        Support.SYMPTOMATIC_PNEUMONITIS,
    )


@pytest.mark.parametrize("rule", ["SWELLING", "RED-SWELLING"])
@pytest.mark.parametrize(("takes", "is_said"), [(True, True), (False, False), (None, False)])
def test_an_ace_inhibitor_is_named_beside_a_swelling(rule: str, takes: bool | None, is_said: bool) -> None:
    swollen = Situation(Problem.OTHER, {rule}, takes_ace_inhibitor=takes)
    assert (Support.ACE_INHIBITOR in support_for(swollen)) is is_said
    assert not support_for(replace(swollen, rules={"OTHER-NOW"}))


@pytest.mark.parametrize("problem", [Problem.NO_REPORT, Problem.MISSED_VISIT, Problem.SYSTEM, Problem.INFECTION])
def test_elsewhere_nothing_is_said(problem: Problem) -> None:
    assert support_for(Situation(problem, set())) == ()
