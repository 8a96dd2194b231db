"""Reads what reports state, column by column, and finds the worst of it: for the page that a clinician prints. PURE."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from symptoms.clinical.answers import Answers, State, read_answers
from symptoms.clinical.terms import MAX_COUNT, MORE_THAN_THREE, Exertion, Intake, YesNo

Stated = Answers

LOWEST_NORMAL_C: Final = 36

HARMLESS: Final = frozenset({"", "0", "0/0", "normal"})


def read_stated(answers: Mapping[str, object], on: date) -> Stated:
    """The answers as judged: Fahrenheit is converted, what cannot be read is unknown."""
    return read_answers(answers, on)


def worst_of(reports: Iterable[Stated]) -> dict[str, str]:
    """The worst stated answer of each column, in words; empty when it was not asked, "?" when it was not known."""
    told = list(reports)
    return {name: show(told) for name, show in COLUMNS.items()}


def danger_signs(stated: Stated) -> list[str]:
    """Signs of danger, blood and rigors, in words."""
    flags = sorted(flag.replace("_", " ") for flag in stated.red_flags.chosen) if stated.red_flags else []
    blood = ["blood in the cough"] if stated.cough_blood == YesNo.YES else []
    return [*flags, *blood, *(["rigors"] if stated.rigors == YesNo.YES else [])]


def is_stated(stated: Stated) -> bool:
    """Whether anything but the harmless was stated."""
    answers = worst_of([stated])
    temperature = answers.pop("°C")
    return bool(temperature) or bool(danger_signs(stated)) or not HARMLESS.issuperset(answers.values())


def _worst(values: Iterable[Any], place: Callable[[Any], float]) -> Any:
    """The worst of the stated values; State.UNKNOWN when there is nothing else, None when nothing was asked."""
    given = [value for value in values if value is not None]
    stated = [value for value in given if value is not State.UNKNOWN]
    return max(stated, key=place) if stated else (State.UNKNOWN if given else None)


def _show(value: Any) -> str:
    if value is None:
        return ""
    return "?" if value is State.UNKNOWN else str(value).replace("_", " ")


def _count(reports: list[Stated]) -> str:
    worst = _worst((one.count for one in reports), lambda count: MAX_COUNT + 1 if count == MORE_THAN_THREE else count)
    return ">3" if worst == MORE_THAN_THREE else _show(worst)


def _onset(reports: list[Stated]) -> str:
    worst = _worst((one.onset_on for one in reports), lambda day: -day.toordinal())
    return f"{worst:%Y-%m-%d}" if isinstance(worst, date) else _show(worst)


def _grading(name: str) -> Callable[[list[Stated]], str]:
    """Severity and interference, each the worst."""

    def show(reports: list[Stated]) -> str:
        gradings = [getattr(one, name) for one in reports]
        severity = _show(_worst((grading.severity for grading in gradings), int))
        interference = _show(_worst((grading.interference for grading in gradings), int))
        return f"{severity or '–'}/{interference}" if interference else severity

    return show


def _choice(name: str, order: list[Any]) -> Callable[[list[Stated]], str]:
    return lambda reports: _show(_worst((getattr(one, name) for one in reports), order.index))


def _temperature(reports: list[Stated]) -> str:
    """The highest in degrees Celsius, and the lowest when that is below the normal."""
    values = [one.temperature_c for one in reports]
    worst = _worst(values, float)
    if not isinstance(worst, Fraction):
        return _show(worst)
    lowest = min(value for value in values if isinstance(value, Fraction))
    low = f" (low {float(lowest):.1f})" if lowest < LOWEST_NORMAL_C and lowest < worst else ""
    return f"{float(worst):.1f}{low}"


COLUMNS: Final[dict[str, Callable[[list[Stated]], str]]] = {
    "sores": _count,
    "since": _onset,
    "pain": _grading("mouth"),
    "eating": _choice("intake", list(Intake)),
    "cough": _grading("cough"),
    "breath": _grading("dyspnea"),
    "effort": _choice("exertion", list(Exertion)),
    "°C": _temperature,
}
