"""Nobody sees another clinic's rows, on any page of any model, and nobody deletes."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symptoms.admin.scoping import ClinicScopedAdmin
from symptoms.models import Clinic, DeviceToken, Patient, Practitioner, SymptomReport, TreatmentCourse, User
from symptoms.models.clinic import Role
from tests.cast import course_of, make_patient, make_practitioner, site_of
from tests.symptoms.admin.records import one_of_each

pytestmark = pytest.mark.django_db

OURS = [model for label in ("symptoms", "alerts", "education") for model in apps.get_app_config(label).get_models()]
NO_PAGES = {
    "heartbeat", "periodicrun", "alertevent", "deliveryattempt", "escalationstep", "checkinplan", "patientdevice",
    "visitchecklist", "checklisttakenback", "ctcaegradetakenback", "sentcode", "signintry",
    "refusedactivation", "sentform", "systemcredential",
}  # fmt: skip
"""Shown on the page of something else, made and listed by a command, or of no interest to a clinic."""

SYMPTOM_MODELS = sorted(
    {model._meta.model_name or "" for model in apps.get_app_config("symptoms").get_models()} - NO_PAGES
)
ABOUT_STAFF = {"clinic", "practitioner", "user"}
FOR_ADMINISTRATORS = {"user", "accessrecord", "emergencyaccess"}

Everything = dict[str, Model]


@pytest.fixture
def records(ada: Patient, nurse_kim: Practitioner) -> Everything:
    return one_of_each(ada, nurse_kim)


@pytest.fixture
def admin_site(clinic: Clinic) -> Client:
    """The browser of an administrator of the first clinic."""
    return site_of(make_practitioner(clinic, "alex", role=Role.ADMINISTRATOR).user)


def url(record: Model, page: str = "change") -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def list_url(name: str) -> str:
    return reverse(f"admin:symptoms_{name}_changelist")


def test_every_model_has_scoped_pages_or_is_named_here() -> None:
    registered = {model for model in OURS if admin.site.is_registered(model)}
    assert {model._meta.model_name for model in OURS if model not in registered} == NO_PAGES
    assert all(isinstance(admin.site.get_model_admin(model), ClinicScopedAdmin) for model in registered)
    assert {model._meta.app_label for model in admin.site._registry} == {"symptoms", "alerts", "education"}


def test_there_is_a_record_of_every_model(records: Everything) -> None:
    assert sorted(records) == sorted(set(SYMPTOM_MODELS) - NO_PAGES)


def test_ones_own_list_record_and_history_open(records: Everything, kim_site: Client, admin_site: Client) -> None:
    for name, record in records.items():
        site = admin_site if name in FOR_ADMINISTRATORS else kim_site
        assert site.get(list_url(name)).status_code == 200, name
        assert site.get(list_url(name), {"q": "a"}).status_code == 200, name
        for page in ("change", "history"):
            assert site.get(url(record, page)).status_code == 200, (name, page)


def test_another_clinics_record_does_not_exist(records: Everything, other_clinic: Clinic, lee_site: Client) -> None:
    boss = site_of(make_practitioner(other_clinic, "olga", role=Role.ADMINISTRATOR).user)
    for name, record in records.items():
        for site in (lee_site, boss):
            for page in ("change", "history", "delete"):
                assert site.get(url(record, page)).status_code == 404, (name, page)
                assert site.post(url(record, page), {"post": "yes"}).status_code in {404, 405}, (name, page)
            listing = site.get(list_url(name), {"q": "a"})
            assert listing.status_code in {200, 403}
            assert url(record) not in listing.content.decode(), name


def test_patients_and_strangers_are_sent_to_the_log_in(
    records: Everything, nobody_site: Client, ada_site: Client, ben_site: Client
) -> None:
    for site in (nobody_site, ada_site, ben_site):
        for name, record in records.items():
            for address in (list_url(name), url(record), url(record, "history")):
                answer = site.get(address)
                assert answer.status_code == 302, address
                assert "/login/" in answer.headers["Location"], address


def test_nobody_deletes(records: Everything, kim_site: Client, admin_site: Client) -> None:
    for name, record in records.items():
        chosen = {"action": "delete_selected", "_selected_action": [str(record.pk)], "post": "yes"}
        for site in (kim_site, admin_site):
            assert site.post(url(record, "delete"), {"post": "yes"}).status_code == 403, name
            site.post(list_url(name), chosen)
        assert type(record)._default_manager.filter(pk=record.pk).exists(), name


def test_staff_without_a_clinic_see_nothing(records: Everything) -> None:
    site = site_of(User.objects.create_user("temp", is_staff=True))
    for name, record in records.items():
        assert site.get(list_url(name)).status_code == 403, name
        assert site.get(url(record)).status_code == 404, name


def test_an_operator_sets_up_clinics_and_sees_no_patient(records: Everything) -> None:
    site = site_of(User.objects.create_superuser("root"))
    for name, record in records.items():
        is_theirs = name in ABOUT_STAFF
        assert site.get(url(record)).status_code == (200 if is_theirs else 404), name
        assert site.get(list_url(name)).status_code == (200 if is_theirs else 403), name


def test_a_superuser_of_a_clinic_sees_that_clinic_only(ada: Patient, ben: Patient, nurse_lee: Practitioner) -> None:
    nurse_lee.user.is_superuser = True
    nurse_lee.user.save()
    site = site_of(nurse_lee.user)
    assert site.get(url(ben)).status_code == 200
    assert site.get(url(ada)).status_code == 404
    assert site.get(url(ada.clinic)).status_code == 404


def test_an_administrator_who_treats_nobody_reads_no_talks_and_reports(records: Everything, admin_site: Client) -> None:
    for name in ("conversation", "message", "symptomreport", "assessment", "episode"):
        assert admin_site.get(list_url(name)).status_code == 403, name
        assert admin_site.get(url(records[name])).status_code == 403, name


def test_a_lost_phone_is_signed_out(records: Everything, kim_site: Client, lee_site: Client, ada: Patient) -> None:
    token = records["devicetoken"]
    chosen = {"action": "sign_out", "_selected_action": [str(token.pk)]}
    lee_site.post(list_url("devicetoken"), chosen)
    assert DeviceToken.objects.filter(pk=token.pk).exists()
    kim_site.post(list_url("devicetoken"), chosen)
    assert not DeviceToken.objects.filter(pk=token.pk).exists()


def test_lists_show_the_own_clinics_rows_and_offer_no_others(
    ada: Patient, ben: Patient, kim_site: Client, lee_site: Client
) -> None:
    for site, own, other in ((kim_site, ada, ben), (lee_site, ben, ada)):
        page = site.get(list_url("patient"), {"q": "a"}).content.decode()
        assert own.full_name in page
        assert other.full_name not in page


def test_a_search_over_another_clinics_patient_finds_nothing(ada: Patient, lee_site: Client) -> None:
    for query in ({"q": "Ada"}, {"q": str(ada.pk)}, {"id__exact": str(ada.pk)}):
        assert ada.full_name not in lee_site.get(list_url("patient"), query).content.decode()
    page = lee_site.get(list_url("treatmentcourse"), {"patient__id__exact": str(ada.pk)}).content.decode()
    assert ada.full_name not in page


def test_autocompletion_offers_the_own_clinics_patients(ada: Patient, ben: Patient, kim_site: Client) -> None:
    wanted = {"app_label": "symptoms", "model_name": "treatmentcourse", "field_name": "patient"}
    found = kim_site.get(reverse("admin:autocomplete"), {**wanted, "term": ""}).json()["results"]
    assert [one["text"] for one in found] == [ada.full_name]


def test_another_clinics_patient_is_refused_as_a_choice(
    ben: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    before = TreatmentCourse.objects.count()
    course_of(ben)
    answer = kim_site.post(
        reverse("admin:symptoms_treatmentcourse_add"),
        {
            "patient": str(ben.pk),
            "regimen": "everolimus_exemestane",
            "starting_dose_mg": "10",
            "first_dose_on": "2026-01-01",
            "is_bath_prescribed": "unknown",
        },
    )
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert TreatmentCourse.objects.count() == before


def test_clinical_records_are_for_reading(records: Everything, kim_site: Client) -> None:
    for name in ("symptomreport", "assessment", "conversation", "message", "episode", "activationcode", "doseevent"):
        assert kim_site.post(url(records[name]), {"urgency": 0, "text": "x"}).status_code == 403, name
        assert kim_site.get(reverse(f"admin:symptoms_{name}_add")).status_code == 403, name
    report = records["symptomreport"]
    assert isinstance(report, SymptomReport)
    assert SymptomReport.objects.get(pk=report.pk).answers == report.answers


def count_queries(site: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert site.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_number_of_queries_however_long(
    records: Everything, nurse_kim: Practitioner, kim_site: Client, admin_site: Client
) -> None:
    sites = {name: admin_site if name in FOR_ADMINISTRATORS else kim_site for name in records}
    for name, site in sites.items():
        site.get(list_url(name))
    before = {name: count_queries(site, list_url(name)) for name, site in sites.items()}
    for number in range(3):
        colleague = make_practitioner(nurse_kim.clinic, f"colleague-{number}")
        one_of_each(make_patient(nurse_kim.clinic, f"Patient {number}"), colleague)
    assert {name: count_queries(site, list_url(name)) for name, site in sites.items()} == before


def test_nobody_types_in_a_password_for_somebody_else_or_closes_an_operators_account(
    admin_site: Client, nurse_kim: Practitioner
) -> None:
    page = url(nurse_kim.user)
    assert "password" not in admin_site.get(page).context["adminform"].form.fields
    assert admin_site.get(page.replace("/change/", "/password/")).status_code in (302, 404)
    nurse_kim.user.is_superuser = True
    nurse_kim.user.save()
    assert admin_site.post(page, {"is_active": ""}).status_code == 403
