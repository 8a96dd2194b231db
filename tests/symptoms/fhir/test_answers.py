"""Answers of a report as items of a QuestionnaireResponse, and back: what is shown is read as what it was."""

from __future__ import annotations

from typing import Any

import pytest

from symptoms.clinical.terms import Slot
from symptoms.fhir.answers import ELSEWHERE, NotItems, answers_in, items_of
from symptoms.fhir.questionnaire import show_questionnaire
from tests.fhir import codes, wrong_in

EVERYTHING: dict[str, Any] = {
    "symptoms": ["mouth_sores", "cough"],
    "mouth_sores.count": 2,
    "mouth_sores.onset_on": "2026-03-01",
    "mouth_sores.intake": "changed",
    "mouth_sores.severity": 2,
    "mouth_sores.interference": 0,
    "mouth_sores.bath_started": "none_prescribed",
    "mouth_sores.gone": "no",
    "cough.severity": 1,
    "cough.interference": 0,
    "cough.blood": "no",
    "dyspnea.severity": 0,
    "dyspnea.interference": 0,
    "dyspnea.exertion": "moderate",
    "fever.temperature_c": 37.4,
    "fever.rigors": "no",
    "red_flags": "none",
    "other.text": "It itches",
    "other.can_wait": "yes",
    "other_symptoms": {"rash": 2, "nausea": "unknown"},
    "respondent": "carer",
}


def read_back(answers: dict[str, Any]) -> dict[str, Any]:
    response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items_of(answers)}
    assert wrong_in(response) == []
    return answers_in(response)


def test_every_slot_is_read_back_as_it_was() -> None:
    assert set(EVERYTHING) == set(Slot)
    assert read_back(EVERYTHING) == EVERYTHING


def test_items_stand_in_the_order_of_the_questionnaire_however_they_are_stored() -> None:
    asked = [item["linkId"] for item in show_questionnaire("en")["item"]]
    backwards = dict(reversed(EVERYTHING.items()))

    shown = [item["linkId"] for item in items_of(backwards)]

    assert shown == [*asked, "respondent"]


@pytest.mark.parametrize("slot", [slot for slot in Slot if slot is not Slot.RESPONDENT])
def test_unknown_is_read_back_from_every_slot(slot: Slot) -> None:
    assert read_back({slot: "unknown"}) == {slot: "unknown"}


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("symptoms", "none"),
        ("symptoms", ["cough", "unknown"]),
        ("red_flags", ["chest_pain", "none"]),
        ("mouth_sores.count", 0),
        ("mouth_sores.count", "more_than_three"),
        ("fever.temperature_c", 100.4),
        ("other_symptoms", {}),
    ],
)
def test_other_answers_are_read_back_too(slot: str, value: Any) -> None:
    assert read_back({slot: value}) == {slot: value}


def test_yes_and_no_are_codes_however_they_are_stored_and_what_was_not_asked_is_left_out() -> None:
    assert read_back({"cough.blood": True, "fever.rigors": False, "dyspnea.severity": "not_asked"}) == {
        "cough.blood": "yes",
        "fever.rigors": "no",
    }


@pytest.mark.parametrize(
    ("slot", "answers", "value"),
    [
        ("cough.severity", [{"valueInteger": 3}], 3),
        ("cough.severity", codes("3"), 3),
        ("cough.severity", codes("7"), "7"),
        ("cough.severity", [{"valueDecimal": 2.5}], 2.5),
        ("cough.severity", codes("1", "2"), [1, 2]),
        ("cough.severity", [{}], "unknown"),
        ("cough.blood", [{"valueBoolean": True}], True),
        ("dyspnea.exertion", [{"valueString": "at_rest"}], "at_rest"),
        ("mouth_sores.count", [{"valueInteger": 4}], 4),
        ("mouth_sores.count", codes("more_than_three"), "more_than_three"),
        ("mouth_sores.count", [{"valueQuantity": {"value": 6, "comparator": ">"}}], "more_than_three"),
        ("mouth_sores.count", [{"valueQuantity": {"value": 4, "comparator": ">="}}], "more_than_three"),
        (
            "mouth_sores.count",
            [{"valueQuantity": {"value": 9, "comparator": "<"}}],
            {"value": 9, "comparator": "<"},
        ),
        ("red_flags", codes("chest_pain"), ["chest_pain"]),
        ("symptoms", codes("cough", "headache"), ["cough", "headache"]),
        ("other_symptoms", codes("unknown"), "unknown"),
        ("other_symptoms", [{"valueCoding": "rash"}], {"rash": "unknown"}),
        ("what.is.this", [{"valueString": "my heart stops"}], "my heart stops"),
        ("cough.severity", [{"valueCoding": {"code": "3", "display": "Severe"}}], 3),
        ("fever.temperature_c", [{"valueQuantity": {"value": 38.5, "unit": "°C"}}], 38.5),
        ("fever.temperature_c", [{"valueQuantity": {"value": 100.4, "unit": "degrees", "code": "[degF]"}}], 100.4),
        ("mouth_sores.onset_on", [{"valueDate": "2026-03-01", "_valueDate": {"id": "x"}}], "2026-03-01"),
    ],
)
def test_whatever_may_be_meant_is_read_and_the_rest_left_to_the_rules(
    slot: str, answers: list[Any], value: Any
) -> None:
    assert answers_in({"item": [{"linkId": slot, "answer": answers}]}) == {slot: value}


