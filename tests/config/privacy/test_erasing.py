"""Erasure: asked for, due, done. What the law keeps stays until its time, then under a name that leads to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Alert, PatientDevice
from config import env
from config.privacy import erasing
from config.privacy.erasing import delete_outdated, erase_due, request_erasure
from config.privacy.records import KEPT, NOT_EXPORTED
from config.privacy.retention import ERASURE_WAITS, OF_NOBODY, RETENTIONS
from symptoms.consent import TEXT_VERSION, give_consent
from symptoms.field_keys import encrypted_fields
from symptoms.models import (
    ActivationCode,
    Assessment,
    Carer,
    DeviceToken,
    Erasure,
    Message,
    Patient,
    Practitioner,
    RefusedActivation,
    SymptomReport,
    TreatmentCourse,
    User,
)
from symptoms.models.access import AccessRecord
from symptoms.models.guards import rewriting_words
from symptoms.models.patient import PatientStatus
from tests.symptoms.admin.records import one_of_each

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=30 * 365.25)


@pytest.fixture
def chart(ada: Patient, ada_api: APIClient, nurse_kim: Practitioner) -> Patient:
    """Ada with a record of every kind, and a line in the site's log."""
    one_of_each(ada, nurse_kim)
    ada.phone, ada.carer_name, ada.carer_phone = "+32 470 11 22 33", "Carl", "+32 470 44 55 66"
    ada.save()
    Erasure.objects.all().delete()
    LogEntry.objects.log_actions(nurse_kim.user_id, [ada], CHANGE, "Ada's address", single_object=True)
    return ada


def later(by: timedelta) -> datetime:
    return timezone.now() + by


def words_of(patient: Patient) -> str:
    """All columns with words about the patient, as they are read."""
    rows = [(kept, row) for kept in KEPT for row in kept.rows_of(patient)]
    return " ".join(str(getattr(row, field.name)) for kept, row in rows for field in encrypted_fields(kept.model))


def test_asking_stops_the_service_at_once_and_can_be_taken_back(chart: Patient, ada_api: APIClient) -> None:
    asked = ada_api.post("/api/v1/erasure")
    assert asked.status_code == 202
    assert [one["scope"] for one in asked.json()["results"]] == ["contact", "record"]
    assert ada_api.post("/api/v1/erasure").json() == asked.json() == ada_api.get("/api/v1/erasure").json()
    chart.refresh_from_db()
    assert chart.status == PatientStatus.WITHDRAWN

    assert ada_api.delete("/api/v1/erasure").status_code == 204
    assert ada_api.get("/api/v1/erasure").json()["results"] == []
    assert erase_due(later(YEARS * 2)) == 0
    assert Patient.objects.get(pk=chart.pk).email == "ada@patients.example"


def test_a_call_that_comes_late_undoes_no_later_wish(chart: Patient, ada_api: APIClient) -> None:
    seen = ada_api.get("/api/v1/erasure")["ETag"]
    asked, again = (ada_api.post("/api/v1/erasure", HTTP_IF_MATCH=seen) for _ in range(2))
    assert (asked.status_code, again.status_code, again.json()) == (202, 202, asked.json())
    stays = [ada_api.delete("/api/v1/erasure", HTTP_IF_MATCH=asked["ETag"]).status_code for _ in range(2)]
    assert stays == [204, 204]

    assert ada_api.post("/api/v1/erasure", HTTP_IF_MATCH=seen).status_code == 412
    assert not chart.erasures.pending().exists()
    ada_api.post("/api/v1/erasure")
    assert ada_api.delete("/api/v1/erasure", HTTP_IF_MATCH=asked["ETag"]).status_code == 412
    assert chart.erasures.pending().count() == 2


