"""Agreeing to a text, taking it back, and what that stops: what the service does on its own, never an answer."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.acknowledging import close
from alerts.models import Alert, Notification, Reminder
from alerts.models.alert import Outcome
from alerts.models.reminder import LIVE_STATES
from symptoms import consent
from symptoms.clinical.terms import Problem, Urgency
from symptoms.consent import TEXT_VERSION, OutdatedText, give_consent, take_consent_back
from symptoms.models import Consent, Patient, Practitioner
from symptoms.models.patient import PatientStatus
from symptoms.wording import LANGUAGES

pytestmark = pytest.mark.django_db

AGREED = {"text_version": TEXT_VERSION, "language": "fr"}


def test_what_was_agreed_to_is_kept_with_language_moment_and_person(ada: Patient, ada_api: APIClient) -> None:
    assert ada_api.get("/api/v1/consent").json()["given"] is None
    response = ada_api.post("/api/v1/consent", AGREED)
    assert (response.status_code, response.json()["is_current"]) == (201, True)
    given = Consent.objects.get()
    assert (given.patient, given.text_version, given.language, given.recorded_by) == (ada, TEXT_VERSION, "fr", ada.user)
    assert ada_api.get("/api/v1/consent").json() == response.json()
    ada_api.post("/api/v1/consent", AGREED)
    assert Consent.objects.count() == 1


def test_an_older_text_is_not_agreed_to(ada: Patient, ada_api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    ada_api.post("/api/v1/consent", AGREED)
    monkeypatch.setattr(consent, "TEXT_VERSION", "next")
    refused = ada_api.post("/api/v1/consent", AGREED)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "consent_text_outdated")
    shown = ada_api.get("/api/v1/consent").json()
    assert (shown["is_current"], shown["given"]["text_version"], shown["text"]["version"]) == (
        False,
        TEXT_VERSION,
        "next",
    )
    with pytest.raises(OutdatedText):
        give_consent(ada, text_version="0", language="en", now=timezone.now(), by=ada.user)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_there_in_every_language(ada: Patient, ada_api: APIClient, language: str) -> None:
    ada_api.patch("/api/v1/me", {"language": language})
    text = ada_api.get("/api/v1/consent").json()["text"]
    assert text["language"] == language
    assert len(text["body"].splitlines()) == 7


def test_taking_it_back_stops_check_ins_and_reminders(ada: Patient, ada_api: APIClient) -> None:
    ada_api.post("/api/v1/consent", AGREED)
    assert Reminder.objects.filter(patient=ada, state__in=LIVE_STATES).exists()
    for _ in range(2):
        assert ada_api.delete("/api/v1/consent").status_code == 204
    ada.refresh_from_db()
    assert ada.status == PatientStatus.WITHDRAWN
    assert not Reminder.objects.filter(patient=ada, state__in=LIVE_STATES).exists()
    ended = Consent.objects.get()
    assert (ended.withdrawn_by, ended.withdrawn_at is not None) == (ada.user, True)


@pytest.mark.parametrize("door", ["delete consent", "post erasure"])
def test_the_team_is_told_once_that_a_patient_has_left(ada: Patient, ada_api: APIClient, door: str) -> None:
    verb, _, path = door.partition(" ")
    for _ in range(2):
        getattr(ada_api, verb)(f"/api/v1/{path}")
    alert = Alert.objects.get(patient=ada)
    assert (alert.problem, alert.urgency, alert.rules) == (Problem.NO_REPORT, Urgency.ROUTINE, ["LEFT-SERVICE"])
    assert alert.events.count() == 1


def test_whoever_has_left_before_the_team_closed_it_leaves_anew(ada: Patient, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    for days in range(2):
        take_consent_back(ada, now=now + timedelta(days=days), by=ada.user)
        alert = Alert.objects.not_closed().get(patient=ada)
        close(alert, nurse_kim, Outcome.NO_ACTION, "told to come each week", now)
        give_consent(ada, text_version=TEXT_VERSION, language="en", now=now, by=ada.user)


@pytest.mark.parametrize("way", ["report", "talk"])
def test_an_urgent_report_after_that_is_answered_and_paged(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner, way: str
) -> None:
    ada_api.delete("/api/v1/consent")
    advice: Any
    if way == "report":
        body = {"client_id": str(uuid.uuid4()), "answers": {"symptoms": ["cough"], "red_flags": ["blue_or_grey"]}}
        advice = ada_api.post("/api/v1/reports", body).json()["advice"]
    else:
        begun = ada_api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()
        path = f"/api/v1/conversations/{begun['conversation']['id']}/messages"
        advice = ada_api.post(path, {"client_id": str(uuid.uuid4()), "text": "my lips are blue"}).json()["advice"]
    assert advice["urgency"] == "emergency"
    assert any(action.get("phone") == "112" for action in advice["actions"])
    alert = Alert.objects.exclude(problem=Problem.NO_REPORT).get(patient=ada)
    assert Notification.objects.filter(alert=alert, recipient=nurse_kim).exists()


def test_agreeing_again_begins_again(ada: Patient, ada_api: APIClient) -> None:
    ada_api.delete("/api/v1/consent")
    ada_api.post("/api/v1/consent", AGREED)
    ada.refresh_from_db()
    assert ada.status == PatientStatus.ACTIVE
    assert Reminder.objects.filter(patient=ada, state__in=LIVE_STATES).exists()


def test_a_death_is_not_undone_by_a_consent(ada: Patient) -> None:
    Patient.objects.filter(pk=ada.pk).update(status=PatientStatus.DECEASED)
    now = timezone.now()
    take_consent_back(ada, now=now, by=ada.user)
    give_consent(ada, text_version=TEXT_VERSION, language="en", now=now + timedelta(seconds=1), by=ada.user)
    ada.refresh_from_db()
    assert ada.status == PatientStatus.DECEASED


def test_one_consent_is_in_force_and_the_others_stay_on_record(ada: Patient, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    first = give_consent(ada, text_version=TEXT_VERSION, language="en", now=now, by=nurse_kim.user)
    second = give_consent(ada, text_version=TEXT_VERSION, language="nl", now=now, by=nurse_kim.user)
    assert ada.consents.get(withdrawn_at=None) == second
    take_consent_back(ada, now=now, by=ada.user)
    take_consent_back(ada, now=now + timedelta(days=1), by=ada.user)
    assert set(ada.consents.values_list("pk", "withdrawn_at")) == {(first.pk, now), (second.pk, now)}


def test_a_call_that_comes_late_undoes_no_later_wish(ada: Patient, ada_api: APIClient) -> None:
    read = ada_api.get("/api/v1/consent")["ETag"]
    ada_api.post("/api/v1/consent", AGREED, HTTP_IF_MATCH=read)
    agreed = ada_api.get("/api/v1/consent")["ETag"]
    ada_api.delete("/api/v1/consent", HTTP_IF_MATCH=agreed)

    late = ada_api.post("/api/v1/consent", AGREED, HTTP_IF_MATCH=read)

    assert (late.status_code, late.json()["error"]["code"]) == (412, "changed")
    assert ada.consents.filter(withdrawn_at=None).count() == 0
    ada_api.post("/api/v1/consent", AGREED, HTTP_IF_MATCH=ada_api.get("/api/v1/consent")["ETag"])
    assert ada_api.delete("/api/v1/consent", HTTP_IF_MATCH=agreed).status_code == 412
    assert ada.consents.filter(withdrawn_at=None).count() == 1


def test_a_call_that_comes_late_brings_nobody_back_who_never_agreed_and_left(ada: Patient, ada_api: APIClient) -> None:
    read = ada_api.get("/api/v1/consent")["ETag"]
    ada_api.delete("/api/v1/consent")

    assert ada_api.post("/api/v1/consent", AGREED, HTTP_IF_MATCH=read).status_code == 412
    ada.refresh_from_db()
    assert ada.status == PatientStatus.WITHDRAWN


def test_what_is_already_so_is_no_conflict(ada_api: APIClient) -> None:
    read = ada_api.get("/api/v1/consent")["ETag"]

    first, again = (ada_api.post("/api/v1/consent", AGREED, HTTP_IF_MATCH=read) for _ in range(2))
    gone = [ada_api.delete("/api/v1/consent", HTTP_IF_MATCH=first["ETag"]).status_code for _ in range(2)]

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert first["ETag"] == again["ETag"]
    assert gone == [204, 204]


def test_the_latest_is_not_sent_again(ada_api: APIClient) -> None:
    for path in ("consent", "erasure"):
        seen = ada_api.get(f"/api/v1/{path}")["ETag"]
        assert ada_api.get(f"/api/v1/{path}", HTTP_IF_NONE_MATCH=seen).status_code == 304
