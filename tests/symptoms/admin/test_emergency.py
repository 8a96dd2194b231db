"""Break-glass: one patient of another clinic, for an hour, with a reason, in the log, and that clinic is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from anymail.exceptions import AnymailRecipientsRefused
from django.core import mail
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from symptoms.emergency import tell_of_emergencies
from symptoms.models import AccessRecord, Clinic, EmergencyAccess, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.cast import make_patient, make_practitioner, site_of
from tests.symptoms.admin.records import file_four_sores, talk

pytestmark = pytest.mark.django_db

REASON = "Brought to our emergency department, breathless"
ASK = reverse("emergency")


@pytest.fixture
def ben_numbered(ben: Patient) -> Patient:
    ben.hospital_number = "S-77"
    ben.save()
    return ben


def give_reason(site: Client, patient: Patient, **fields: Any) -> Any:
    form = {"clinic": patient.clinic_id, "number": patient.hospital_number, "reason": REASON}
    return site.post(ASK, {**form, **fields})


@pytest.fixture
def opened(kim_site: Client, ben_numbered: Patient) -> EmergencyAccess:
    assert give_reason(kim_site, ben_numbered).status_code == 302
    return EmergencyAccess.objects.get()


def record_url(access: EmergencyAccess) -> str:
    return reverse("emergency_record", args=[access.pk])


def test_a_record_that_was_opened_twice_is_offered_once_with_its_clinic(
    kim_site: Client, ben_numbered: Patient, opened: EmergencyAccess
) -> None:
    latest = EmergencyAccess.objects.create(
        practitioner=opened.practitioner, patient=ben_numbered, reason=REASON, ends_at=opened.ends_at
    )
    page = kim_site.get(ASK).content.decode()
    assert record_url(latest) in page
    assert record_url(opened) not in page
    assert f"{ben_numbered.clinic}: open until" in page


def test_a_nurse_of_another_clinic_reads_one_record(
    kim_site: Client, ben_numbered: Patient, other_clinic: Clinic
) -> None:
    report = file_four_sores(ben_numbered)
    talk(ben_numbered, "I cough a little")
    unseen = make_patient(other_clinic, "Uma Unseen", hospital_number="S-78")
    answer = give_reason(kim_site, ben_numbered)
    page = kim_site.get(answer["Location"])
    text = page.content.decode()
    for shown in ("Ben Baker", "S-77", "MOUTH-COUNT", "I cough a little", "Clinic South"):
        assert shown in text
    assert unseen.full_name not in text
    assert page["Cache-Control"] == "no-store"
    for address in (
        f"/admin/symptoms/patient/{ben_numbered.pk}/change/",
        f"/admin/symptoms/patient/{unseen.pk}/change/",
        f"/admin/symptoms/symptomreport/{report.pk}/change/",
    ):
        assert kim_site.get(address).status_code == 404
    assert kim_site.post(answer["Location"]).status_code == 200  # there is nothing to send


def test_open_alerts_visits_and_treatment_are_read_and_lead_nowhere(
    kim_site: Client, ben_numbered: Patient, opened: EmergencyAccess
) -> None:
    records = [file_four_sores(ben_numbered), *ben_numbered.alerts.all(), *ben_numbered.visits.all(), ben_numbered]
    text = kim_site.get(record_url(opened)).content.decode()
    for shown in ("Open alerts", "MOUTH-COUNT", "Nobody has taken it", "day 15", "Dose log", "How many sores", "From "):
        assert shown in text, shown
    for record in records:
        assert str(record.pk) not in text


def test_it_is_in_the_log_of_the_patients_clinic_with_the_reason(
    opened: EmergencyAccess, kim_site: Client, other_clinic: Clinic, clinic: Clinic
) -> None:
    kim_site.get(record_url(opened))
    kinds = [(one.kind, one.clinic, one.patients, one.emergency_id) for one in AccessRecord.objects.order_by("id")]
    assert kinds == [(kind, other_clinic, [opened.patient_id], opened.pk) for kind in ("emergency", "view")]
    theirs = site_of(make_practitioner(other_clinic, "olga", role=Role.ADMINISTRATOR).user)
    record = AccessRecord.objects.earliest("id")
    assert REASON in theirs.get(reverse("admin:symptoms_accessrecord_change", args=[record.pk])).content.decode()
    assert REASON in theirs.get(reverse("admin:symptoms_emergencyaccess_change", args=[opened.pk])).content.decode()
    assert "Kim Keller" in theirs.get(reverse("admin:symptoms_emergencyaccess_changelist")).content.decode()
    export = theirs.get(reverse("admin:symptoms_accessrecord_export"), {"kind__exact": "emergency"})
    assert REASON in b"".join(export).decode()
    ours = site_of(make_practitioner(clinic, "amy", role=Role.ADMINISTRATOR).user)
    assert ours.get(reverse("admin:symptoms_emergencyaccess_change", args=[opened.pk])).status_code == 404


def test_the_list_of_the_log_names_the_patient_and_the_reason(opened: EmergencyAccess, other_clinic: Clinic) -> None:
    theirs = site_of(make_practitioner(other_clinic, "olga", role=Role.ADMINISTRATOR).user)
    page = theirs.get(reverse("admin:symptoms_accessrecord_changelist")).content.decode()
    assert "S-77" in page
    assert REASON in page


def test_the_clinic_is_told_at_once_and_once_without_names(opened: EmergencyAccess, other_clinic: Clinic) -> None:
    for name, role in (("olga", Role.ADMINISTRATOR), ("audrey", Role.AUDITOR)):
        make_practitioner(other_clinic, name, role=role)
    assert (tell_of_emergencies(), tell_of_emergencies()) == (1, 0)
    (told,) = mail.outbox
    assert "within a day: 1." in told.body
    assert sorted(told.bcc) == ["audrey@hospital.example", "olga@hospital.example"]
    for secret in ("Ben", "Baker", "S-77", "Kim", "breathless", "North"):
        assert secret not in f"{told.subject} {told.body}"
    assert EmergencyAccess.objects.get().told_at is not None


def test_a_clinic_without_administrators_is_told_all_the_same(opened: EmergencyAccess, nurse_lee: Practitioner) -> None:
    tell_of_emergencies()
    assert mail.outbox[0].bcc == [nurse_lee.user.email]


def test_a_mail_that_fails_is_tried_again_ever_more_rarely(
    opened: EmergencyAccess, nurse_lee: Practitioner, settings: Settings
) -> None:
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert tell_of_emergencies() == 0
    settings.EMAIL_BACKEND = works
    assert tell_of_emergencies() == 0
    access = EmergencyAccess.objects.get()
    assert access.tell_after - access.opened_at >= timedelta(minutes=1)
    EmergencyAccess.objects.update(tell_after=access.opened_at)
    assert tell_of_emergencies() == 1


def test_a_mail_that_is_refused_keeps_no_other_clinic_waiting(
    opened: EmergencyAccess, nurse_kim: Practitioner, nurse_lee: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[str]] = []

    def refuse_the_first(mail: EmailMessage) -> int:
        sent.append(mail.bcc)
        if len(sent) == 1:
            raise AnymailRecipientsRefused
        return 1

    monkeypatch.setattr(EmailMessage, "send", refuse_the_first)
    EmergencyAccess.objects.create(
        practitioner=nurse_kim, patient=opened.patient, reason=REASON, ends_at=timezone.now() + timedelta(hours=1)
    )
    assert tell_of_emergencies() == 1
    assert sent == [[nurse_lee.user.email]] * 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_the_mail_server(
    opened: EmergencyAccess, nurse_lee: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_waiting: list[bool] = []

    def send(mail: EmailMessage) -> int:
        is_waiting.append(connection.in_atomic_block)
        assert tell_of_emergencies() == 0, "another run mails it as well"
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    assert tell_of_emergencies() == 1
    assert is_waiting == [False]


def test_for_everybody_else_and_after_an_hour_it_does_not_exist(
    opened: EmergencyAccess, kim_site: Client, lee_site: Client, clinic: Clinic
) -> None:
    colleague = site_of(make_practitioner(clinic, "cora").user)
    for site in (colleague, lee_site):
        assert site.get(record_url(opened)).status_code == 404
    assert record_url(opened) in kim_site.get(ASK).content.decode()
    now = timezone.now()
    over = EmergencyAccess.objects.create(
        practitioner=opened.practitioner,
        patient=opened.patient,
        reason=REASON,
        opened_at=now - timedelta(minutes=61),
        ends_at=now - timedelta(minutes=1),
    )
    assert kim_site.get(record_url(over)).status_code == 404
    assert record_url(over) not in kim_site.get(ASK).content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_it_is_for_clinicians(role: Role, clinic: Clinic, ben_numbered: Patient) -> None:
    site = site_of(make_practitioner(clinic, "other", role=role).user)
    assert site.get(ASK).status_code == 403
    assert give_reason(site, ben_numbered).status_code == 403
    assert not EmergencyAccess.objects.exists()


def test_an_operator_cannot(operator_site: Client, ben_numbered: Patient) -> None:
    assert give_reason(operator_site, ben_numbered).status_code == 403


def test_without_a_reason_or_a_number_nothing_opens(kim_site: Client, ben_numbered: Patient, ada: Patient) -> None:
    for fields in ({"reason": "urgent"}, {"reason": ""}, {"number": "S-78"}, {"number": ""}, {"clinic": ada.clinic_id}):
        answer = give_reason(kim_site, ben_numbered, **fields)
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert "Ben Baker" not in answer.content.decode()
    assert not EmergencyAccess.objects.exists()
    assert not AccessRecord.objects.exists()


@pytest.fixture
def ben_unnumbered(ben: Patient) -> Patient:
    ben.full_name, ben.date_of_birth = "Ben José Baker-Lee", date(1958, 3, 14)
    ben.save()
    return ben


@pytest.mark.parametrize("name", ["Ben José Baker-Lee", "baker lee, ben jose"])
def test_a_patient_without_a_number_is_opened_by_name_and_birth(
    kim_site: Client, ben_unnumbered: Patient, name: str
) -> None:
    answer = give_reason(kim_site, ben_unnumbered, full_name=name, date_of_birth="1958-03-14")
    assert "Ben José Baker-Lee" in kim_site.get(answer["Location"]).content.decode()
    assert EmergencyAccess.objects.get().patient == ben_unnumbered
    assert AccessRecord.objects.earliest("id").kind == "emergency"


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Ben Baker", "1958-03-14"),
        ("Ben José Baker-Lees", "1958-03-14"),
        ("Ben José Baker-Lee", "1958-03-15"),
        ("Nobody Here", "1958-03-14"),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(
    kim_site: Client, ben_unnumbered: Patient, name: str, born: str
) -> None:
    answer = give_reason(kim_site, ben_unnumbered, full_name=name, date_of_birth=born)
    assert answer.context["form"].errors == {
        "__all__": ["That clinic has no such patient, or more than one: nothing was opened."]
    }
    assert not EmergencyAccess.objects.exists()


def test_two_of_a_name_born_on_one_day_are_not_told_apart_by_chance(kim_site: Client, ben_unnumbered: Patient) -> None:
    born = ben_unnumbered.date_of_birth
    make_patient(ben_unnumbered.clinic, ben_unnumbered.full_name, hospital_number="S-79", date_of_birth=born)
    named = {"full_name": ben_unnumbered.full_name, "date_of_birth": "1958-03-14"}
    assert "or more than one" in give_reason(kim_site, ben_unnumbered, **named).content.decode()
    assert give_reason(kim_site, ben_unnumbered, **named, number="S-79").status_code == 302


@pytest.mark.parametrize("given", [{"full_name": "Ben José Baker-Lee"}, {"date_of_birth": "1958-03-14"}])
def test_a_name_or_a_birth_alone_opens_nothing(
    kim_site: Client, ben_unnumbered: Patient, given: dict[str, str]
) -> None:
    assert "Give the hospital number" in give_reason(kim_site, ben_unnumbered, **given).content.decode()
    assert not EmergencyAccess.objects.exists()


def test_names_are_counted_with_the_numbers(kim_site: Client, ben_unnumbered: Patient) -> None:
    for number in range(5):
        give_reason(kim_site, ben_unnumbered, full_name=f"Ben {number}", date_of_birth="1958-03-14")
    assert "Wait a minute" in give_reason(kim_site, ben_unnumbered, number="X-5").content.decode()


def test_numbers_cannot_be_tried_out(kim_site: Client, ben_numbered: Patient) -> None:
    for number in range(5):
        give_reason(kim_site, ben_numbered, number=f"X-{number}")
    assert "Wait a minute" in give_reason(kim_site, ben_numbered).content.decode()
    assert not EmergencyAccess.objects.exists()


def test_numbers_cannot_be_walked_with_a_known_one_between(kim_site: Client, ben_numbered: Patient) -> None:
    for number in ("X-1", "X-2", ben_numbered.hospital_number, "X-3", "X-4"):
        give_reason(kim_site, ben_numbered, number=number)
    assert "Wait a minute" in give_reason(kim_site, ben_numbered, number="X-5").content.decode()


def test_one_person_opens_three_records_within_an_hour_and_a_colleague_the_next(
    kim_site: Client, ben_numbered: Patient, clinic: Clinic
) -> None:
    others = [make_patient(ben_numbered.clinic, f"Other {number}") for number in range(3)]
    for number, other in enumerate(others):
        Patient.objects.filter(pk=other.pk).update(hospital_number=f"O-{number}")
        assert give_reason(kim_site, other, number=f"O-{number}").status_code == 302
    assert give_reason(kim_site, others[0], number="O-0").status_code == 302, "the same one again is none more"
    assert "Let a colleague open the next one" in give_reason(kim_site, ben_numbered).content.decode()
    assert EmergencyAccess.objects.values("patient").distinct().count() == 3
    assert give_reason(site_of(make_practitioner(clinic, "cora").user), ben_numbered).status_code == 302


@pytest.mark.parametrize("reason", ["aaaaaaaaaaaaaaaaaaa", "help help help help help", "here she is 1234567890"])
def test_a_reason_is_a_sentence(kim_site: Client, ben_numbered: Patient, reason: str) -> None:
    assert "Write a sentence" in give_reason(kim_site, ben_numbered, reason=reason).content.decode()


def test_the_clinic_sees_in_its_worklist_that_the_patient_is_somewhere_else(
    opened: EmergencyAccess, lee_site: Client
) -> None:
    assert "has opened this record in an emergency" in lee_site.get("/admin/").content.decode()


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE symptoms_emergencyaccess SET reason = ''",
        "UPDATE symptoms_emergencyaccess SET ends_at = now() + interval '1 day'",
        "DELETE FROM symptoms_emergencyaccess",
    ],
)
def test_an_opening_is_not_rewritten(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_reason_is_not_readable_in_the_database(opened: EmergencyAccess) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM symptoms_emergencyaccess")
        assert "breathless" not in cursor.fetchone()[0]
