"""Words planted in every personal column turn up where they belong, and in no log, page, error, address or task."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string
from pytest_django import Settings
from rest_framework.test import APIClient

from alerts.models import Notification, Reminder
from alerts.models.notification import Channel
from alerts.notifying import deliver_due
from alerts.reminding import deliver_due as deliver_reminders
from config.fhir.kinds import KINDS
from config.logs import LineFormatter
from config.privacy.erasing import erase_due
from config.privacy.retention import OF_NOBODY
from config.schedule import SCHEDULE
from symptoms.field_keys import encrypted_fields, encrypted_models
from symptoms.models import AccessRecord, Patient, Practitioner
from symptoms.models.clinic import Role
from symptoms.models.encrypted import EncryptedJSONField
from symptoms.models.system import SYSTEM
from tests.alerts.conftest import nudged, providers
from tests.alerts.providers import Providers, give_address
from tests.alerts.sink import Sink, running_sink
from tests.cast import make_patient, make_practitioner, site_of
from tests.config.privacy.living import CANARY, break_down, call_as_system, live, live_as_patient
from tests.config.privacy.planting import PLAIN, plant, unplanted
from tests.config.test_doors import API, DOORS, STAFF, address
from tests.fhir import resources_in, system_of

__all__ = ["nudged", "providers"]

PHONE: Final = "+32 470 99 88 77"
SINKS_OWN_LOG: Final = "mail.log"
"""Of the mail server of these tests, which is no part of the product."""

SECRETS: Final = (CANARY, "470 99 88 77", "470998877")

CODES: Final = {
    "address_digest", "address_hash", "asked", "based_on", "body", "body_digest", "channel", "client_id",
    "code_hash", "content_hash", "device_id", "dialogue_version", "digest", "error", "idempotency_key", "key",
    "language", "object_id", "occasion", "occurrence", "option", "page", "password", "provider_id", "question",
    "record", "ruleset", "ruleset_hash", "session_data", "session_key", "slug", "stomatitis", "text_hash", "text_id",
    "text_version", "time_zone", "title", "token_key", "version", "wording_hash",
}  # fmt: skip
"""Names of columns with ids, hashes, kinds of failure, and names and words of texts: no words of or about anybody."""


def test_every_column_of_words_about_a_person_is_encrypted_or_says_why_not() -> None:
    found = set()
    for model in apps.get_models():
        for field in set(model._meta.local_fields) - set(encrypted_fields(model)):
            kind = getattr(field, "output_field", field)
            is_text = isinstance(kind, (models.CharField, models.TextField)) and not field.choices
            if is_text and field.name not in CODES and model._meta.label not in OF_NOBODY:
                found.add(f"{model._meta.label}.{field.name}")
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
    token, errors = call_as_system(zara)
    errors += [*live(zara, nurse_kim), *live_as_patient(zara), break_down(zara, monkeypatch)]
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
        "access log": _access_log(),
    }
    secrets = (*SECRETS, token.lower())
    leaks = {(where, secret) for where, words in sinks.items() for secret in secrets if secret in words.lower()}
    assert not leaks
    assert len(sinks["log"]) > 100


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_stands_in_any_personal_column_leaves_by_no_address_log_figure_or_name_of_a_file(
    ada: Patient,
    ada_api: APIClient,
    nurse_kim: Practitioner,
    sink: Sink,
    nudged: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    plant(CANARY, ada, nurse_kim)
    assert unplanted(CANARY) == set()

    answers: list[Any] = [ada_api.get(address(route)) for _, route in API]
    for role in (Role.NURSE, Role.AUDITOR):
        site = site_of(make_practitioner(ada.clinic, f"{role}", role=role).user)
        answers += [site.get(address(route)) for _, route in DOORS if route.startswith(STAFF) and "<" not in route]
        answers += [site.get(page) for page in _pages_in(answers)]
    records = _seen_by_a_system(ada)
    assert any(CANARY in record.content.decode() for record in records), "where it belongs"
    answers += records
    for entry in SCHEDULE.values():
        import_string(entry["task"])()

    assert len(answers) > 200
    assert unplanted(CANARY) == set(), "it is still everywhere"
    sinks = {
        "log": "\n".join(LineFormatter().format(one) for one in caplog.records if one.name != SINKS_OWN_LOG),
        "headers": "\n".join(f"{answer.headers}" for answer in answers),
        "addresses": "\n".join(_links(_text_of(answer)) for answer in answers),
        "figures": Client().get("/metrics").content.decode() + Client().get("/health/alerting").content.decode(),
        "tasks": "\n".join(nudged),
        "access log": _access_log(),
        "mails": "\n".join(re.sub(rf"{CANARY}\S*@x.example", "", mail.as_string()) for _, mail in sink.mails),
    }
    assert [(where, line) for where, words in sinks.items() for line in words.splitlines() if CANARY in line] == []


def _seen_by_a_system(patient: Patient) -> list[Any]:
    """All that a hospital's system reads of a patient: lists, single resources, the whole record."""
    his = system_of(patient.clinic)
    lists = [his.get(f"/fhir/{kind.name}") for kind in KINDS]
    reads = [f"{one['resourceType']}/{one['id']}" for found in lists for one in resources_in(found.json())]
    answers = [*lists, *(his.get(f"/fhir/{read}") for read in (*reads, f"Patient/{patient.pk}/$everything"))]
    assert {answer.status_code for answer in answers} == {200}
    assert AccessRecord.objects.filter(role=SYSTEM).count() == len(answers)
    return answers


def _access_log() -> str:
    return "\n".join(map(str, AccessRecord.objects.values_list("page", "record", "address")))


def _pages_in(answers: list[Any]) -> set[str]:
    """The addresses of records on pages of the clinician site."""
    links = {link for answer in answers for link in _links(_text_of(answer)).splitlines()}
    return {link for link in links if re.fullmatch(r"/admin/\w+/\w+/[\w-]+/change/|/admin/[\w/-]+\?.*csv.*", link)}


def _text_of(answer: Any) -> str:
    """What a page says; a download is no page."""
    return "" if answer.streaming else answer.content.decode("utf-8", "replace")


def _links(page: str) -> str:
    """All addresses in a page, or in what FHIR answers."""
    links = re.findall(r'(?:href|src|action)="([^"]*)"|"(?:url|fullUrl|reference)":"([^"]*)"', page)
    return "\n".join(unescape(of_page or of_bundle) for of_page, of_bundle in links)


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
