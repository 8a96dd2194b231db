"""Doors that can ask again refuse what triage would judge as unknown, and say what would be right."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symptoms.clinical.answers import InvalidAnswers, State, are_right, as_judged, read_answers, validate_answers
from symptoms.clinical.terms import MAX_TEXT_LENGTH, UNKNOWN, Slot

TODAY = date(2026, 3, 12)

ACCEPTED: list[tuple[str, Any]] = [
    ("symptoms", "none"),
    ("symptoms", ["none"]),
    ("symptoms", ["cough", "unknown"]),
    ("red_flags", ["chest_pain", "none"]),
    ("mouth_sores.count", 0),
    ("mouth_sores.count", 99.0),
    ("mouth_sores.count", "more_than_three"),
    ("mouth_sores.onset_on", "2026-03-12"),
    ("mouth_sores.onset_on", "2026-01-11"),
    ("mouth_sores.intake", "almost_nothing"),
    ("mouth_sores.bath_started", "none_prescribed"),
    ("mouth_sores.bath_started", True),
    ("mouth_sores.gone", False),
    ("cough.severity", 4),
    ("dyspnea.exertion", "at_rest"),
    ("fever.temperature_c", 34),
    ("fever.temperature_c", 43.0),
    ("fever.temperature_c", 93),
    ("fever.temperature_c", 110.0),
    ("other.text", "x" * MAX_TEXT_LENGTH),
    ("other_symptoms", {"rash": 2, "fatigue": "unknown"}),
    ("respondent", "carer"),
    ("symptoms", []),
    ("red_flags", []),
]

REFUSED: list[tuple[str, Any]] = [
    ("symptoms", "cough"),
    ("symptoms", ["headache"]),
    ("symptoms", [["cough"]]),
    ("symptoms", None),
    ("red_flags", {}),
    ("mouth_sores.count", 100),
    ("mouth_sores.count", -1),
    ("mouth_sores.count", 2.5),
    ("mouth_sores.count", "3"),
    ("mouth_sores.count", True),
    ("mouth_sores.count", float("nan")),
    ("mouth_sores.count", float("inf")),
    ("mouth_sores.onset_on", "2026-03-13"),
    ("mouth_sores.onset_on", "2026-01-10"),
    ("mouth_sores.onset_on", "2026-02-30"),
    ("mouth_sores.onset_on", "20260312"),
    ("mouth_sores.onset_on", 3),
    ("mouth_sores.intake", "little"),
    ("mouth_sores.bath_started", 1),
    ("mouth_sores.gone", "maybe"),
    ("cough.severity", 5),
    ("cough.blood", 1),
    ("fever.temperature_c", 33.9),
    ("fever.temperature_c", 43.1),
    ("fever.temperature_c", 92.9),
    ("fever.temperature_c", 110.1),
    ("fever.temperature_c", "38"),
    ("fever.temperature_c", True),
    ("other.text", "x" * (MAX_TEXT_LENGTH + 1)),
    ("other.text", 7),
    ("other_symptoms", {"headache": 2}),
    ("other_symptoms", {"rash": 5}),
    ("other_symptoms", ["rash"]),
    ("respondent", "doctor"),
    ("mouth_sores.colour", "red"),
]


@pytest.mark.parametrize(("slot", "value"), ACCEPTED, ids=lambda value: str(value)[:20])
def test_an_answer_within_its_range_is_accepted(slot: str, value: Any) -> None:
    validate_answers({slot: value}, TODAY)


@pytest.mark.parametrize("slot", list(Slot))
def test_not_knowing_is_always_an_answer(slot: str) -> None:
    validate_answers({slot: UNKNOWN}, TODAY)


@pytest.mark.parametrize(("slot", "value"), REFUSED, ids=lambda value: str(value)[:20])
def test_any_other_answer_is_refused_by_name(slot: str, value: Any) -> None:
    with pytest.raises(InvalidAnswers) as refusal:
        validate_answers({slot: value, "cough.severity": 1} if slot != "cough.severity" else {slot: value}, TODAY)

    assert list(refusal.value.errors) == [slot]
    assert slot in str(refusal.value)


@pytest.mark.parametrize(
    ("raw", "celsius"),
    [
        (37.5, Fraction("37.5")),
        (100.4, Fraction(38)),
        (96.8, Fraction(36)),
        (93, Fraction(305, 9)),
        (38, Fraction(38)),
        (43.1, State.UNKNOWN),
    ],
)
def test_fahrenheit_is_converted_exactly(raw: float, celsius: Fraction | State) -> None:
    assert read_answers({"fever.temperature_c": raw}, TODAY).temperature_c == celsius


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["unknown", "none", "cough"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(answers=st.dictionaries(st.sampled_from(list(Slot)), json_values), today=st.dates())
def test_reading_never_raises(answers: dict[str, Any], today: date) -> None:
    read_answers(answers, today)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(answers=st.dictionaries(st.sampled_from(list(Slot)), json_values), today=st.dates())
def test_what_is_stored_in_place_of_the_unreadable_is_judged_alike_and_is_right(
    answers: dict[str, Any], today: date
) -> None:
    stored = as_judged(answers, today)

    assert read_answers(stored, today) == read_answers(answers, today)
    assert are_right(stored, today) == stored


@pytest.mark.parametrize(
    ("slot", "value", "stored"),
    [
        ("symptoms", ["cough", "headache", 7], ["cough", "unknown"]),
        ("symptoms", "cough", "unknown"),
        ("red_flags", [], []),
        ("red_flags", ["none", "Smith"], ["none", "unknown"]),
        ("cough.severity", None, "unknown"),
        ("mouth_sores.intake", "Smith", "unknown"),
        ("other_symptoms", {"rash": 5, "fatigue": 4, "Smith": 1}, {"fatigue": 4}),
        ("other.text", 7, "unknown"),
    ],
)
def test_of_what_cannot_be_read_the_rest_is_stored(slot: str, value: Any, stored: Any) -> None:
    assert as_judged({slot: value, "cough.colour": "green"}, TODAY) == {slot: stored}


@pytest.mark.parametrize(
    ("slot", "value", "is_right"),
    [(*one, True) for one in ACCEPTED] + [(*one, False) for one in REFUSED],
    ids=lambda value: str(value)[:20],
)
def test_a_right_answer_is_one_that_is_not_refused(slot: str, value: Any, is_right: bool) -> None:
    assert are_right({slot: value}, TODAY) == ({slot: value} if is_right else {})
