"""What a text gives as the reply to the question on screen."""

from __future__ import annotations

from datetime import date

import pytest

from symptoms.clinical.terms import MORE_THAN_THREE, NONE, UNKNOWN, Exertion, Intake, Slot, YesNo
from tests.symptoms.language.reading import understood

REPLIES: list[tuple[str, Slot, str, object]] = [
    ("en", Slot.MOUTH_COUNT, "four", 4),
    ("en", Slot.MOUTH_COUNT, "too many to count", MORE_THAN_THREE),
    ("en", Slot.MOUTH_COUNT, "no idea", UNKNOWN),
    ("en", Slot.MOUTH_ONSET_ON, "since Saturday", date(2026, 3, 7)),
    ("en", Slot.MOUTH_ONSET_ON, "for ages", UNKNOWN),
    ("en", Slot.MOUTH_INTAKE, "only soup", Intake.CHANGED),
    ("en", Slot.MOUTH_GONE, "yes, all gone", YesNo.YES),
    ("en", Slot.MOUTH_GONE, "not yet", YesNo.NO),
    ("en", Slot.COUGH_BLOOD, "no", YesNo.NO),
    ("en", Slot.COUGH_BLOOD, "yes, a streak", YesNo.YES),
    ("en", Slot.COUGH_SEVERITY, "moderate", 2),
    ("en", Slot.DYSPNEA_EXERTION, "on the stairs", Exertion.MODERATE),
    ("en", Slot.DYSPNEA_EXERTION, "even sitting", Exertion.AT_REST),
    ("en", Slot.FEVER_TEMPERATURE_C, "38.5", 38.5),
    ("en", Slot.FEVER_TEMPERATURE_C, "38 5", 38.5),
    ("en", Slot.FEVER_TEMPERATURE_C, "thirty eight point four", 38.4),
    ("en", Slot.FEVER_TEMPERATURE_C, "100 and a half", 100.5),
    ("de", Slot.FEVER_TEMPERATURE_C, "siebenunddreißig fünf", 37.5),
    ("fr", Slot.FEVER_TEMPERATURE_C, "38°2", 38.2),
    ("es", Slot.FEVER_TEMPERATURE_C, "treinta y ocho con dos", 38.2),
    ("en", Slot.FEVER_TEMPERATURE_C, "37 this morning, 39 tonight", 39.0),
    ("en", Slot.FEVER_TEMPERATURE_C, "38.4 for 2 days", 38.4),
    ("es", Slot.DYSPNEA_EXERTION, "no puedo respirar ni en reposo", Exertion.AT_REST),
    ("en", Slot.DYSPNEA_EXERTION, "I am not breathless at rest but on the stairs", Exertion.MODERATE),
    ("en", Slot.RED_FLAGS, "none", NONE),
    ("fr", Slot.MOUTH_COUNT, "quatre", 4),
    ("fr", Slot.SYMPTOMS, "rien du tout", NONE),
    ("fr", Slot.COUGH_BLOOD, "non", YesNo.NO),
    ("fr", Slot.MOUTH_ONSET_ON, "depuis samedi", date(2026, 3, 7)),
    ("nl", Slot.MOUTH_COUNT, "vier", 4),
    ("nl", Slot.COUGH_BLOOD, "nee", YesNo.NO),
    ("nl", Slot.MOUTH_ONSET_ON, "sinds zaterdag", date(2026, 3, 7)),
    ("de", Slot.MOUTH_COUNT, "vier", 4),
    ("de", Slot.COUGH_BLOOD, "nein", YesNo.NO),
    ("de", Slot.MOUTH_ONSET_ON, "seit Samstag", date(2026, 3, 7)),
    ("es", Slot.MOUTH_COUNT, "cuatro", 4),
    ("es", Slot.COUGH_BLOOD, "no", YesNo.NO),
    ("es", Slot.MOUTH_ONSET_ON, "desde el sábado", date(2026, 3, 7)),
]


@pytest.mark.parametrize(("language", "slot", "text", "answer"), REPLIES)
def test_a_reply_answers_the_question(language: str, slot: Slot, text: str, answer: object) -> None:
    assert understood(language, text, expected=slot).answers[slot] == answer


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "not breathless at rest"),
        ("de", "keine Atemnot in Ruhe"),
        ("fr", "pas essoufflée au repos"),
        ("nl", "niet kortademig in rust"),
    ],
)
def test_an_effort_at_which_nobody_is_breathless_answers_nothing(language: str, text: str) -> None:
    assert Slot.DYSPNEA_EXERTION not in understood(language, text, expected=Slot.DYSPNEA_EXERTION).answers


def test_a_reply_that_answers_something_else_leaves_the_question_open() -> None:
    assert Slot.MOUTH_COUNT not in understood("en", "I live on the third floor", expected=Slot.MOUTH_COUNT).answers
