"""What is read and searched by FHIR: valid, found by the parameters of FHIR, and page by page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.acknowledging import acknowledge, close
from alerts.models import Alert, Visit
from alerts.models.alert import Outcome
from config.fhir.kinds import KINDS
from config.privacy.erasing import erase_due
from symptoms.models import Message, Patient, Practitioner, SymptomReport
from tests.cast import api_of, make_patient
from tests.config.test_statements import lengthen_history
from tests.fhir import link_of, resources_in, system_of, wrong_in

TYPES = [kind.name for kind in KINDS]
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def found(api: APIClient, address: str) -> list[dict[str, Any]]:
    answer = api.get(f"/fhir/{address}")
    assert answer.status_code == 200, answer.content
    return resources_in(answer.json())


def file(patient: Patient, answers: dict[str, Any], days_ago: float = 0, **fields: Any) -> SymptomReport:
    """A stored report of some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    return SymptomReport.objects.create(
        patient=patient, client_id=uuid.uuid4(), source="form", status="complete", answers=answers, occurred_at=at,
        received_at=at, urgency=0, **fields,
    )  # fmt: skip


@pytest.mark.parametrize("type_", TYPES)
def test_every_kind_is_found_is_valid_and_is_read_by_its_id(chart: Patient, his: APIClient, type_: str) -> None:
    bundle = his.get(f"/fhir/{type_}").json()

    assert wrong_in(bundle) == []
    resources = resources_in(bundle)
    assert resources
    for entry in bundle["entry"]:
        resource = entry["resource"]
        assert resource["resourceType"] == type_
        assert wrong_in(resource) == []
        assert entry["fullUrl"] == f"http://testserver/fhir/{type_}/{resource['id']}"
        answer = his.get(entry["fullUrl"])
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/fhir+json", "no-store")
        assert answer.json() == resource
        assert found(his, f"{type_}?_id={resource['id']}") == [resource]


@pytest.mark.parametrize("type_", TYPES)
def test_a_patients_device_finds_the_same(chart: Patient, his: APIClient, type_: str) -> None:
    assert found(api_of(chart), type_) == found(his, type_)


def test_a_patient_has_what_the_hospital_knows_a_patient_by(chart: Patient, his: APIClient) -> None:
    patient = his.get(f"/fhir/Patient/{chart.pk}").json()

    assert patient["identifier"] == [
        {"system": f"urn:symptom-reporting:hospital-number:{chart.clinic_id}", "value": "H-77"}
    ]
    assert (patient["name"], patient["birthDate"], patient["active"]) == ([{"text": "Ada Archer"}], "1961-02-03", True)
    assert {one["value"] for one in patient["telecom"]} == {"ada@patients.example", "+32 470 11 22 33"}


@pytest.mark.parametrize(
    ("value", "is_found"),
    [
        ("H-77", True),
        ("urn:symptom-reporting:hospital-number:{clinic}|H-77", True),
        ("urn:symptom-reporting:hospital-number:0|H-77", False),
        ("|H-77", False),
        ("H-7", False),
        ("x,H-77", True),
        ("urn:symptom-reporting:hospital-number:{clinic}|", False),
    ],
)
def test_a_patient_is_found_by_the_hospital_number(chart: Patient, his: APIClient, value: str, is_found: bool) -> None:
    assert bool(found(his, f"Patient?identifier={value.format(clinic=chart.clinic_id)}")) is is_found


@pytest.mark.parametrize(("status", "is_active", "is_dead"), [("withdrawn", False, None), ("deceased", False, True)])
def test_who_has_left_is_shown_as_such(
    chart: Patient, his: APIClient, status: str, is_active: bool, is_dead: bool | None
) -> None:
    Patient.objects.filter(pk=chart.pk).update(status=status)
    shown = his.get(f"/fhir/Patient/{chart.pk}").json()
    assert (shown["active"], shown.get("deceasedBoolean")) == (is_active, is_dead)
    assert wrong_in(shown) == []


