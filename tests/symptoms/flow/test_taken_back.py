"""Words that take a symptom back, or an "ok" that may deny all of them, are asked about: nothing goes off unasked."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from symptoms.clinical.terms import NONE, UNKNOWN, Slot, Symptom
from symptoms.flow.converse import Step, converse
from symptoms.flow.dialogue import Known
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY: Final = date(2026, 3, 12)


def say(state: DialogueState, words: str, language: str = "en") -> Step:
    return converse(state, understand({"text": words}, state, language=language, today=TODAY), Known())


def talk(*said: str, language: str = "en") -> DialogueState:
    """The state after these words, saved and read back between them."""
    state = DialogueState()
    for words in said:
        state = DialogueState.from_json(say(state, words, language).state.to_json())
    return state


@pytest.mark.parametrize(
    ("before", "words", "left"),
    [
        ("I have a cough", "sorry, not cough, I have mouth ulcers", ["mouth_sores"]),
        ("I have a cough and mouth ulcers", "sorry, I don't have a cough", ["mouth_sores"]),
        ("I am breathless", "no I am not breathless, just a cough", ["cough"]),
        ("I have 3 mouth ulcers since yesterday", "sorry, no ulcers any more", NONE),
    ],
)
def test_a_correction_is_asked_about_with_what_is_left(before: str, words: str, left: object) -> None:
    state = talk(before, words)

    assert (state.asking, state.likely[Slot.SYMPTOMS]) == (Slot.SYMPTOMS, left)
    assert talk(before, words, "yes").answers[Slot.SYMPTOMS] == left


def test_what_is_taken_back_counts_until_the_question_is_answered() -> None:
    state = talk("I have 3 mouth ulcers since yesterday", "sorry, no ulcers any more")

    told = state.report_answers(is_final=True)
    assert (told[Slot.SYMPTOMS], told[Slot.MOUTH_COUNT]) == (["mouth_sores", UNKNOWN], 3)


@pytest.mark.parametrize("none", ["0", "zero", "no"])
def test_sores_that_are_counted_as_none_have_to_be_chosen_or_not(none: str) -> None:
    state = talk("I have mouth ulcers", none)

    assert (state.asking, state.answers) == (Slot.SYMPTOMS, {})
    assert state.report_answers(is_final=True) == {Slot.SYMPTOMS: ["mouth_sores", UNKNOWN]}
    assert talk("I have mouth ulcers", none, "sores in the mouth").asking is Slot.MOUTH_COUNT, "they are counted again"
    assert talk("I have mouth ulcers", none, "none of these").answers == {Slot.SYMPTOMS: NONE}


def test_not_knowing_takes_nothing_back() -> None:
    unsure = ["don't know"] * 3

    assert talk("I have mouth ulcers", "sorry, no ulcers", *unsure).answers[Slot.SYMPTOMS] == ["mouth_sores", UNKNOWN]


def test_what_is_chosen_again_was_not_taken_back() -> None:
    state = talk("I have a cough", "sorry, not cough, I have mouth ulcers", "cough, sores in the mouth")

    assert state.answers[Slot.SYMPTOMS] == ["cough", "mouth_sores"]
    assert not state.doubted


def test_what_is_told_again_was_not_taken_back() -> None:
    state = talk("I have a cough", "sorry, not cough, I have mouth ulcers", "no wait, I do cough")

    assert not state.doubted
    assert state.mentioned == {Symptom.COUGH, Symptom.MOUTH_SORES}


@pytest.mark.parametrize(
    "words", ["the ulcers have gone now", "no new ulcers", "no sores on my tongue", "the sores have healed"]
)
def test_sores_that_are_denied_without_a_correction_have_to_be_chosen_or_not(words: str) -> None:
    state = talk("I have mouth ulcers", words)

    assert state.asking is Slot.SYMPTOMS
    assert Slot.SYMPTOMS not in state.likely
    assert Slot.SYMPTOMS not in talk("I have mouth ulcers", words, "yes").answers, "a yes is no none"
    assert talk("I have mouth ulcers", words, "none of these").answers == {Slot.SYMPTOMS: NONE}


@pytest.mark.parametrize("words", ["no cough at night", "no coughing fits", "not a bad cough", "I'm not coughing much"])
def test_a_cough_that_is_denied_in_part_is_not_taken_back(words: str) -> None:
    state = talk("I have a cough", "none", words)

    assert state.asking is Slot.COUGH_SEVERITY
    assert not state.doubted


@pytest.mark.parametrize("words", ["not breathless at rest", "no I am not breathless, just a cough"])
def test_breathlessness_of_which_more_was_told_is_not_taken_back(words: str) -> None:
    state = talk("I am breathless on the stairs", words)

    assert state.asking is Slot.RED_FLAGS, "the signs of danger stay the question"
    assert Symptom.DYSPNEA in state.mentioned
    assert not state.doubted


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "ok"),
        ("en", "ok thank you"),
        ("nl", "oké dank je"),
        ("de", "danke, ok"),
        ("fr", "ok merci"),
        ("es", "ok gracias"),
    ],
)
def test_an_ok_denies_nothing_until_it_is_confirmed(language: str, words: str) -> None:
    state = talk(words, language=language)

    assert (state.asking, state.likely, state.answers) == (Slot.SYMPTOMS, {Slot.SYMPTOMS: NONE}, {})
    assert talk(words, words, language=language).answers == {Slot.SYMPTOMS: NONE}


def test_after_an_ok_a_symptom_is_gone_into_and_the_reading_forgotten() -> None:
    state = talk("ok", "I have a cough")

    assert (state.asking, state.likely) == (Slot.RED_FLAGS, {})


def test_words_that_say_that_all_is_well_deny() -> None:
    assert talk("I'm ok").answers == {Slot.SYMPTOMS: NONE}


def test_under_an_urgent_instruction_they_may_only_assent() -> None:
    step = say(DialogueState(told="urgent"), "all ok")

    assert step.state.answers == {}
    assert step.state.likely == {Slot.SYMPTOMS: NONE}


def test_a_symptom_beside_the_question_is_acknowledged() -> None:
    step = say(talk("cough"), "my ankles are swollen")

    assert step.state.asking is Slot.RED_FLAGS
    assert [(line.key, line.values) for line in step.lines] == [("noted_symptoms", {"symptoms": "Swelling"})]
