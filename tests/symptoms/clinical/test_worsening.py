"""When a known problem counts as worse than a clinician has seen it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from symptoms.clinical.terms import Problem
from symptoms.clinical.worsening import became_worse

MOUTH: Mapping[str, object] = {
    "symptoms": ["mouth_sores"],
    "mouth_sores.count": 4,
    "mouth_sores.onset_on": "2026-03-02",
    "mouth_sores.intake": "changed",
    "mouth_sores.severity": 2,
    "mouth_sores.interference": 1,
    "fever.temperature_c": 37.0,
}
BREATH: Mapping[str, object] = {
    "symptoms": ["cough", "dyspnea"],
    "red_flags": "none",
    "cough.severity": 2,
    "cough.interference": 1,
    "cough.blood": "no",
    "dyspnea.severity": 1,
    "dyspnea.interference": 1,
    "dyspnea.exertion": "moderate",
}


@pytest.mark.parametrize(
    ("slot", "same_or_better", "worse"),
    [
        ("mouth_sores.count", [0, 1, 3, 4, 4.0], [5, 99, "more_than_three"]),
        ("mouth_sores.intake", ["normal", "changed"], ["reduced", "almost_nothing"]),
        ("mouth_sores.severity", [0, 1, 2], [3, 4]),
        ("mouth_sores.interference", [0, 1], [2, 3, 4]),
    ],
)
def test_each_mouth_answer_is_compared_in_its_own_order(
    slot: str, same_or_better: list[object], worse: list[object]
) -> None:
    # A count of 0 beside named sores is judged as unknown, so it stands for itself without the naming.
    before = {key: value for key, value in MOUTH.items() if key != "symptoms"}
    for value in same_or_better:
        is_contradicted = slot == "mouth_sores.count" and value == 0
        if not is_contradicted:
            assert not became_worse(before, {**before, slot: value}, Problem.MOUTH), value
    for value in [*worse, "unknown", None, "nonsense", 1000]:
        assert became_worse(before, {**before, slot: value}, Problem.MOUTH), value


@pytest.mark.parametrize(
    ("slot", "same_or_better", "worse"),
    [
        ("cough.severity", [1, 2, 2.0], [3, 4]),
        ("cough.interference", [0, 1], [2, 3, 4]),
        ("cough.blood", ["no", False], ["yes", True]),
        ("dyspnea.severity", [0, 1], [2, 3, 4]),
        ("dyspnea.interference", [0, 1], [2, 3, 4]),
        ("dyspnea.exertion", ["moderate"], ["minimal", "at_rest"]),
        ("red_flags", ["none"], [["chest_pain"], ["coughing_blood", "chest_pain"], []]),
        ("symptoms", [["cough", "dyspnea"], ["cough"], ["fever", "cough", "dyspnea"]], [["cough", "unknown"], []]),
    ],
)
def test_each_respiratory_answer_is_compared_in_its_own_order(
    slot: str, same_or_better: list[object], worse: list[object]
) -> None:
    for value in same_or_better:
        assert not became_worse(BREATH, {**BREATH, slot: value}, Problem.RESPIRATORY), value
    for value in [*worse, "unknown", None]:
        assert became_worse(BREATH, {**BREATH, slot: value}, Problem.RESPIRATORY), value


@pytest.mark.parametrize(("before", "after"), [(5, "more_than_three"), (99, "more_than_three"), (3, 4)])
def test_too_many_to_count_is_more_than_any_number(before: object, after: object) -> None:
    assert became_worse({"mouth_sores.count": before}, {"mouth_sores.count": after}, Problem.MOUTH)
    assert not became_worse({"mouth_sores.count": after}, {"mouth_sores.count": before}, Problem.MOUTH)


def test_unknown_again_is_not_worse() -> None:
    answers = {"symptoms": ["cough"], "cough.severity": "unknown", "red_flags": "unknown"}
    assert not became_worse(answers, answers, Problem.RESPIRATORY)


@pytest.mark.parametrize("before", [{}, {"dyspnea.severity": "unknown"}, {"dyspnea.severity": "not_asked"}])
def test_a_grade_where_none_was_known_is_worse_unless_it_is_the_best(before: dict[str, object]) -> None:
    assert became_worse(before, {"dyspnea.severity": 1}, Problem.RESPIRATORY)
    assert not became_worse(before, {"dyspnea.severity": 0}, Problem.RESPIRATORY)


def test_a_second_symptom_of_the_problem_is_worse_and_one_of_another_is_not() -> None:
    before = {"symptoms": ["cough"], "cough.severity": 2}
    assert became_worse(before, {**before, "symptoms": ["cough", "dyspnea"]}, Problem.RESPIRATORY)
    assert not became_worse(before, {**before, "symptoms": ["cough", "mouth_sores"]}, Problem.RESPIRATORY)
    assert became_worse(before, {**before, "symptoms": ["cough", "mouth_sores"]}, Problem.MOUTH)


def test_what_is_not_mentioned_says_nothing_until_the_report_is_final() -> None:
    interim = {"symptoms": ["cough", "dyspnea"]}
    assert not became_worse(BREATH, interim, Problem.RESPIRATORY)
    assert became_worse(BREATH, interim, Problem.RESPIRATORY, is_final=True)
    assert not became_worse(MOUTH, {"symptoms": "none"}, Problem.MOUTH, is_final=True)


def test_the_onset_counts_only_when_it_became_unknown() -> None:
    for onset in ("2026-02-20", "2026-03-04", "not_asked"):
        assert not became_worse(MOUTH, {**MOUTH, "mouth_sores.onset_on": onset}, Problem.MOUTH)
    without = {slot: value for slot, value in MOUTH.items() if slot != "mouth_sores.onset_on"}
    assert not became_worse(MOUTH, without, Problem.MOUTH, is_final=True)
    for lost in ("unknown", None):
        assert became_worse(MOUTH, {**MOUTH, "mouth_sores.onset_on": lost}, Problem.MOUTH)
        assert not became_worse(without, {**without, "mouth_sores.onset_on": lost}, Problem.MOUTH)


def test_sores_that_are_still_there_are_not_worse_and_sores_that_came_back_are() -> None:
    asked_later = {"symptoms": ["fever"], "mouth_sores.gone": "no"}
    assert not became_worse(MOUTH, asked_later, Problem.MOUTH)
    assert became_worse({"symptoms": ["fever"], "mouth_sores.gone": "yes"}, asked_later, Problem.MOUTH)


def test_an_onset_that_is_no_day_is_read_as_unknown() -> None:
    assert not became_worse(MOUTH, {**MOUTH, "mouth_sores.onset_on": "last week"}, Problem.MOUTH)


@pytest.mark.parametrize(
    "after",
    [
        {**MOUTH, "fever.temperature_c": 39.5},
        {**MOUTH, "mouth_sores.bath_started": "none_prescribed"},
        {**MOUTH, "red_flags": ["chest_pain"]},
        {**MOUTH, "dyspnea.severity": 4},
    ],
    ids=["fever", "mouth bath", "danger sign", "breathlessness"],
)
def test_answers_about_other_problems_do_not_make_the_mouth_worse(after: dict[str, object]) -> None:
    assert not became_worse(MOUTH, after, Problem.MOUTH)


def test_a_lost_opening_question_makes_the_mouth_worse() -> None:
    assert became_worse(MOUTH, {**MOUTH, "symptoms": "unknown"}, Problem.MOUTH)


@pytest.mark.parametrize("problem", [problem for problem in Problem if problem not in ("mouth", "respiratory")])
def test_a_problem_without_episodes_has_nothing_to_compare(problem: Problem) -> None:
    assert became_worse(MOUTH, MOUTH, problem)
