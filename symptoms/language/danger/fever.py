"""Fever, shivering and swelling in a text, and a temperature that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from symptoms.clinical.rules.infection import FEVER_FROM_C, LOW_BELOW_C
from symptoms.clinical.terms import (
    MAX_TEMPERATURE_C,
    MAX_TEMPERATURE_F,
    MIN_TEMPERATURE_C,
    MIN_TEMPERATURE_F,
    Symptom,
)
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.numbers import Quantity, numbers_in

DEGREES: Final = frozenset({"°", "c", "f"})
BRIEF: Final = 3
"""Words of a clause that names no more than a number and a day: "39 yesterday"."""

TENTHS_REACH: Final = 2
"""How many words stand before a half at most; before tenths one less."""

HALF: Final = 0.5
LAST_DIGIT: Final = 9
HUNDRED: Final = 100


def find_fever_and_swelling(reader: Reader) -> frozenset[Symptom]:
    """Fever and swelling, as far as the patient has them by the text. A temperature that is named speaks for itself."""
    found = set()
    for clause in reader.passage.clauses:
        if _shivers(clause, reader) or (reader.facts(clause, "fever") and not any(_temperatures(clause, reader))):
            found.add(Symptom.FEVER)
        if reader.facts(clause, "swollen") and clause.has("limb", "face") and not clause.has("lip", "tongue", "throat"):
            found.add(Symptom.SWELLING)
    temperature = read_temperature(reader)
    return frozenset(found | ({Symptom.FEVER} if temperature is not None and _is_out_of_bounds(temperature) else set()))


def has_rigors(reader: Reader) -> bool:
    """Whether the patient shivers, or has shivered: not hands that tremble."""
    return any(_shivers(clause, reader) for clause in reader.passage.clauses)


def _shivers(clause: Clause, reader: Reader) -> bool:
    return bool(reader.facts(clause, "shiver")) and not clause.has("limb")


def read_temperature(reader: Reader) -> float | None:
    """The temperature of the patient that a text names, as it stands there: 34-43 or 93-110. The highest counts."""
    found = [value for clause in reader.passage.clauses for value in _temperatures(clause, reader)]
    return max(found, default=None)


def temperature_in_reply(reader: Reader) -> float | None:
    """The temperature in the answer to the question for it: any number that can be one, but no years."""
    found: list[float] = []
    for clause in reader.passage.clauses:
        numbers = [
            one
            for one in numbers_in(clause, reader.passage)
            if not any(hit.start == one.end for hit in clause.all("units"))
        ]
        found += (_with_tenths(one, numbers[nth + 1 : nth + 3]) for nth, one in enumerate(numbers))
    return max((value for value in found if _is_temperature(value)), default=None)


def _with_tenths(number: Quantity, following: Sequence[Quantity]) -> float:
    """A number with the tenths or the half that are said after it: "38 5", "38 point five", "38 en een half".

    After a hundred they are degrees: "cent deux" is 102.
    """
    if number.value != int(number.value) or not _is_temperature(number.value):
        return number.value
    near = [one for one in following if one.at - number.end <= TENTHS_REACH]
    if any(one.value == HALF for one in near):
        return number.value + HALF
    if number.value == HUNDRED and near and near[0].at == number.end and near[0].value <= LAST_DIGIT:
        return number.value + near[0].value
    tenths = next((one.value for one in near if one.at - number.end < TENTHS_REACH), 0)
    return number.value + tenths / 10 if 1 <= tenths <= LAST_DIGIT else number.value


def _temperatures(clause: Clause, reader: Reader) -> Iterator[float]:
    tokens = reader.passage.tokens
    for number in numbers_in(clause, reader.passage):
        following = tokens[number.end].text if number.end < len(tokens) else ""
        is_named = bool(clause.all("fever")) or following in DEGREES or number.value != int(number.value)
        is_named = is_named or _is_of_another_day(number, clause)
        is_own = not any(reader.scope.is_others(hit, clause) for hit in clause.all("fever"))
        if is_named and is_own and _is_temperature(number.value):
            yield number.value


def _is_of_another_day(number: Quantity, clause: Clause) -> bool:
    """Whether it is what somebody had or was, such as 39 yesterday, and is a number of nothing else."""
    is_told = clause.has("had") or clause.end - clause.start <= BRIEF
    is_told = is_told and clause.has("days_ago") and not clause.has("aphtha", "lesion", "spot", "eat")
    is_last = number.end == clause.end or any(hit.start == number.end for hit in clause.all("days_ago"))
    return is_told and is_last and number.value >= FEVER_FROM_C


def _is_temperature(value: float) -> bool:
    is_celsius = MIN_TEMPERATURE_C <= value <= MAX_TEMPERATURE_C
    return is_celsius or MIN_TEMPERATURE_F <= value <= MAX_TEMPERATURE_F


def _is_out_of_bounds(value: float) -> bool:
    celsius = value if value <= MAX_TEMPERATURE_C else (value - 32) * 5 / 9
    return celsius >= FEVER_FROM_C or celsius < LOW_BELOW_C
