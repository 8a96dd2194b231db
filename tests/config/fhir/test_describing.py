"""What the FHIR API says of itself and of the check-in: valid, and as it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from config.fhir.kinds import KINDS
from symptoms.flow.dialogue import QUESTIONS
from symptoms.models import Patient
from symptoms.wording import LANGUAGES, text
from tests.fhir import resources_in, wrong_in

pytestmark = pytest.mark.django_db


def test_anybody_may_read_what_the_api_can(ada: Patient) -> None:
    answer = Client().get("/fhir/metadata")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/fhir+json")
    stated = answer.json()
    assert wrong_in(stated) == []
    assert (stated["fhirVersion"], stated["kind"]) == ("4.0.1", "instance")
    assert stated["implementation"]["url"] == "http://testserver/fhir"
    assert "Ada" not in answer.content.decode()


def test_it_names_every_kind_with_what_it_is_searched_by(his: APIClient) -> None:
    [rest] = Client().get("/fhir/metadata").json()["rest"]
    named = {one["type"]: one for one in rest["resource"]}

    assert set(named) == {*(kind.name for kind in KINDS), "Questionnaire"}
    for kind in KINDS:
        assert {one["name"] for one in named[kind.name]["searchParam"]} == set(kind.parameters)
    creates = [kind for kind, one in named.items() if {"code": "create"} in one["interaction"]]
    assert creates == ["QuestionnaireResponse"]
    for kind, one in named.items():
        parameters = "&".join(f"{parameter['name']}=2026" for parameter in one["searchParam"])
        strict = his.get(f"/fhir/{kind}?{parameters}", headers={"Prefer": "handling=strict"})
        assert strict.status_code == 200, "no parameter that is named is unknown"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_in_is_a_questionnaire_in_every_language(ada_api: APIClient, language: str) -> None:
    by_header = ada_api.get("/fhir/Questionnaire/check-in-1", headers={"Accept-Language": f"{language}-BE, en;q=0.5"})
    by_parameter = ada_api.get(
        f"/fhir/Questionnaire/check-in-1?_language={language}", headers={"Accept-Language": "fr"}
    )

    assert by_header.json() == by_parameter.json()
    shown = by_header.json()
    assert wrong_in(shown) == []
    assert shown["language"] == language
    items = {item["linkId"]: item for item in shown["item"]}
    assert [*items] == [slot.value for slot in QUESTIONS]
    for slot, item in items.items():
        assert item["text"] == text(language, "question", slot)
        assert item["item"][0]["text"] == text(language, "help", slot)
    assert items["cough.blood"]["answerOption"][0]["valueCoding"]["display"] == text(
        language, "option.cough.blood", "yes"
    )


def enabled_by(item: dict[str, Any]) -> set[str]:
    return {one["answerCoding"]["code"] for one in item.get("enableWhen", ())}


def test_a_question_is_enabled_by_the_symptoms_after_which_the_dialogue_asks_it(ada_api: APIClient) -> None:
    items = {item["linkId"]: item for item in ada_api.get("/fhir/Questionnaire/check-in-1").json()["item"]}

    assert enabled_by(items["symptoms"]) == set()
    assert enabled_by(items["cough.severity"]) == {"cough"}
    assert enabled_by(items["red_flags"]) == {"cough", "dyspnea", "fever", "swelling"}
    assert enabled_by(items["fever.temperature_c"]) == {"cough", "dyspnea", "fever", "mouth_sores"}
    assert enabled_by(items["other.text"]) == {"other"}
    assert enabled_by(items["mouth_sores.gone"]) == set(), "asked by what an earlier report said"
    assert {slot for slot, item in items.items() if item.get("repeats")} == {"symptoms", "red_flags", "other_symptoms"}
    assert [items[slot]["type"] for slot in ("mouth_sores.count", "mouth_sores.onset_on", "other.text")] == [
        "quantity", "date", "text",
    ]  # fmt: skip
    options = [one["valueCoding"]["code"] for one in items["cough.severity"]["answerOption"]]
    assert options == ["0", "1", "2", "3", "4", "unknown"]


def test_the_questionnaire_is_found_by_its_address_and_id(his: APIClient) -> None:
    canonical = his.get("/fhir/Questionnaire/check-in-1").json()["url"]
    for query, count in (("", 1), (f"?url={canonical}", 1), ("?_id=check-in-1", 1), ("?url=x", 0), ("?_id=x", 0)):
        bundle = his.get(f"/fhir/Questionnaire{query}").json()
        assert (len(resources_in(bundle)), bundle["total"], wrong_in(bundle)) == (count, count, [])
    assert his.get("/fhir/Questionnaire/check-in-0").status_code == 404
