"""Whatever a patient sends, it is heard without an error, and the talk comes to an end."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.terms import MAX_TEXT_LENGTH, UNKNOWN, RedFlag, Slot, Symptom, Urgency
from symptoms.clinical.triage import assess
from symptoms.flow.converse import MAX_REPEATS, converse
from symptoms.flow.dialogue import QUESTIONS, Known
from symptoms.flow.heard import Heard, Intent
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand
from symptoms.wording import LANGUAGES, text

TODAY: Final = date(2026, 3, 12)
LONGEST: Final = (MAX_REPEATS + 1) * len(QUESTIONS)
"""Every question asked as often as can be."""

ANSWERS: Final = ["yes", "no", "je ne sais pas", "zurück", "algo más", "geen idee", "since sat", "4 or 5", "38.7"]
LABELS: Final = [text(language, "option.symptoms", symptom) for language in LANGUAGES for symptom in Symptom]

WORDS: Final = st.one_of(
    st.text(max_size=200),
    st.sampled_from([*LABELS, *ANSWERS]),
    st.text(alphabet="no or sore,.! '", max_size=80),
)
MESSAGES: Final = st.one_of(
    WORDS.map(lambda words: {"text": words}),
    st.sampled_from(["back", "something_else", "carer", "unknown", "yes", "0", "4"]).map(lambda code: {"choice": code}),
    st.lists(st.sampled_from([*Symptom, *RedFlag, "none", UNKNOWN]), min_size=1).map(lambda codes: {"choices": codes}),
    st.floats(allow_nan=False).map(lambda number: {"number": number}),
    st.integers(-10, 200).map(lambda number: {"number": number}),
    st.dates().map(lambda day: {"date": day.isoformat()}),
)
KNOWN: Final = st.builds(Known, st.booleans(), st.booleans())


@given(st.lists(st.tuples(MESSAGES, st.sampled_from(LANGUAGES)), max_size=20), KNOWN)
@settings(max_examples=80, deadline=None)
def test_whatever_is_sent_is_heard_and_leaves_a_question_or_an_end(
    messages: list[tuple[dict[str, Any], str]], known: Known
) -> None:
    state, urgency = DialogueState(), Urgency.NONE
    for message, language in messages:
        heard = understand(message, state, language=language, today=TODAY)
        step = converse(DialogueState.from_json(state.to_json()), heard, known)
        state = step.state
        assert state.asking is None or state.asking in QUESTIONS
        facts = Facts(TODAY, step.is_over, state.report_answers(is_final=step.is_over), Baseline(), History())
        urgency = max(urgency, assess(facts).urgency)
        if step.is_over:
            return
    for _ in range(LONGEST):
        state = converse(state, Heard(Intent.NOT_UNDERSTOOD), known).state
        if state.asking is None:
            return
    pytest.fail("the questions never end")


@given(st.sampled_from(sorted(QUESTIONS)), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_not_knowing_and_stopping_are_understood_at_every_question(slot: Slot, language: str) -> None:
    state = DialogueState(answers={"symptoms": [*Symptom]}, asking=slot)

    stop = understand({"choice": "stop"}, state, language=language, today=TODAY)
    unknown = understand({"text": text(language, "option.common", UNKNOWN)}, state, language=language, today=TODAY)

    assert converse(state, stop, Known()).is_over
    assert unknown.intent is Intent.ANSWER
    assert slot in unknown.answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_text_is_heard(language: str) -> None:
    words = (text(language, "option.symptoms", "mouth_sores") + ". ") * 400
    heard = understand({"text": words[:MAX_TEXT_LENGTH]}, DialogueState(), language=language, today=TODAY)
    assert Symptom.MOUTH_SORES in heard.mentioned
