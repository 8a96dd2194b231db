"""Of two answers to one question the worse is told: the orders of the specification, section 1."""

from __future__ import annotations

from typing import Any

import pytest

from symptoms.clinical.ordering import is_worse
from symptoms.clinical.terms import UNKNOWN, Slot

WORSE_FIRST: list[tuple[Slot, Any, Any]] = [
    (Slot.MOUTH_COUNT, 4, 3),
    (Slot.MOUTH_COUNT, "more_than_three", 99),
    (Slot.MOUTH_ONSET_ON, "2026-02-28", "2026-03-01"),
    (Slot.MOUTH_INTAKE, "changed", "normal"),
    (Slot.MOUTH_INTAKE, "almost_nothing", "reduced"),
    (Slot.MOUTH_SEVERITY, 1, 0),
    (Slot.MOUTH_BATH_STARTED, "none_prescribed", "no"),
    (Slot.MOUTH_GONE, "no", "yes"),
    (Slot.COUGH_BLOOD, "yes", "no"),
    (Slot.DYSPNEA_EXERTION, "at_rest", "minimal"),
    (Slot.FEVER_TEMPERATURE_C, 38.5, 37.2),
    (Slot.FEVER_TEMPERATURE_C, 35.0, 36.8),
    (Slot.FEVER_TEMPERATURE_C, 103, 37.5),
    (Slot.FEVER_RIGORS, "yes", "no"),
    (Slot.OTHER_CAN_WAIT, "no", "yes"),
]


@pytest.mark.parametrize(("slot", "worse", "better"), WORSE_FIRST)
def test_one_answer_is_worse_than_the_other_and_not_the_reverse(slot: Slot, worse: object, better: object) -> None:
    assert is_worse(slot, worse, better)
    assert not is_worse(slot, better, worse)
    assert not is_worse(slot, worse, worse)


@pytest.mark.parametrize("slot", [slot for slot, _, _ in WORSE_FIRST])
def test_unknown_is_worse_than_any_stated_answer(slot: Slot) -> None:
    assert is_worse(slot, UNKNOWN, 1)
    assert not is_worse(slot, 1, UNKNOWN)
    assert not is_worse(slot, UNKNOWN, UNKNOWN)


def test_answers_without_an_order_are_not_compared() -> None:
    assert is_worse(Slot.OTHER_TEXT, "a", "b")