@pytest.mark.parametrize("type_", TYPES)
def test_of_an_erased_record_no_word_is_left(chart: Patient, his: APIClient, type_: str) -> None:
    erase_due(timezone.now() + timedelta(days=12_000))

    answer = his.get(f"/fhir/{type_}")

    assert [wrong_in(one) for one in resources_in(answer.json())].count([]) == len(answer.json()["entry"])
    for word in ("Ada", "Archer", "H-77", "1961-02-03", "470 11 22 33", "cough a little"):
        assert word not in answer.content.decode()


OBSERVED: list[tuple[str, Any, dict[str, Any]]] = [
    ("cough.severity", 3, {"valueInteger": 3}),
    ("cough.interference", 0, {"valueInteger": 0}),
    ("dyspnea.severity", 1, {"valueInteger": 1}),
    ("dyspnea.interference", 4, {"valueInteger": 4}),
    ("mouth_sores.severity", 2, {"valueInteger": 2}),
    ("mouth_sores.interference", 1, {"valueInteger": 1}),
    ("mouth_sores.count", 4, {"valueQuantity": {"value": 4}}),
    ("mouth_sores.count", "more_than_three", {"valueQuantity": {"value": 3, "comparator": ">"}}),
    ("fever.temperature_c", 38.2, {"valueQuantity": {"value": 38.2, "code": "Cel"}}),
    ("fever.temperature_c", 100.4, {"valueQuantity": {"value": 38.0, "code": "Cel"}}),
    *((slot, answer, {"dataAbsentReason": {}}) for slot, answer in
      (("cough.severity", "unknown"), ("mouth_sores.count", "lots"), ("fever.temperature_c", 20))),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "answer", "shown"), OBSERVED)
def test_an_answer_is_an_observation(ada: Patient, his: APIClient, slot: str, answer: Any, shown: Any) -> None:
    report = file(ada, {"symptoms": ["other"], slot: answer})

    [observation] = found(his, "Observation")

    assert wrong_in(observation) == []
    assert observation["id"] == f"{report.pk}.{slot.replace('.', '-').replace('_', '-')}"
    assert observation["code"]["coding"][0] == {"system": "urn:symptom-reporting:slot", "code": slot}
    assert observation["derivedFrom"] == [{"reference": f"QuestionnaireResponse/{report.pk}"}]
    values = {name: value for name, value in observation.items() if name.startswith("value") or "Absent" in name}
    [(name, value)] = shown.items()
    assert [*values] == [name]
    assert value == (values[name] if not isinstance(value, dict) else {one: values[name][one] for one in value})


def test_codes_are_those_of_the_clinical_specification(ada: Patient, his: APIClient) -> None:
    file(ada, dict.fromkeys(("cough.severity", "dyspnea.severity", "mouth_sores.severity"), 1))
    file(ada, {"fever.temperature_c": 37, "mouth_sores.count": 1})
    codes = {
        one["code"]["coding"][0]["code"]: {(c["system"], c["code"]) for c in one["code"]["coding"][1:]}
        for one in found(his, "Observation")
    }
    item, snomed, meddra = "urn:symptom-reporting:pro-ctcae-item", "http://snomed.info/sct", "https://www.meddra.org"

    assert codes == {
        "cough.severity": {(item, "20"), (snomed, "49727002"), (meddra, "10011224")},
        "dyspnea.severity": {(item, "19"), (snomed, "267036007"), (meddra, "10013963")},
        "mouth_sores.severity": {(item, "3"), (snomed, "26284000"), (meddra, "10028130")},
        "mouth_sores.count": {(snomed, "26284000")},
        "fever.temperature_c": {("http://loinc.org", "8310-5")},
    }


@pytest.mark.parametrize(
    ("code", "slots"),
    [
        ("cough.severity", {"cough.severity"}),
        ("urn:symptom-reporting:slot|cough.severity", {"cough.severity"}),
        ("http://snomed.info/sct|49727002", {"cough.severity", "cough.interference"}),
        ("http://loinc.org|8310-5,cough.severity", {"cough.severity", "fever.temperature_c"}),
        ("http://loinc.org|", {"fever.temperature_c"}),
        ("http://loinc.org|49727002", set()),
        ("nothing", set()),
    ],
)
def test_observations_are_found_by_their_codes(ada: Patient, his: APIClient, code: str, slots: set[str]) -> None:
    file(ada, {"cough.severity": 1, "cough.interference": 1, "fever.temperature_c": 37})
    file(ada, {"symptoms": "none"})

    assert {one["code"]["coding"][0]["code"] for one in found(his, f"Observation?code={code}")} == slots


