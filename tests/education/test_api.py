"""Leaflets in the app: in the patient's language, fetched once, safe to show, and noted when read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from education.api.views import render
from education.catalogue import shipped_leaflets
from education.models import LeafletOffer
from symptoms.models import Patient

pytestmark = pytest.mark.django_db

LIST = "/api/v1/leaflets"
MOUTH = f"{LIST}/your-mouth"


def test_all_leaflets_are_listed(ada_api: APIClient) -> None:
    body = ada_api.get(LIST).json()
    assert set(body) == {"next", "previous", "results"}
    assert [one["slug"] for one in body["results"]] == sorted({slug for slug, _ in shipped_leaflets()})
    assert set(body["results"][0]) == {"slug", "title", "topics", "version", "language"}


def test_a_leaflet_is_html_and_says_when_it_is_not_in_ones_language(ada_api: APIClient, ada: Patient) -> None:
    body = ada_api.get(MOUTH).json()
    assert "<h1>Your mouth</h1>" in body["html"]
    assert (body["language"], body["is_fallback"]) == ("en", False)
    ada.language = "nl"
    ada.save()
    body = ada_api.get(MOUTH).json()
    assert (body["language"], body["is_fallback"]) == ("en", True)


@pytest.mark.parametrize("path", [LIST, MOUTH])
@pytest.mark.parametrize("write", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_app_has_is_not_sent_again(ada_api: APIClient, path: str, write: str) -> None:
    first = ada_api.get(path)
    again = ada_api.get(path, headers={"If-None-Match": write.format(first["ETag"])})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "private" in again["Cache-Control"]


def test_another_language_is_another_version(ada_api: APIClient, ada: Patient) -> None:
    etag = ada_api.get(MOUTH)["ETag"]
    ada.language = "fr"
    ada.save()
    assert ada_api.get(MOUTH, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("markdown", "harm"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", 'href="javascript:'),
        ("![x](x.png)<img src=x onerror=alert(1)>", "<img src=x onerror"),
    ],
)
def test_nothing_in_a_leaflet_runs(markdown: str, harm: str) -> None:
    assert harm not in render(markdown)


def test_reading_is_noted_once(ada_api: APIClient, ada: Patient, ben: Patient) -> None:
    for _ in range(2):
        response = ada_api.post(f"{MOUTH}/read")
        assert (response.status_code, response.content) == (204, b"")
    read = LeafletOffer.objects.exclude(read_at=None)
    assert [(offer.patient, offer.slug) for offer in read] == [(ada, "your-mouth")]


@pytest.mark.parametrize("slug", ["no-such-leaflet", "..%2fsettings", "your-mouth.en"])
def test_a_leaflet_that_does_not_exist_is_not_found(ada_api: APIClient, slug: str) -> None:
    for response in (ada_api.get(f"{LIST}/{slug}"), ada_api.post(f"{LIST}/{slug}/read")):
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"


def test_only_patients_read_leaflets(
    nobody_api: APIClient, ada_api: APIClient, ben_api: APIClient, kim_api: APIClient, lee_api: APIClient
) -> None:
    callers: list[tuple[APIClient, int]] = [
        (nobody_api, 401),
        (ada_api, 200),
        (ben_api, 200),
        (kim_api, 403),
        (lee_api, 403),
    ]
    for caller, status in callers:
        for path in (LIST, MOUTH):
            assert caller.get(path).status_code == status
        assert caller.post(f"{MOUTH}/read").status_code == (204 if status == 200 else status)


@pytest.mark.parametrize("path", [LIST, MOUTH])
def test_no_leaflet_costs_a_query_of_its_own(ada_api: APIClient, path: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        response: Any = ada_api.get(path)
    assert response.status_code == 200
    assert len(queries) == 1, "the token with its patient"
