"""A yes or a no counts only where nothing else is said: whatever limits it is asked about again, or counts as worse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from symptoms.clinical.terms import RedFlag, Slot, Symptom
from symptoms.flow.heard import Heard, Intent
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY = date(2026, 3, 12)


def hear(words: str, asking: Slot, language: str = "en", **answers: Any) -> Heard:
    named = {name.replace("__", "."): value for name, value in answers.items()}
    state = DialogueState(answers=named, asking=asking, trail=tuple(named))
    return understand({"text": words}, state, language=language, today=TODAY)


UNWELL = {
    "en": ["im not well", "not so well", "not good", "not great", "nothing helps", "no improvement", "no energy",
           "none of your business", "same as yesterday", "I don't feel well", "worse than yesterday"],
    "fr": ["pas bien", "pas très bien", "ça ne va pas bien", "rien de nouveau", "je ne me sens pas bien"],
    "nl": ["niet goed", "gaat niet goed", "geen verbetering"],
    "de": ["nichts geht mehr", "keine besserung", "unverändert", "geht so"],
    "es": ["no estoy bien", "no me encuentro bien", "sin mejoría", "igual que ayer"],
}  # fmt: skip
NOTHING = {
    "en": ["no", "none", "nothing today", "none of these", "no, none of those thanks", "all good", "I don't have any"],
    "fr": ["non", "rien", "aucun", "non, rien de tout ça", "tout va bien"],
    "nl": ["nee", "niks", "geen van deze", "nee hoor", "alles goed"],
    "de": ["nein", "nichts davon", "keine", "alles gut", "nein, zum Glück nicht"],
    "es": ["no", "ninguna", "nada de eso", "todo bien", "no, gracias"],
}


@pytest.mark.parametrize(("language", "words"), [(code, one) for code, listed in UNWELL.items() for one in listed])
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.RED_FLAGS])
def test_being_unwell_is_no_denial(language: str, words: str, asking: Slot) -> None:
    assert hear(words, asking, language).answers.get(asking) is None


@pytest.mark.parametrize(("language", "words"), [(code, one) for code, listed in NOTHING.items() for one in listed])
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.RED_FLAGS])
def test_a_whole_denial_is_one(language: str, words: str, asking: Slot) -> None:
    assert hear(words, asking, language).answers.get(asking) == "none"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "sorry, no"), ("en", "no sorry"), ("en", "I meant none"), ("de", "Entschuldigung, nein"),
        ("fr", "pardon, non"), ("nl", "sorry, nee"), ("es", "perdón, no"),
    ],
)  # fmt: skip
def test_a_polite_no_takes_no_symptom_back(language: str, words: str) -> None:
    heard = hear(words, Slot.RED_FLAGS, language, symptoms=["cough"])
    assert Slot.SYMPTOMS not in heard.answers
    assert heard.intent is not Intent.CORRECT


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("as usual", "normal"), ("yes", "normal"), ("yes, eating and drinking fine", "normal"), ("no", "reduced"),
        ("yes, but not my tablets", "reduced"), ("yes if I take painkillers first", "reduced"),
        ("drinking fine", None), ("yes, slowly", "reduced"), ("only soup", "changed"),
    ],
)  # fmt: skip
def test_eating_is_as_usual_only_when_nothing_limits_it(words: str, value: str | None) -> None:
    assert hear(words, Slot.MOUTH_INTAKE).answers.get(Slot.MOUTH_INTAKE) == value


@pytest.mark.parametrize(
    ("words", "value"), [("> 3", "more_than_three"), ("3+", "more_than_three"), ("-1", None), ("none", 0), ("4", 4)]
)
def test_signs_around_a_count_are_read(words: str, value: object) -> None:
    assert hear(words, Slot.MOUTH_COUNT).answers.get(Slot.MOUTH_COUNT) == value


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "no", "no"), ("en", "no blood at all", "no"), ("en", "not a lot", "yes"), ("fr", "un peu", "yes"),
        ("nl", "niet heel veel", "yes"), ("en", "no, only yesterday", None), ("es", "no mucha", "yes"),
    ],
)  # fmt: skip
def test_a_denied_amount_of_blood_admits_it(language: str, words: str, value: str | None) -> None:
    assert hear(words, Slot.COUGH_BLOOD, language).answers.get(Slot.COUGH_BLOOD) == value


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "yes", "yes"), ("en", "all gone", "yes"), ("en", "yes except one", "no"), ("en", "no", "no"),
        ("fr", "oui sauf une", "no"), ("en", "gone but new ones came", "no"), ("es", "sí menos una", "no"),
    ],
)  # fmt: skip
def test_one_sore_that_is_left_is_not_gone(language: str, words: str, value: str) -> None:
    heard = hear(words, Slot.MOUTH_GONE, language).answers.get(Slot.MOUTH_GONE)
    assert heard == value or (value == "no" and heard is None)


@pytest.mark.parametrize("words", ["I don't have one", "no", "no fever", "normal", "can't measure"])
def test_a_temperature_that_was_not_measured_is_unknown(words: str) -> None:
    assert hear(words, Slot.FEVER_TEMPERATURE_C).answers.get(Slot.FEVER_TEMPERATURE_C) == "unknown"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("4", "2026-03-08"), ("four", "2026-03-08"), ("8.3.", "2026-03-08"), ("08-03-2026", "2026-03-08"),
        ("2026-03-08", "2026-03-08"), ("08.03.2026", "2026-03-08"),
    ],
)  # fmt: skip
def test_an_onset_may_be_a_number_of_days_or_a_date(words: str, day: str) -> None:
    assert hear(words, Slot.MOUTH_ONSET_ON).answers.get(Slot.MOUTH_ONSET_ON) == day


@pytest.mark.parametrize("words", ["not urgent", "it's not urgent"])
def test_what_is_not_urgent_can_wait(words: str) -> None:
    assert hear(words, Slot.OTHER_CAN_WAIT).answers.get(Slot.OTHER_CAN_WAIT) == "yes"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I need an ambulance"), ("en", "SOS"), ("en", "I am dying"), ("en", "I took too many tablets"),
        ("fr", "appelez une ambulance"), ("nl", "ik ga dood"), ("de", "ich brauche einen Notarzt"), ("es", "me muero"),
    ],
)  # fmt: skip
def test_a_cry_for_help_cannot_wait_and_is_kept(language: str, words: str) -> None:
    heard = hear(words, Slot.SYMPTOMS, language)
    assert heard.answers[Slot.OTHER_CAN_WAIT] == "no"
    assert heard.answers[Slot.OTHER_TEXT] == words
    assert Symptom.OTHER in heard.mentioned


@pytest.mark.parametrize(
    "words",
    [
        "mes le\u0300vres sont bleues",
        "my l\u00adips are blue",
        "my\u200b lips\u200b are\u200b blue",
        "ｍｙ ｌｉｐｓ ａｒｅ ｂｌｕｅ",
        f"my lips are blue {'1' * 400}",
        f"my lips are blue, 1-{'9' * 4900}",
    ],
    ids=["split accents", "soft hyphen", "zero-width space", "wide letters", "endless number", "endless range"],
)
def test_danger_is_heard_however_it_is_encoded(words: str) -> None:
    assert RedFlag.BLUE_OR_GREY in hear(words, Slot.SYMPTOMS, "fr").red_flags


@pytest.mark.parametrize(("words", "intent"), [("stop", Intent.STOP), ("back", Intent.BACK)])
def test_a_command_typed_where_free_text_is_expected_is_one(words: str, intent: Intent) -> None:
    assert hear(words, Slot.OTHER_TEXT).intent is intent


def test_a_second_complaint_in_free_text_does_not_replace_the_first() -> None:
    heard = hear("and a rash", Slot.OTHER_TEXT, other__text="my leg hurts")
    assert heard.answers[Slot.OTHER_TEXT] == "my leg hurts\nand a rash"
