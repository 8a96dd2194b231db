"""Much coughed blood is an emergency whichever question it answers; little of it, or none, is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from symptoms.clinical.terms import RedFlag, Slot
from symptoms.flow.converse import converse
from symptoms.flow.dialogue import Known
from symptoms.flow.heard import Heard
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY = date(2026, 11, 25)
MUCH, LITTLE = RedFlag.COUGHING_MUCH_BLOOD, RedFlag.COUGHING_BLOOD
COUGHS: dict[str, Any] = {"symptoms": ["cough"]}
AT_BLOOD: dict[str, Any] = {**COUGHS, "red_flags": "none", "cough.severity": 1}


def hear(language: str, words: str, asking: Slot, answers: dict[str, Any]) -> Heard:
    return understand({"text": words}, DialogueState(answers, asking=asking), language=language, today=TODAY)


def flags_after(language: str, words: str, asking: Slot, answers: dict[str, Any]) -> list[str]:
    step = converse(DialogueState(answers, asking=asking), hear(language, words, asking, answers), Known())
    flags = step.state.report_answers(is_final=True).get("red_flags")
    return flags if isinstance(flags, list) else []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "half a cup of blood"), ("en", "yes, blood, about a cup"), ("en", "blood, a lot"),
        ("en", "lots of blood"), ("en", "mouthfuls of blood"), ("en", "blood, more than a spoonful"),
        ("fr", "une demi-tasse de sang"), ("fr", "oui, du sang, environ un verre"), ("fr", "du sang, beaucoup"),
        ("nl", "een half kopje bloed"), ("nl", "ja, bloed, ongeveer een kopje"), ("nl", "bloed, veel"),
        ("de", "eine halbe Tasse Blut"), ("de", "ja, Blut, ungefähr eine Tasse"), ("de", "Blut, viel"),
        ("es", "media taza de sangre"), ("es", "sí, sangre, más o menos una taza"), ("es", "sangre, mucha"),
    ],
)  # fmt: skip
def test_much_blood_at_the_signs_of_danger_is_coughed_up(language: str, words: str) -> None:
    assert flags_after(language, words, Slot.RED_FLAGS, COUGHS) == [MUCH]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "yes, more than a spoonful"), ("en", "yes, a lot"), ("en", "yes, big clots"),
        ("en", "mouthfuls of blood"),
        ("en", "a tablespoon or two of blood"), ("en", "a lot"), ("en", "half a cup yesterday"), ("en", "yes loads"),
        ("en", "coughing up more than a spoonful of blood"), ("en", "I coughed up half a glass"),
        ("fr", "oui, un demi-verre de sang rouge"), ("fr", "oui, plus d'une cuillère"), ("fr", "oui beaucoup"),
        ("fr", "oui, de gros caillots"), ("fr", "des gorgées de sang"),
        ("nl", "ja, een half kopje helderrood bloed"), ("nl", "ja, meer dan een lepel"), ("nl", "ja, veel"),
        ("nl", "ja, grote klonters"), ("nl", "monden vol bloed"),
        ("de", "ja, eine halbe Tasse hellrotes Blut"), ("de", "ja, mehr als ein Löffel"), ("de", "ja, viel"),
        ("de", "ja, große Klumpen"), ("de", "mundvoll Blut"),
        ("es", "sí, como medio vaso de sangre roja"), ("es", "sí, más de una cucharada"), ("es", "sí, mucha"),
        ("es", "sí, coágulos grandes"), ("es", "bocanadas de sangre"),
    ],
)  # fmt: skip
def test_an_amount_at_the_question_about_blood_is_much(language: str, words: str) -> None:
    assert flags_after(language, words, Slot.COUGH_BLOOD, AT_BLOOD) == [MUCH]
    assert hear(language, words, Slot.COUGH_BLOOD, AT_BLOOD).answers["cough.blood"] == "yes"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "yes"), ("en", "a little"), ("en", "not a lot"), ("en", "less than a spoonful"), ("en", "yes, a streak"),
        ("en", "no, a lot of phlegm but no blood"), ("en", "yes, when I cough a lot"), ("en", "no"),
        ("fr", "un peu"), ("fr", "oui, un filet"), ("fr", "pas beaucoup"), ("fr", "oui, moins d'une cuillère"),
        ("nl", "een beetje"), ("nl", "niet veel"), ("nl", "ja, een streepje"), ("nl", "veel slijm, geen bloed"),
        ("de", "ein bisschen"), ("de", "nicht viel"), ("de", "ja, ein Streifen"), ("de", "viel Schleim, kein Blut"),
        ("es", "un poco"), ("es", "no mucha"), ("es", "sí, un hilito"), ("es", "mucha flema, nada de sangre"),
        ("en", "my dad coughed up a lot of blood"), ("en", "yes, and I had a lot of pain"),
    ],
)  # fmt: skip
def test_little_blood_or_none_is_not_much(language: str, words: str) -> None:
    assert MUCH not in flags_after(language, words, Slot.COUGH_BLOOD, AT_BLOOD)


@pytest.mark.parametrize(
    ("language", "words", "flags"),
    [
        ("en", "yes, a bit of blood", [LITTLE]), ("fr", "oui, un peu de sang", [LITTLE]),
        ("nl", "ja, wat bloed", [LITTLE]), ("de", "ja, ein bisschen Blut", [LITTLE]),
        ("es", "sí, un poco de sangre", [LITTLE]),
        ("en", "no blood", []), ("en", "a lot of blood from my nose", []), ("de", "viel Blut aus der Nase", []),
        ("en", "my gums bleed a lot", []), ("en", "my blood pressure is high", []), ("en", "no, a lot of phlegm", []),
    ],
)  # fmt: skip
def test_other_blood_at_the_signs_of_danger(language: str, words: str, flags: list[str]) -> None:
    assert flags_after(language, words, Slot.RED_FLAGS, COUGHS) == flags
