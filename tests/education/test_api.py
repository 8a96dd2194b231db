"""Leaflets in the app: in the patient's language, fetched once, safe to show, noted when read and understood."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from education import texts
from education.catalogue import shipped_leaflets
from education.models import LeafletOffer, LeafletReading, Misunderstanding, TeachBackAnswer
from symptoms.models import Patient
from tests.education.conftest import Publish

pytestmark = pytest.mark.django_db

LIST = "/api/v1/leaflets"
MOUTH = f"{LIST}/your-mouth"


def new_id() -> str:
    return str(uuid.uuid4())


def answer(api: APIClient, option: str, **fields: Any) -> Any:
    return api.post(f"{MOUTH}/answers", {"client_id": new_id(), "question": "first-sore", "option": option, **fields})


def test_all_leaflets_are_listed(ada_api: APIClient) -> None:
    body = ada_api.get(LIST).json()
    assert set(body) == {"next", "previous", "results"}
    assert [one["slug"] for one in body["results"]] == sorted({slug for slug, _ in shipped_leaflets()})
    assert set(body["results"][0]) == {
        "slug", "title", "topics", "audience", "version", "language", "is_fallback", "reviewed", "offered_at",
        "read_at",
    }  # fmt: skip


def test_a_leaflet_that_no_clinician_has_reviewed_says_so(ada_api: APIClient, publish: Publish) -> None:
    def marks() -> set[bool]:
        listed = next(one for one in ada_api.get(LIST).json()["results"] if one["slug"] == "your-mouth")
        return {listed["reviewed"], ada_api.get(MOUTH).json()["reviewed"]}

    assert marks() == {False}
    publish(timezone.now())
    assert marks() == {True}, "the clinic's own text was reviewed before it was published"


def test_the_list_says_what_was_offered_and_what_is_still_to_be_read(ada_api: APIClient) -> None:
    def mouth() -> dict[str, Any]:
        found: dict[str, Any] = next(one for one in ada_api.get(LIST).json()["results"] if one["slug"] == "your-mouth")
        return found

    assert mouth()["offered_at"] is not None
    assert mouth()["read_at"] is None
    ada_api.post(f"{MOUTH}/read", {"client_id": new_id()})
    assert mouth()["read_at"] is not None


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Your mouth"), ("fr", "Votre bouche"), ("nl", "Uw mond"), ("de", "Ihr Mund"), ("es", "Su boca")],
)
def test_a_leaflet_is_html_in_the_language_of_the_patient(
    ada_api: APIClient, ada: Patient, language: str, title: str
) -> None:
    ada.language = language
    ada.save()
    body = ada_api.get(MOUTH).json()
    assert f"<h1>{title}</h1>" in body["html"]
    assert (body["title"], body["language"], body["is_fallback"]) == (title, language, False)
    assert body["text_id"] == shipped_leaflets()["your-mouth", language].text_id


def test_a_leaflet_that_is_not_in_ones_language_is_marked(
    ada_api: APIClient, ada: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = {key: leaflet for key, leaflet in shipped_leaflets().items() if key[1] == "en"}
    monkeypatch.setattr(texts, "shipped_leaflets", lambda: english)
    ada.language = "nl"
    ada.save()
    for body in (ada_api.get(MOUTH).json(), ada_api.get(LIST).json()["results"][0]):
        assert (body["language"], body["is_fallback"]) == ("en", True)


def test_whom_to_call_stands_below_every_leaflet(ada_api: APIClient, ada: Patient) -> None:
    ada.language = "fr"
    ada.save()
    html = ada_api.get(MOUTH).json()["html"]
    for line in (
        'Appeler l&#x27;hôpital: <a href="tel:+3225550100">+32 2 555 01 00</a>',
        'Appeler le numéro de garde: <a href="tel:+3225550199">+32 2 555 01 99</a>',
        'Appeler le numéro d&#x27;urgence: <a href="tel:112">112</a>',
    ):
        assert f"<li>{line}</li>" in html
    ada.clinic.out_of_hours_phone = ""
    ada.clinic.save()
    assert "numéro de garde" not in ada_api.get(MOUTH).json()["html"]


def test_questions_come_without_their_answers(ada_api: APIClient) -> None:
    questions = ada_api.get(MOUTH).json()["questions"]
    assert [question["id"] for question in questions] == ["first-sore", "how-many", "how-long"]
    assert set(questions[0]) == {"id", "text", "options"}
    assert [option["id"] for option in questions[0]["options"]] == ["a", "b", "c"]


def test_a_clinics_own_text_is_served_to_its_patients(ada_api: APIClient, ben_api: APIClient, publish: Publish) -> None:
    text = publish(timezone.now())
    own, other = ada_api.get(MOUTH).json(), ben_api.get(MOUTH).json()
    assert (own["title"], own["version"], own["text_id"]) == ("Our mouth page", "c1", text.text_id)
    assert other["title"] == "Your mouth"


@pytest.mark.parametrize("path", [LIST, MOUTH])
@pytest.mark.parametrize("write", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_app_has_is_not_sent_again(ada_api: APIClient, path: str, write: str) -> None:
    first = ada_api.get(path)
    again = ada_api.get(path, headers={"If-None-Match": write.format(first["ETag"])})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "no-store" in again["Cache-Control"]


def test_another_language_or_another_text_is_another_version(
    ada_api: APIClient, ada: Patient, publish: Publish
) -> None:
    tags = [ada_api.get(MOUTH)["ETag"]]
    publish(timezone.now())
    tags.append(ada_api.get(MOUTH)["ETag"])
    ada.language = "fr"
    ada.save()
    response = ada_api.get(MOUTH, headers={"If-None-Match": ", ".join(tags)})
    assert response.status_code == 200
    assert len({*tags, response["ETag"]}) == 3


def test_reading_is_noted_once(ada_api: APIClient, ada: Patient) -> None:
    body = {"client_id": new_id(), "text_id": ada_api.get(MOUTH).json()["text_id"]}
    for _ in range(2):
        response = ada_api.post(f"{MOUTH}/read", body)
        assert (response.status_code, response.content) == (204, b"")
    reading = LeafletReading.objects.get()
    assert (reading.patient, reading.text.text_id) == (ada, body["text_id"])
    read = LeafletOffer.objects.exclude(read_at=None)
    assert {(offer.patient, offer.slug) for offer in read} == {(ada, "your-mouth")}


def test_the_text_that_was_read_offline_is_noted_though_another_is_shown_now(
    ada_api: APIClient, publish: Publish
) -> None:
    old = ada_api.get(MOUTH).json()["text_id"]
    publish(timezone.now())
    assert ada_api.post(f"{MOUTH}/read", {"client_id": new_id(), "text_id": old}).status_code == 204
    assert LeafletReading.objects.get().text.text_id == old


@pytest.mark.parametrize("body", [None, {}])
def test_a_reading_without_a_client_id_is_noted_once(ada_api: APIClient, body: dict[str, Any] | None) -> None:
    for _ in range(2):
        assert ada_api.post(f"{MOUTH}/read", body).status_code == 204
    assert LeafletReading.objects.count() == 1


def test_one_client_id_is_one_reading(ada_api: APIClient) -> None:
    body = {"client_id": new_id()}
    assert ada_api.post(f"{MOUTH}/read", body).status_code == 204
    response = ada_api.post(f"{LIST}/your-lungs/read", body)
    assert (response.status_code, response.json()["error"]["code"]) == (409, "client_id_conflict")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"client_id": "no uuid"}, "client_id"),
        ({"client_id": str(uuid.UUID(int=1)), "text_id": "0" * 64}, "text_id"),
        ({"client_id": str(uuid.UUID(int=1)), "text_id": 7}, "text_id"),
        ({"client_id": str(uuid.UUID(int=1)), "colour": "red"}, "colour"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_by_field(ada_api: APIClient, body: dict[str, Any], field: str) -> None:
    response = ada_api.post(f"{MOUTH}/read", body)
    assert response.status_code == 400
    assert set(response.json()["error"]["fields"]) == {field}
    assert not LeafletReading.objects.exists()


def test_a_wrong_answer_is_explained(ada_api: APIClient) -> None:
    question = shipped_leaflets()["your-mouth", "en"].questions[0]
    response = answer(ada_api, "a")
    assert response.status_code == 200
    assert response.json() == {"is_right": False, "right_option": "b", "explanation": question.why}
    assert answer(ada_api, "b").json()["is_right"] is True


def test_a_repeat_of_an_answer_is_answered_alike_and_counts_once(ada_api: APIClient) -> None:
    client_id = new_id()
    assert answer(ada_api, "a", client_id=client_id).json() == answer(ada_api, "a", client_id=client_id).json()
    assert TeachBackAnswer.objects.count() == 1
    assert not Misunderstanding.objects.exists()
    assert answer(ada_api, "b", client_id=client_id).status_code == 409


def test_an_answer_is_explained_by_the_text_that_was_shown(ada_api: APIClient, ada: Patient) -> None:
    shown = ada_api.get(MOUTH).json()["text_id"]
    ada.language = "fr"
    ada.save()
    assert answer(ada_api, "a", text_id=shown).json()["explanation"].startswith("Start the mouth bath")
    assert answer(ada_api, "a").json()["explanation"].startswith("Commencez le bain de bouche")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question": "no-such"}, "question"),
        ({"option": "d"}, "option"),
        ({"option": "ab"}, "option"),
        ({"client_id": "no uuid"}, "client_id"),
        ({"client_id": None}, "client_id"),
        ({"text_id": "0" * 64}, "text_id"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_field(ada_api: APIClient, fields: dict[str, Any], field: str) -> None:
    body = {"client_id": new_id(), "question": "first-sore", "option": "a", **fields}
    response = ada_api.post(f"{MOUTH}/answers", body)
    assert response.status_code == 400
    assert set(response.json()["error"]["fields"]) == {field}
    assert not TeachBackAnswer.objects.exists()


@pytest.mark.parametrize("slug", ["no-such-leaflet", "..%2fsettings", "your-mouth.en"])
def test_a_leaflet_that_does_not_exist_is_not_found(ada_api: APIClient, slug: str) -> None:
    asked = {"client_id": new_id(), "question": "first-sore", "option": "a"}
    for response in (
        ada_api.get(f"{LIST}/{slug}"),
        ada_api.post(f"{LIST}/{slug}/read", {"client_id": new_id()}),
        ada_api.post(f"{LIST}/{slug}/answers", asked),
    ):
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
        read = caller.post(f"{MOUTH}/read", {"client_id": new_id()})
        assert read.status_code == (204 if status == 200 else status)
        assert answer(caller, "a").status_code == status


Call = Callable[[APIClient], Any]


@pytest.mark.parametrize(
    ("call", "most"),
    [
        (lambda api: api.get(LIST), 3),
        (lambda api: api.get(MOUTH), 2),
        (lambda api: api.post(f"{MOUTH}/read", {"client_id": new_id()}), 8),
        (lambda api: answer(api, "a"), 9),
    ],
    ids=["list", "one", "read", "answer"],
)
def test_the_number_of_queries_does_not_grow_with_history(
    ada_api: APIClient, publish: Publish, call: Call, most: int
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert call(ada_api).status_code in (200, 204)
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    call(ada_api)
    before = cost()
    for slug in ("your-lungs", "for-carers", "reaching-us"):
        publish(timezone.now(), slug=slug)
    for _ in range(5):
        call(ada_api)
    assert cost() <= before <= most