def test_what_was_put_right_is_shown_and_called_amended(ada: Patient, his: APIClient) -> None:
    report = file(ada, {"cough.severity": 1}, amended_answers={"cough.severity": 2, "fever.temperature_c": 37})

    shown = {one["code"]["coding"][0]["code"]: one for one in found(his, "Observation")}

    assert shown["cough.severity"]["valueInteger"] == 2
    assert {one["status"] for one in shown.values()} == {"amended"}
    assert len(shown) == 2
    assert his.get(f"/fhir/QuestionnaireResponse/{report.pk}").json()["status"] == "amended"


@pytest.mark.parametrize(
    ("status", "response", "observation"),
    [
        ("in_progress", "in-progress", "preliminary"),
        ("abandoned", "stopped", "final"),
        ("complete", "completed", "final"),
    ],
)
def test_how_far_a_report_is(ada: Patient, his: APIClient, status: str, response: str, observation: str) -> None:
    report = file(ada, {"cough.severity": 1})
    SymptomReport.objects.filter(pk=report.pk).update(status=status)

    assert [one["status"] for one in found(his, "QuestionnaireResponse")] == [response]
    assert [one["status"] for one in found(his, "Observation")] == [observation]


def test_who_said_what_in_a_talk_and_in_which_order(chart: Patient, his: APIClient) -> None:
    talk = chart.conversations.get()
    Message.objects.create(
        conversation=talk, number=99, sender="staff", text="Call us, please", created_at=timezone.now()
    )

    said = sorted(found(his, "Communication"), key=lambda one: int(one["identifier"][0]["value"].split(".")[1]))

    assert [one["payload"][0]["contentString"] for one in said] == [
        one.text for one in talk.messages.order_by("number")
    ]
    assert [one["sender"] for one in said][-1] == {"type": "Organization", "display": "staff"}
    assert {str(one["sender"]) for one in said} >= {
        str({"reference": f"Patient/{chart.pk}"}), str({"type": "Device", "display": "bot"})
    }  # fmt: skip


def test_flags_are_the_open_alerts_and_one_that_was_closed_is_read_as_inactive(
    chart: Patient, his: APIClient, nurse_kim: Practitioner
) -> None:
    [flag] = found(his, f"Flag?patient={chart.pk}")
    assert (flag["status"], flag["extension"][0]["valueCode"]) == ("active", "urgent")

    alert = acknowledge(Alert.objects.get(pk=flag["id"]), nurse_kim, timezone.now())
    assert [one["status"] for one in found(his, "Flag")] == ["active"], "it is seen to and still open"
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "Rang her", timezone.now())

    assert found(his, "Flag") == []
    assert his.get(f"/fhir/Flag/{flag['id']}").json()["status"] == "inactive"


def test_visits_are_appointments(ada: Patient, his: APIClient) -> None:
    visit = Visit.objects.get(patient=ada)
    [planned] = found(his, "Appointment")
    Visit.objects.filter(pk=visit.pk).update(status="booked", booked_at=timezone.now())
    [booked] = found(his, f"Appointment?actor=Patient/{ada.pk}")

    assert (planned["status"], planned["requestedPeriod"][0]["start"]) == ("proposed", visit.planned_on.isoformat())
    assert booked["status"] == "booked"
    assert "start" in booked


@pytest.mark.parametrize("type_", ["QuestionnaireResponse", "Observation", "Communication", "Flag", "Appointment"])
def test_a_reference_to_something_in_a_patient_is_none_to_the_patient(
    chart: Patient, his: APIClient, type_: str
) -> None:
    for reference in (f"Patient/{chart.pk}.x", f"{chart.pk}.x", f"Patient/{chart.pk.hex}"):
        assert found(his, f"{type_}?patient={reference}") == []


