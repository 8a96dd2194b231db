"""Answers of a report as items of a QuestionnaireResponse, and back.

A quick reply is a coding of our own system, a number a quantity, a day a date. "I don't know" to what has no quick
replies is a value that is absent. Read is whatever may be meant; what it is worth is decided where the medicine is.
What is said besides, such as a second value or a code of others, is kept for a person, and makes the report unsure.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from symptoms.clinical.terms import MIN_TEMPERATURE_F, MORE_THAN_THREE, NONE, NOT_ASKED, UNKNOWN, Slot, YesNo
from symptoms.fhir.codes import ANSWER, UCUM, coding
from symptoms.flow.dialogue import GRADES, QUESTIONS, AnswerType

ABSENT_REASON: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ORDINAL: Final = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
NOT_KNOWN: Final = {"extension": [{"url": ABSENT_REASON, "valueCode": "asked-unknown"}]}

GRADED: Final = frozenset(slot for slot, question in QUESTIONS.items() if question.options[: len(GRADES)] == GRADES)
PLACES: Final[Mapping[str, int]] = {slot: place for place, slot in enumerate(QUESTIONS)}
LISTS: Final = frozenset(slot for slot, question in QUESTIONS.items() if question.type is AnswerType.CHOICES)
ABSENT_AS: Final[Mapping[AnswerType, str]] = {
    AnswerType.NUMBER: "valueQuantity",
    AnswerType.DATE: "_valueDate",
    AnswerType.TEXT: "_valueString",
}
"""Where it stands that a value is not known, by how a question is answered."""


IN_A_RESPONSE: Final = frozenset({
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "identifier",
    "basedOn", "partOf", "questionnaire", "status", "subject", "encounter", "authored", "author", "source", "item",
})  # fmt: skip
IN_AN_ITEM: Final = frozenset({"id", "extension", "linkId", "definition", "text", "answer", "item"})
BESIDE_A_VALUE: Final = frozenset({"id", "extension", "item"})
"""The elements that FHIR has, without those that may turn the meaning of what is beside them."""

ELSEWHERE: Final = "elsewhere"
"""Under this name stands whatever is said where FHIR has no place for it: answers perhaps, of a sender that errs."""


class NotItems(ValueError):
    """A body whose items cannot be told apart."""


def items_of(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One item for each question that was asked, in the order in which the Questionnaire has them."""
    asked = (slot for slot, value in answers.items() if value not in (NOT_ASKED, []))
    in_order = sorted(asked, key=lambda slot: (PLACES.get(slot, len(PLACES)), slot))
    return [{"linkId": slot, "answer": [*_answers_to(slot, answers[slot])]} for slot in in_order]


def _answers_to(slot: str, value: Any) -> Iterator[dict[str, Any]]:
    """What was answered to one question. Something that no door lets in is told as it stands."""
    kind = QUESTIONS[Slot(slot)].type if slot in QUESTIONS else AnswerType.CHOICE
    if kind is AnswerType.CHOICES:
        yield from _chosen(value)
    elif value == UNKNOWN and kind in ABSENT_AS:
        yield {ABSENT_AS[kind]: NOT_KNOWN}
    elif value == MORE_THAN_THREE:
        yield {"valueQuantity": {"value": 3, "comparator": ">"}}
    elif kind is AnswerType.NUMBER and _is_number(value):
        yield {"valueQuantity": _quantity(slot, value)}
    elif kind is AnswerType.DATE and isinstance(value, str):
        yield {"valueDate": value}
    elif kind is AnswerType.CHOICE and isinstance(value, (bool, int, float, str)):
        yield {"valueCoding": coding(ANSWER, _code(value))}
    else:
        yield {"valueString": value if isinstance(value, str) and value.strip() else json.dumps(value)}


def _chosen(value: Any) -> Iterator[dict[str, Any]]:
    """The answers to a list question; of other side effects each with its grade, as far as that is known."""
    if isinstance(value, dict):
        for code, grade in value.items():
            graded = {"extension": [{"url": ORDINAL, "valueDecimal": grade}]} if _is_number(grade) else {}
            yield {"valueCoding": {**graded, **coding(ANSWER, code)}}
    for code in value if isinstance(value, list) else [value] if isinstance(value, str) else []:
        yield {"valueCoding": coding(ANSWER, _code(code))}
    if value == {}:
        yield {"valueCoding": coding(ANSWER, NONE)}


def _code(value: Any) -> str:
    """A quick reply as its code; yes and no may be stored as true and false, and 2.0 is 2."""
    if isinstance(value, bool):
        return YesNo.YES if value else YesNo.NO
    return str(int(value)) if isinstance(value, float) else str(value)


