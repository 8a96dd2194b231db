"""Both sides of every boundary of the rule table. Each row: the rule, what fires it, what just does not."""

from __future__ import annotations

from typing import Any

import pytest

from symptoms.clinical.rules import RULES
from symptoms.clinical.terms import RedFlag
from tests.symptoms.clinical.reports import (
    FEVERISH,
    LEFT_OUT,
    MILD_COUGH,
    MILD_DYSPNEA,
    MILD_SORE,
    NOTHING,
    OTHER,
    SWELLING,
    change,
    judge,
)

URGENCY_OF = {rule.id: rule.urgency.code for rule in RULES}

NEED_MORE = {"RESP-RISE", "RESP-IMPACT"}
"""Rules that decide only beside a history or a baseline: see `test_history` and the proof."""

RED_FLAGS = [
    ("RED-SPEECH", RedFlag.CANNOT_SPEAK_SENTENCES),
    ("RED-COLOUR", RedFlag.BLUE_OR_GREY),
    ("RED-CONFUSION", RedFlag.CONFUSED_OR_FAINTED),
    ("RED-SUDDEN", RedFlag.SUDDEN_BREATHLESSNESS),
    ("RED-SWELLING", RedFlag.SWOLLEN_LIPS_TONGUE_THROAT),
    ("RED-BLOOD", RedFlag.COUGHING_MUCH_BLOOD),
]


@pytest.mark.parametrize(("rule", "flag"), RED_FLAGS)
def test_a_sign_of_danger_is_an_emergency_whatever_else_is_said(rule: str, flag: RedFlag) -> None:
    judged = judge(change(NOTHING, red_flags=[flag]))

    assert judged["rules"][rule] == judged["urgency"] == "emergency"
    assert rule not in judge(change(NOTHING, red_flags=[other for other in RedFlag if other != flag]))["rules"]


