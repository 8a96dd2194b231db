"""What browsers are told: load nothing from elsewhere, run nothing in the page, keep nothing of the API."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from config import env
from symptoms.models import Practitioner


def policy_of(client: Client, path: str) -> dict[str, list[str]]:
    header = client.get(path).headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("path", ["/health/live", "/metrics", "/receipts/twilio", "/api/v1/schema", "/fhir/Flag"])
def test_doors_for_machines_load_nothing(db: None, path: str) -> None:
    policy = policy_of(Client(), path)

    assert policy == {name: ["'none'"] for name in ("default-src", "base-uri", "form-action", "frame-ancestors")}


@pytest.mark.parametrize("path", ["/api/v1/visits", "/fhir/Appointment"])
def test_the_api_loads_nothing_and_is_kept_nowhere(ada_api: APIClient, path: str) -> None:
    answer = ada_api.get(path)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/api/v1/docs", "/acknowledge/x", "/nothing", "/"])
def test_no_page_runs_a_script_in_the_page_or_from_elsewhere(kim_site: Client, path: str) -> None:
    policy = policy_of(kim_site, path)

    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert {source for values in policy.values() for source in values} <= {
        "'none'", "'self'", "data:", "'unsafe-inline'", "'unsafe-eval'"
    }  # fmt: skip
    assert ("'unsafe-eval'" in policy["script-src"]) == (path != "/api/v1/docs")


@pytest.mark.parametrize("path", ["/admin/login/", "/api/v1/docs", "/api/v1/me", "/fhir/metadata"])
def test_every_answer_is_guarded(nurse_kim: Practitioner, path: str) -> None:
    answer = Client().get(path)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_other_origins_are_told_nothing(ada_api: APIClient) -> None:
    """No header of CORS: a browser lets no other site read the API, nor what the pages are made of."""
    origin = "https://elsewhere.example"
    style = ada_api.get("/static/config/site.css", HTTP_ORIGIN=origin)
    style.close()
    assert style.status_code == 200
    answers = [
        style,
        ada_api.get("/api/v1/me", HTTP_ORIGIN=origin),
        ada_api.get("/fhir/metadata", HTTP_ORIGIN=origin),
        ada_api.options("/api/v1/me", HTTP_ORIGIN=origin, HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET"),
    ]

    for answer in answers:
        assert [name for name in answer.headers if name.lower().startswith("access-control")] == []


def said_with_https(script: str) -> list[str]:
    """What a script prints, word by word, of a site that people reach by HTTPS."""
    made = subprocess.run(
        [sys.executable, "-c", script], cwd=env.BASE_DIR, capture_output=True, text=True, check=True,
        env={**os.environ, "SITE_URL": "https://symptoms.example", "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    return made.stdout.split()


@pytest.mark.parametrize("cookie", ["SESSION", "CSRF"])
def test_cookies_belong_to_this_host_alone(cookie: str) -> None:
    parts = [f"{cookie}_COOKIE_{part}" for part in ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "DOMAIN", "PATH")]
    script = f"from django.conf import settings; print(*[getattr(settings, part) for part in {parts}])"
    name = {"SESSION": "__Host-sessionid", "CSRF": "__Host-csrftoken"}[cookie]

    assert said_with_https(script) == [name, "True", "True", "Lax", "None", "/"]


def test_a_browser_that_came_by_https_comes_by_nothing_else_for_a_year() -> None:
    script = """
import django
django.setup()
from django.test import Client
phone = Client(headers={"Host": "symptoms.example"})
for path in ("/health/live", "/fhir/x"):
    print(*phone.get(path, headers={"X-Forwarded-Proto": "https"})["Strict-Transport-Security"].split("; "))
for path in ("/sign-in/", "/api/v1/me", "/fhir/metadata"):
    sent_on = phone.get(path)
    print(sent_on.status_code, sent_on["Location"])
"""
    lasting = ["max-age=31536000", "includeSubDomains", "preload"]
    moved = [("301", f"https://symptoms.example{path}") for path in ("/sign-in/", "/api/v1/me", "/fhir/metadata")]

    assert said_with_https(script) == [*lasting, *lasting, *(word for one in moved for word in one)]


def test_no_file_is_taken(kim_site: Client) -> None:
    file = SimpleUploadedFile("a.txt", b"anything")

    assert kim_site.post("/admin/symptoms/patient/add/", {"full_name": "x", "file": file}).status_code == 400


def test_another_host_is_refused(ada_api: APIClient) -> None:
    assert ada_api.get("/api/v1/me", HTTP_HOST="elsewhere.example").status_code == 400
