"""Reports to judge: a few plain ones, and a way to judge them that reads well in a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symptoms.clinical.lines import triage_record

NOW = "2026-03-12T12:00:00Z"

MILD_SORE: dict[str, Any] = {
    "symptoms": ["mouth_sores"],
    "mouth_sores.count": 1,
    "mouth_sores.onset_on": "2026-03-12",
    "mouth_sores.intake": "normal",
    "mouth_sores.severity": 1,
    "mouth_sores.interference": 0,
    "mouth_sores.bath_started": "yes",
    "fever.temperature_c": 36.8,
}
MILD_COUGH: dict[str, Any] = {
    "symptoms": ["cough"],
    "red_flags": "none",
    "cough.severity": 1,
    "cough.interference": 0,
    "cough.blood": "no",
    "fever.temperature_c": 36.8,
}
MILD_DYSPNEA: dict[str, Any] = {
    "symptoms": ["dyspnea"],
    "red_flags": "none",
    "dyspnea.severity": 1,
    "dyspnea.interference": 0,
    "dyspnea.exertion": "moderate",
    "fever.temperature_c": 36.8,
}
FEVERISH: dict[str, Any] = {
    "symptoms": ["fever"],
    "red_flags": "none",
    "fever.temperature_c": 37.0,
    "fever.rigors": "no",
}
OTHER: dict[str, Any] = {"symptoms": ["other"], "other.text": "itchy feet", "other.can_wait": "yes"}
SWELLING: dict[str, Any] = {"symptoms": ["swelling"], "red_flags": "none"}
NOTHING: dict[str, Any] = {"symptoms": "none"}


def judge(answers: Mapping[str, Any], **line: Any) -> dict[str, Any]:
    """The triage of one report: the output line, with `rules` mapping the rules that fired to their urgency."""
    result = triage_record({"id": "r", "now": NOW, "answers": dict(answers), **line})
    result["rules"] = {finding["rule"]: finding["urgency"] for finding in result["findings"]}
    return result


def change(report: Mapping[str, Any], **answers: Any) -> dict[str, Any]:
    """The report with some answers changed; `__` stands for the dot of a slot."""
    changed = {**report, **{slot.replace("__", "."): value for slot, value in answers.items()}}
    return {slot: value for slot, value in changed.items() if value is not LEFT_OUT}


LEFT_OUT = object()
"""As the value of an answer in `change`: the question was not answered."""
