"""One step of the check-in, as a pure function: what is asked, kept, corrected, contradicted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from symptoms.clinical.terms import UNKNOWN, RedFlag, Slot, Symptom
from symptoms.flow.converse import Correction, Step, converse
from symptoms.flow.dialogue import DIALOGUES, Dialogue, Known, is_about_breath_danger
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.state import DialogueState

NOTHING_KNOWN = Known()
OF_SORES = [
    Slot.MOUTH_COUNT, Slot.MOUTH_ONSET_ON, Slot.MOUTH_INTAKE, Slot.MOUTH_SEVERITY, Slot.MOUTH_INTERFERENCE,
    Slot.MOUTH_BATH_STARTED,
]  # fmt: skip


def state(asking: Slot | None = None, /, **answers: Any) -> DialogueState:
    """A state with answers, given as `symptoms=[...]`, `mouth_sores__count=2`, that stands at a question."""
    named = {name.replace("__", "."): value for name, value in answers.items()}
    return DialogueState(answers=named, asking=asking, trail=tuple(named))


def answer(before: DialogueState, value: object, known: Known = NOTHING_KNOWN) -> Step:
    assert before.asking is not None
    return converse(before, Heard(Intent.ANSWER, {before.asking: value}), known)


def asked_after(
    opening: object, answers: Mapping[Slot, object] | None = None, known: Known = NOTHING_KNOWN
) -> list[str]:
    """Every question that follows the opening answer, in order, each answered as given or by the mildest value."""
    step = answer(DialogueState(), opening, known)
    asked: list[str] = []
    while step.state.asking is not None:
        asked.append(step.state.asking)
        step = answer(step.state, (answers or {}).get(step.state.asking, 0), known)
    return asked


# Which questions are asked


def test_nothing_to_report_needs_no_further_question() -> None:
    assert asked_after("none") == []


def test_sores_are_asked_about_and_the_temperature_with_them() -> None:
    assert asked_after(["mouth_sores"]) == [*OF_SORES, Slot.FEVER_TEMPERATURE_C]


@pytest.mark.parametrize("symptom", ["cough", "dyspnea", "fever", "swelling"])
def test_signs_of_danger_come_first(symptom: str) -> None:
    assert asked_after(["mouth_sores", symptom])[0] == Slot.RED_FLAGS


def test_the_onset_of_a_running_episode_is_not_asked_again() -> None:
    known = Known(is_episode_open=True, is_onset_known=True)
    assert Slot.MOUTH_ONSET_ON not in asked_after(["mouth_sores"], known=known)


def test_who_had_sores_and_names_none_is_asked_whether_they_are_gone() -> None:
    assert asked_after("none", known=Known(is_episode_open=True)) == [Slot.MOUTH_GONE]


@pytest.mark.parametrize(
    ("asking", "severity", "may_be"),
    [
        (Slot.RED_FLAGS, None, True),
        (Slot.DYSPNEA_SEVERITY, None, True),
        (Slot.DYSPNEA_EXERTION, 1, False),
        (Slot.DYSPNEA_EXERTION, 2, True),
        (Slot.DYSPNEA_EXERTION, UNKNOWN, True),
        (Slot.DYSPNEA_INTERFERENCE, 3, False),
        (Slot.COUGH_SEVERITY, 3, False),
        (None, 3, False),
    ],
)
def test_only_some_questions_can_still_make_breathlessness_an_emergency(
    asking: Slot | None, severity: object, may_be: bool
) -> None:
    answers: dict[str, object] = {} if severity is None else {Slot.DYSPNEA_SEVERITY: severity}
    assert is_about_breath_danger(asking, answers) is may_be


# What a first sentence tells


def tell(**heard: Any) -> Step:
    return converse(DialogueState(), Heard(Intent.ANSWER, **heard), NOTHING_KNOWN)


def test_what_a_first_sentence_answers_is_not_asked_again() -> None:
    step = tell(
        answers={"mouth_sores.count": 5, "mouth_sores.intake": "reduced"}, mentioned=frozenset({Symptom.MOUTH_SORES})
    )

    assert step.state.asking == Slot.MOUTH_ONSET_ON
    assert step.state.answers == {"mouth_sores.count": 5, "mouth_sores.intake": "reduced"}


def test_after_a_first_sentence_the_other_symptoms_are_asked_for_and_add_up() -> None:
    told = replace(state(Slot.SYMPTOMS), mentioned=frozenset({Symptom.MOUTH_SORES}))
    assert told.is_asking_for_more

    assert answer(told, "none").state.answers["symptoms"] == ["mouth_sores"]
    assert answer(told, ["cough"]).state.answers["symptoms"] == ["cough", "mouth_sores"]
    assert answer(replace(told, repeats=2), UNKNOWN).state.answers["symptoms"] == ["mouth_sores", UNKNOWN]


def test_a_talk_that_ends_before_the_others_were_asked_for_leaves_them_unknown() -> None:
    told = replace(state(Slot.MOUTH_COUNT), mentioned=frozenset({Symptom.MOUTH_SORES}))

    assert told.report_answers(is_final=False) == {}
    assert told.report_answers(is_final=True) == {"symptoms": ["mouth_sores", UNKNOWN]}


def test_breathlessness_in_words_brings_the_signs_of_danger_first() -> None:
    assert tell(mentioned=frozenset({Symptom.DYSPNEA, Symptom.MOUTH_SORES})).state.asking == Slot.RED_FLAGS


def test_what_words_only_suggest_is_asked_and_kept_to_be_confirmed() -> None:
    step = tell(
        answers={"mouth_sores.count": 1},
        likely={"mouth_sores.intake": "normal"},
        mentioned=frozenset({Symptom.MOUTH_SORES}),
    )

    assert "mouth_sores.intake" not in step.state.answers
    assert step.state.likely == {"mouth_sores.intake": "normal"}
    confirmed = answer(replace(step.state, asking=Slot.MOUTH_INTAKE), "changed")
    assert confirmed.state.likely == {}


# Words against an answer: the worse is kept


SORES_OF_TWO = {"symptoms": ["mouth_sores"], "mouth_sores__count": 2}


@pytest.mark.parametrize(
    ("typed", "kept"), [(5, 5), (1, 2), ("more_than_three", "more_than_three")], ids=["more", "less", "many"]
)
def test_words_against_an_answer_replace_it_only_by_a_worse_one(typed: object, kept: object) -> None:
    before = state(Slot.MOUTH_ONSET_ON, **SORES_OF_TWO)

    step = converse(before, Heard(Intent.ANSWER, {"mouth_sores.count": typed}), NOTHING_KNOWN)

    assert step.state.answers["mouth_sores.count"] == kept
    assert step.corrections == (Correction("mouth_sores.count", 2, kept, typed),)
    assert step.state.asking == Slot.MOUTH_ONSET_ON


def test_words_that_repeat_an_answer_are_no_contradiction() -> None:
    step = converse(
        state(Slot.MOUTH_ONSET_ON, **SORES_OF_TWO), Heard(Intent.ANSWER, {"mouth_sores.count": 2}), NOTHING_KNOWN
    )
    assert step.corrections == ()


def test_words_may_make_an_unknown_answer_known() -> None:
    before = state(Slot.MOUTH_ONSET_ON, symptoms=["mouth_sores"], mouth_sores__count=UNKNOWN)

    step = converse(before, Heard(Intent.ANSWER, {"mouth_sores.count": 1}), NOTHING_KNOWN)

    assert step.state.answers["mouth_sores.count"] == 1
    assert step.corrections == (Correction("mouth_sores.count", UNKNOWN, 1),)


def test_a_symptom_that_comes_to_mind_later_is_added_and_contradicts_nothing() -> None:
    step = converse(
        state(Slot.MOUTH_ONSET_ON, **SORES_OF_TWO),
        Heard(Intent.NOT_UNDERSTOOD, mentioned=frozenset({Symptom.COUGH})),
        NOTHING_KNOWN,
    )

    assert step.state.answers["symptoms"] == ["cough", "mouth_sores"]
    assert step.corrections == (Correction("symptoms", ["mouth_sores"], ["cough", "mouth_sores"]),)


def test_who_does_not_know_at_the_opening_is_shown_the_list_twice_more() -> None:
    step = Step(state(Slot.SYMPTOMS))
    for _ in range(2):
        step = converse(step.state, Heard(Intent.ANSWER, {"symptoms": UNKNOWN}), NOTHING_KNOWN)
        assert (step.state.asking, step.state.answers, step.lines) == (Slot.SYMPTOMS, {}, (Line("unsure"),))
        assert step.state.report_answers(is_final=True) == {"symptoms": [UNKNOWN]}, "silence now is judged as unknown"

    step = converse(step.state, Heard(Intent.ANSWER, {"symptoms": UNKNOWN}), NOTHING_KNOWN)

    assert (step.is_over, step.state.answers) == (True, {"symptoms": UNKNOWN})


def test_a_symptom_told_by_who_does_not_know_what_else_is_gone_into_first() -> None:
    heard = Heard(Intent.ANSWER, {"symptoms": UNKNOWN}, mentioned=frozenset({Symptom.MOUTH_SORES}))

    step = converse(state(Slot.SYMPTOMS), heard, NOTHING_KNOWN)

    assert (step.state.asking, step.state.answers) == (Slot.MOUTH_COUNT, {})


def test_a_symptom_that_was_named_and_is_then_denied_stays() -> None:
    step = converse(
        state(Slot.MOUTH_ONSET_ON, **SORES_OF_TWO),
        Heard(Intent.NOT_UNDERSTOOD, denied=frozenset({Symptom.MOUTH_SORES})),
        NOTHING_KNOWN,
    )

    assert step.state.answers["symptoms"] == ["mouth_sores"]
    assert step.corrections == (Correction("symptoms", ["mouth_sores"], ["mouth_sores"], ["mouth_sores"]),)


def test_signs_of_danger_in_words_stand_whatever_was_answered() -> None:
    before = state(Slot.COUGH_SEVERITY, symptoms=["cough"], red_flags="none")

    step = converse(before, Heard(Intent.NOT_UNDERSTOOD, red_flags=frozenset({RedFlag.BLUE_OR_GREY})), NOTHING_KNOWN)

    assert step.state.answers["red_flags"] == ["blue_or_grey"]


def test_a_sign_of_danger_in_words_leaves_the_question_about_the_others_open() -> None:
    heard = Heard(Intent.ANSWER, mentioned=frozenset({Symptom.COUGH}), red_flags=frozenset({RedFlag.COUGHING_BLOOD}))

    step = converse(DialogueState(), heard, NOTHING_KNOWN)

    assert step.state.asking is Slot.RED_FLAGS
    assert step.state.report_answers(is_final=False)["red_flags"] == ["coughing_blood"]
    for ticked, judged in (("none", ["coughing_blood"]), (["chest_pain"], ["chest_pain", "coughing_blood"])):
        assert answer(step.state, ticked).state.answers["red_flags"] == judged


# Corrections, back, and what was not understood


def test_a_correction_replaces_an_answer_and_drops_what_it_closes() -> None:
    before = state(Slot.FEVER_TEMPERATURE_C, symptoms=["mouth_sores"], mouth_sores__count=2)

    step = converse(before, Heard(Intent.CORRECT, {"symptoms": ["cough"]}), NOTHING_KNOWN)

    assert "mouth_sores.count" not in step.state.answers
    assert {(one.slot, one.typed) for one in step.corrections} == {("symptoms", None), ("mouth_sores.count", None)}
    assert [line.key for line in step.lines] == ["correction_noted"]


def test_back_passes_over_what_was_never_asked() -> None:
    before = state(Slot.SYMPTOMS, respondent="carer")
    assert converse(before, Heard(Intent.BACK), NOTHING_KNOWN).state.asking == Slot.SYMPTOMS


def test_a_question_is_repeated_twice_and_then_counts_as_unknown() -> None:
    step = Step(state(Slot.MOUTH_COUNT, symptoms=["mouth_sores"]))
    for key in ("not_understood", "not_understood_again"):
        step = converse(step.state, Heard(Intent.NOT_UNDERSTOOD), NOTHING_KNOWN)
        assert (step.state.asking, [line.key for line in step.lines]) == (Slot.MOUTH_COUNT, [key])

    step = converse(step.state, Heard(Intent.NOT_UNDERSTOOD), NOTHING_KNOWN)

    assert (step.state.asking, [line.key for line in step.lines]) == (Slot.MOUTH_ONSET_ON, ["moved_on"])
    assert step.state.answers["mouth_sores.count"] == UNKNOWN


def test_news_that_do_not_answer_the_question_do_not_start_the_counting_anew() -> None:
    once = converse(state(Slot.MOUTH_COUNT, symptoms=["mouth_sores"]), Heard(Intent.NOT_UNDERSTOOD), NOTHING_KNOWN)

    step = converse(once.state, Heard(Intent.ANSWER, {"mouth_sores.intake": "reduced"}), NOTHING_KNOWN)

    assert (step.state.asking, step.state.repeats) == (Slot.MOUTH_COUNT, 1)


def test_small_talk_counts_as_nothing() -> None:
    before = state(Slot.MOUTH_COUNT, symptoms=["mouth_sores"])
    assert converse(before, Heard(Intent.SMALL_TALK), NOTHING_KNOWN).state == before


# Versions


def test_a_state_is_the_same_after_it_was_saved() -> None:
    before = replace(
        state(Slot.MOUTH_COUNT, symptoms=["mouth_sores"]),
        likely={"mouth_sores.intake": "normal"}, mentioned=frozenset({Symptom.COUGH}), repeats=1, told="urgent",
    )  # fmt: skip
    assert DialogueState.from_json(before.to_json()) == before


def test_a_talk_goes_on_in_the_version_that_it_began_with(monkeypatch: pytest.MonkeyPatch) -> None:
    current = DIALOGUES["check-in-1"]
    short = Dialogue("check-in-0", current.questions, lambda answers, mentioned, known: iter([Slot.SYMPTOMS]))
    monkeypatch.setitem(DIALOGUES, "check-in-0", short)

    begun = DialogueState(version="check-in-0")

    assert answer(begun, ["mouth_sores"]).is_over
    assert not answer(DialogueState(), ["mouth_sores"]).is_over


def test_a_talk_begun_by_a_newer_release_goes_on_in_the_current_version() -> None:
    assert DialogueState(version="check-in-99").dialogue is DIALOGUES["check-in-1"]
