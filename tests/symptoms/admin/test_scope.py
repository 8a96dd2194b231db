"""Who sees what on the clinician site: one's own clinic, and nothing of another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from symptoms.models import Clinic, Patient, Practitioner, TreatmentCourse, User
from symptoms.models.clinic import Role
from tests.cast import make_practitioner, site_of
from tests.symptoms.admin.conftest import Chart

pytestmark = pytest.mark.django_db


def url(row: Any, page: str) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return reverse(name) if page == "changelist" else reverse(name, args=[row.pk])


def test_a_nurse_reads_every_list_page_and_history_of_her_clinic(kim_site: Client, ada_chart: Chart) -> None:
    for row in ada_chart.rows:
        listed = kim_site.get(url(row, "changelist"))
        assert listed.status_code == 200, row
        assert str(row.pk) in listed.content.decode(), row
        assert kim_site.get(url(row, "change")).status_code == 200, row
        assert kim_site.get(url(row, "history")).status_code == 200, row


def test_another_clinics_rows_do_not_exist(kim_site: Client, ada_chart: Chart, ben_chart: Chart) -> None:
    for row in ben_chart.rows:
        for page in ("change", "history", "delete"):
            assert kim_site.get(url(row, page)).status_code == 404, (row, page)
            assert kim_site.post(url(row, page), {"post": "yes"}).status_code == 404, (row, page)
        assert url(row, "change") not in kim_site.get(url(row, "changelist")).content.decode(), row


def test_another_clinics_patient_is_not_found_by_searching(
    kim_site: Client, ada_chart: Chart, ben_chart: Chart
) -> None:
    for row in ben_chart.rows:
        page = kim_site.get(url(row, "changelist"), {"q": "Baker"})
        assert ben_chart.patient.full_name not in page.content.decode(), row


def test_autocompletion_offers_patients_of_the_own_clinic_only(kim_site: Client, ada: Patient, ben: Patient) -> None:
    query = {"app_label": "symptoms", "model_name": "treatmentcourse", "field_name": "patient", "term": ""}
    found = kim_site.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["id"] for one in found] == [str(ada.pk)]


def test_a_superuser_without_a_clinic_sees_nothing_of_any_patient(operator_site: Client, ada_chart: Chart) -> None:
    for row in ada_chart.rows:
        assert operator_site.get(url(row, "changelist")).status_code == 403, row
        assert operator_site.get(url(row, "change")).status_code == 404, row
    assert ada_chart.patient.full_name not in operator_site.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("who", ["nobody_site", "ada_site"])
def test_whoever_is_no_practitioner_is_sent_to_log_in(
    who: str, request: pytest.FixtureRequest, ada_chart: Chart
) -> None:
    site: Client = request.getfixturevalue(who)
    addresses = [url(row, page) for row in ada_chart.rows for page in ("changelist", "change")]
    for address in [*addresses, reverse("admin:symptoms_patient_enrol")]:
        response = site.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith(reverse("admin:login")), address


def test_nobody_deletes(administrator: Practitioner, ada_chart: Chart, oncologist: Practitioner) -> None:
    for practitioner in (administrator, oncologist):
        for row in ada_chart.rows:
            response = site_of(practitioner.user).post(url(row, "delete"), {"post": "yes"})
            assert response.status_code in (403, 404), row
            assert type(row).objects.filter(pk=row.pk).exists()


def test_no_list_offers_to_delete(kim_site: Client, ada_chart: Chart) -> None:
    for row in ada_chart.rows:
        assert "delete_selected" not in kim_site.get(url(row, "changelist")).content.decode(), row


def test_a_posted_patient_of_another_clinic_is_refused(kim_site: Client, ada: Patient, ben: Patient) -> None:
    before = TreatmentCourse.objects.count()
    TreatmentCourse.objects.filter(patient=ben).update(ended_on="2999-01-01")  # so that only the clinic is in the way
    body = {
        "patient": str(ben.pk), "regimen": "other", "starting_dose_mg": "10", "first_dose_on": "2026-03-02",
        "is_bath_prescribed": "unknown",
    }  # fmt: skip
    response = kim_site.post(reverse("admin:symptoms_treatmentcourse_add"), body)
    assert response.status_code == 200
    assert "patient" in response.context["adminform"].form.errors
    assert TreatmentCourse.objects.count() == before


def test_a_patient_is_not_moved_to_another_clinic(kim_site: Client, ada: Patient, ben: Patient) -> None:
    page = kim_site.get(url(ada, "edit"))
    body = {name: value for name, value in page.context["adminform"].form.initial.items() if value is not None}
    response = kim_site.post(url(ada, "edit"), {**body, "clinic": str(ben.clinic_id)})
    assert response.status_code == 302
    ada.refresh_from_db()
    assert ada.clinic_id != ben.clinic_id


def test_an_administrator_sees_the_accounts_of_the_own_staff_only(
    administrator: Practitioner, nurse_kim: Practitioner, nurse_lee: Practitioner, ada: Patient
) -> None:
    site = site_of(administrator.user)
    page = site.get(reverse("admin:symptoms_user_changelist")).content.decode()
    assert nurse_kim.user.username in page
    assert ada.user.username not in page
    for user in (nurse_lee.user, ada.user):
        assert site.get(url(user, "change")).status_code == 404


def test_a_nurse_manages_no_staff(kim_site: Client, nurse_kim: Practitioner, clinic: Any) -> None:
    assert kim_site.get(reverse("admin:symptoms_practitioner_add")).status_code == 403
    assert kim_site.post(url(nurse_kim, "change"), {"role": "administrator"}).status_code == 403
    assert kim_site.post(url(clinic, "change"), {"name": "Mine"}).status_code == 403


def test_an_administrator_adds_a_practitioner_with_an_account(administrator: Practitioner) -> None:
    body = {
        "username": "nora", "first_name": "Nora", "last_name": "Nys", "email": "nora@hospital.example",
        "password": "a long enough passphrase", "role": "nurse", "is_superuser": "on",
    }  # fmt: skip
    response = site_of(administrator.user).post(reverse("admin:symptoms_practitioner_add"), body)
    nora = User.objects.get(username="nora")
    assert (nora.is_staff, nora.is_superuser) == (True, False)
    assert nora.practitioner.clinic == administrator.clinic
    shown = re.search(r'id="new-password"[^>]*>([^<]+)<', response.content.decode())
    assert shown is not None
    assert nora.check_password(shown.group(1))
    assert nora.has_start_password


def test_an_operator_lets_in_the_first_administrator_of_a_clinic_and_nobody_else(
    operator_site: Client,
    nurse_kim: Practitioner,
    clinic: Clinic,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    address = reverse("admin:symptoms_practitioner_add")
    body = {"username": "ghost", "first_name": "G", "last_name": "Host", "email": "g@evil.test", "clinic": clinic.pk}
    with django_capture_on_commit_callbacks(execute=True):
        operator_site.post(address, {**body, "role": "nurse"})
    ghost = Practitioner.objects.get(user__username="ghost")
    assert ghost.role == Role.ADMINISTRATOR
    (told,) = mail.outbox
    assert told.to == [nurse_kim.user.email]
    second = operator_site.post(address, {**body, "username": "second"})
    assert "has an administrator" in second.content.decode()
    assert operator_site.post(url(nurse_kim, "change"), {"role": "administrator"}).status_code == 403
    assert Practitioner.objects.filter(clinic=clinic).count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_other_administrators_are_told_of_a_new_account_once_it_is_kept(
    administrator: Practitioner, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, is_waiting = EmailMessage.send, list[bool]()

    def send_and_look(one: EmailMessage) -> int:
        is_waiting.append(connection.in_atomic_block)
        return send(one)

    monkeypatch.setattr(EmailMessage, "send", send_and_look)
    other = make_practitioner(clinic, "carmen", role=Role.ADMINISTRATOR)
    body = {"username": "nora", "first_name": "N", "last_name": "N", "email": "n@hospital.example", "role": "nurse"}
    site_of(administrator.user).post(reverse("admin:symptoms_practitioner_add"), body)
    (told,) = mail.outbox
    assert told.to == [other.user.email]
    assert is_waiting == [False], "no transaction waits for the mail server"
    assert "nora" not in f"{told.subject}{told.body}".casefold()


def test_a_taken_name_is_refused(administrator: Practitioner, nurse_kim: Practitioner) -> None:
    body = {
        "username": "kim", "first_name": "K", "last_name": "K", "email": "k@hospital.example", "role": "nurse",
    }  # fmt: skip
    response = site_of(administrator.user).post(reverse("admin:symptoms_practitioner_add"), body)
    assert {"username"} == set(response.context["adminform"].form.errors)


def test_no_page_but_ours_is_registered() -> None:
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps <= {"symptoms", "education", "alerts"}
