"""A QuestionnaireResponse becomes a report that is judged at once, by the rules of every other report."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.clinical.terms import Slot
from symptoms.fhir.answers import ORDINAL
from symptoms.models import AccessRecord, Clinic, Patient, Practitioner, SymptomReport
from tests.cast import api_of_carer
from tests.config.test_doors import expired
from tests.fhir import codes, response_body, system_of, wrong_in

URL = "/fhir/QuestionnaireResponse"

CALM: dict[str, Any] = {"symptoms": codes("none")}
FIVE_SORES: dict[str, Any] = {
    "symptoms": codes("mouth_sores"),
    "mouth_sores.count": [{"valueQuantity": {"value": 5}}],
    "mouth_sores.intake": codes("normal"),
    "fever.temperature_c": [{"valueQuantity": {"value": 37.0, "unit": "°C"}}],
}
MILD_COUGH: dict[str, Any] = {
    "symptoms": codes("cough"),
    "red_flags": codes("none"),
    "cough.severity": codes("1"),
    "cough.interference": codes("0"),
    "cough.blood": codes("no"),
    "fever.temperature_c": [{"valueQuantity": {"value": 37.0}}],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def his(clinic: Clinic) -> APIClient:
    """The hospital's system of ada's clinic."""
    return system_of(clinic)


def told(resource: dict[str, Any]) -> dict[str, str]:
    """How urgent it is and what to do, as the answer says."""
    values = {one["url"].rpartition(":")[2]: one for one in resource.get("extension", ())}
    return {name: one.get("valueCode") or one["valueString"] for name, one in values.items()}


@pytest.mark.parametrize("caller", ["device", "system"])
def test_an_urgent_report_has_its_alert_and_its_instruction_with_the_answer(
    ada: Patient, ada_api: APIClient, his: APIClient, nurse_kim: Practitioner, caller: str
) -> None:
    body = response_body(ada, FIVE_SORES)

    answer = (his if caller == "system" else ada_api).post(URL, body)

    assert (answer.status_code, answer["Content-Type"]) == (201, "application/fhir+json")
    report = SymptomReport.objects.get(patient=ada)
    assert answer["Location"] == f"http://testserver{URL}/{report.pk}"
    assert (report.source, report.status, str(report.client_id)) == ("fhir", "complete", body["identifier"]["value"])
    assert report.answers["mouth_sores.count"] == 5
    alert = Alert.objects.get(patient=ada)
    assert (alert.problem, alert.report) == ("mouth", report)
    assert "MOUTH-COUNT" in alert.rules
    assert told(answer.json())["urgency"] == "urgent"
    assert "+32 2 555 01" in told(answer.json())["advice"]
    assert wrong_in(answer.json()) == []


def test_it_is_the_report_that_the_mobile_api_has_and_is_read_as_it_was_answered(
    ada: Patient, ada_api: APIClient, his: APIClient
) -> None:
    answer = ada_api.post(URL, response_body(ada, FIVE_SORES))

    assert his.get(answer["Location"]).json() == answer.json()
    shown = ada_api.get(f"/api/v1/reports/{answer.json()['id']}").json()
    assert (shown["urgency"], shown["answers"]["mouth_sores.intake"]) == ("urgent", "normal")


def test_a_calm_report_raises_nothing(ada: Patient, his: APIClient) -> None:
    assert his.post(URL, response_body(ada, CALM)).status_code == 201
    assert not Alert.objects.exists()


def test_the_same_body_again_gets_the_same_answer_and_another_one_is_refused(
    ada: Patient, his: APIClient, nurse_kim: Practitioner
) -> None:
    body = response_body(ada, FIVE_SORES, authored=timezone.now().isoformat())
    first = his.post(URL, body)

    again = his.post(URL, body)
    other = his.post(URL, body | {"item": response_body(ada, CALM)["item"]})

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert (again.json(), again["Location"]) == (first.json(), first["Location"])
    assert other.json()["issue"][0]["code"] == "conflict"
    assert SymptomReport.objects.count() == 1
    assert Alert.objects.count() == 1


@pytest.mark.parametrize("prefix", ["", "urn:uuid:"])
def test_an_identifier_is_a_uuid_with_or_without_its_prefix(ada: Patient, his: APIClient, prefix: str) -> None:
    key = uuid.uuid4()
    assert his.post(URL, response_body(ada, CALM, identifier={"value": f"{prefix}{key}"})).status_code == 201
    assert SymptomReport.objects.get().client_id == key


@pytest.mark.parametrize(
    ("slot", "given", "rule"),
    [
        ("cough.severity", codes("9"), "RESP-COUGH"),
        ("cough.severity", [{"valueInteger": -1}], "RESP-COUGH"),
        ("cough.severity", [{"valueAttachment": {"title": "x"}}], "RESP-COUGH"),
        ("cough.blood", codes("perhaps"), "RESP-BLOOD"),
        ("red_flags", codes("fainted"), "RED-UNKNOWN"),
        ("what.is.this", [{"valueString": "a rash"}], "SYMPTOMS-UNKNOWN"),
        ("red_flags", [{"valueCoding": {"code": "none", "system": "http://snomed.info/sct"}}], "SYMPTOMS-UNKNOWN"),
        ("cough.blood", [{"valueString": "no", "valueInteger": 2}], "SYMPTOMS-UNKNOWN"),
        ("cough.blood", [{"valueCoding": {"code": "7", "display": "streaks"}}], "RESP-BLOOD"),
    ],
)
def test_what_is_out_of_range_is_unknown_and_kept_and_never_refused(
    ada: Patient, his: APIClient, slot: str, given: list[Any], rule: str
) -> None:
    answer = his.post(URL, response_body(ada, MILD_COUGH | {slot: given}))

    assert answer.status_code == 201
    report = SymptomReport.objects.get()
    assert rule in [finding["rule"] for one in report.assessments.all() for finding in one.findings]
    kept = json.dumps([report.answers, report.corrections])
    for word in given[0].values():
        assert str(word.get("display", word.get("code", word.get("title"))) if isinstance(word, dict) else word) in kept


def test_a_mild_cough_is_routine(ada: Patient, his: APIClient) -> None:
    """Beside the test above: what makes it urgent there is that an answer cannot be read."""
    assert told(his.post(URL, response_body(ada, MILD_COUGH)).json())["urgency"] == "routine"


def test_danger_in_words_is_heard(ada: Patient, his: APIClient) -> None:
    said = MILD_COUGH | {"other.text": [{"valueString": "My lips have turned blue"}], "other.can_wait": codes("yes")}

    assert told(his.post(URL, response_body(ada, said)).json())["urgency"] == "emergency"


def test_when_it_was_answered_is_believed_as_a_phones_clock_is(ada: Patient, his: APIClient) -> None:
    now = timezone.now()
    yesterday = now - timedelta(days=1)
    times = {
        yesterday.isoformat(): yesterday,
        "2026-03": None,
        "soon": None,
        (now + timedelta(days=9)).isoformat(): None,
    }
    for said, expected in times.items():
        report = his.post(URL, response_body(ada, CALM, authored=said)).json()["id"]
        stored = SymptomReport.objects.get(pk=report)
        assert stored.occurred_at == (expected or stored.received_at), said


@pytest.mark.parametrize(
    ("source", "respondent"),
    [
        ({"reference": "RelatedPerson/1"}, "carer"),
        ({"type": "RelatedPerson", "display": "carer"}, "carer"),
        ({"reference": "Patient/1"}, "patient"),
        ("RelatedPerson", "patient"),
        (None, "patient"),
    ],
)
def test_somebody_related_is_a_carer(ada: Patient, his: APIClient, source: Any, respondent: str) -> None:
    his.post(URL, response_body(ada, CALM, source=source))
    assert SymptomReport.objects.get().respondent == respondent


def test_a_carers_device_reports_as_a_carer(ada: Patient) -> None:
    answer = api_of_carer(ada, "Carl").post(URL, response_body(ada, CALM))

    report = SymptomReport.objects.get()
    assert (answer.status_code, report.respondent, report.carer and report.carer.name) == (201, "carer", "Carl")
    assert answer.json()["source"] == {"type": "RelatedPerson", "display": "carer"}
    assert "Carl" not in answer.content.decode()


def test_a_device_need_not_say_whose_it_is_and_may_not_say_another(
    ada: Patient, ben: Patient, ada_api: APIClient
) -> None:
    own = response_body(ada, CALM)
    del own["subject"]

    assert ada_api.post(URL, own).status_code == 201
    assert ada_api.post(URL, response_body(ben, CALM)).status_code == 404
    assert [one.patient for one in SymptomReport.objects.all()] == [ada]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"resourceType": "Observation"}, 400, "resourceType"),
        ({"identifier": None}, 400, "identifier"),
        ({"identifier": {"value": "1"}}, 400, "identifier"),
        ({"subject": None}, 400, "subject"),
        ({"subject": {"reference": "Patient/1"}}, 404, ""),
        ({"subject": {"reference": f"Patient/{uuid.UUID(int=1)}"}}, 404, ""),
        ({"subject": {"reference": f"Group/{uuid.UUID(int=1)}"}}, 404, ""),
        ({"subject": {"reference": "urn:uuid:x"}}, 404, ""),
        ({"status": "in-progress"}, 400, "status"),
        ({"status": "entered-in-error"}, 400, "status"),
        ({"item": "none"}, 400, "item"),
    ],
)
def test_what_cannot_be_a_report_is_refused_and_said(
    ada: Patient, his: APIClient, change: dict[str, Any], status: int, field: str
) -> None:
    answer = his.post(URL, response_body(ada, CALM) | change)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/fhir+json")
    assert wrong_in(answer.json()) == []
    assert field in answer.json()["issue"][-1]["diagnostics"]
    assert not SymptomReport.objects.exists()


@pytest.mark.parametrize("caller", ["device", "system"])
@pytest.mark.parametrize(
    "change",
    [{"identifier": None}, {"status": "in-progress"}, {"item": [{"answer": FIVE_SORES["symptoms"]}, "unable"]}],
)
def test_danger_in_what_is_refused_reaches_the_team(
    ada: Patient, ada_api: APIClient, his: APIClient, caller: str, change: dict[str, Any]
) -> None:
    danger = MILD_COUGH | {"red_flags": codes("blue_or_grey")}
    body = response_body(ada, danger) | change
    if isinstance(change.get("item"), list):
        body["item"] += [{"linkId": 7, "answer": codes("blue_or_grey")}]

    answer = (his if caller == "system" else ada_api).post(URL, body)

    assert answer.status_code == 400
    assert "112" in answer.json()["issue"][0]["diagnostics"]
    assert "RED-COLOUR" in Alert.objects.get(patient=ada, urgency=4).rules


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: json.dumps(body)[:-4],
        lambda body: f"{json.dumps(body)}}}",
        lambda body: json.dumps([body]),
        lambda body: json.dumps(body | {"x": "y" * 1_000_000}),
        lambda body: json.dumps(body).replace("{", '{"a": NaN, ', 1),
        lambda body: '{"x": ' * 5000 + json.dumps(body) + "}" * 5000,
    ],
    ids=["cut off", "too long by a bracket", "a list", "too large", "not a number", "endlessly deep"],
)
def test_danger_in_a_body_that_cannot_be_read_reaches_the_team_from_a_system_too(
    ada: Patient, ben: Patient, his: APIClient, spoil: Callable[[Any], str]
) -> None:
    """Whom it is about stands in its text."""
    words = {"other.text": [{"valueString": "My lips are blue and I cannot breathe"}]}

    for patient in (ada, ben):
        answer = his.post(URL, spoil(response_body(patient, words)), content_type="application/fhir+json")
        assert answer.status_code in (400, 413)
        assert wrong_in(answer.json()) == []
        assert ("112" in answer.json()["issue"][0]["diagnostics"]) is (patient == ada)

    assert {one.patient for one in Alert.objects.filter(urgency__gte=3)} == {ada}


def test_what_stands_where_fhir_has_no_place_for_it_is_put_before_a_person(ada: Patient, his: APIClient) -> None:
    misspelt = [{"linkId": "symptoms", "answer": codes("none")}, {"linkId": "red_flags", "answers": codes("dizzy")}]

    assert told(his.post(URL, response_body(ada, {}, item=misspelt)).json())["urgency"] == "urgent"
    assert "dizzy" in SymptomReport.objects.get().answers["other.text"]


@pytest.mark.parametrize("depth", [0, 1, 2, 5, 10])
def test_items_may_stand_in_groups_within_groups(ada: Patient, his: APIClient, depth: int) -> None:
    graded = {"code": "rash", "extension": [{"url": ORDINAL, "valueDecimal": 2}]}
    body = response_body(ada, CALM | {"other_symptoms": [{"valueCoding": graded}]})
    for level in range(depth):
        body["item"] = [{"linkId": f"group-{level}", "item": body["item"]}]

    assert his.post(URL, body).status_code == 201
    assert SymptomReport.objects.get().answers == {"symptoms": "none", "other_symptoms": {"rash": 2}}


def test_a_body_that_is_no_json_is_refused_in_fhirs_words(ada_api: APIClient) -> None:
    answer = ada_api.post(URL, "{", content_type="application/fhir+json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/fhir+json")
    assert wrong_in(answer.json()) == []


@pytest.mark.parametrize(
    "media_type", ["application/fhir+json", "application/json", "application/fhir+json; charset=utf-8"]
)
def test_both_names_of_json_are_taken(ada: Patient, his: APIClient, media_type: str) -> None:
    answer = his.post(URL, json.dumps(response_body(ada, CALM)), content_type=media_type)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "odd",
    [
        {"valueQuantity": {"value": 3, "comparator": [">"]}},
        {"valueQuantity": {"value": {"value": 3}}},
        {"valueCoding": {"code": {"code": "1"}}},
        {"valueCoding": {"code": ["1"], "extension": [1]}},
        {"valueCoding": []},
        {"value": None},
        {"item": []},
    ],
)
def test_an_answer_of_any_shape_is_taken_and_kept(ada: Patient, his: APIClient, odd: Any) -> None:
    everywhere = {slot.value: [odd] for slot in Slot}

    answer = his.post(URL, response_body(ada, everywhere))

    assert (answer.status_code, wrong_in(answer.json())) == (201, [])
    assert his.get(answer["Location"]).status_code == 200
    assert wrong_in(his.get("/fhir/Observation").json()) == []


def test_items_in_groups_and_below_answers_are_taken_in(ada: Patient, his: APIClient) -> None:
    below = {"linkId": "cough.severity", "answer": codes("3")}
    asked = {"linkId": "symptoms", "answer": [codes("cough")[0] | {"item": [below]}]}
    group = {"linkId": "page", "item": [{"linkId": "section", "item": [asked]}]}

    answer = his.post(URL, response_body(ada, {}, item=[group]))

    assert (answer.status_code, told(answer.json())["urgency"]) == (201, "urgent")
    assert SymptomReport.objects.get().answers == {"symptoms": ["cough"], "cough.severity": 3}


@pytest.mark.parametrize("depth", [9, 400, 950, 5000])
@pytest.mark.parametrize("name", ["item", "other"])
def test_danger_is_heard_however_deep_it_stands(ada: Patient, ada_api: APIClient, name: str, depth: int) -> None:
    inner = json.dumps({"linkId": "red_flags", "answer": codes("blue_or_grey")})
    body = f'{{"{name}": [{{"linkId": "x", ' * depth + f'"item": [{inner}]' + "}]}" * depth

    answer = ada_api.post(URL, body, content_type="application/fhir+json")

    assert (answer.status_code, answer.json()["resourceType"]) == (400, "OperationOutcome")
    assert Alert.objects.filter(patient=ada, urgency__gte=3).exists()


def test_a_body_in_pieces_is_refused_in_fhirs_words(ada_api: APIClient) -> None:
    answer = ada_api.generic("POST", URL, "", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (411, "required")


def test_another_content_type_is_refused(his: APIClient) -> None:
    answer = his.post(URL, "<x/>", content_type="application/fhir+xml")
    assert (answer.status_code, answer.json()["resourceType"]) == (415, "OperationOutcome")


def test_who_may_not_call_reports_for_nobody(
    ada: Patient, nobody_api: APIClient, ben_api: APIClient, kim_api: APIClient, other_clinic: Clinic, clinic: Clinic
) -> None:
    now = timezone.now()
    callers = {
        nobody_api: 401,
        expired(ada): 401,
        kim_api: 403,
        ben_api: 404,
        system_of(other_clinic): 404,
        system_of(clinic, revoked_at=now): 401,
        system_of(clinic, expires_at=now): 401,
    }
    for caller, status in callers.items():
        assert caller.post(URL, response_body(ada, FIVE_SORES)).status_code == status
    assert not SymptomReport.objects.filter(patient=ada).exists()


def test_an_erased_record_takes_nothing_in_any_more(ada: Patient, his: APIClient) -> None:
    type(ada.user).objects.filter(pk=ada.user_id).update(is_active=False)

    assert his.post(URL, response_body(ada, CALM)).status_code == 404


def test_a_report_of_somebody_who_has_left_is_judged_all_the_same(ada: Patient, his: APIClient) -> None:
    Patient.objects.filter(pk=ada.pk).update(status="withdrawn")

    assert told(his.post(URL, response_body(ada, FIVE_SORES)).json())["urgency"] == "urgent"


def test_a_systems_report_stands_in_the_access_log_and_a_devices_does_not(
    ada: Patient, ada_api: APIClient, his: APIClient
) -> None:
    ada_api.post(URL, response_body(ada, CALM))
    answer = his.post(URL, response_body(ada, CALM))

    [record] = AccessRecord.objects.all()
    assert (record.kind, record.role, record.patients, record.page) == (
        "add",
        "system",
        [ada.pk],
        "fhir-QuestionnaireResponse",
    )
    assert record.record == f"symptoms.symptomreport {answer.json()['id']}"


def test_a_report_that_cannot_be_judged_is_kept_and_the_answer_says_whom_to_call(
    ada: Patient, his: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise ValueError

    monkeypatch.setattr("symptoms.flow.report.judge", fail)
    answer = his.post(URL, response_body(ada, FIVE_SORES))

    assert answer.status_code == 201
    assert "+32 2 555 01" in told(answer.json())["advice"]
    assert SymptomReport.objects.get().assess_due_at is not None
    assert Alert.objects.get().problem == "system"
