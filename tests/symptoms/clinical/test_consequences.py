"""What a judgement makes happen: whom it tells, when it asks again, what it teaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from symptoms.clinical.actions import Action, NotifyCareTeam, OfferEducation, ScheduleRecheck, StandDownReminders
from symptoms.clinical.consequences import actions_for
from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.terms import Problem, Urgency
from symptoms.clinical.triage import assess
from tests.symptoms.clinical.reports import MILD_COUGH, MILD_SORE, NOTHING, OTHER, change

TODAY = date(2026, 3, 12)


def actions(answers: Mapping[str, Any], *, is_final: bool = True) -> tuple[Action, ...]:
    facts = Facts(TODAY, is_final, answers, Baseline(), History())
    return actions_for(assess(facts), facts)


def notifications(answers: Mapping[str, Any], *, is_final: bool = True) -> list[NotifyCareTeam]:
    return [action for action in actions(answers, is_final=is_final) if isinstance(action, NotifyCareTeam)]


def test_each_problem_is_told_once_with_all_its_rules_the_most_urgent_first() -> None:
    answers = change(
        {**OTHER, **MILD_SORE}, symptoms=["mouth_sores", "other"], mouth_sores__count=5, mouth_sores__intake="reduced"
    )

    assert notifications(answers) == [
        NotifyCareTeam(Problem.MOUTH, Urgency.URGENT, ("MOUTH-COUNT", "MOUTH-INTAKE")),
        NotifyCareTeam(Problem.OTHER, Urgency.ROUTINE, ("OTHER",)),
    ]


def rules_by_problem(answers: Mapping[str, Any], *, is_final: bool = True) -> dict[Problem, tuple[str, ...]]:
    return {one.problem: one.rules for one in notifications(answers, is_final=is_final)}


AT_REST = {"symptoms": ["dyspnea", "unknown"], "dyspnea.exertion": "at_rest"}


def test_what_an_emergency_leaves_open_is_told_with_the_emergency() -> None:
    assert rules_by_problem(AT_REST) == {Problem.RESPIRATORY: ("RED-REST", "RESP-DYSPNEA", "SYMPTOMS-UNKNOWN")}
    (told,) = notifications(AT_REST)
    assert told.urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    ("beside", "others"),
    [
        ({"other.can_wait": "no", "other.text": "my leg"}, {Problem.OTHER}),
        ({"red_flags": ["swollen_lips_tongue_throat"]}, {Problem.OTHER}),
        ({"mouth_sores.count": 5}, {Problem.MOUTH}),
        ({"fever.temperature_c": 39.5}, {Problem.INFECTION}),
    ],
)
def test_anything_else_that_an_emergency_leaves_keeps_its_own_alert(
    beside: dict[str, Any], others: set[Problem]
) -> None:
    told = rules_by_problem({**AT_REST, **beside})
    assert set(told) == {Problem.RESPIRATORY, *others}
    if Problem.OTHER in told:
        assert "SYMPTOMS-UNKNOWN" in told[Problem.OTHER]


def test_without_an_emergency_what_nobody_knows_is_an_alert_of_its_own() -> None:
    answers = {"symptoms": ["mouth_sores", "unknown"], "mouth_sores.count": 5}
    assert rules_by_problem(answers)[Problem.OTHER] == ("SYMPTOMS-UNKNOWN",)


def test_self_care_tells_nobody() -> None:
    assert notifications(MILD_SORE) == []


def test_before_the_end_only_what_is_urgent_is_told() -> None:
    assert notifications(OTHER, is_final=False) == []
    urgent = change(OTHER, other__can_wait="no")
    assert notifications(urgent, is_final=False) == [NotifyCareTeam(Problem.OTHER, Urgency.URGENT, ("OTHER-NOW",))]


def test_a_mild_cough_is_asked_about_again_the_next_day() -> None:
    assert ScheduleRecheck(date(2026, 3, 13), "RESP-COUGH-MILD") in actions(MILD_COUGH)
    assert not any(isinstance(action, ScheduleRecheck) for action in actions(MILD_SORE))


def test_a_finished_report_stands_down_reminders_and_offers_what_goes_with_its_findings() -> None:
    assert actions(NOTHING) == (StandDownReminders(),)
    assert actions(MILD_SORE) == (StandDownReminders(), OfferEducation(("MOUTH-MILD",)))
    assert actions(MILD_SORE, is_final=False) == ()
