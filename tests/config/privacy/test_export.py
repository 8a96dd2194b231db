"""A patient gets everything that is known of them, and nobody else does."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.consent import Consent
from rest_framework.test import APIClient

from alerts.models import Visit
from config.privacy.erasing import erase_due
from config.privacy.exporting import export_bundle
from config.privacy.records import KEPT, NOT_EXPORTED, shown_fields
from symptoms.admin.recording import path_to_patient
from symptoms.models import Patient, Practitioner
from symptoms.models.access import AccessRecord
from symptoms.models.clinic import Role
from tests.cast import api_of, make_patient, make_practitioner, site_of
from tests.fhir import empty_in, unknown_codes
from tests.symptoms.admin.records import one_of_each

LEADING_OTHERWISE = {"symptoms.DeviceToken", "symptoms.User", "admin.LogEntry", "symptoms.AccessRecord"}
"""The way to the patient is by their account, or by a list of patients."""


def test_every_table_that_leads_to_a_patient_is_exported_or_says_why_not() -> None:
    leading = {model._meta.label for model in apps.get_models() if path_to_patient(model) is not None}
    named = {kept.label for kept in KEPT} | set(NOT_EXPORTED)
    assert leading | LEADING_OTHERWISE == named
    assert not {kept.label for kept in KEPT} & set(NOT_EXPORTED)


def values_of(patient: Patient) -> set[str]:
    """Every text and moment that the database holds about the patient, as the export writes it."""
    found = set()
    for kept in KEPT:
        for row in kept.rows_of(patient):
            for field in shown_fields(type(row)):
                value = getattr(row, field.attname)
                if isinstance(value, str) and value:
                    found.add(value)
    return found


def texts_of(bundle: Any) -> set[str]:
    return {extension["valueString"] for entry in bundle["entry"] for extension in entry["resource"]["extension"]}


def wrong_in(bundle: Any) -> list[str]:
    """What is not as FHIR R4 wants it: shapes, codes, rules between elements, and references that lead nowhere.

    The models of R4B are those of R4 for all kinds that we export.
    """
    try:
        read = Bundle.model_validate(bundle)
    except ValueError as error:
        return [str(error)]
    resources = [entry.resource for entry in read.entry or []]
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    named = [(one["resource"]["resourceType"], one["resource"]["id"]) for one in bundle["entry"]]
    wrong = [f"no such code: {one}" for one in unknown_codes(read)]
    wrong += [f"leads nowhere: {one}" for one in values_under(bundle, "reference") if one not in addresses]
    wrong += [f"twice: {one}" for many in (addresses, named) for one, times in Counter(many).items() if times > 1]
    wrong += [f"empty: {one}" for one in empty_in(bundle)]
    wrong += ["ppc-1" for one in resources if isinstance(one, Consent) and not (one.policy or one.policyRule)]
    visits = [one for one in resources if isinstance(one, Appointment)]
    wrong += ["app-2" for one in visits if (one.start is None) != (one.end is None)]
    wrong += ["app-3" for one in visits if one.start is None and one.status not in ("proposed", "cancelled")]
    return wrong


def values_under(value: Any, name: str) -> Iterator[str]:
    """What stands under this name anywhere within."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from values_under(inner, name)
    if isinstance(value, dict) and isinstance(value.get(name), str):
        yield value[name]


@pytest.fixture
def chart(ada: Patient, ada_api: APIClient, nurse_kim: Practitioner) -> Patient:
    """Ada with a record of every kind."""
    ada.phone = "+32 470 11 22 33"
    ada.save()
    one_of_each(ada, nurse_kim)
    return ada


def test_the_bundle_holds_every_value_of_every_row(chart: Patient) -> None:
    bundle = api_of(chart).get("/api/v1/me/export").json()
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    assert len(values_of(chart)) > 50
    assert values_of(chart) <= texts_of(bundle)
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert {"Patient", "Consent", "RelatedPerson", "QuestionnaireResponse", "Communication", "Flag"} <= kinds
    assert {"Appointment", "MedicationStatement", "Basic"} <= kinds
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(urls) == len(set(urls))
    [patient] = [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Patient"]
    assert patient["name"] == [{"text": "Ada Archer"}]
    assert {one["value"] for one in patient["telecom"]} == {"ada@patients.example", "+32 470 11 22 33"}


def test_the_bundle_is_valid_fhir(chart: Patient) -> None:
    bundle = api_of(chart).get("/api/v1/me/export").json()

    assert wrong_in(bundle) == []
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert kinds == {kept.fhir for kept in KEPT}


@pytest.mark.parametrize(
    ("status", "is_timed"),
    [("planned", False), ("booked", True), ("attended", False), ("attended", True), ("missed", False),
     ("missed", True), ("cancelled", False), ("cancelled", True)],
)  # fmt: skip
def test_a_visit_is_a_valid_appointment(ada: Patient, status: str, is_timed: bool) -> None:
    booked_at = timezone.now() if is_timed else None
    Visit.objects.filter(patient=ada).update(status=status, booked_at=booked_at)

    assert wrong_in(export_bundle(ada, timezone.now())) == []


def test_what_is_left_of_an_erased_record_is_valid_fhir_too(chart: Patient) -> None:
    erase_due(timezone.now() + timedelta(days=12_000))
    chart.refresh_from_db()

    assert chart.full_name != "Ada Archer"
    assert wrong_in(export_bundle(chart, timezone.now())) == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"status": "nonsense"}, "status"),
        ({"subject": None}, "subject"),
        ({"subject": {"reference": "Patient/1"}}, "Patient/1"),
        ({"extension": []}, "empty"),
        ({"extension": [{"url": "urn:x", "valueString": ""}]}, "valueString"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_no_fhir_is_found(chart: Patient, change: dict[str, Any], wrong: str) -> None:
    bundle = export_bundle(chart, timezone.now())
    flag = next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Flag")
    flag |= change

    assert any(wrong in one for one in wrong_in(bundle))


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "es"])
def test_the_page_can_be_read_in_the_patients_language(chart: Patient, language: str) -> None:
    Patient.objects.filter(pk=chart.pk).update(language=language, full_name="<script>Ada</script>")
    response = api_of(chart).get("/api/v1/me/export.html")
    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert f'<html lang="{language}">' in page
    assert "I cough a little" in page
    assert "<script>" not in page
    assert "&lt;script&gt;Ada" in page


