"""Default deny: nobody without a patient's token, nobody else's object, one error shape for everything."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from rest_framework.test import APIClient

from symptoms.models import DeviceToken, Patient, Practitioner

PUBLIC = {"activate", "schema", "docs"}


def api_paths() -> Iterator[tuple[str, str]]:
    """Name and a concrete path of everything under /api/v1/."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith("api/v1/"):
                route = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=1)), route)
                yield pattern.name or "", "/" + route.replace("<slug:slug>", "your-mouth")

    return walk(get_resolver().url_patterns, "")


PRIVATE = sorted((name, path) for name, path in api_paths() if name not in PUBLIC)


def error_of(response: Any) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "fields"}
    error: dict[str, Any] = body["error"]
    return error


def test_the_walk_finds_the_paths_of_the_contract() -> None:
    names = {name for name, _ in PRIVATE}

    assert {"me", "session", "conversations", "messages", "reports", "leaflets", "visits", "reminders"} <= names


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path"), PRIVATE)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_without_a_token_nothing_answers(name: str, path: str, method: str) -> None:
    response = getattr(APIClient(), method)(path)

    assert response.status_code == 401
    assert error_of(response)["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Bearer"


def expired(patient: Patient) -> str:
    token, plain = DeviceToken.issue(patient.user, "phone")
    token.expiry = timezone.now() - timedelta(seconds=1)
    token.save()
    return plain


def revoked(patient: Patient) -> str:
    token, plain = DeviceToken.issue(patient.user, "phone")
    token.delete()
    return plain


@pytest.mark.parametrize(
    "make", [expired, revoked, lambda patient: "x" * 64, lambda patient: "\xff", lambda patient: ""]
)
def test_a_token_that_is_not_valid_lets_nobody_in(ada: Patient, make: Any) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {make(ada)}")

    response = client.get("/api/v1/me")

    assert response.status_code == 401
    assert error_of(response)["code"] in ("authentication_failed", "not_authenticated")


def test_a_practitioner_is_no_patient(nurse_kim: Practitioner) -> None:
    _, token = DeviceToken.issue(nurse_kim.user, "phone")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    assert client.get("/api/v1/me").status_code == 403


def test_another_patients_objects_do_not_exist(ada_api: APIClient, ben_api: APIClient) -> None:
    talk = ada_api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()["conversation"]["id"]
    report = ada_api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": {"symptoms": "none"}}).json()

    for path in (f"/api/v1/conversations/{talk}", f"/api/v1/reports/{report['id']}"):
        assert ada_api.get(path).status_code == 200
        assert ben_api.get(path).status_code == 404
    message = {"client_id": str(uuid.uuid4()), "choices": ["none"]}
    assert ben_api.post(f"/api/v1/conversations/{talk}/messages", message).status_code == 404
    assert ben_api.get("/api/v1/reports").json()["results"] == []
    assert ben_api.get("/api/v1/conversations").json()["results"] == []


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        ("{", "application/json", 400, "parse_error"),
        ("[]", "application/json", 400, "parse_error"),
        ('{"client_id": NaN}', "application/json", 400, "parse_error"),
        ('{"n": 1e999}', "application/json", 400, "parse_error"),
        ('{"n": ' + "1" * 5000 + "}", "application/json", 400, "parse_error"),
        *[('{"a":' * n + "1" + "}" * n, "application/json", 400, "parse_error") for n in (9, 50, 500, 950, 5000)],
        ('{"a":' + "[" * 8 + "]" * 8 + "}", "application/json", 400, "parse_error"),
        ('{"a": 1, "a": 2}', "application/json", 400, "parse_error"),
        ('{"a": "\\u0000"}', "application/json", 400, "parse_error"),
        ("\xff", "application/json", 400, "parse_error"),
        ("client_id=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ],
)
def test_a_body_that_is_no_plain_json_is_refused(
    ada_api: APIClient, body: str, content_type: str, status: int, code: str
) -> None:
    response = ada_api.post("/api/v1/reports", body.encode("latin-1"), content_type=content_type)

    assert response.status_code == status
    assert error_of(response)["code"] == code


def test_unknown_paths_and_methods_have_the_one_error_shape(ada_api: APIClient) -> None:
    assert error_of(ada_api.get("/api/v1/nothing"))["code"] == "not_found"
    assert error_of(ada_api.put("/api/v1/me", {}))["code"] == "method_not_allowed"


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PROPFIND"])
def test_no_door_takes_a_method_that_the_document_does_not_name(ada_api: APIClient, method: str) -> None:
    for _, path in api_paths():
        answer = ada_api.generic(method, path)
        assert answer.status_code == 405, path
        assert error_of(answer)["code"] == "method_not_allowed"
        assert {*answer["Allow"].split(", ")} <= {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "devices/%00", 400),
        ("PUT", "devices/%00", 400),
        ("GET", "reports/%00", 400),
        ("GET", "leaflets/%00", 400),
        ("GET", "reports?page_size=%00", 400),
        ("GET", "reports?cursor=%00", 400),
        ("GET", "schema?version=%00", 400),
        ("GET", "schema?version=%0d%0aX-Evil:%201", 200),
        ("GET", "schema?lang=%00", 400),
    ],
)
def test_no_character_of_an_address_breaks_a_door(ada_api: APIClient, method: str, path: str, status: int) -> None:
    assert ada_api.generic(method, f"/api/v1/{path}").status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["text/html", "application/xml;q=0.9", "nonsense"])
def test_the_answer_is_json_whatever_the_app_accepts(ada_api: APIClient, accept: str) -> None:
    response = ada_api.get("/api/v1/me", HTTP_ACCEPT=accept)

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused(ada_api: APIClient) -> None:
    response = ada_api.post("/api/v1/reports", b"[" + b" " * 1_100_000, content_type="application/json")

    assert response.status_code == 413
    assert error_of(response)["code"] == "too_large"


@pytest.mark.django_db
def test_the_schema_and_its_page_are_public() -> None:
    assert Client().get("/api/v1/schema").status_code == 200
    assert Client().get("/api/v1/schema", HTTP_ACCEPT="application/json").json()["openapi"].startswith("3.1")
    assert Client().get("/api/v1/docs").status_code == 200


@pytest.mark.django_db
def test_nothing_in_a_query_changes_the_schema() -> None:
    assert Client().get("/api/v1/schema?lang=fr&version=9").content == Client().get("/api/v1/schema").content


@pytest.mark.parametrize("client_id", [False, 0, "1" * 31 + "\N{ARABIC-INDIC DIGIT ONE}", ""])
def test_a_client_id_is_a_uuid_in_ascii(ada_api: APIClient, client_id: object) -> None:
    response = ada_api.post("/api/v1/conversations", {"client_id": client_id})

    assert response.status_code == 400
    assert set(error_of(response)["fields"]) == {"client_id"}
