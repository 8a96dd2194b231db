"""Every door of the web server and who gets through: a new address fails here until it is said who may use it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Reminder
from symptoms.models import Clinic, DeviceToken, Patient, Practitioner
from tests.cast import api_of, api_of_carer, make_patient
from tests.fhir import system_of
from tests.symptoms.admin.records import one_of_each

pytestmark = pytest.mark.django_db

METHODS: Final = ("get", "post", "put", "patch", "delete")

PUBLIC: Final = {
    "": 302,
    "health/live": 200,
    "health/serving": 200,
    "health/ready": {200, 503},
    "health/alerting": {200, 503},
    "metrics": 200,
    "api/v1/schema": 200,
    "api/v1/docs": 200,
    "api/v1/activate": 405,
    "receipts/<slug:provider>": 405,
    "acknowledge/<str:token>": 302,
    "fhir/metadata": 200,
}
"""What anybody gets by GET: nothing about anybody. The link in a page leads to the log-in."""

FHIR: Final = "fhir/"

PATIENTS: Final = {
    "session": {"delete"},
    "sessions": set(),
    "session-of-device": set(),
    "carers": set(),
    "carer": set(),
    "consent": set(),
    "erasure": set(),
    "export": set(),
    "export-page": set(),
    "me": {"get"},
    "conversations": {"get", "post"},
    "conversation": {"get"},
    "messages": {"post"},
    "reports": {"get", "post"},
    "reports-batch": {"post"},
    "report": {"get"},
    "amendments": {"post"},
    "leaflets": {"get"},
    "leaflet": {"get"},
    "leaflet-read": set(),
    "leaflet-answers": set(),
    "visits": {"get"},
    "visits-calendar": {"get"},
    "reminders": {"get"},
    "reminder-shown": set(),
    "device": set(),
    "fhir-Questionnaire": {"get"},
    "fhir-Questionnaire-read": {"get"},
    "fhir-Patient": set(),
    "fhir-Patient-read": set(),
    "fhir-QuestionnaireResponse": {"get", "post"},
    "fhir-QuestionnaireResponse-read": {"get"},
    "fhir-Observation": {"get"},
    "fhir-Observation-read": {"get"},
    "fhir-Communication": {"get"},
    "fhir-Communication-read": {"get"},
    "fhir-Flag": set(),
    "fhir-Flag-read": set(),
    "fhir-Appointment": {"get"},
    "fhir-Appointment-read": {"get"},
    "fhir-everything": set(),
    "fhir-unknown": set(),
}
"""Doors of the mobile API and of FHIR for patients, each with the methods that a carer may use."""

STAFF: Final = ("admin/", "sign-in/")


def doors() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address, such as ("report", "api/v1/reports/<uuid:report_id>")."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield pattern.name or "", route

    return walk(get_resolver().url_patterns, "")


DOORS: Final = list(doors())
API: Final = [(name, route) for name, route in DOORS if route.startswith(("api/", FHIR)) and route not in PUBLIC]


def address(route: str) -> str:
    """An address of this pattern: ids that nobody has."""
    route = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=1)), route)
    route = route.replace("<str:form>", "json").replace("<str:device_id>", "phone").replace("<slug:slug>", "your-mouth")
    route = route.replace("<str:resource_id>", str(uuid.UUID(int=1)))
    return "/" + re.sub(r"\(\?P<url>\.\*\)\$$", "nothing", re.sub(r"<\w+:\w+>", "1", route))


def test_every_address_is_in_one_of_the_tables() -> None:
    unknown = [
        (name, route)
        for name, route in DOORS
        if route not in PUBLIC
        and not route.startswith(STAFF)
        and not (route.startswith(("api/", FHIR)) and name in PATIENTS)
    ]
    assert unknown == []
    assert {name for name, _ in API} == set(PATIENTS)


@pytest.mark.parametrize("route", PUBLIC)
def test_what_anybody_gets(route: str) -> None:
    expected = PUBLIC[route]
    status = Client().get(address(route)).status_code
    assert status in (expected if isinstance(expected, set) else {expected})


def _bearing(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def expired(patient: Patient) -> APIClient:
    token, plain = DeviceToken.issue(patient.user, "phone")
    DeviceToken.objects.filter(pk=token.pk).update(expiry=timezone.now() - timedelta(seconds=1))
    return _bearing(plain)


def revoked(patient: Patient) -> APIClient:
    token, plain = DeviceToken.issue(patient.user, "phone")
    token.delete()
    return _bearing(plain)


def test_without_a_live_token_of_a_patient_nothing_answers(
    ada: Patient, nobody_api: APIClient, kim_api: APIClient, lee_api: APIClient, kim_site: Client
) -> None:
    strangers = (nobody_api, expired(ada), revoked(ada), kim_site)
    for _, route in API:
        for method in METHODS:
            for client in strangers:
                assert getattr(client, method)(address(route)).status_code == 401, (method, route)
            for client in (kim_api, lee_api):
                assert getattr(client, method)(address(route)).status_code == 403, (method, route)


def test_a_carer_gets_through_the_doors_that_are_open_to_carers_alone(ada: Patient) -> None:
    carer = api_of_carer(ada, "Carl")
    for name, route in API:
        for method in METHODS:
            if (name, method) == ("session", "delete"):
                continue  # it ends the carer's own session
            status = getattr(carer, method)(address(route)).status_code
            assert (status != 403) == (method in PATIENTS[name]), (method, route, status)


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_a_patients_own_devices_get_through_every_door_and_no_object_of_another_exists(
    who: str, ada: Patient, ben: Patient
) -> None:
    api = api_of(ben if who == "ben" else ada)
    for name, route in API:
        if name == "device":
            continue  # its id is the app's own
        has_foreign_id = "<uuid:" in route or "<str:resource_id>" in route or name == "fhir-unknown"
        for method in METHODS if has_foreign_id else ("get",):
            status = getattr(api, method)(address(route)).status_code
            expected = {400, 404, 405} if has_foreign_id else {200, 405}
            assert status in expected, (method, route, status)


def ids_of(patient: Patient, practitioner: Practitioner) -> dict[str, str]:
    """An object of the patient for every id in the address of a door of the mobile API."""
    made = one_of_each(patient, practitioner)
    return {
        "session_id": str(DeviceToken.objects.get(pk=made["devicetoken"].pk).session_id),
        "carer_id": str(made["carer"].pk),
        "conversation_id": str(made["conversation"].pk),
        "report_id": str(made["symptomreport"].pk),
        "reminder_id": str(Reminder.objects.filter(patient=patient)[0].pk),
    }


BODIES: Final = {"messages": {"text": "hello"}, "amendments": {"reason": "other", "note": "more"}}


def test_what_is_there_exists_for_its_owner_and_for_nobody_else(
    ada: Patient, nurse_kim: Practitioner, ben_api: APIClient, kim_api: APIClient, lee_api: APIClient, clinic: Clinic
) -> None:
    ids, own, carer = ids_of(ada, nurse_kim), api_of(ada), api_of_carer(ada, "Carl")
    sister, his = api_of(make_patient(clinic, "Bea Archer")), system_of(clinic)
    with_ids = [(name, route) for name, route in API if "<uuid:" in route and not route.startswith(FHIR)]
    assert len(with_ids) > 6
    for name, route in with_ids:
        path = "/" + re.sub(r"<uuid:(\w+)>", lambda found: ids[found[1]], route)
        for method in METHODS:
            body = {"client_id": str(uuid.uuid4())} | BODIES.get(name, {})
            open_to_carer = {200, 201, 405} if method in PATIENTS[name] else {403}
            callers = [
                (ben_api, {404, 405}), (sister, {404, 405}), (kim_api, {403}), (lee_api, {403}), (his, {401}),
                (carer, open_to_carer), (own, {200, 201, 204, 405}),
            ]  # fmt: skip
            for caller, expected in callers:
                assert getattr(caller, method)(path, body).status_code in expected, (method, route)


def test_the_clinician_site_is_closed_to_all_but_staff(
    ada_site: Client, ben_site: Client, nobody_site: Client, ada: Patient
) -> None:
    token = api_of(ada)
    open_to_anybody = ("admin/login/", "admin/jsi18n/", "admin/(?P<url>.*)$")
    site = [route for _, route in DOORS if route.startswith("admin/") and route not in open_to_anybody]
    assert len(site) > 200
    for route in site:
        for client in (nobody_site, ada_site, ben_site, token):
            status = client.get(address(route)).status_code
            assert status in (302, 403, 404, 405), (route, status)


def test_pages_about_signing_in_open_to_nobody_who_is_not_signed_in(
    nobody_site: Client, ada_site: Client, ada: Patient
) -> None:
    pages = [route for _, route in DOORS if route.startswith("sign-in/") and route not in ("sign-in/", "sign-in/out/")]
    assert len(pages) > 10
    for route in pages:
        for client in (nobody_site, ada_site, api_of(ada)):
            answer = client.get(address(route))
            assert answer.status_code in (302, 403, 404), (route, answer.status_code)