def test_what_is_taken_back_while_others_are_erased_is_not_erased(
    chart: Patient, ben: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patient in (chart, ben):
        request_erasure(patient, by=patient.user, now=timezone.now())
    erase = erasing._erase_contact

    def ben_stays(patient: Patient, by: User, now: datetime) -> dict[str, int]:
        assert patient == chart
        ben.erasures.take_back(now)
        return erase(patient, by, now)

    monkeypatch.setattr(erasing, "_erase_contact", ben_stays)

    assert erase_due(later(ERASURE_WAITS + timedelta(minutes=1))) == 1
    assert Patient.objects.get(pk=ben.pk).email == "ben@patients.example"
    assert [one.done_at for one in ben.erasures.all()] == [None, None]


def test_who_agrees_again_is_not_erased(chart: Patient) -> None:
    request_erasure(chart, by=chart.user, now=timezone.now())
    give_consent(chart, text_version=TEXT_VERSION, language="en", now=timezone.now(), by=chart.user)
    assert not chart.erasures.pending().exists()
    assert erase_due(later(ERASURE_WAITS * 2)) == 0
    assert Patient.objects.get(pk=chart.pk).email == "ada@patients.example"


def test_what_only_the_service_needs_goes_after_a_fortnight(chart: Patient) -> None:
    request_erasure(chart, by=chart.user, now=timezone.now())
    assert erase_due(later(ERASURE_WAITS - timedelta(minutes=1))) == 0
    assert DeviceToken.objects.filter(user=chart.user_id).exists()

    assert erase_due(later(ERASURE_WAITS + timedelta(minutes=1))) == 1
    chart.refresh_from_db()
    assert (chart.email, chart.phone, chart.carer_name, chart.carer_phone) == ("", "", "", "")
    assert not DeviceToken.objects.filter(user=chart.user_id).exists()
    assert not PatientDevice.objects.filter(patient=chart).exists()
    assert not ActivationCode.objects.filter(patient=chart).exists()
    assert not Carer.objects.in_force().filter(patient=chart).exists()
    assert chart.full_name == "Ada Archer"
    assert "I cough a little" in words_of(chart)
    done = Erasure.objects.get(scope="contact")
    assert (done.done_at is not None, done.log["symptoms.DeviceToken"] >= 1) == (True, True)


def test_the_record_goes_when_the_law_has_no_more_need_of_it(chart: Patient, ben: Patient) -> None:
    request_erasure(chart, by=chart.user, now=timezone.now())
    assert erase_due(later(YEARS - timedelta(days=1))) == 1
    assert "I cough a little" in words_of(chart)
    before = list(Assessment.objects.filter(report__patient=chart).values_list("pk", "urgency", "findings"))

    assert erase_due(later(YEARS + timedelta(days=20))) == 1
    chart.refresh_from_db()
    assert chart.full_name == f"Erased {str(chart.pk)[:8]}"
    assert not chart.user.is_active
    text = words_of(chart)
    for words in ("cough a little", "hurts at night", "Carl", "phone"):
        assert words not in text
    assert list(Assessment.objects.filter(report__patient=chart).values_list("pk", "urgency", "findings")) == before
    assert Alert.objects.filter(patient=chart).exists()
    assert SymptomReport.objects.get(patient=chart, source="form").answers["mouth_sores.count"] == 4
    [line] = LogEntry.objects.filter(object_id=str(chart.pk))
    assert (line.object_repr, line.change_message) == ("Erased", "")
    assert Patient.objects.get(pk=ben.pk).full_name == "Ben Baker"


def test_an_erasure_that_was_stopped_is_done_again_without_harm(
    chart: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_erasure(chart, by=chart.user, now=timezone.now())
    now = later(YEARS + timedelta(days=20))
    with monkeypatch.context() as broken:
        broken.setattr("config.privacy.erasing._log_lines", None)
        assert erase_due(now) == 1
    assert Erasure.objects.pending().get().scope == "record"
    assert erase_due(now) == 1
    assert erase_due(now) == 0
    assert not Erasure.objects.pending().exists()


def test_a_record_with_later_entries_is_kept_for_them(chart: Patient) -> None:
    request_erasure(chart, by=chart.user, now=timezone.now())
    SymptomReport.objects.filter(patient=chart).update(received_at=later(timedelta(days=400)))
    erase_due(later(YEARS + timedelta(days=20)))
    assert "I cough a little" in words_of(chart)
    assert Erasure.objects.pending().get().due_at > later(YEARS + timedelta(days=390))


def test_a_record_whose_time_has_passed_is_erased_though_nobody_asked(chart: Patient, ben: Patient) -> None:
    TreatmentCourse.objects.filter(patient=chart).update(ended_on=timezone.now().date())
    over = later(YEARS + timedelta(days=60))
    assert erase_due(over) == 0
    assert [(one.patient, one.requested_by) for one in Erasure.objects.pending()] == [(chart, None)] * 2
    assert erase_due(over + ERASURE_WAITS) == 2
    assert Patient.objects.get(pk=chart.pk).full_name.startswith("Erased")
    assert Patient.objects.get(pk=ben.pk).full_name == "Ben Baker"


def test_outside_an_erasure_no_word_of_a_record_is_changed(chart: Patient) -> None:
    for statement in ("UPDATE symptoms_assessment SET facts = '{}'", "UPDATE symptoms_amendment SET note = ''"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_has_a_time_of_its_own_is_deleted_after_it(days: int, left: int) -> None:
    now = timezone.now()
    RefusedActivation.objects.create(refused_at=now - timedelta(days=days), address_hash="a", code_hash="c")
    delete_outdated(now)
    assert RefusedActivation.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(3652, 1), (3654, 0)])
def test_the_access_log_is_kept_for_ten_years_and_deleted_by_nothing_else(
    ada: Patient, nurse_kim: Practitioner, days: int, left: int
) -> None:
    now = timezone.now()
    AccessRecord.objects.create(
        happened_at=now - timedelta(days=days), clinic=ada.clinic, person=nurse_kim.user, role="nurse", kind="view",
        page="x", patients=[ada.pk],
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessRecord.objects.all().delete()

    delete_outdated(now)

    assert AccessRecord.objects.count() == left
    if left:
        with pytest.raises(DatabaseError), rewriting_words():
            AccessRecord.objects.all().delete()


def test_live_tokens_and_codes_stay(ada: Patient, ada_api: APIClient) -> None:
    delete_outdated(timezone.now())
    assert ada_api.get("/api/v1/me").status_code == 200
    assert ActivationCode.objects.filter(patient=ada).exists()


def test_the_table_of_retentions_stands_in_the_documentation() -> None:
    rows = [f"| {row.what} | {row.how_long} | {row.then} | {row.ground} |" for row in RETENTIONS]
    table = ["| what | kept for | then | ground |", "|---|---|---|---|", *rows]
    assert "\n".join(table) in (env.BASE_DIR / "docs" / "privacy.md").read_text()


def test_every_table_of_the_database_is_kept_for_a_time_or_tells_of_nobody() -> None:
    kept = {label for row in RETENTIONS for label in row.labels}
    tables = {model._meta.label for model in apps.get_models() if model._meta.managed}

    assert tables == kept | set(OF_NOBODY)
    assert not kept & set(OF_NOBODY)
    assert {one.label for one in KEPT} | set(NOT_EXPORTED) <= kept


@pytest.mark.parametrize(("days", "is_active", "left"), [(91, False, 0), (89, False, 1), (91, True, 1)])
def test_addresses_and_second_factors_of_staff_go_when_they_have_left(
    nurse_kim: Practitioner, days: int, is_active: bool, left: int
) -> None:
    now = timezone.now()
    user = nurse_kim.user
    User.objects.filter(pk=user.pk).update(is_active=is_active, last_login=now - timedelta(days=days))
    nurse_kim.contact_points.create(channel="sms", address="+32 470 11 22 33")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    EmailAddress.objects.create(user=user, email=user.email)

    erase_due(now)

    for rows in (nurse_kim.contact_points, Authenticator.objects.filter(user=user), user.emailaddress_set):
        assert rows.count() == left
    assert User.objects.get(pk=user.pk).email == user.email, "who did what can be told"


def test_no_message_is_deleted(chart: Patient) -> None:
    number = Message.objects.count()
    request_erasure(chart, by=chart.user, now=timezone.now())
    erase_due(later(YEARS + timedelta(days=20)))
    assert Message.objects.count() == number
