"""Words planted in every personal column turn up where they belong, and in no log, page, error, address or task."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from alerts.acknowledging import acknowledge, add_note
from alerts.models import Alert, Notification, Reminder
from alerts.models.notification import Channel
from alerts.notifying import deliver_due
from alerts.reminding import deliver_due as deliver_reminders
from config.logs import LineFormatter
from config.privacy.erasing import erase_due
from config.privacy.records import KEPT
from symptoms.field_keys import encrypted_fields, encrypted_models
from symptoms.models import Patient, Practitioner
from symptoms.models.encrypted import EncryptedJSONField
from symptoms.tasks import assess_due_reports, retry_unanswered_messages
from tests.alerts.conftest import nudged, providers
from tests.alerts.providers import Providers, give_address
from tests.alerts.sink import Sink, running_sink
from tests.cast import api_of_carer, make_patient, make_practitioner

__all__ = ["nudged", "providers"]

CANARY: Final = "zanzibar"
PHONE: Final = "+32 470 99 88 77"
SINKS_OWN_LOG: Final = "mail.log"
"""Of the mail server of these tests, which is no part of the product."""

SECRETS: Final = (CANARY, "470 99 88 77", "470998877")

PLAIN: Final = {
    "symptoms.Patient.full_name": "staff search for parts of it",
    "symptoms.Patient.hospital_number": "staff search for it",
    "symptoms.Patient.plain_name": "written by the database from the name, for the search",
    "symptoms.Patient.plain_number": "written by the database from the number, for the search",
    "symptoms.Patient.emergency_department": "the name of a hospital",
}
"""Columns of a patient's records that hold words and are not encrypted, and why."""


def test_every_column_of_words_about_a_patient_is_encrypted_or_says_why_not() -> None:
    """Codes have choices; ids, hashes and names of texts are no words of or about anybody."""
    codes = {"client_id", "ruleset", "dialogue_version", "asked", "version", "slug", "question", "option", "occasion"}
    codes |= {
        "language",
        "time_zone",
        "channel",
        "occurrence",
        "device_id",
        "text_version",
        "stomatitis",
        "page",
        "record",
    }
    found = set()
    for kept in KEPT:
        for field in set(kept.model._meta.local_fields) - set(encrypted_fields(kept.model)):
            kind = getattr(field, "output_field", field)
            is_text = isinstance(kind, (models.CharField, models.TextField)) and not field.choices
            is_code = field.name in codes or field.name.endswith(("_hash", "digest")) or field.name == "token_key"
            if is_text and not is_code:
                found.add(f"{kept.label}.{field.name}")
    assert found == set(PLAIN)


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with running_sink() as running:
        settings.EMAIL_BACKEND = "alerts.transports.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def zara(nurse_kim: Practitioner) -> Patient:
    return make_patient(
        nurse_kim.clinic,
        f"Zara {CANARY}",
        email=f"{CANARY}@patients.example",
        phone=PHONE,
        hospital_number=f"H-{CANARY}",
    )


def post(api: APIClient, path: str, **body: Any) -> Any:
    return api.post(f"/api/v1/{path}", {"client_id": str(uuid.uuid4()), **body})


def live(zara: Patient, nurse_kim: Practitioner) -> list[str]:
    """The main flows, with the word in whatever can be said. Returns the bodies of all errors."""
    carer = api_of_carer(zara, f"Carl {CANARY}")
    talk = post(carer, "conversations").json()["conversation"]["id"]
    messages = f"conversations/{talk}/messages"
    post(carer, messages, text=f"I have a cough, says {CANARY}, and my lips are blue")
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
    ]
    assert {error.status_code for error in errors} == {400, 403}
    return [error.content.decode() for error in errors[:2] + errors[3:]]


def break_down(zara: Patient, monkeypatch: pytest.MonkeyPatch) -> str:
    """A turn and a view that fail in the middle; returns what the callers read."""
    api = api_of_carer(zara, "Carl")
    talk = post(api, "conversations").json()["conversation"]["id"]
    with monkeypatch.context() as broken:
        broken.setattr("symptoms.flow.turn.understand", _fail)
        turn = post(api, f"conversations/{talk}/messages", text=f"{CANARY} breaks it").json()
        broken.setattr("symptoms.api.views.report_json", _fail)
        failed = post(api, "reports", answers={"symptoms": ["other"], "other.text": CANARY})
        assert failed.status_code == 500
    assess_due_reports()
    retry_unanswered_messages()
    return f"{turn} {failed.content.decode()}"


def _fail(*_: Any, **__: Any) -> Any:
    word = CANARY
    raise ValueError(f"could not convert string to float: '{word}'")


def test_no_word_leaves_by_a_side_door(
    zara: Patient,
    nurse_kim: Practitioner,
    kim_site: Client,
    providers: Providers,
    sink: Sink,
    nudged: list[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("symptoms", "alerts", "education", "config", "django.request", "celery", "httpx"):
        caplog.set_level(logging.DEBUG, logger=name)
    for channel in (Channel.SMS, Channel.WEB_PUSH, Channel.WEBHOOK):
        give_address(nurse_kim, channel, providers.address(channel))
    make_practitioner(zara.clinic, "kay", is_on_call=True)  # is reached by e-mail alone
    errors = live(zara, nurse_kim)
    errors.append(break_down(zara, monkeypatch))
    Notification.objects.update(due_at=timezone.now())
    deliver_due()
    Reminder.objects.filter(patient=zara).update(due_at=timezone.now())
    deliver_reminders(timezone.now())
    erase_due(timezone.now())
    pages = [kim_site.get(path) for path in ("/admin/", "/admin/alerts/alert/", "/admin/symptoms/patient/")]
    assert all(page.status_code == 200 for page in pages)

    mails = [mail.as_string() for _, mail in sink.mails]
    assert mails
    assert providers.texts()
    sinks = {
        "log": "\n".join(LineFormatter().format(one) for one in caplog.records if one.name != SINKS_OWN_LOG),
        "errors": "\n".join(errors),
        "metrics": Client().get("/metrics").content.decode(),
        "mails": "\n".join(mail.replace(f"{CANARY}@patients.example", "") for mail in mails),
        "sms, push, webhooks": "\n".join(providers.texts()),
        "tasks": "\n".join(nudged),
        "addresses of pages": "\n".join(_links(page.content.decode()) for page in pages),
        "the database": _stored(),
    }
    leaks = {(where, secret) for where, words in sinks.items() for secret in SECRETS if secret in words.lower()}
    assert not leaks
    assert len(sinks["log"]) > 100


def _links(page: str) -> str:
    """All addresses in a page."""
    return "\n".join(part.split('"')[0] for part in page.split('href="')[1:])


def _stored() -> str:
    """All columns that are declared encrypted, as the database has them."""
    stored = []
    for model in encrypted_models(apps.get_models()):
        for field in encrypted_fields(model):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT "{field.column}"::text FROM "{model._meta.db_table}"')
                stored += [value for (value,) in cursor.fetchall() if value]
            assert isinstance(field, EncryptedJSONField) or field.db_type(connection) == "text"
    return "\n".join(stored)