BOUNDARIES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # Signs of danger
    ("RED-CHEST", change(MILD_COUGH, red_flags=["chest_pain"]), change(NOTHING, red_flags=["chest_pain"])),
    (
        "CHEST-PAIN",
        change(NOTHING, red_flags=["chest_pain"]),
        change(NOTHING, red_flags=["chest_pain"], cough__blood="yes"),
    ),
    ("RED-REST", change(MILD_DYSPNEA, dyspnea__severity=4), change(MILD_DYSPNEA, dyspnea__severity=3)),
    (
        "RED-REST",
        change(MILD_DYSPNEA, dyspnea__severity=2, dyspnea__exertion="at_rest"),
        change(MILD_DYSPNEA, dyspnea__severity=1, dyspnea__exertion="at_rest"),
    ),
    (
        "RED-REST",
        change(MILD_DYSPNEA, dyspnea__severity="unknown", dyspnea__exertion="at_rest"),
        change(MILD_DYSPNEA, dyspnea__severity="unknown", dyspnea__exertion="minimal"),
    ),
    ("RED-UNKNOWN", change(MILD_COUGH, red_flags="unknown"), change(MILD_COUGH, red_flags="none")),
    ("RED-UNKNOWN", change(MILD_COUGH, red_flags=[]), change(MILD_COUGH, red_flags=LEFT_OUT)),
    (
        "RED-UNKNOWN",
        change(MILD_COUGH, red_flags=["coughing_blood", "unknown"]),
        change(MILD_COUGH, red_flags=["none"]),
    ),
    ("RED-UNKNOWN", change(SWELLING, red_flags=LEFT_OUT), SWELLING),
    # The opening question, swelling, anything else
    ("SYMPTOMS-UNKNOWN", {"symptoms": "unknown"}, NOTHING),
    ("SYMPTOMS-UNKNOWN", {"symptoms": []}, {}),
    ("SYMPTOMS-UNKNOWN", {"symptoms": "cough"}, {"symptoms": ["none"]}),
    ("SYMPTOMS-UNKNOWN", change(MILD_SORE, symptoms=["mouth_sores", "headache"]), MILD_SORE),
    ("SWELLING", SWELLING, change(SWELLING, red_flags=["swollen_lips_tongue_throat"])),
    ("SWELLING", SWELLING, change(SWELLING, red_flags="unknown")),
    ("OTHER-NOW", change(OTHER, other__can_wait="no"), OTHER),
    ("OTHER-NOW", change(OTHER, other__can_wait=LEFT_OUT), change(OTHER, other__can_wait=True)),
    ("OTHER", OTHER, change(OTHER, other__can_wait="no")),
    # Cough and breathlessness
    ("RESP-BLOOD", change(MILD_COUGH, cough__blood="yes"), MILD_COUGH),
    ("RESP-BLOOD", change(MILD_COUGH, cough__blood="unknown"), change(NOTHING, cough__blood="unknown")),
    ("RESP-BLOOD", change(NOTHING, red_flags=["coughing_blood"]), change(NOTHING, red_flags=["chest_pain"])),
    ("RESP-BLOOD", change(NOTHING, red_flags=["coughing_much_blood"]), NOTHING),
    ("RESP-DYSPNEA", MILD_DYSPNEA, change(NOTHING, dyspnea__severity=0)),
    ("RESP-DYSPNEA", change(NOTHING, dyspnea__exertion="minimal"), change(NOTHING, dyspnea__exertion="unknown")),
    ("RESP-DYSPNEA", {"dyspnea.exertion": "unknown", "dyspnea.severity": 0}, {"dyspnea.severity": 0}),
    ("RESP-COUGH", change(MILD_COUGH, cough__severity=2), MILD_COUGH),
    ("RESP-COUGH", change(MILD_COUGH, cough__severity="unknown"), change(NOTHING, cough__severity="unknown")),
    ("RESP-COUGH", change(MILD_COUGH, cough__severity=LEFT_OUT), MILD_COUGH),
    ("RESP-COUGH", change(MILD_COUGH, cough__interference=1), MILD_COUGH),
    ("RESP-COUGH", change(MILD_COUGH, cough__interference="unknown"), MILD_COUGH),
    ("RESP-COUGH", change(MILD_COUGH, symptoms=["cough", "fever"], fever__rigors="no"), MILD_COUGH),
    ("RESP-COUGH", change(MILD_COUGH, fever__temperature_c=38.0), change(MILD_COUGH, fever__temperature_c=37.9)),
    ("RESP-COUGH", change(MILD_COUGH, symptoms=["cough", "dyspnea"]), MILD_COUGH),
    ("RESP-COUGH-MILD", MILD_COUGH, change(MILD_COUGH, cough__severity=2)),
    ("RESP-IMPACT", change(MILD_DYSPNEA, dyspnea__interference=3), change(MILD_DYSPNEA, dyspnea__interference=2)),
    ("RESP-IMPACT", change(MILD_COUGH, cough__interference=3), change(MILD_COUGH, cough__interference=2)),
    ("RESP-IMPACT", change(MILD_COUGH, cough__interference="unknown"), change(NOTHING, cough__interference="unknown")),
    # Mouth
    ("MOUTH-COUNT", change(MILD_SORE, mouth_sores__count=4), change(MILD_SORE, mouth_sores__count=3)),
    (
        "MOUTH-COUNT",
        change(MILD_SORE, mouth_sores__count="more_than_three"),
        change(MILD_SORE, mouth_sores__count="unknown"),
    ),
    ("MOUTH-COUNT", change(MILD_SORE, mouth_sores__count=99), change(MILD_SORE, mouth_sores__count=100)),
    (
        "MOUTH-DURATION",
        change(MILD_SORE, mouth_sores__onset_on="2026-03-08"),
        change(MILD_SORE, mouth_sores__onset_on="2026-03-09"),
    ),
    (
        "MOUTH-DURATION",
        change(MILD_SORE, mouth_sores__onset_on="2026-01-11"),
        change(MILD_SORE, mouth_sores__onset_on="2026-01-10"),
    ),
    ("MOUTH-INTAKE", change(MILD_SORE, mouth_sores__intake="changed"), MILD_SORE),
    ("MOUTH-INTAKE", change(NOTHING, mouth_sores__intake="reduced"), change(NOTHING, mouth_sores__intake="normal")),
    (
        "MOUTH-INTAKE",
        change(MILD_SORE, mouth_sores__intake="almost_nothing"),
        change(MILD_SORE, mouth_sores__intake="unknown"),
    ),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__count="unknown"), change(NOTHING, mouth_sores__count="unknown")),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__count=100), change(MILD_SORE, mouth_sores__count=99)),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__count=0), change(NOTHING, mouth_sores__count=0)),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__count=LEFT_OUT), MILD_SORE),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__onset_on=LEFT_OUT), MILD_SORE),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__onset_on="2026-03-13"), MILD_SORE),
    ("MOUTH-UNKNOWN", change(MILD_SORE, mouth_sores__intake=LEFT_OUT), MILD_SORE),
    (
        "MOUTH-UNKNOWN",
        change(MILD_SORE, mouth_sores__severity="unknown"),
        change(MILD_SORE, mouth_sores__severity=LEFT_OUT),
    ),
    (
        "MOUTH-UNKNOWN",
        change(MILD_SORE, mouth_sores__interference=5),
        change(MILD_SORE, mouth_sores__interference=LEFT_OUT),
    ),
    ("MOUTH-SEVERE", change(MILD_SORE, mouth_sores__severity=3), change(MILD_SORE, mouth_sores__severity=2)),
    ("MOUTH-SEVERE", change(MILD_SORE, mouth_sores__interference=3), change(MILD_SORE, mouth_sores__interference=2)),
    ("MOUTH-PAIN", change(MILD_SORE, mouth_sores__severity=2), change(MILD_SORE, mouth_sores__severity=1)),
    (
        "MOUTH-PAIN",
        change(MILD_SORE, mouth_sores__severity=2),
        change(MILD_SORE, mouth_sores__severity=2, mouth_sores__count=4),
    ),
    ("MOUTH-MILD", MILD_SORE, change(MILD_SORE, mouth_sores__count=4)),
    ("MOUTH-MILD", MILD_SORE, change(MILD_SORE, mouth_sores__severity=2)),
    ("MOUTH-MILD", change(MILD_SORE, mouth_sores__severity=LEFT_OUT), NOTHING),
    ("MOUTH-NO-BATH", change(MILD_SORE, mouth_sores__bath_started="none_prescribed"), MILD_SORE),
    (
        "MOUTH-NO-BATH",
        change(MILD_SORE, mouth_sores__bath_started="unknown"),
        change(MILD_SORE, mouth_sores__bath_started="no"),
    ),
    (
        "MOUTH-NO-BATH",
        change(MILD_SORE, mouth_sores__severity=2, mouth_sores__bath_started="none_prescribed"),
        change(MILD_SORE, mouth_sores__count=4, mouth_sores__bath_started="none_prescribed"),
    ),
    # Fever
    ("FEVER", change(MILD_SORE, fever__temperature_c=38.0), change(MILD_SORE, fever__temperature_c=37.9)),
    ("FEVER", change(MILD_SORE, fever__temperature_c=35.9), change(MILD_SORE, fever__temperature_c=36.0)),
    ("FEVER", change(MILD_SORE, fever__temperature_c=100.4), change(MILD_SORE, fever__temperature_c=100.3)),
    ("FEVER", change(MILD_SORE, fever__temperature_c=96.7), change(MILD_SORE, fever__temperature_c=96.8)),
    ("FEVER", change(FEVERISH, fever__temperature_c="unknown"), change(MILD_SORE, fever__temperature_c="unknown")),
    ("FEVER", change(FEVERISH, fever__temperature_c=43.1), change(MILD_SORE, fever__temperature_c=43.1)),
    ("FEVER", change(FEVERISH, fever__temperature_c=LEFT_OUT), change(MILD_SORE, fever__temperature_c=LEFT_OUT)),
    ("FEVER", change(FEVERISH, fever__rigors="yes"), FEVERISH),
    ("FEVER", change(FEVERISH, fever__rigors="unknown"), change(FEVERISH, fever__rigors=LEFT_OUT)),
    ("FEVER-LOW", change(FEVERISH, fever__temperature_c=36.0), change(FEVERISH, fever__temperature_c=35.9)),
    ("FEVER-LOW", change(FEVERISH, fever__temperature_c=37.9), change(FEVERISH, fever__temperature_c=38.0)),
    ("FEVER-LOW", FEVERISH, MILD_SORE),
    # Answers that do not fit together, and routine findings that add up
    ("CONTRADICTION", change(NOTHING, cough__severity=0, cough__interference=1), change(NOTHING, cough__severity=0)),
    ("CONTRADICTION", {"cough.severity": 0, "cough.interference": 1}, {"cough.severity": 0, "cough.interference": 0}),
    ("CONTRADICTION", change(NOTHING, mouth_sores__severity=1), {"mouth_sores.severity": 1}),
    ("CONTRADICTION", change(MILD_COUGH, cough__severity=0), MILD_COUGH),
    ("CONTRADICTION", change(MILD_DYSPNEA, dyspnea__severity=0), MILD_DYSPNEA),
    ("CONTRADICTION", change(MILD_SORE, mouth_sores__count=0), MILD_SORE),
    ("CONTRADICTION", change(MILD_SORE, mouth_sores__gone="yes"), change(MILD_SORE, mouth_sores__gone="no")),
    ("CONTRADICTION", change(MILD_SORE, symptoms=["mouth_sores", "none"]), MILD_SORE),
    ("CONTRADICTION", change(SWELLING, red_flags=["none", "chest_pain"]), change(SWELLING, red_flags=["chest_pain"])),
    ("CONTRADICTION", change(NOTHING, other__text="a rash"), change(NOTHING, other__text="  ")),
    (
        "CONTRADICTION",
        change(NOTHING, other__can_wait="yes"),
        change(NOTHING, fever__temperature_c=39.0, cough__blood="yes"),
    ),
    ("TWO-ROUTINE", change(OTHER, symptoms=["other", "swelling"], red_flags="none"), OTHER),
    (
        "TWO-ROUTINE",
        {**OTHER, **MILD_SORE, "symptoms": ["mouth_sores", "other"], "mouth_sores.gone": "yes"},
        {**OTHER, **MILD_SORE, "symptoms": ["mouth_sores", "other"], "mouth_sores.gone": "no"},
    ),
    (
        "TWO-ROUTINE",
        {
            **MILD_COUGH,
            **MILD_DYSPNEA,
            "symptoms": ["cough", "dyspnea"],
            "cough.interference": 3,
            "dyspnea.interference": 3,
        },
        {
            **MILD_COUGH,
            **MILD_DYSPNEA,
            "symptoms": ["cough", "dyspnea"],
            "cough.interference": 3,
            "dyspnea.interference": 2,
        },
    ),
    (
        "TWO-ROUTINE",
        {**MILD_SORE, **MILD_COUGH, "symptoms": ["mouth_sores", "cough"], "mouth_sores.severity": 2},
        {
            **MILD_SORE,
            **MILD_COUGH,
            "symptoms": ["mouth_sores", "cough"],
            "mouth_sores.bath_started": "none_prescribed",
        },
    ),
]


