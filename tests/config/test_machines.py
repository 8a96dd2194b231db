"""Calls of machines go straight to their views: no session, no language of somebody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api/v1/nothing", "/health/live", "/receipts/nobody", "/fhir/Patient", "/fhir/"]
)
def test_no_call_of_a_machine_has_a_session(db: None, path: str) -> None:
    assert not hasattr(Client().get(path).wsgi_request, "session")


@pytest.mark.parametrize("path", ["/", "/admin/", "/nothing", "/api", "/acknowledge/x"])
def test_everything_else_has_one(db: None, path: str) -> None:
    assert hasattr(Client().get(path).wsgi_request, "session")


def test_refusals_of_the_api_are_in_english_whatever_was_shown_before(ada_api: APIClient) -> None:
    with translation.override("fr"):
        answer = ada_api.post("/api/v1/conversations", {}, headers={"Accept-Language": "fr"})

    assert answer.json()["error"]["fields"] == {"client_id": "This field is required."}
