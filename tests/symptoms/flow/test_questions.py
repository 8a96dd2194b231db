"""Words that only ask answer nothing: the question on screen is asked again."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from symptoms.clinical.terms import Slot, Symptom
from symptoms.flow.converse import converse
from symptoms.flow.dialogue import Known
from symptoms.flow.heard import Heard, Intent
from symptoms.flow.state import DialogueState
from symptoms.flow.understand import understand

TODAY: Final = date(2026, 11, 25)


def hear(words: str, asking: Slot, language: str = "en", **state: Any) -> Heard:
    return understand({"text": words}, DialogueState(asking=asking, **state), language=language, today=TODAY)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "is that normal?"), ("en", "is that normal"), ("en", "is that ok?"), ("en", "none of these?"),
        ("en", "all fine, right?"), ("fr", "ça va ?"), ("fr", "c'est normal ?"), ("fr", "c'est normal, non ?"),
        ("de", "alles gut?"), ("de", "ist das normal?"), ("de", "alles normal, oder?"), ("nl", "alles goed?"),
        ("nl", "is dat normaal?"), ("es", "¿todo bien?"), ("es", "¿es normal?"), ("es", "es normal, ¿no?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.MOUTH_INTAKE, Slot.OTHER_SYMPTOMS, Slot.RED_FLAGS])
def test_a_question_answers_nothing(language: str, words: str, asking: Slot) -> None:
    heard = hear(words, asking, language)
    assert asking not in heard.answers
    assert (heard.intent, heard.note and heard.note.key) == (Intent.SMALL_TALK, "question")
    step = converse(DialogueState(asking=asking), heard, Known())
    assert (step.state.asking, asking in step.state.answers, step.is_over) == (asking, False, False)


@pytest.mark.parametrize(
    ("language", "words", "asking", "answer"),
    [
        ("en", "3?", Slot.MOUTH_COUNT, 3),
        ("en", "three days?", Slot.MOUTH_ONSET_ON, "2026-11-22"),
        ("en", "since saturday?", Slot.MOUTH_ONSET_ON, "2026-11-21"),
        ("en", "38.5?", Slot.FEVER_TEMPERATURE_C, 38.5),
        ("en", "yes, is that bad?", Slot.COUGH_BLOOD, "yes"),
        ("fr", "oui, c'est grave ?", Slot.COUGH_BLOOD, "yes"),
        ("de", "ja. Ist das schlimm?", Slot.COUGH_BLOOD, "yes"),
        ("nl", "ja, is dat erg?", Slot.COUGH_BLOOD, "yes"),
        ("es", "sí, ¿es malo?", Slot.COUGH_BLOOD, "yes"),
        ("en", "severe, what should I do?", Slot.COUGH_SEVERITY, 3),
        ("nl", "zijn er 5", Slot.MOUTH_COUNT, 5),
    ],
)
def test_what_is_told_before_a_question_or_only_in_doubt_counts(
    language: str, words: str, asking: Slot, answer: object
) -> None:
    assert hear(words, asking, language).answers[asking] == answer


@pytest.mark.parametrize(
    ("language", "words", "named"),
    [
        ("en", "I have a cough, is that normal?", "cough"), ("en", "is it normal to cough up blood?", "cough"),
        ("fr", "je tousse, c'est normal ?", "cough"), ("de", "ich huste, ist das normal?", "cough"),
    ],
)  # fmt: skip
def test_a_complaint_beside_a_question_is_heard(language: str, words: str, named: str) -> None:
    assert named in hear(words, Slot.SYMPTOMS, language).mentioned


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "what does mild mean?"), ("en", "what does moderate mean"), ("en", "how bad is moderate?"),
        ("fr", "que veut dire léger ?"), ("fr", "c'est quoi modéré ?"), ("fr", "ça veut dire quoi modéré"),
        ("de", "was heißt mäßig?"), ("de", "was bedeutet leicht?"), ("nl", "wat betekent matig?"),
        ("nl", "wat is licht?"), ("nl", "wat bedoel je met matig"), ("es", "¿qué significa leve?"),
        ("es", "qué quiere decir moderado"), ("en", "what is the difference between mild and moderate"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asking", [Slot.COUGH_SEVERITY, Slot.MOUTH_SEVERITY, Slot.DYSPNEA_INTERFERENCE])
def test_who_asks_what_a_grade_means_has_chosen_none(language: str, words: str, asking: Slot) -> None:
    heard = hear(words, asking, language)
    assert (heard.intent, asking in heard.answers, asking in heard.likely) == (Intent.SMALL_TALK, False, False)
    assert heard.note is not None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "can I wait until tomorrow?"), ("fr", "est-ce que je peux attendre demain ?"),
        ("de", "kann ich bis morgen warten?"), ("nl", "kan ik tot morgen wachten?"),
        ("es", "¿puedo esperar hasta mañana?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("told", "line"), [("urgent", "urgent_stands"), ("none", "question")])
def test_who_asks_to_wait_reads_the_urgent_instruction_again(language: str, words: str, told: str, line: str) -> None:
    heard = hear(words, Slot.MOUTH_ONSET_ON, language, told=told)
    assert (heard.intent, heard.note and heard.note.key) == (Intent.SMALL_TALK, line)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "I can wait"), ("fr", "ça peut attendre"), ("nl", "kan wachten"), ("es", "puede esperar")],
)
def test_that_it_can_wait_answers_the_question_whether_it_can(language: str, words: str) -> None:
    assert hear(words, Slot.OTHER_CAN_WAIT, language).answers == {Slot.OTHER_CAN_WAIT: "yes"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I have no phone"), ("fr", "je n'ai pas de téléphone"), ("de", "ich habe kein Telefon"),
        ("nl", "ik heb geen telefoon"), ("es", "no tengo teléfono"),
    ],
)  # fmt: skip
def test_who_cannot_telephone_is_told_where_to_go(language: str, words: str) -> None:
    heard = hear(words, Slot.MOUTH_ONSET_ON, language, told="urgent")
    assert (heard.note and heard.note.key, heard.answers[Slot.OTHER_TEXT]) == ("unreached", words)


@pytest.mark.parametrize(
    ("language", "words", "named"),
    [
        ("en", "I have a cough, can I still take paracetamol?", "cough"),
        ("en", "I have a cough. Should I skip my everolimus tonight?", "cough"),
        ("en", "my mouth is sore, should I stop the tablets?", "mouth_sores"),
        ("fr", "je tousse, puis-je prendre du sirop ?", "cough"),
        ("fr", "j'ai un aphte, est-ce que je peux prendre du doliprane", "mouth_sores"),
        ("nl", "ik hoest, mag ik een pijnstiller nemen?", "cough"),
        ("de", "Ich habe Husten, darf ich Paracetamol nehmen?", "cough"),
        ("es", "tengo tos, ¿puedo tomar paracetamol?", "cough"),
    ],
)
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.FEVER_RIGORS])
def test_a_question_about_a_medicine_beside_a_symptom_goes_to_the_team(
    language: str, words: str, named: str, asking: Slot
) -> None:
    heard = hear(words, asking, language)
    assert named in heard.mentioned
    assert heard.answers[Slot.OTHER_TEXT] == words
    assert heard.note is not None
    assert heard.note.key == "question"


def test_a_second_question_about_a_medicine_goes_to_the_team_too() -> None:
    named, answers = frozenset({Symptom.MOUTH_SORES, Symptom.OTHER}), {Slot.OTHER_TEXT: "first"}
    words = "the sores are worse, can I take ibuprofen?"
    heard = hear(words, Slot.MOUTH_COUNT, mentioned=named, answers=answers)
    assert "ibuprofen" in str(heard.answers[Slot.OTHER_TEXT])
    assert heard.note is not None
    assert heard.note.key == "question"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "can this wait?"), ("en", "can it wait?"), ("fr", "ça peut attendre ?"), ("nl", "kan dit wachten?"),
        ("de", "kann das warten?"), ("es", "¿esto puede esperar?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asking", [Slot.SYMPTOMS, Slot.RED_FLAGS, Slot.MOUTH_COUNT])
def test_whether_it_can_wait_is_never_answered_with_yes(language: str, words: str, asking: Slot) -> None:
    heard = hear(words, asking, language)
    assert heard.note is not None
    assert heard.note.key == "question"
    urgent = hear(words, asking, language, told="urgent")
    assert urgent.note is not None
    assert urgent.note.key in ("urgent_stands", "question")
