"""The check-in as a Questionnaire in a patient's language: made of the dialogue and of the wording alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from symptoms.clinical.terms import MORE_THAN_THREE, Slot, Symptom
from symptoms.fhir.codes import ANSWER, OWN, coding, codings_of
from symptoms.flow.dialogue import CURRENT, AnswerType, Known, Question
from symptoms.flow.present import option_label
from symptoms.wording import text

URL: Final = f"{OWN}check-in"
VERSION: Final = CURRENT.version
CANONICAL: Final = f"{URL}|{VERSION}"

TYPES: Final[Mapping[AnswerType, str]] = {
    AnswerType.TEXT: "text",
    AnswerType.CHOICE: "choice",
    AnswerType.CHOICES: "choice",
    AnswerType.NUMBER: "quantity",
    AnswerType.DATE: "date",
}


def show_questionnaire(language: str) -> dict[str, Any]:
    """The check-in of today, in the order in which it is asked."""
    return {
        "resourceType": "Questionnaire",
        "id": VERSION,
        "language": language,
        "url": URL,
        "version": VERSION,
        "name": "CheckIn",
        "status": "active",
        "subjectType": ["Patient"],
        "item": [_item(question, language) for question in CURRENT.questions.values()],
    }


def _item(question: Question, language: str) -> dict[str, Any]:
    slot = question.slot
    is_chosen = question.type in (AnswerType.CHOICE, AnswerType.CHOICES)
    opened_by = [symptom for symptom in Symptom if slot in _questions_after(symptom)]
    options = [_option(question, value, language) for value in question.options if value != MORE_THAN_THREE]
    return {
        "linkId": slot.value,
        "code": codings_of(slot),
        "text": text(language, "question", slot),
        "type": TYPES[question.type],
        **({"enableWhen": [_named(symptom) for symptom in opened_by], "enableBehavior": "any"} if opened_by else {}),
        **({"repeats": True} if question.type is AnswerType.CHOICES else {}),
        **({"answerOption": options} if is_chosen else {}),
        "item": [{"linkId": f"{slot}.help", "type": "display", "text": text(language, "help", slot)}],
    }


def _questions_after(symptom: Symptom) -> Iterable[Slot]:
    """What the dialogue asks of somebody who names this symptom alone."""
    return [*CURRENT.open_questions({Slot.SYMPTOMS: [symptom]}, frozenset(), Known())][1:]


def _named(symptom: Symptom) -> dict[str, Any]:
    return {"question": Slot.SYMPTOMS.value, "operator": "=", "answerCoding": coding(ANSWER, symptom.value)}


def _option(question: Question, value: str, language: str) -> dict[str, Any]:
    return {"valueCoding": coding(ANSWER, str(value), option_label(language, question.slot, value))}