def _quantity(slot: str, value: float) -> dict[str, Any]:
    if slot != Slot.FEVER_TEMPERATURE_C:
        return {"value": value}
    unit, code = ("°F", "[degF]") if value >= MIN_TEMPERATURE_F else ("°C", "Cel")
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def answers_in(response: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a QuestionnaireResponse by slot, or by whatever its items are called. Raises NotItems.

    Items may stand in groups and below answers. What is not answered was not asked.
    """
    given: dict[str, list[Any]] = {}
    elsewhere = [_others(response, IN_A_RESPONSE)]
    for item in _items(response.get("item")):
        answers = item.get("answer", [])
        if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
            raise NotItems("The answers of an item have to be a list of objects.")
        slot = item["linkId"]
        given.setdefault(slot, []).extend(answers)
        others = [_others(item, IN_AN_ITEM), *(_besides(slot, answer) for answer in answers)]
        elsewhere += [{"linkId": slot, **one} for one in others if one]
    read = {slot: _value_for(slot, answers) for slot, answers in given.items() if answers}
    return read | ({ELSEWHERE: found} if (found := [*filter(None, elsewhere)]) else {})


def _others(given: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """What stands in an object beside the elements that are known, which may each have an extension of their own."""
    return {name: value for name, value in given.items() if name.removeprefix("_") not in known}


def _items(given: Any) -> Iterator[Mapping[str, Any]]:
    """All items, in their order, however deep they stand within each other."""
    waiting = _list_of(given)[::-1]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict) or not isinstance(item.get("linkId"), str):
            raise NotItems("Every item has to be an object with a linkId.")
        yield item
        answers = item.get("answer")
        above = [item, *(answers if isinstance(answers, list) else [])]
        for one in reversed(above):
            waiting += _list_of(one.get("item") if isinstance(one, dict) else None)[::-1]


def _list_of(given: Any) -> list[Any]:
    if given is not None and not isinstance(given, list):
        raise NotItems("Items have to be a list.")
    return given or []


def _value_for(slot: str, answers: list[dict[str, Any]]) -> Any:
    """What the answers to one question say, in the terms of its slot."""
    if slot == Slot.OTHER_SYMPTOMS:
        return _grades_of(answers)
    values = [_value(slot, answer) for answer in answers]
    if slot in LISTS:
        return values[0] if values in ([NONE], [UNKNOWN]) else values
    return values[0] if len(values) == 1 else values


def _grades_of(answers: list[dict[str, Any]]) -> Any:
    """Other side effects with their grades; one without has an unknown grade, as in the check-in."""
    names = [_value(Slot.OTHER_SYMPTOMS, answer) for answer in answers]
    if names == [UNKNOWN]:
        return UNKNOWN
    if not all(isinstance(name, str) and name != UNKNOWN for name in names):
        return names
    return {name: _grade_of(answer) for name, answer in zip(names, answers, strict=True) if name != NONE}


def _grade_of(answer: Mapping[str, Any]) -> Any:
    chosen = answer.get("valueCoding")
    extensions = chosen.get("extension") if isinstance(chosen, dict) else None
    stated = [one for one in extensions or () if isinstance(one, dict) and one.get("url") == ORDINAL]
    return stated[0].get("valueDecimal", UNKNOWN) if stated else UNKNOWN


def _value(slot: str, answer: Mapping[str, Any]) -> Any:
    """One answer; one without a value is unknown, one of a kind that no question has stays as it was sent."""
    value = next((answer[name] for name in answer if name.startswith("value")), None)
    if isinstance(value, dict):
        value = _value_of_object(slot, value)
    if value is None:
        return UNKNOWN
    return int(value) if slot in GRADED and value in GRADES else value


def _value_of_object(slot: str, value: dict[str, Any]) -> Any:
    """The code of a coding, the number of a quantity. One that is only a bound is no number, but may be enough."""
    if set(value) <= {"extension"}:
        return None
    if "value" not in value:
        return value.get("code", value)
    if slot == Slot.MOUTH_COUNT and _is_over_three(value):
        return MORE_THAN_THREE
    return value if "comparator" in value else value["value"]


def _is_over_three(quantity: Mapping[str, Any]) -> bool:
    least = next((least for sign, least in ((">", 3), (">=", 4)) if sign == quantity.get("comparator")), None)
    return least is not None and _is_number(quantity["value"]) and quantity["value"] >= least


def _besides(slot: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer says besides the value that is read, or that this may mean something else: all of it."""
    told = _others(answer, BESIDE_A_VALUE)
    values = [name for name in told if name.startswith("value")]
    is_plain = len(values) == len([name for name in told if not name.startswith("_value")]) <= 1
    return {} if is_plain and not any(_is_of_others(slot, told[name]) for name in values) else told


def _is_of_others(slot: str, value: Any) -> bool:
    """Whether a value is a code of another system, or one with words that nobody here knows."""
    if not isinstance(value, dict) or "code" not in value or "value" in value:
        return False
    is_known = slot in QUESTIONS and value["code"] in QUESTIONS[Slot(slot)].options
    return value.get("system", ANSWER) != ANSWER or ("display" in value and not is_known)