@pytest.mark.parametrize(
    ("rule", "on", "off"), BOUNDARIES, ids=[f"{number}-{row[0]}" for number, row in enumerate(BOUNDARIES)]
)
def test_boundary(rule: str, on: dict[str, Any], off: dict[str, Any]) -> None:
    assert judge(on)["rules"].get(rule) == URGENCY_OF[rule]
    assert rule not in judge(off)["rules"]


def test_every_rule_but_those_of_history_has_a_boundary_here() -> None:
    here = {rule for rule, _, _ in BOUNDARIES} | {rule for rule, _ in RED_FLAGS}

    assert here == set(URGENCY_OF) - {"RESP-RISE"}


def test_every_rule_alone_decides_the_urgency_of_some_report() -> None:
    decided_by = set(NEED_MORE)
    for _, report, _ in BOUNDARIES:
        judged = judge(report)
        top = [rule for rule, urgency in judged["rules"].items() if urgency == judged["urgency"]]
        decided_by.update(top if len(top) == 1 else ())

    assert decided_by | {rule for rule, _ in RED_FLAGS} == set(URGENCY_OF)


FAR_BEYOND: list[tuple[str, dict[str, Any]]] = [
    ("MOUTH-SEVERE", change(MILD_SORE, mouth_sores__severity=4)),
    ("MOUTH-SEVERE", change(MILD_SORE, mouth_sores__interference=4)),
    ("RESP-COUGH", change(MILD_COUGH, cough__severity=4)),
    ("RESP-COUGH", change(MILD_COUGH, cough__interference=4)),
    ("RESP-IMPACT", change(MILD_DYSPNEA, dyspnea__interference=4)),
    ("RED-REST", change(MILD_DYSPNEA, dyspnea__severity=3, dyspnea__exertion="at_rest")),
    ("FEVER", change(MILD_SORE, fever__temperature_c=41.5)),
    ("FEVER", change(MILD_SORE, fever__temperature_c=34.0)),
    ("TWO-ROUTINE", {**OTHER, **FEVERISH, "symptoms": ["other", "fever", "swelling"]}),
    ("MOUTH-DURATION", change(MILD_SORE, mouth_sores__onset_on="2026-02-12")),
]


@pytest.mark.parametrize(
    ("rule", "report"), FAR_BEYOND, ids=[f"{number}-{row[0]}" for number, row in enumerate(FAR_BEYOND)]
)
def test_far_beyond_the_boundary_the_rule_still_fires(rule: str, report: dict[str, Any]) -> None:
    assert judge(report)["rules"].get(rule) == URGENCY_OF[rule]
