"""Which of two stated answers to one question is the worse: the order of the values in the specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from symptoms.clinical.terms import (
    MAX_COUNT,
    MIN_TEMPERATURE_F,
    MORE_THAN_THREE,
    UNKNOWN,
    BathStarted,
    Exertion,
    Intake,
    Slot,
    YesNo,
)

NORMAL_TEMPERATURE_C: Final = 37


def is_worse(slot: str, one: object, other: object) -> bool:
    """Whether `one` asks for more urgency than `other` as the answer to a slot.

    Unknown is worse than any stated value. Values of a slot without an order, such as a text, are not compared:
    the later one counts as worse.
    """
    if UNKNOWN in (one, other):
        return other != UNKNOWN
    place = PLACES.get(slot)
    return place is None or place(one) > place(other)


def _in(*values: str) -> Callable[[Any], float]:
    """A place by the order of values, from best to worst."""
    return values.index


def _place_of_count(count: Any) -> float:
    return MAX_COUNT + 1 if count == MORE_THAN_THREE else _place_of_grade(count)


def _place_of_onset(day: Any) -> float:
    """The earlier day is the worse: the sores have lasted longer."""
    return -int(day.replace("-", ""))


def _place_of_temperature(temperature: Any) -> float:
    """By the distance from a normal temperature, in either direction."""
    celsius = temperature if temperature < MIN_TEMPERATURE_F else (temperature - 32) * 5 / 9
    return abs(float(celsius) - NORMAL_TEMPERATURE_C)


def _place_of_grade(grade: Any) -> float:
    return float(grade)


PLACES: Final[Mapping[str, Callable[[Any], float]]] = {
    Slot.MOUTH_COUNT: _place_of_count,
    Slot.MOUTH_ONSET_ON: _place_of_onset,
    Slot.MOUTH_INTAKE: _in(*Intake),
    Slot.MOUTH_SEVERITY: _place_of_grade,
    Slot.MOUTH_INTERFERENCE: _place_of_grade,
    Slot.MOUTH_BATH_STARTED: _in(*BathStarted),
    Slot.MOUTH_GONE: _in(YesNo.YES, YesNo.NO),
    Slot.COUGH_SEVERITY: _place_of_grade,
    Slot.COUGH_INTERFERENCE: _place_of_grade,
    Slot.COUGH_BLOOD: _in(YesNo.NO, YesNo.YES),
    Slot.DYSPNEA_SEVERITY: _place_of_grade,
    Slot.DYSPNEA_INTERFERENCE: _place_of_grade,
    Slot.DYSPNEA_EXERTION: _in(*Exertion),
    Slot.FEVER_TEMPERATURE_C: _place_of_temperature,
    Slot.FEVER_RIGORS: _in(YesNo.NO, YesNo.YES),
    Slot.OTHER_CAN_WAIT: _in(YesNo.YES, YesNo.NO),
}
