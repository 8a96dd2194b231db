"""What the database cannot read, and what a change of keys does to it."""

from __future__ import annotations

import json
import uuid
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from alerts.acknowledging import add_note
from alerts.models import Alert, AlertEvent, VisitChecklist
from config.checks import check_field_keys
from symptoms.clinical.rulesets import CURRENT
from symptoms.field_keys import encrypted_fields, encrypted_models, rewrite
from symptoms.flow.replay import replay_assessments
from symptoms.models import Assessment, Conversation, Message, Patient, Practitioner, SymptomReport
from symptoms.models.encrypted import ERASED, UNREADABLE, site_keys
from symptoms.models.guards import rewriting_words
from tests.config.privacy.planting import PLAIN, columns, plant, unplanted

pytestmark = pytest.mark.django_db

WORDS = "Mein Mann sagt, ich klinge heiser."
OLD, NEW = "old key " * 5, "new key " * 5


def stored(model: type[models.Model], column: str) -> list[str]:
    """The column as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}"::text FROM "{model._meta.db_table}"')
        return [value for (value,) in cursor.fetchall() if value]


def report_in_words(api: APIClient) -> None:
    """A finished report with words in it."""
    answers = {"symptoms": ["other"], "other.text": WORDS, "other.can_wait": "no"}
    response = api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": answers})
    assert response.status_code == 201


def talk(api: APIClient) -> None:
    """One typed message, and what is answered."""
    begun = api.post("/api/v1/conversations", {"client_id": str(uuid.uuid4())}).json()
    path = f"/api/v1/conversations/{begun['conversation']['id']}/messages"
    assert api.post(path, {"client_id": str(uuid.uuid4()), "text": WORDS}).status_code == 200


def everything_readable() -> str:
    """All encrypted columns of the database as they are stored."""
    tables = encrypted_models(apps.get_models())
    return "\n".join(
        value for model in tables for field in encrypted_fields(model) for value in stored(model, field.column)
    )


def test_no_word_of_a_patient_or_about_one_is_readable_in_the_database(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner
) -> None:
    talk(ada_api)
    report_in_words(ada_api)
    add_note(Alert.objects.get(), nurse_kim, "Called her husband.", timezone.now())
    ada.phone = "+32 470 11 22 33"
    ada.save()
    database = everything_readable()
    assert len(database) > 1000
    for words in ("heiser", "klinge", "husband", "470", "ada@", "test phone"):
        assert words not in database
    report = SymptomReport.objects.exclude(source="chat").get()
    assert report.answers["other.text"] == WORDS
    assert Message.objects.filter(sender="patient").get().text == WORDS
    assert Patient.objects.get().phone == "+32 470 11 22 33"


def test_codes_and_numbers_stay_readable_for_the_rules(ada_api: APIClient, settings: Settings) -> None:
    report_in_words(ada_api)
    settings.FIELD_KEYS = [NEW]
    report = SymptomReport.objects.get()
    assert report.answers == {"symptoms": ["other"], "other.text": UNREADABLE, "other.can_wait": "no"}
    assert Assessment.objects.get().facts["answers"]["other.text"] == UNREADABLE


def test_words_in_an_answer_that_asks_for_a_code_are_encrypted_too(ada: Patient) -> None:
    now = timezone.now()
    answers = {"cough.severity": "bad since my husband died", "symptoms": ["cough", "und müde"], "fever.rigors": "yes"}
    SymptomReport.objects.create(
        patient=ada, client_id=uuid.uuid4(), source="offline", answers=answers, occurred_at=now, received_at=now
    )
    [database] = stored(SymptomReport, "answers")
    assert "husband" not in database
    assert "de" not in json.loads(database)["symptoms"][1][:3]
    assert json.loads(database)["fever.rigors"] == "yes"
    assert SymptomReport.objects.get().answers == answers


@pytest.mark.parametrize("word", ["Smith", "zanzibar", "+32470112233", "2026", "MOUTH-COUNT", "a.b", "COUGH"])
def test_one_word_that_is_no_code_is_encrypted_and_erased(ada: Patient, word: str) -> None:
    now = timezone.now()
    answers = {"mouth_sores.intake": word, "symptoms": ["cough", word]}
    SymptomReport.objects.create(
        patient=ada, client_id=uuid.uuid4(), source="offline", answers=answers, occurred_at=now, received_at=now
    )
    [database] = stored(SymptomReport, "answers")
    assert word not in database
    assert SymptomReport.objects.get().answers == answers

    erased = SymptomReport._meta.get_field("answers").erased(database)

    assert json.loads(erased or "") == {"mouth_sores.intake": ERASED, "symptoms": ["cough", ERASED]}


@pytest.mark.parametrize("code", ["cough", "unknown", "more_than_three", "2026-03-01", "2026-03-01T07:30:00.123+00:00"])
def test_codes_days_and_moments_are_not(ada: Patient, code: str) -> None:
    now = timezone.now()
    SymptomReport.objects.create(
        patient=ada, client_id=uuid.uuid4(), source="form", answers={"symptoms": [code]}, occurred_at=now,
        received_at=now,
    )  # fmt: skip
    [database] = stored(SymptomReport, "answers")
    assert json.loads(database) == {"symptoms": [code]}


@pytest.mark.parametrize(
    "text", ["enc1:", "enc1:00000000:AAAA", "gAAAAAxx", "é", "a b", "\u2028 \U0001f600", "x" * 5000]
)
def test_every_text_comes_back_as_it_was(ada: Patient, text: str) -> None:
    now = timezone.now()
    report = SymptomReport(patient=ada, client_id=uuid.uuid4(), source="form", occurred_at=now, received_at=now)
    report.answers = {"other.text": text, "cough.severity": text}
    report.save()
    assert SymptomReport.objects.get().answers == {"other.text": text, "cough.severity": text}
    ada.phone = text
    ada.save()
    assert Patient.objects.get().phone == text


def test_the_old_key_can_go_after_a_rotation(ada: Patient, ada_api: APIClient, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    ada.save()
    ada.user.auth_token_set.get().save()
    talk(ada_api)
    report_in_words(ada_api)
    settings.FIELD_KEYS = [NEW, OLD]
    output = StringIO()
    call_command("rotate_field_keys", stdout=output)
    assert "symptoms.Message rows=" in output.getvalue()
    settings.FIELD_KEYS = [NEW]
    call_command("rotate_field_keys", "--check", stdout=StringIO())
    assert check_field_keys(None, databases=["default"]) == []
    assert Message.objects.filter(sender="patient").get().text == WORDS
    assert Patient.objects.get().email == "ada@patients.example"
    assert set(replay_assessments(Assessment.objects.all(), CURRENT)) == {None}
    talk(ada_api)


def test_a_rotation_leaves_no_column_and_no_second_factor_behind(
    ada: Patient, nurse_kim: Practitioner, settings: Settings
) -> None:
    settings.FIELD_KEYS = [OLD]
    plant("zanzibar", ada, nurse_kim)
    factor = Authenticator.objects.create(
        user=nurse_kim.user, type=Authenticator.Type.TOTP, data={"secret": site_keys().encrypt("zanzibar")}
    )
    old = site_keys().current
    assert everything_readable().count(old) >= len(list(columns())) - len(PLAIN)

    settings.FIELD_KEYS = [NEW, OLD]
    call_command("rotate_field_keys", stdout=StringIO())

    settings.FIELD_KEYS = [NEW]
    assert unplanted("zanzibar") == set()
    assert old not in everything_readable()
    factor.refresh_from_db()
    assert site_keys().decrypt(factor.data["secret"]) == "zanzibar"


def test_a_rotation_that_was_stopped_goes_on_and_a_second_one_does_nothing(
    ada_api: APIClient, settings: Settings
) -> None:
    settings.FIELD_KEYS = [OLD]
    talk(ada_api)
    settings.FIELD_KEYS = [NEW, OLD]
    message = Message.objects.filter(sender="patient").get()
    message.save()  # is under the new key
    all_rows = Message.objects.count()
    assert rewrite(Message).renewed == all_rows - 1
    before = stored(Message, "text")
    assert rewrite(Message).renewed == 0
    assert stored(Message, "text") == before


def test_a_rotation_that_meets_an_unknown_key_changes_nothing_there_and_says_so(
    ada: Patient, settings: Settings
) -> None:
    before = stored(Patient, "email")
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError, match="none of FIELD_KEYS"):
        call_command("rotate_field_keys", stdout=StringIO(), stderr=StringIO())
    assert stored(Patient, "email") == before
    assert ["symptoms.Patient.email" in str(one.msg) for one in check_field_keys(None, databases=["default"])] == [True]


def test_a_check_finds_what_is_not_rotated_yet(ada: Patient, settings: Settings) -> None:
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]
    with pytest.raises(CommandError, match="not under the first key"):
        call_command("rotate_field_keys", "--check", stdout=StringIO())
    assert site_keys().current not in "".join(stored(Patient, "email"))


def test_a_value_that_changes_during_a_rotation_is_not_overwritten(
    ada: Patient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]
    renewed = type(Patient._meta.get_field("email")).renewed

    def change_meanwhile(field: Any, value: str | None) -> str | None:
        Patient.objects.update(email="moved@patients.example")
        return renewed(field, value)

    monkeypatch.setattr(type(Patient._meta.get_field("email")), "renewed", change_meanwhile)
    rewrite(Patient)
    assert Patient.objects.get().email == "moved@patients.example"


def test_rows_of_the_release_before_are_read_and_then_encrypted(
    ada: Patient, ada_api: APIClient, settings: Settings
) -> None:
    talk(ada_api)
    report_in_words(ada_api)
    key = settings.FIELD_KEYS[0]
    with connection.cursor() as cursor, rewriting_words():
        cursor.execute(
            "UPDATE symptoms_message SET text = 'plain', answer = '{\"text\": \"plain\"}' WHERE sender = 'patient'"
        )
        cursor.execute("UPDATE symptoms_conversation SET state = '{\"answers\": {}}'")
        cursor.execute("UPDATE symptoms_patient SET email = %s", [_as_before(key, "fernet@patients.example")])
        cursor.execute(
            "UPDATE symptoms_assessment SET facts = jsonb_set(facts, '{answers,other.text}', '\"so plain\"')"
        )
    assert Message.objects.get(sender="patient").answer == {"text": "plain"}
    assert Conversation.objects.get().state == {"answers": {}}
    assert Patient.objects.get().email == "fernet@patients.example"
    for model in encrypted_models(apps.get_models()):
        rewrite(model)
    assert "plain" not in everything_readable()
    assert "gAAAAA" not in everything_readable()
    assert Message.objects.get(sender="patient").answer == {"text": "plain"}
    assert Patient.objects.get().email == "fernet@patients.example"


def _as_before(key: str, text: str) -> str:
    """As releases before wrote addresses."""
    import base64
    import hashlib

    return (
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"alerts.fields:" + key.encode()).digest()))
        .encrypt(text.encode())
        .decode()
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE symptoms_assessment SET urgency = 0",
        "UPDATE symptoms_assessment SET facts = '{}', ruleset = 'x'",
        "DELETE FROM symptoms_assessment",
        "UPDATE alerts_alertevent SET kind = 'note'",
        "DELETE FROM alerts_alertevent",
    ],
)
def test_rewriting_words_changes_nothing_but_words(ada_api: APIClient, statement: str) -> None:
    report_in_words(ada_api)
    assert AlertEvent.objects.exists()
    assert not VisitChecklist.objects.exists()
    with pytest.raises(DatabaseError), rewriting_words(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_words_are_not_rewritten_outside(ada_api: APIClient) -> None:
    report_in_words(ada_api)
    with rewriting_words():
        pass
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE symptoms_assessment SET facts = '{}'")


def test_what_is_encrypted_cannot_be_looked_up_by_mistake(ada: Patient) -> None:
    assert not Patient.objects.exclude(email="").exclude(pk=ada.pk).exists()
    assert Patient.objects.exclude(email="").get() == ada
    with pytest.raises(ValueError, match="only be compared with an empty text"):
        Patient.objects.filter(email="ada@patients.example").exists()
    with pytest.raises(FieldError):
        Patient.objects.filter(email__icontains="ada").exists()
    with pytest.raises(FieldError):
        Conversation.objects.filter(state__asking="x").exists()