@pytest.mark.parametrize("type_", ["QuestionnaireResponse", "Observation", "Communication", "Flag", "Appointment"])
def test_what_is_about_one_patient_is_found_by_any_way_to_refer_to_them(
    chart: Patient, his: APIClient, type_: str
) -> None:
    other = make_patient(chart.clinic, "Bea Archer")
    file(other, {"cough.severity": 1})
    about = [one for one in found(his, type_) if str(other.pk) not in str(one)]

    for reference in (f"{chart.pk}", f"Patient/{chart.pk}", f"https://hospital.example/fhir/Patient/{chart.pk}"):
        assert found(his, f"{type_}?patient={reference}") == about
    for nobody in ("1", f"Patient/{uuid.uuid4()}", f"Group/{chart.pk}"):
        assert found(his, f"{type_}?patient={nobody}") == []


@pytest.mark.parametrize(
    ("make", "days"),
    [
        (lambda day: f"{day:%Y-%m-%d}", {1}),
        (lambda day: f"eq{day:%Y-%m-%d}", {1}),
        (lambda day: f"ne{day:%Y-%m-%d}", {0, 2, 3}),
        (lambda day: f"ge{day:%Y-%m-%d}", {0, 1}),
        (lambda day: f"gt{day:%Y-%m-%d}", {0}),
        (lambda day: f"sa{day:%Y-%m-%d}", {0}),
        (lambda day: f"le{day:%Y-%m-%d}", {1, 2, 3}),
        (lambda day: f"lt{day:%Y-%m-%d}", {2, 3}),
        (lambda day: f"eb{day:%Y-%m-%d}", {2, 3}),
        (lambda day: f"ge{day - DAY:%Y-%m-%d}&{{}}=lt{day:%Y-%m-%d}", {2}),
        (lambda day: f"{day:%Y-%m-%d},{day - DAY:%Y-%m-%d}", {1, 2}),
        (lambda day: f"gt{day:%Y-%m-%dT12:00:00Z}", {0}),
        (lambda day: f"ge{day:%Y-%m-%dT12:00:00}%2B00:00", {0, 1}),
        (lambda day: f"{day:%Y-%m-%dT%H:%MZ}", {1}),
        (lambda day: f"{day:%Y-%m-%dT%H:%M:%SZ}", {1}),
        (lambda day: f"{day:%Y-%m-%dT%H:%M:%S}.0Z", {1}),
        (lambda day: f"{day:%Y-%m-%dT%H:%M:%S}.000001Z", set()),
        (lambda day: f"le{day.year + 1}", {0, 1, 2, 3}),
        (lambda day: f"ge{day.year + 1}", set()),
    ],
)
@pytest.mark.parametrize(("type_", "parameter"), [("QuestionnaireResponse", "authored"), ("Observation", "date")])
def test_reports_are_found_by_when_they_were_given(
    ada: Patient, his: APIClient, type_: str, parameter: str, make: Callable[[Any], str], days: set[int]
) -> None:
    noon = timezone.now().replace(month=6, day=15, hour=12, minute=0, second=0, microsecond=0)
    for ago in range(4):
        report = file(ada, {"cough.severity": 1})
        SymptomReport.objects.filter(pk=report.pk).update(occurred_at=noon - ago * DAY)

    shown = found(his, f"{type_}?{parameter}={make(noon - DAY).format(parameter)}")

    moments = {one.get("authored") or one["effectiveDateTime"] for one in shown}
    assert moments == {f"{noon - ago * DAY:%Y-%m-%dT%H:%M:%SZ}" for ago in days}