def test_nothing_that_opens_something_is_exported(chart: Patient) -> None:
    exported = json.dumps(api_of(chart).get("/api/v1/me/export").json())
    for token in chart.user.auth_token_set.all():
        assert token.digest not in exported
    for code in chart.activation_codes.all():
        assert code.code_hash not in exported


def test_nothing_of_another_patient_is_exported(chart: Patient, ben: Patient, nurse_lee: Practitioner) -> None:
    one_of_each(ben, nurse_lee)
    exported = json.dumps(api_of(chart).get("/api/v1/me/export").json())
    assert str(ben.pk) not in exported
    assert "Ben" not in exported


def test_an_export_costs_one_query_for_each_table(chart: Patient, django_assert_max_num_queries: Any) -> None:
    api = api_of(chart)
    with django_assert_max_num_queries(len(KEPT) + 2):
        api.get("/api/v1/me/export")


@pytest.mark.parametrize("form", ["json", "html"])
def test_an_administrator_of_the_clinic_exports_and_it_is_recorded(
    chart: Patient, ben: Patient, kim_site: Client, nobody_site: Client, form: str
) -> None:
    boss = site_of(make_practitioner(chart.clinic, "boss", role=Role.ADMINISTRATOR).user)
    path = f"/admin/symptoms/patient/{chart.pk}/export.{form}"
    response = boss.get(path)
    assert response.status_code == 200
    assert "I cough a little" in response.content.decode()
    assert AccessRecord.objects.filter(kind="export", person__username="boss", patients=[chart.pk]).count() == 1
    assert kim_site.get(path).status_code == 403
    assert nobody_site.get(path).status_code == 302
    for other in (ben.pk, uuid.uuid4()):
        assert boss.get(f"/admin/symptoms/patient/{other}/export.{form}").status_code == 404
    assert boss.get(f"/admin/symptoms/patient/{chart.pk}/export.pdf").status_code == 404


def test_the_moment_of_the_export_is_now(ada_api: APIClient) -> None:
    before = timezone.now()
    bundle = ada_api.get("/api/v1/me/export").json()
    assert abs(datetime.fromisoformat(bundle["timestamp"]) - before) < timedelta(minutes=1)


def test_a_patient_learns_who_looked_in_which_role_and_nothing_of_others(
    ada: Patient, ada_api: APIClient, ben: Patient, ben_api: APIClient, kim_site: Client, nurse_kim: Practitioner
) -> None:
    bea = make_patient(ada.clinic, "Bea Archer")
    kim_site.get(f"/admin/symptoms/patient/{ada.pk}/change/")
    kim_site.get("/admin/symptoms/patient/")
    kim_site.get(f"/admin/symptoms/patient/{bea.pk}/change/")
    assert AccessRecord.objects.filter(patients__contains=[ada.pk, bea.pk]).exists(), "both are on the list"

    answer = ada_api.get("/api/v1/me/export")

    events = [one["resource"] for one in answer.json()["entry"] if one["resource"]["resourceType"] == "AuditEvent"]
    assert len(events) == AccessRecord.objects.filter(patients__contains=[ada.pk]).count() >= 2
    for event in events:
        assert event["agent"] == [{"type": {"text": "nurse"}, "requestor": True}]
        assert event["recorded"].endswith("Z")
        assert event["source"]["observer"]["identifier"]["value"]
    for word in (str(bea.pk), "Bea", "Keller", "127.0.0.1"):
        assert word not in answer.content.decode()
    assert "AuditEvent" not in ben_api.get("/api/v1/me/export").content.decode()
    assert "Who looked at your data" in ada_api.get("/api/v1/me/export.html").content.decode()
