"""Lives through what patients, carers and hospital systems do, with a word in whatever can be said."""

from __future__ import annotations

import uuid
from typing import Any, Final

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.acknowledging import acknowledge, add_note
from alerts.models import Alert
from symptoms.models import Patient, Practitioner
from symptoms.systems import issue_credential
from symptoms.tasks import assess_due_reports, retry_unanswered_messages
from tests.cast import api_of, api_of_carer
from tests.fhir import codes, resources_in, response_body

CANARY: Final = "zanzibar"


def post(api: APIClient, path: str, **body: Any) -> Any:
    return api.post(f"/api/v1/{path}", {"client_id": str(uuid.uuid4()), **body})


def live(zara: Patient, nurse_kim: Practitioner) -> list[str]:
    """The main flows, with the word in whatever can be said. Returns the bodies of all errors."""
    carer = api_of_carer(zara, f"Carl {CANARY}")
    talk = post(carer, "conversations").json()["conversation"]["id"]
    messages = f"conversations/{talk}/messages"
    post(carer, messages, text=f"I have a cough, says {CANARY}, and my lips are blue")
    told = {"symptoms": codes("other"), "other.text": [{"valueString": f"My {CANARY} hurts"}]}
    assert carer.post("/fhir/QuestionnaireResponse", response_body(zara, told)).status_code == 201
    report = post(carer, "reports", answers={"symptoms": ["other"], "other.text": f"My {CANARY} hurts"}).json()
    post(carer, f"reports/{report['id']}/amendments", reason="other", note=f"{CANARY} again")
    alert = Alert.objects.filter(patient=zara).order_by("-urgency").first()
    assert alert is not None
    acknowledge(alert, nurse_kim, timezone.now())
    add_note(alert, nurse_kim, f"Called {CANARY}", timezone.now())
    errors = [
        post(carer, messages, number=CANARY),
        post(carer, "reports", answers={"cough.severity": f"very {CANARY}"}),
        post(carer, "reports", answers={CANARY: 1}, respondent="patient"),
        carer.post("/api/v1/reports", f"{{{CANARY}".encode(), content_type="application/json"),
        carer.get("/api/v1/consent"),
        APIClient().post("/api/v1/activate", {"code": CANARY, "device_name": CANARY}),
        carer.post("/fhir/QuestionnaireResponse", response_body(zara, told) | {"identifier": None}),
        carer.get("/fhir/Observation", {"code": CANARY, "date": CANARY}),
    ]
    assert {error.status_code for error in errors} == {400, 403}
    return [error.content.decode() for error in errors[:2] + errors[3:]]


def live_as_patient(zara: Patient) -> list[str]:
    """What a patient alone may say. Returns the bodies of all errors."""
    own = api_of(zara)
    assert post(own, "carers", name=f"Carla {CANARY}").status_code == 201
    device = {"service": "fcm", "token": f"{CANARY}:1"}
    assert own.put(f"/api/v1/devices/{CANARY}", device).status_code == 200
    refused = [
        own.put(f"/api/v1/devices/{CANARY}", device | {"token": [CANARY]}),
        own.post("/api/v1/consent", {"text_version": CANARY, "language": CANARY}),
        own.patch("/api/v1/me", {"time_zone": CANARY, "quiet_hours": {"from": CANARY, "until": CANARY}}),
        post(own, "reports", answers={}, respondent=CANARY),
        own.get("/api/v1/reports", {"cursor": CANARY}),
        own.get(f"/api/v1/leaflets/{CANARY}"),
    ]
    assert {answer.status_code for answer in refused} == {400, 404}
    return [answer.content.decode() for answer in refused]


def call_as_system(zara: Patient) -> tuple[str, list[str]]:
    """A hospital's system that reads, searches by what it knows, and sends what is right and wrong.

    Returns its token and the bodies of all errors.
    """
    _, token = issue_credential(zara.clinic, "his", now=timezone.now())
    his = APIClient(headers={"Authorization": f"Bearer {token}"})
    number = f"H-{CANARY}"
    [found] = resources_in(his.get("/fhir/Patient", {"identifier": number}).json())
    assert his.get(f"/fhir/Patient/{found['id']}/$everything").status_code == 200
    told = {"symptoms": codes("other"), "other.text": [{"valueString": f"Her {CANARY} hurts, and her lips are blue"}]}
    assert his.post("/fhir/QuestionnaireResponse", response_body(zara, told)).status_code == 201
    refused = [
        his.post("/fhir/QuestionnaireResponse", response_body(zara, told, status="in-progress")),
        his.post("/fhir/QuestionnaireResponse", response_body(zara, told, subject={"reference": f"Patient/{number}"})),
        his.post("/fhir/QuestionnaireResponse", f"{{{CANARY}".encode(), content_type="application/fhir+json"),
        his.get("/fhir/Patient", {"identifier:exact": number}),
        his.get(f"/fhir/Patient/{number}"),
        APIClient(headers={"Authorization": f"Bearer {token}x"}).get("/fhir/Patient", {"identifier": number}),
    ]
    assert {answer.status_code for answer in refused} == {400, 401, 404}
    return token, [answer.content.decode() for answer in refused]


def break_down(zara: Patient, monkeypatch: pytest.MonkeyPatch) -> str:
    """A turn and a view that fail in the middle; returns what the callers read."""
    api = api_of_carer(zara, "Carl")
    talk = post(api, "conversations").json()["conversation"]["id"]
    with monkeypatch.context() as broken:
        broken.setattr("symptoms.flow.hear.understand", _fail)
        turn = post(api, f"conversations/{talk}/messages", text=f"{CANARY} breaks it").json()
        broken.setattr("symptoms.api.views.filed_json", _fail)
        failed = post(api, "reports", answers={"symptoms": ["other"], "other.text": CANARY})
        assert failed.status_code == 500
    assess_due_reports()
    retry_unanswered_messages()
    return f"{turn} {failed.content.decode()}"


def _fail(*_: Any, **__: Any) -> Any:
    word = CANARY
    raise ValueError(f"could not convert string to float: '{word}'")