OF_OTHERS = {"code": "3", "system": "http://loinc.org"}
WORDS = {"code": "mild", "display": "I cannot breathe"}


@pytest.mark.parametrize(
    ("slot", "answer", "value"),
    [
        ("cough.severity", {"valueCoding": OF_OTHERS}, 3),
        ("cough.severity", {"valueCoding": {"code": "1", "system": None}}, 1),
        ("cough.severity", {"valueCoding": WORDS}, "mild"),
        ("cough.blood", {"valueBoolean": False, "valueString": "a little"}, False),
        ("cough.blood", {"valueBoolean": False, "modifierExtension": [{"url": "x"}]}, False),
        ("cough.blood", {"coding": {"code": "no"}}, "unknown"),
    ],
)
def test_what_an_answer_says_besides_is_kept(slot: str, answer: dict[str, Any], value: Any) -> None:
    assert answers_in({"item": [{"linkId": slot, "answer": [answer]}]}) == {
        slot: value,
        ELSEWHERE: [{"linkId": slot, **answer}],
    }


@pytest.mark.parametrize("second", [{"valueCoding": {"display": "x"}}, {"valueCoding": {"code": "unknown"}}])
def test_other_side_effects_of_which_one_cannot_be_read_are_all_kept_as_they_were_sent(second: Any) -> None:
    answers = [*codes("rash"), second]

    read = answers_in({"item": [{"linkId": "other_symptoms", "answer": answers}]})

    assert read["other_symptoms"] == ["rash", second["valueCoding"].get("code", second["valueCoding"])]


def test_what_stands_where_fhir_has_no_place_for_it_is_kept() -> None:
    response = {
        "resourceType": "QuestionnaireResponse",
        "_status": {"extension": []},
        "items": [{"linkId": "symptoms"}],
        "item": [
            {"linkId": "symptoms", "_linkId": {}, "text": "How are you?", "answer": codes("none")},
            {"linkId": "red_flags", "answers": codes("chest_pain")},
            {"linkId": "cough.blood", "valueString": "a lot", "modifierExtension": [{"url": "x"}]},
        ],
    }

    assert answers_in(response) == {
        "symptoms": "none",
        ELSEWHERE: [
            {"items": [{"linkId": "symptoms"}]},
            {"linkId": "red_flags", "answers": codes("chest_pain")},
            {"linkId": "cough.blood", "valueString": "a lot", "modifierExtension": [{"url": "x"}]},
        ],
    }


def test_items_are_found_in_groups_below_answers_and_apart() -> None:
    below = {"linkId": "cough.severity", "answer": [{"valueInteger": 2}]}
    items = [
        {"linkId": "group", "item": [{"linkId": "symptoms", "answer": [*codes("cough"), {"item": [below]}]}]},
        {"linkId": "symptoms", "answer": codes("fever")},
        {"linkId": "cough.blood"},
        {"linkId": "cough.interference", "answer": []},
    ]

    assert answers_in({"item": items}) == {"symptoms": ["cough", "unknown", "fever"], "cough.severity": 2}


@pytest.mark.parametrize(
    "item", ["x", {}, [None], [{}], [{"linkId": 1}], [{"linkId": "x", "answer": "y"}], [{"linkId": "x", "item": "y"}]]
)
def test_items_that_cannot_be_told_apart_are_refused(item: Any) -> None:
    with pytest.raises(NotItems):
        answers_in({"item": item})
