"""Present, denied, unknown, missing, contradictory; interim and final: section 1 of the specification."""

from __future__ import annotations

from typing import Any

import pytest

from tests.symptoms.clinical.reports import MILD_COUGH, MILD_DYSPNEA, MILD_SORE, NOTHING, OTHER, change, judge

# An unknown answer about a symptom that is not denied counts as the worse; about a denied one it says nothing.

UNKNOWN_ANSWERS = [
    ("mouth_sores.count", "MOUTH-UNKNOWN"),
    ("mouth_sores.onset_on", "MOUTH-UNKNOWN"),
    ("mouth_sores.intake", "MOUTH-UNKNOWN"),
    ("mouth_sores.severity", "MOUTH-UNKNOWN"),
    ("mouth_sores.interference", "MOUTH-UNKNOWN"),
    ("mouth_sores.bath_started", "MOUTH-UNKNOWN"),
    ("mouth_sores.gone", "MOUTH-UNKNOWN"),
    ("cough.severity", "RESP-COUGH"),
    ("cough.interference", "RESP-COUGH"),
    ("cough.blood", "RESP-BLOOD"),
    ("dyspnea.severity", "RESP-DYSPNEA"),
    ("dyspnea.interference", "RESP-DYSPNEA"),
    ("dyspnea.exertion", "RESP-DYSPNEA"),
    ("fever.temperature_c", "FEVER"),
    ("fever.rigors", "FEVER"),
    ("other.text", "OTHER-NOW"),
    ("other.can_wait", "OTHER-NOW"),
]


@pytest.mark.parametrize(("slot", "rule"), UNKNOWN_ANSWERS)
@pytest.mark.parametrize("unknown", ["unknown", None, {"not": "readable"}], ids=["unknown", "null", "unreadable"])
def test_an_unknown_answer_makes_a_symptom_present(slot: str, rule: str, unknown: object) -> None:
    if slot == "other.text" and isinstance(unknown, dict):
        unknown = 7
    assert judge({slot: unknown})["rules"][rule] == "urgent"


@pytest.mark.parametrize(("slot", "rule"), UNKNOWN_ANSWERS)
def test_an_unknown_answer_about_a_denied_symptom_says_nothing(slot: str, rule: str) -> None:
    assert judge({slot: "unknown", "symptoms": "none"})["urgency"] == "none"
    assert judge({slot: "unknown", "symptoms": ["swelling"], "red_flags": "none"})["urgency"] == "routine"


@pytest.mark.parametrize(("slot", "rule"), UNKNOWN_ANSWERS)
def test_a_list_with_an_unknown_part_denies_nothing(slot: str, rule: str) -> None:
    assert rule in judge({slot: "unknown", "symptoms": ["swelling", "unknown"], "red_flags": "none"})["rules"]


# A symptom is present when a slot of it is positive, whatever the opening question says.


@pytest.mark.parametrize(
    ("positive", "urgency"),
    [
        ({"mouth_sores.severity": 1}, "urgent"),
        ({"mouth_sores.interference": 1}, "urgent"),
        ({"mouth_sores.count": 1}, "urgent"),
        ({"mouth_sores.onset_on": "2026-03-12"}, "urgent"),
        ({"mouth_sores.intake": "changed"}, "urgent"),
        ({"mouth_sores.gone": "no"}, "urgent"),
        ({"cough.severity": 1}, "routine"),
        ({"cough.interference": 1}, "urgent"),
        ({"dyspnea.severity": 1}, "urgent"),
        ({"dyspnea.interference": 1}, "urgent"),
        ({"dyspnea.exertion": "moderate"}, "urgent"),
        ({"other.can_wait": "yes"}, "routine"),
        ({"other.text": "itchy feet"}, "urgent"),
    ],
    ids=str,
)
def test_a_positive_answer_outweighs_a_denial_and_is_contradictory(positive: dict[str, Any], urgency: str) -> None:
    judged = judge({"symptoms": "none", **positive})

    assert judged["urgency"] == urgency
    assert judged["rules"]["CONTRADICTION"] == "routine"


@pytest.mark.parametrize(
    "negative",
    [
        {"mouth_sores.severity": 0, "mouth_sores.count": 0, "mouth_sores.intake": "normal", "mouth_sores.gone": "yes"},
        {"mouth_sores.bath_started": "none_prescribed"},
        {"cough.severity": 0, "cough.interference": 0, "cough.blood": "no"},
        {"dyspnea.severity": 0, "dyspnea.interference": 0},
        {"fever.temperature_c": 36.0, "fever.rigors": "no"},
        {"other.text": "", "red_flags": "none", "respondent": "carer", "other_symptoms": {"rash": 4}},
    ],
    ids=str,
)
@pytest.mark.parametrize("opening", [{}, {"symptoms": "none"}], ids=["not-asked", "denied"])
def test_negative_answers_make_nothing_present(negative: dict[str, Any], opening: dict[str, Any]) -> None:
    assert judge({**opening, **negative})["urgency"] == "none"


