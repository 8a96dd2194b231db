"""What people type at each question, in each language: never taken for better than it says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from symptoms.clinical.terms import Intake, Slot, Symptom
from symptoms.flow.converse import converse
from symptoms.flow.dialogue import Known
from symptoms.flow.heard import Heard
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY: Final = date(2026, 3, 12)
REPLIES: Final = tomllib.loads((Path(__file__).parent / "replies.toml").read_text(encoding="utf-8"))
GRADES: Final = ("severity", "interference")
COMPLAINTS: Final = ("mouth_sores", "cough", "dyspnea")
OPEN: Final = "open"
AFFECTED: Final = frozenset(Intake) - {Intake.NORMAL}


def hear(words: str, asking: Slot, language: str) -> Heard:
    return understand({"text": words}, DialogueState(asking=asking), language=language, today=TODAY)


def slots_of(name: str) -> list[Slot]:
    return [Slot(f"{one}.{name}") for one in COMPLAINTS] if name in GRADES else [Slot(name)]


def table() -> Iterator[tuple[Slot, str, str]]:
    for name, answers in REPLIES.items():
        for slot in slots_of(name):
            yield from ((slot, answer, language) for answer, words in answers.items() for language in words)


def is_noted(answer: object, wanted: str) -> bool:
    if wanted == "less":
        return answer in AFFECTED
    return str(answer) == wanted or (isinstance(answer, float) and f"{answer:g}" == wanted)


@pytest.mark.parametrize(("slot", "wanted", "language"), list(table()))
def test_a_typed_reply_is_noted_as_it_is_meant(slot: Slot, wanted: str, language: str) -> None:
    words = REPLIES[slot if slot in REPLIES else slot.partition(".")[2]][wanted][language]
    noted = {one: hear(one, slot, language).answers.get(slot, OPEN) for one in words}
    assert {one: answer for one, answer in noted.items() if not is_noted(answer, wanted)} == {}


ASKED = [Slot.RED_FLAGS, Slot.DYSPNEA_SEVERITY, Slot.COUGH_BLOOD, Slot.MOUTH_INTAKE, Slot.OTHER_CAN_WAIT]


@pytest.mark.source("S-23")
@pytest.mark.parametrize("asking", ASKED)
@pytest.mark.parametrize(
    ("words", "temperature", "celsius"), [("39", 39, "39.0"), ("38,7", 38.7, "38.7"), ("102", 102, "38.9")]
)
def test_a_lone_fever_is_noted_at_a_question_that_it_does_not_answer(
    asking: Slot, words: str, temperature: float, celsius: str
) -> None:
    heard = hear(words, asking, "en")
    step = converse(DialogueState({"symptoms": ["cough", "fever"]}, asking=asking), heard, Known())
    assert step.state.answers[Slot.FEVER_TEMPERATURE_C] == temperature
    assert Symptom.FEVER in step.state.mentioned
    assert asking not in step.state.answers
    assert [(line.key, line.values) for line in step.lines] == [("read_back_temperature", {"celsius": celsius})]


@pytest.mark.parametrize(
    ("words", "asking"), [("3", Slot.RED_FLAGS), ("12", Slot.MOUTH_INTAKE), ("200", Slot.COUGH_BLOOD)]
)
def test_any_other_number_is_no_temperature(words: str, asking: Slot) -> None:
    assert hear(words, asking, "en").answers == {}


def test_a_number_that_answers_the_question_is_no_temperature() -> None:
    assert hear("39", Slot.MOUTH_COUNT, "en").answers == {Slot.MOUTH_COUNT: 39}
