"""Who gets through the FHIR doors: to one's own record, a system to those of its clinic; and what is logged of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from config.fhir.kinds import KINDS
from symptoms.models import AccessRecord, Clinic, Patient, SystemCredential
from tests.cast import api_of, api_of_carer, make_patient
from tests.config.test_doors import expired, revoked
from tests.fhir import resources_in, system_of, wrong_in

NOBODY = uuid.UUID(int=2, version=4)

TYPES = [kind.name for kind in KINDS]
OF_THE_PATIENT_ALONE = {"Patient", "Flag"}
"""What a carer does not get: who the patient is, and what only the export of a patient holds."""

pytestmark = pytest.mark.django_db


def addresses_of(patient: Patient, his: APIClient) -> list[str]:
    """Every address under which something about a patient is read."""
    reads = [f"/fhir/{type_}/{one['id']}" for type_ in TYPES for one in resources_in(his.get(f"/fhir/{type_}").json())]
    assert len(reads) > len(TYPES)
    return [*reads, f"/fhir/Patient/{patient.pk}/$everything"]


def test_no_object_of_another_exists(chart: Patient, his: APIClient, their_his: APIClient, ben_api: APIClient) -> None:
    ada_api = api_of(chart)
    for address in addresses_of(chart, his):
        for api, status in ((his, 200), (ada_api, 200), (their_his, 404), (ben_api, 404)):
            answer = api.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (status, "application/fhir+json"), address
        assert wrong_in(their_his.get(address).json()) == []


@pytest.mark.parametrize("type_", TYPES)
def test_no_search_finds_anything_of_another(
    chart: Patient, ben: Patient, their_his: APIClient, ben_api: APIClient, type_: str
) -> None:
    for api in (their_his, ben_api):
        for query in ("", f"?patient={chart.pk}", "?_count=100", "?identifier=H-77"):
            assert str(chart.pk) not in str(resources_in(api.get(f"/fhir/{type_}{query}").json()))


def test_a_patient_sees_no_other_of_the_same_clinic(chart: Patient, his: APIClient) -> None:
    bea = make_patient(chart.clinic, "Bea Archer")

    assert [one["id"] for one in resources_in(api_of(bea).get("/fhir/Patient").json())] == [str(bea.pk)]
    assert api_of(bea).get(f"/fhir/Patient/{chart.pk}").status_code == 404
    assert len(resources_in(his.get("/fhir/Patient").json())) == 2


def test_without_a_token_in_force_nothing_answers(
    chart: Patient, his: APIClient, clinic: Clinic, nobody_api: APIClient, kim_api: APIClient, kim_site: Client
) -> None:
    now = timezone.now()
    strangers = (
        nobody_api, expired(chart), revoked(chart), kim_site,
        system_of(clinic, "old", revoked_at=now), system_of(clinic, "late", expires_at=now),
        _bearing("system_" + "x" * 43), _bearing("system_\xff"), _bearing("system_"),
    )  # fmt: skip
    addresses = [*addresses_of(chart, his), *(f"/fhir/{type_}" for type_ in TYPES), "/fhir/Questionnaire", "/fhir/x"]
    for address in addresses:
        for stranger in strangers:
            answer = stranger.get(address)
            assert (answer.status_code, answer.json()["resourceType"]) == (401, "OperationOutcome"), address
            assert answer["WWW-Authenticate"] == "Bearer"
        assert kim_api.get(address).status_code == 403, "a practitioner has the clinician site"


def _bearing(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def test_a_systems_account_that_is_closed_lets_nobody_in(his: APIClient) -> None:
    account = SystemCredential.objects.get().user
    type(account).objects.filter(pk=account.pk).update(is_active=False)

    assert his.get("/fhir/Patient").status_code == 401


def test_a_system_opens_no_other_door(his: APIClient) -> None:
    for path in ("/api/v1/me", "/api/v1/reports", "/api/v1/me/export"):
        assert his.get(path).status_code == 401
    assert his.get("/admin/").status_code == 302


def test_a_carer_reads_what_helps_to_report_and_not_who_the_patient_is(chart: Patient, his: APIClient) -> None:
    carer = api_of_carer(chart, "Cleo")
    for address in addresses_of(chart, his):
        is_refused = address.split("/")[2] in OF_THE_PATIENT_ALONE
        assert carer.get(address).status_code == (403 if is_refused else 200), address
    for type_ in TYPES:
        assert carer.get(f"/fhir/{type_}").status_code == (403 if type_ in OF_THE_PATIENT_ALONE else 200)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_but_a_report_is_ever_written(chart: Patient, his: APIClient, method: str) -> None:
    for address in [*addresses_of(chart, his), *(f"/fhir/{type_}" for type_ in TYPES)]:
        if (method, address) == ("post", "/fhir/QuestionnaireResponse"):
            continue
        answer = getattr(his, method)(address, {})
        assert (answer.status_code, answer.json()["issue"][0]["code"]) == (405, "not-supported"), address


@pytest.mark.parametrize(
    "address", ["", "Medication", "Medication/1", "patient", "Patient/1/_history", "_search", "Patient/%24everything/x"]
)
def test_types_and_operations_that_there_are_not_are_said_so(his: APIClient, ada_api: APIClient, address: str) -> None:
    for api in (his, ada_api):
        for method in ("get", "post", "put", "delete"):
            answer = getattr(api, method)(f"/fhir/{address}")
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/fhir+json"), method
            assert wrong_in(answer.json()) == []


@pytest.mark.parametrize("resource_id", ["1", "x", str(NOBODY), "%20", "a.b", uuid.UUID(int=1).hex])
@pytest.mark.parametrize("type_", TYPES)
def test_an_id_that_nobody_has_is_not_found(his: APIClient, type_: str, resource_id: str) -> None:
    assert his.get(f"/fhir/{type_}/{resource_id}").status_code == 404


def test_a_resource_has_one_id(chart: Patient, his: APIClient) -> None:
    report = chart.reports.latest("received_at").pk
    assert his.get(f"/fhir/QuestionnaireResponse/{report}").status_code == 200
    for other in (f"{report}.x", f"{report}".upper(), f"{report.hex}"):
        assert his.get(f"/fhir/QuestionnaireResponse/{other}").status_code == 404
    assert his.get(f"/fhir/Observation/{report}").status_code == 404


def log() -> list[tuple[str, str, str, list[uuid.UUID]]]:
    """What stands in the access log, in order: who in which role did what, about whom."""
    rows = AccessRecord.objects.order_by("pk")
    return [(one.person.get_username(), one.role, one.kind, one.patients) for one in rows.select_related("person")]


def test_whatever_a_system_sees_stands_in_the_access_log_of_the_clinic(
    clinic: Clinic, ada: Patient, his: APIClient
) -> None:
    bea = make_patient(clinic, "Bea Archer", hospital_number="B-1")
    name = "system_his@north"

    his.get(f"/fhir/Patient/{ada.pk}")
    his.get("/fhir/Patient")
    his.get("/fhir/Patient?identifier=B-1")
    his.get("/fhir/Patient?identifier=nobody")
    his.get(f"/fhir/Patient/{ada.pk}/$everything")
    his.get("/fhir/Appointment?_count=1")

    both = sorted([ada.pk, bea.pk])
    assert log()[:5] == [
        (name, "system", "view", [ada.pk]),
        (name, "system", "search", both),
        (name, "system", "search", [bea.pk]),
        (name, "system", "search", []),
        (name, "system", "export", [ada.pk]),
    ]
    assert [len(patients) for *_, patients in log()[5:]] == [1], "of a page those who are on it"
    one = AccessRecord.objects.order_by("pk")[0]
    assert (one.page, one.record, one.clinic) == ("fhir-Patient-read", f"symptoms.patient {ada.pk}", clinic)
    assert one.address == "127.0.0.1"
    for words in AccessRecord.objects.values_list("page", "record"):
        assert "B-1" not in str(words)


def test_what_is_refused_or_about_nobody_and_what_patients_see_of_themselves_is_not_logged(
    chart: Patient, ada_api: APIClient, their_his: APIClient
) -> None:
    before = AccessRecord.objects.count()

    their_his.get(f"/fhir/Patient/{chart.pk}")
    their_his.get("/fhir/Questionnaire")
    their_his.get("/fhir/metadata")
    api_of(chart).get(f"/fhir/Patient/{chart.pk}/$everything")

    assert AccessRecord.objects.count() == before


def test_what_cannot_be_logged_does_not_leave(chart: Patient, his: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError

    monkeypatch.setattr("symptoms.fhir.door.write_access", fail)
    for address in (*addresses_of_types(), f"/fhir/Patient/{chart.pk}/$everything", f"/fhir/Patient/{chart.pk}"):
        answer = his.get(address)
        assert answer.status_code == 500, address
        assert answer.json()["issue"][0]["code"] == "exception"
        assert "Ada" not in answer.content.decode()


def addresses_of_types() -> list[str]:
    return [f"/fhir/{type_}" for type_ in TYPES]


def test_auditors_read_the_systems_in_the_log_and_patients_in_their_export(chart: Patient, his: APIClient) -> None:
    his.get(f"/fhir/Patient/{chart.pk}")

    exported = api_of(chart).get("/api/v1/me/export").json()

    roles = [
        entry["resource"]["agent"][0]["type"]["text"]
        for entry in exported["entry"]
        if entry["resource"]["resourceType"] == "AuditEvent"
    ]
    assert "system" in roles


def test_when_a_credential_was_used_is_written_down_once_an_hour(his: APIClient) -> None:
    his.get("/fhir/Patient")
    first = SystemCredential.objects.get().last_used_at
    his.get("/fhir/Patient")
    assert first is not None
    assert SystemCredential.objects.get().last_used_at == first

    earlier = first - timedelta(hours=2)
    SystemCredential.objects.update(last_used_at=earlier)
    his.get("/fhir/Patient")
    noted = SystemCredential.objects.get().last_used_at
    assert noted is not None
    assert noted > first