@pytest.mark.parametrize(
    "value",
    [
        "soon", "2026-13-01", "2026-02-30", "0000", "ap2026", "2026-03-01T10:00:00", "2026-3", "20260301T100000Z",
        "2026-W10-1T10:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T10Z", "0001-01-01T00:00:00%2B14:00", "2026%0A",
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_refused(ada_api: APIClient, value: str) -> None:
    answer = ada_api.get(f"/fhir/Observation?date={value}")
    assert (answer.status_code, answer.json()["resourceType"]) == (400, "OperationOutcome")


@pytest.mark.parametrize("last", ["9999", "9999-12", "9999-12-31", "9999-12-31T23:59Z", "9999-12-31T23:59:59.999Z"])
def test_the_end_of_the_calendar_bounds_a_search_and_breaks_nothing(ada: Patient, his: APIClient, last: str) -> None:
    """Systems that ask for all that is to come say so."""
    file(ada, {"cough.severity": 1})

    shown = {prefix: len(found(his, f"Observation?date={prefix}{last}")) for prefix in ("lt", "le", "eq", "ge", "ne")}

    assert shown == {"lt": 1, "le": 1, "eq": 0, "ge": 0, "ne": 1}
    assert his.get("/fhir/Observation?date=9999-12-31T23:59:59-14:00").status_code == 400


PAGED = [("QuestionnaireResponse", 7), ("Observation", 14), ("Communication", 5)]


def fill(patient: Patient) -> None:
    """Seven reports, of which some share their moment and some were asked nothing that is observed; a talk."""
    at = timezone.now() - DAY
    for number in range(7):
        answers = (
            {"symptoms": "none"}
            if number % 3 == 2
            else {"cough.severity": 1, "cough.interference": 1, "dyspnea.severity": 0}
        )
        file(patient, answers, days_ago=number // 2)
    SymptomReport.objects.filter(patient=patient).update(occurred_at=at)
    talk = patient.conversations.create(
        client_id=uuid.uuid4(), language="en", dialogue_version="check-in-1", started_at=at, last_message_at=at
    )
    for number in range(5):
        Message.objects.create(conversation=talk, number=number, sender="bot", text=f"{number}", created_at=at)


@pytest.mark.parametrize(("type_", "count"), [*PAGED])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
def test_pages_hold_everything_once_however_large_they_are(
    ada: Patient, his: APIClient, type_: str, count: int, size: int
) -> None:
    fill(ada)
    whole = [one["id"] for one in found(his, f"{type_}?_count=100")]
    seen: list[str] = []
    address: str | None = f"/fhir/{type_}?_count={size}&patient={ada.pk}"
    while address:
        bundle = his.get(address).json()
        page = resources_in(bundle)
        assert 0 < len(page) <= size
        seen += [one["id"] for one in page]
        assert link_of(bundle, "self") == address
        address = link_of(bundle, "next")

    assert seen == whole
    assert len(seen) == len(set(seen))


def test_pages_stay_put_while_new_rows_come_in(ada: Patient, his: APIClient) -> None:
    fill(ada)
    first = his.get("/fhir/Observation?_count=3").json()
    after = link_of(first, "next")
    assert after is not None
    rest = his.get(after).json()
    file(ada, {"cough.severity": 2})

    assert his.get(after).json()["entry"] == rest["entry"]


def test_a_page_is_of_its_search_and_its_reader_alone(ada: Patient, his: APIClient, ada_api: APIClient) -> None:
    fill(ada)
    after = link_of(his.get("/fhir/Observation?_count=3").json(), "next")
    assert after is not None
    assert "first" in {one["relation"] for one in his.get(after).json()["link"]}

    assert ada_api.get(after).status_code == 400
    assert his.get(after.replace("Observation", "Communication")).status_code == 400
    assert his.get("/fhir/Observation?_place=x").status_code == 400


def test_a_search_that_one_page_holds_says_how_many_there_are(ada: Patient, his: APIClient) -> None:
    fill(ada)

    assert his.get("/fhir/QuestionnaireResponse").json()["total"] == 7
    assert "total" not in his.get("/fhir/QuestionnaireResponse?_count=3").json()
    empty = his.get("/fhir/QuestionnaireResponse?_id=1").json()
    assert (empty["total"], wrong_in(empty)) == (0, [])


@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_a_count_that_is_none_is_refused(ada_api: APIClient, count: str) -> None:
    assert ada_api.get("/fhir/Observation", {"_count": count}).status_code == 400


def test_a_count_that_is_too_large_is_cut(ada: Patient, his: APIClient) -> None:
    lengthen_history(ada, 130)

    assert len(found(his, "QuestionnaireResponse?_count=99999999999999999999")) == 100


def test_parameters_that_nobody_knows_are_ignored_unless_one_is_strict(ada: Patient, his: APIClient) -> None:
    file(ada, {"cough.severity": 1})
    address = "/fhir/Observation?colour=red&patient=&_format=json&code=cough.severity"

    lenient = his.get(address)
    strict = his.get(address, headers={"Prefer": "return=minimal, handling=strict"})

    assert len(resources_in(lenient.json())) == 1
    assert link_of(lenient.json(), "self") == "/fhir/Observation?code=cough.severity"
    assert (strict.status_code, "colour" in strict.json()["issue"][1]["diagnostics"]) == (400, True)
    assert his.get("/fhir/Observation?code=x&_format=json", headers={"Prefer": "handling=strict"}).status_code == 200


@pytest.mark.parametrize("name", ["code:not", "patient.identifier", "patient:Patient.name"])
def test_modifiers_and_chains_are_refused(ada_api: APIClient, name: str) -> None:
    assert ada_api.get("/fhir/Observation", {name: "x"}).status_code == 400


def test_everything_is_one_bundle_of_all_that_a_search_finds(chart: Patient, his: APIClient) -> None:
    bundle = his.get(f"/fhir/Patient/{chart.pk}/$everything").json()

    assert wrong_in(bundle) == []
    assert resources_in(bundle) == [one for type_ in TYPES for one in found(his, type_)]
    assert bundle["total"] == len(bundle["entry"])


QUERIES = {
    "Patient": 3,
    "QuestionnaireResponse": 4,
    "Observation": 3,
    "Communication": 3,
    "Flag": 3,
    "Appointment": 3,
    "Patient/{}/$everything": 10,
}
"""Of a system: its credential, the rows, the record in the access log. Reports bring their assessments along."""


@pytest.mark.parametrize("length", [10, 1000])
def test_a_page_costs_so_many_queries_however_long_the_history(chart: Patient, his: APIClient, length: int) -> None:
    lengthen_history(chart, length)
    his.get("/fhir/Flag")  # notes when the credential was used

    spent = {address: queries_of(his, f"/fhir/{address.format(chart.pk)}") for address in QUERIES}

    assert spent == QUERIES


@pytest.mark.parametrize("type_", ["QuestionnaireResponse", "Observation", "Communication", "Appointment"])
def test_a_page_of_a_whole_clinic_is_read_from_an_index_and_sorts_nothing(
    ada: Patient, his: APIClient, type_: str
) -> None:
    """However many rows there are, a page reads its own: what would have to be sorted is read to its end first."""
    fill(ada)
    Visit.objects.create(patient=ada, course=ada.courses.get(), kind="follow_up", planned_on=timezone.localdate())
    first = his.get(f"/fhir/{type_}?_count=1").json()
    for address in (f"/fhir/{type_}?_count=1", str(link_of(first, "next"))):
        with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off")
            assert his.get(address).status_code == 200
            rows = next(one["sql"] for one in queries if "DESC LIMIT" in one["sql"])
            cursor.execute(f"EXPLAIN {rows}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Sort" not in plan, plan


def queries_of(api: APIClient, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert api.get(address).status_code == 200
    return len(queries)


def test_a_report_costs_as_many_statements_as_by_the_mobile_api(
    ada: Patient, ada_api: APIClient, nurse_kim: Any
) -> None:
    body = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [
        {"linkId": "symptoms", "answer": [{"valueCoding": {"code": "none"}}]}]}  # fmt: skip
    with CaptureQueriesContext(connection) as by_form:
        ada_api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": {"symptoms": ["none"]}})
    with CaptureQueriesContext(connection) as by_fhir:
        answer = ada_api.post("/fhir/QuestionnaireResponse", body | {"identifier": {"value": str(uuid.uuid4())}})

    assert answer.status_code == 201
    assert len(by_fhir) == len(by_form)


def test_the_same_search_by_another_clinics_system_finds_nothing(
    chart: Patient, his: APIClient, their_his: APIClient
) -> None:
    for type_ in TYPES:
        assert found(his, type_)
        assert found(their_his, type_) == []
    assert found(system_of(chart.clinic, "lab"), "Patient") == found(his, "Patient")