# Missing answers: judged as unknown in a final report, left open in an interim one.


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        ({"symptoms": ["mouth_sores"]}, {"MOUTH-UNKNOWN"}),
        ({"symptoms": ["cough"]}, {"RESP-COUGH"}),
        ({"symptoms": ["dyspnea"]}, {"RESP-DYSPNEA"}),
        ({"symptoms": ["fever"]}, {"FEVER"}),
        ({"symptoms": ["other"]}, {"OTHER-NOW"}),
        ({"other.text": "itchy feet"}, {"OTHER-NOW"}),
        ({"symptoms": ["swelling"]}, {"RED-UNKNOWN"}),
    ],
    ids=str,
)
def test_a_missing_deciding_answer_counts_as_unknown_once_the_report_is_final(
    answers: dict[str, Any], rules: set[str]
) -> None:
    assert set(judge(answers)["rules"]) == rules
    assert judge(answers, final=False)["urgency"] in ("none", "self_care", "routine")


@pytest.mark.parametrize(
    "slot",
    ["mouth_sores.severity", "mouth_sores.interference", "mouth_sores.bath_started", "mouth_sores.gone"],
)
def test_other_missing_answers_decide_nothing(slot: str) -> None:
    answers = {key: value for key, value in MILD_SORE.items() if key != slot}

    assert judge(answers)["urgency"] == "self_care"


def test_ticking_a_symptom_pages_nobody_before_the_first_question() -> None:
    ticked = {"symptoms": ["mouth_sores", "cough", "dyspnea", "fever", "other"]}

    assert judge(ticked, final=False)["urgency"] == "self_care"
    assert judge(ticked)["urgency"] == "urgent"


def test_an_interim_emergency_needs_no_further_answer() -> None:
    assert judge({"dyspnea.exertion": "at_rest"}, final=False)["rules"]["RED-REST"] == "emergency"
    assert judge({"red_flags": ["chest_pain"]}, final=False)["rules"]["RED-CHEST"] == "emergency"


# Contradictions keep the worse.


@pytest.mark.parametrize("report", [MILD_COUGH, MILD_DYSPNEA], ids=["cough", "dyspnea"])
def test_naming_a_symptom_outweighs_a_severity_of_zero(report: dict[str, Any]) -> None:
    (symptom,) = report["symptoms"]
    judged = judge({**report, f"{symptom}.severity": 0})

    assert judged["urgency"] == judge(report)["urgency"] != "none"


@pytest.mark.parametrize("interference", [1, "unknown"])
def test_a_harmless_cough_that_interferes_is_judged_as_mild(interference: object) -> None:
    judged = judge({"cough.severity": 0, "cough.interference": interference})

    assert judged["rules"]["RESP-COUGH"] == "urgent"


def test_sores_counted_as_zero_are_not_counted() -> None:
    assert judge(change(MILD_SORE, mouth_sores__count=0))["rules"]["MOUTH-UNKNOWN"] == "urgent"


def test_none_beside_other_choices_is_set_aside() -> None:
    judged = judge(change(OTHER, symptoms=["none", "other"]))

    assert set(judged["rules"]) == {"OTHER", "CONTRADICTION"}


def test_what_two_routine_findings_say_of_one_symptom_stays_routine() -> None:
    judged = judge(change(NOTHING, other__can_wait="yes"))

    assert judged["rules"] == {"OTHER": "routine", "CONTRADICTION": "routine"}


# Chest pain


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        ({"symptoms": "none"}, "urgent"),
        ({"cough.severity": 0, "dyspnea.severity": 0}, "urgent"),
        ({"symptoms": ["fever"], "fever.temperature_c": 37}, "urgent"),
        ({"symptoms": ["cough"]}, "emergency"),
        ({"symptoms": ["dyspnea"]}, "emergency"),
        ({"symptoms": "none", "cough.severity": 1}, "emergency"),
        ({"symptoms": ["fever", "unknown"]}, "emergency"),
        ({}, "emergency"),
        ({"symptoms": "none", "red_flags": ["chest_pain", "coughing_blood"]}, "emergency"),
    ],
    ids=str,
)
def test_chest_pain_alone_is_urgent_and_with_the_chest_an_emergency(answers: dict[str, Any], urgency: str) -> None:
    judged = judge({"red_flags": ["chest_pain"], **answers})

    assert judged["urgency"] == urgency
    assert judged["rules"]["CHEST-PAIN" if urgency == "urgent" else "RED-CHEST"] == urgency
