"""What only the second reader hears: it is asked about, a person reads it, and nothing is decided by it."""

from __future__ import annotations

from datetime import date

from symptoms.clinical.terms import UNKNOWN, Slot, Symptom
from symptoms.flow.converse import Step, converse
from symptoms.flow.dialogue import Known
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY = date(2026, 3, 12)
ELEPHANT = "the stairs are killing me these days, have to stop halfway"
VOLCANOES = "tengo como volcanes en la lengua y el paladar"


def say(words: str, state: DialogueState, language: str = "en") -> Step:
    return converse(state, understand({"text": words}, state, language=language, today=TODAY), Known())


def test_what_may_be_urgent_asks_for_signs_of_danger_and_is_kept_for_a_person() -> None:
    state = say(ELEPHANT, DialogueState()).state

    assert state.asking is Slot.RED_FLAGS
    assert state.answers == {Slot.OTHER_TEXT: ELEPHANT}
    assert not state.red_flags


def test_who_falls_silent_then_has_not_denied_any_sign_of_danger() -> None:
    answers = say(ELEPHANT, DialogueState()).state.report_answers(is_final=True)

    assert answers[Slot.RED_FLAGS] == UNKNOWN
    assert UNKNOWN in answers[Slot.SYMPTOMS]


def test_sores_that_are_suspected_are_read_back_and_a_yes_goes_into_them() -> None:
    read_back = say(VOLCANOES, DialogueState(), "es").state
    assert (read_back.asking, read_back.likely) == (Slot.SYMPTOMS, {Slot.SYMPTOMS: Symptom.MOUTH_SORES})

    agreed = say("sí", read_back, "es").state
    assert (agreed.asking, agreed.mentioned) == (Slot.MOUTH_COUNT, frozenset({Symptom.MOUTH_SORES}))
    assert Slot.SYMPTOMS not in agreed.answers, "whether there is anything else is asked after that"


def test_who_falls_silent_before_a_yes_has_not_denied_the_sores() -> None:
    read_back = say(VOLCANOES, DialogueState(), "es").state

    assert read_back.report_answers(is_final=True) == {Slot.SYMPTOMS: [UNKNOWN]}


def test_a_no_to_what_was_suspected_leaves_the_question_open() -> None:
    read_back = say(VOLCANOES, DialogueState(), "es").state

    state = say("no", read_back, "es").state

    assert state.asking is Slot.SYMPTOMS
    assert not state.mentioned
    assert Slot.SYMPTOMS not in state.answers


def test_an_answer_to_a_question_is_taken_as_that() -> None:
    state = DialogueState({"symptoms": ["mouth_sores"]}, asking=Slot.MOUTH_COUNT)

    assert say("three I think", state).state.answers[Slot.MOUTH_COUNT] == 3
