"""A practitioner enrols a patient on one page and hands over a code that is shown once."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import Visit
from symptoms.admin.handing_over import draw_code
from symptoms.courses import record_dose_event, set_status
from symptoms.enrolment import activate_device
from symptoms.models import AccessRecord, ActivationCode, Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.cast import course_of, make_patient, make_practitioner, site_of
from tests.filling import Page

pytestmark = pytest.mark.django_db

CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}\b")


def enrol_url() -> str:
    return reverse("admin:symptoms_patient_enrol")


def filled_in(**changes: Any) -> dict[str, Any]:
    form = {
        "form_id": str(uuid.uuid4()),
        "full_name": "Eve Evers",
        "hospital_number": "H-1",
        "language": "nl",
        "time_zone": "Europe/Brussels",
        "email": "eve@patients.example",
        "phone": "+32 2 555 11 22",
        "first_dose_on": timezone.now().date().isoformat(),
        "regimen": "everolimus_exemestane",
        "starting_dose_mg": "10",
        "baseline_ct_on": timezone.now().date().isoformat(),
        "is_bath_prescribed": "true",
        "baseline_cough": "1",
        "baseline_dyspnea": "",
    }
    return {**form, **changes}


def code_on(page: str) -> str:
    found = CODE.search(page)
    assert found is not None
    return found.group()


def test_the_form_begins_with_the_clinics_language_and_zone(kim_site: Client) -> None:
    page = kim_site.get(enrol_url()).content.decode()
    assert 'value="Europe/Brussels"' in page
    assert 'name="form_id"' in page


def test_enrolment_makes_patient_course_visit_and_a_code_that_works_once(
    kim_site: Client, nurse_kim: Practitioner
) -> None:
    answer = kim_site.post(enrol_url(), filled_in())
    assert answer.status_code == 200
    patient = Patient.objects.get()
    assert (patient.full_name, patient.clinic, patient.language) == ("Eve Evers", nurse_kim.clinic, "nl")
    course = course_of(patient)
    assert (course.is_bath_prescribed, course.baseline_cough, course.baseline_dyspnea) == (True, 1, None)
    assert Visit.objects.get(course=course).planned_on == course.day_15_on
    assert ActivationCode.objects.get().created_by == nurse_kim.user
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'viewBox="0 0 174 174"' in answer.content.decode(), "a whole QR code: 21 modules and 4 around it, of 6 each"
    _, _, who = activate_device(code_on(answer.content.decode()), device_name="phone", now=timezone.now())
    assert who == patient
    page = kim_site.get(reverse("admin:symptoms_patient_change", args=[patient.pk])).content.decode()
    assert CODE.search(page) is None
    assert LogEntry.objects.filter(user=nurse_kim.user, object_id=str(patient.pk)).exists()


def test_a_form_that_is_sent_twice_enrols_once(kim_site: Client) -> None:
    form = filled_in(hospital_number="")
    kim_site.post(enrol_url(), form)
    again = kim_site.post(enrol_url(), form)
    assert "has been sent before" in again.content.decode()
    assert Patient.objects.count() == 1


def test_a_missing_baseline_ct_is_said_at_once_and_on_the_course(kim_site: Client) -> None:
    page = kim_site.post(enrol_url(), filled_in(baseline_ct_on="")).content.decode()
    assert "No baseline chest CT" in page
    course = course_of(Patient.objects.get())
    page = kim_site.get(reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])).content.decode()
    assert "No baseline chest CT" in page


def test_without_any_number_somebody_has_to_say_so(kim_site: Client) -> None:
    kim_site.post(enrol_url(), filled_in(phone=""))
    assert not Patient.objects.exists()
    kim_site.post(enrol_url(), filled_in(phone="", is_without_number="on"))
    kim_site.post(enrol_url(), filled_in(phone="", carer_phone="+32 2 555 11 33", full_name="Gil", hospital_number="2"))
    assert [one.carer_phone for one in Patient.objects.order_by("full_name")] == ["", "+32 2 555 11 33"]


def test_all_that_does_not_fit_is_said_in_one_round(kim_site: Client, nurse_kim: Practitioner) -> None:
    kim_site.post(enrol_url(), filled_in())
    again = filled_in(date_of_birth="soon", starting_dose_mg="100", phone="112")
    page = kim_site.post(enrol_url(), again).content.decode()
    for words in (
        "Enter a valid date",
        "never above",
        "too short",
        "Another patient of this clinic",
        "Is it one of these",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("full_name", " ", "This field is required"),
        ("time_zone", "Mars/Base", "is not a time zone"),
        ("language", "it", "Select a valid choice"),
        ("first_dose_on", "1999-01-01", "last ten years"),
        ("first_dose_on", "tomorrow", "Enter a valid date"),
        ("starting_dose_mg", "0", "in milligrams"),
        ("baseline_ct_on", "2999-01-01", "on which the scan was made"),
        ("baseline_cough", "5", "Select a valid choice"),
        ("phone", "call me", "telephone number"),
        ("phone", "112", "too short"),
        ("date_of_birth", timezone.localdate().isoformat(), "would be a child"),
        ("phone", "", "tick “No number known”"),
        ("form_id", "1", "Enter a valid UUID"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(kim_site: Client, field: str, value: str, words: str) -> None:
    answer = kim_site.post(enrol_url(), filled_in(**{field: value}))
    assert words in answer.content.decode()
    assert not Patient.objects.exists()


def test_a_hospital_number_is_used_once_in_a_clinic(kim_site: Client, lee_site: Client) -> None:
    kim_site.post(enrol_url(), filled_in())
    again = filled_in(is_another="on")
    assert "has this number" in kim_site.post(enrol_url(), again).content.decode()
    lee_site.post(enrol_url(), filled_in())
    assert Patient.objects.count() == 2


def test_a_new_code_replaces_the_one_before(kim_site: Client, ada: Patient) -> None:
    address = reverse("admin:symptoms_patient_new_code", args=[ada.pk])
    before = ActivationCode.objects.count()
    assert CODE.search(kim_site.get(address).content.decode()) is None
    assert ActivationCode.objects.count() == before
    code = code_on(kim_site.post(address).content.decode())
    assert ActivationCode.objects.filter(used_at=None, expires_at__gt=timezone.now()).count() == 1
    assert activate_device(code, device_name="phone", now=timezone.now())[2] == ada


def test_only_clinicians_of_the_clinic_enrol_and_issue_codes(
    ada: Patient, clinic: Clinic, nobody_site: Client, ada_site: Client, ben_site: Client, lee_site: Client
) -> None:
    code_url = reverse("admin:symptoms_patient_new_code", args=[ada.pk])
    before = ActivationCode.objects.count()
    for site in (nobody_site, ada_site, ben_site):
        for address in (enrol_url(), code_url):
            assert site.post(address, filled_in()).status_code == 401
    assert lee_site.post(code_url).status_code == 404
    alex = site_of(make_practitioner(clinic, "alex", role=Role.ADMINISTRATOR).user)
    assert alex.post(enrol_url(), filled_in()).status_code == 403
    assert alex.post(code_url).status_code == 403
    assert ActivationCode.objects.count() == before


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        (0, None),
        (20, "stands in the worklist as missed"),
        (5, "Check-ins and reminders begin now"),
        (-7, "still ahead"),
    ],
)
def test_a_first_dose_on_another_day_is_taken_and_its_meaning_said(
    kim_site: Client, days_ago: int, words: str | None
) -> None:
    day = timezone.localdate(timezone=ZoneInfo("Europe/Brussels")) - timedelta(days=days_ago)
    page = kim_site.post(enrol_url(), filled_in(first_dose_on=day.isoformat())).content.decode()
    assert CODE.search(page) is not None
    assert ("in the past" in page or "still ahead" in page) is (words is not None)
    assert words is None or words in page


@pytest.mark.parametrize("day", ["2001-01-01", "2199-01-01"])
def test_a_first_dose_that_cannot_be_is_refused_with_what_would_be_right(kim_site: Client, day: str) -> None:
    page = kim_site.post(enrol_url(), filled_in(first_dose_on=day)).content.decode()
    assert "Give a day within the last ten years or the next year." in page
    assert not Patient.objects.exists()


def test_identity_carer_and_risks_are_kept(kim_site: Client) -> None:
    kim_site.post(
        enrol_url(),
        filled_in(
            date_of_birth="1961-04-30", carer_name=" Carl Evers ", carer_phone="+32 470 00 00 01",
            travel_distance_km="45", takes_ace_inhibitor="true",
        ),
    )  # fmt: skip
    patient = Patient.objects.get()
    assert (str(patient.date_of_birth), patient.carer_name, patient.carer_phone) == (
        "1961-04-30", "Carl Evers", "+32 470 00 00 01",
    )  # fmt: skip
    assert (patient.travel_distance_km, patient.takes_ace_inhibitor) == (45, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("date_of_birth", "1850-01-01"), ("date_of_birth", "2999-01-01"), ("carer_phone", "my son"),
     ("travel_distance_km", "-1")],
)  # fmt: skip
def test_particulars_that_cannot_be_are_refused(kim_site: Client, field: str, value: str) -> None:
    answer = kim_site.post(enrol_url(), filled_in(**{field: value}))
    assert field in answer.context["form"].errors
    assert not Patient.objects.exists()


def test_the_picture_holds_the_code_and_nothing_else(kim_site: Client) -> None:
    page = kim_site.post(enrol_url(), filled_in()).content.decode()
    code = code_on(page)
    assert str(draw_code(code)) in page
    assert str(draw_code(code)) != str(draw_code("AAAAA-AAAAA"))


def test_no_course_begins_for_a_patient_who_has_died(kim_site: Client, ada: Patient) -> None:
    now = timezone.now()
    record_dose_event(course_of(ada), kind="stopped", happened_on=now.date(), now=now)
    new = {
        "patient": str(ada.pk), "regimen": "other", "starting_dose_mg": "5", "is_bath_prescribed": "unknown",
        "first_dose_on": now.date().isoformat(),
    }  # fmt: skip
    address = reverse("admin:symptoms_treatmentcourse_add")
    set_status(ada, "deceased", now)
    assert "This patient has died" in kim_site.post(address, new).content.decode()
    assert not ada.courses.filter(ended_on=None).exists()
    set_status(ada, "withdrawn", now)
    said = kim_site.post(address, new, follow=True).content.decode()
    assert "This patient is withdrawn: nothing is sent to them." in said
    assert ada.courses.filter(ended_on=None).exists()


def test_a_course_does_not_run_beside_one_that_has_ended(kim_site: Client, ada: Patient) -> None:
    now, first = timezone.now(), course_of(ada)
    record_dose_event(first, kind="stopped", happened_on=now.date(), now=now)
    address = reverse("admin:symptoms_treatmentcourse_add")
    new = {"patient": str(ada.pk), "regimen": "other", "starting_dose_mg": "5", "is_bath_prescribed": "unknown"}
    for day in (first.first_dose_on - timedelta(days=9), first.first_dose_on, now.date() - timedelta(days=1)):
        said = kim_site.post(address, {**new, "first_dose_on": day.isoformat()}).content.decode()
        assert "Another course of this patient went on until" in said, day
    assert kim_site.post(address, {**new, "first_dose_on": now.date().isoformat()}).status_code == 302
    assert ada.courses.count() == 2


@pytest.mark.parametrize("status", ["withdrawn", "deceased"])
def test_no_phone_is_let_in_and_no_carer_invited_for_who_is_no_longer_followed(
    kim_site: Client, ada: Patient, status: str
) -> None:
    set_status(ada, status, timezone.now())
    ActivationCode.objects.all().delete()
    pages: dict[str, dict[str, str]] = {
        reverse("admin:symptoms_patient_new_code", args=[ada.pk]): {},
        reverse("admin:symptoms_carer_add"): {"patient": str(ada.pk), "name": "Cleo"},
    }
    for address, body in pages.items():
        said = kim_site.post(address, body, follow=True).content.decode()
        assert f"This patient is {status}: no phone is let in." in said, address
    assert not ActivationCode.objects.exists()
    assert not ada.carers.exists()


@pytest.mark.parametrize("status", ["withdrawn", "deceased"])
def test_the_dead_get_no_appointments_and_those_who_withdrew_still_do(
    kim_site: Client, ada: Patient, status: str
) -> None:
    visit = Visit.objects.get(patient=ada)
    set_status(ada, status, timezone.now())
    soon = timezone.now() + timedelta(days=2)
    day, at = f"{soon:%Y-%m-%d}", "10:00"
    bodies = {"book": {"booked_at_0": day, "booked_at_1": at}, "another": {"planned_on": day}}
    for page, body in bodies.items():
        said = kim_site.post(reverse(f"admin:alerts_visit_{page}", args=[visit.pk]), body).content.decode()
        assert ("This patient has died: nothing is planned." in said) is (status == "deceased"), page
    visit.refresh_from_db()
    assert (visit.status, Visit.objects.filter(patient=ada).count()) == (
        ("planned", 1) if status == "deceased" else ("booked", 2)
    )


def test_whoever_may_be_enrolled_already_is_asked_about(
    kim_site: Client, nurse_kim: Practitioner, ada: Patient
) -> None:
    form = filled_in(full_name="archer, ada")
    page = kim_site.post(enrol_url(), form).content.decode()
    assert "Nobody has been enrolled yet" in page
    assert reverse("admin:symptoms_patient_change", args=[ada.pk]) in page
    assert Patient.objects.count() == 1
    assert AccessRecord.objects.latest("id").patients == [ada.pk], "it is recorded that ada was shown"
    assert code_on(kim_site.post(enrol_url(), form | {"is_another": "on"}).content.decode())
    assert Patient.objects.count() == 2


def test_the_number_of_another_patient_is_refused_though_it_is_another_person(kim_site: Client, ada: Patient) -> None:
    Patient.objects.filter(pk=ada.pk).update(hospital_number="20-1")
    form = filled_in(full_name="Karel Peeters", hospital_number="20 1")
    assert ada.full_name in kim_site.post(enrol_url(), form).content.decode()
    same = form | {"hospital_number": "20-1", "is_another": "on"}
    assert "has this number" in kim_site.post(enrol_url(), same).content.decode()
    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("date_of_birth", "2020-01-01", "would be a child"),
        ("date_of_birth", "2999-01-01", "on which the patient was born"),
        ("phone", "112", "too short to be anybody"),
        ("hospital_number", "H-17", "Another patient of this clinic has this number."),
        ("hospital_number", "h 17", "Another patient of this clinic has this number."),
    ],
)
def test_what_enrolling_refuses_is_refused_later_too(
    kim_site: Client, ada: Patient, field: str, value: str, words: str
) -> None:
    make_patient(ada.clinic, "Cleo Cane", hospital_number="H-17")
    address = reverse("admin:symptoms_patient_edit", args=[ada.pk])
    page = Page(kim_site, address).send(**{field: value})
    assert words in page
    assert "is violated" not in page
    Page(kim_site, address).send(hospital_number="H-18", phone="+32 2 555 03 04")
    ada.refresh_from_db()
    assert ada.hospital_number == "H-18"


def test_who_is_left_without_a_number_is_named_so_at_once(kim_site: Client, ada: Patient) -> None:
    address = reverse("admin:symptoms_patient_edit", args=[ada.pk])
    Page(kim_site, address).send(phone="+32 2 555 03 04")
    assert "No telephone number of this patient is recorded" not in Page(kim_site, address).send(email="a@home.example")
    said = [str(one) for one in Page(kim_site, address).answer_to(phone="").context["messages"]]
    assert any("No telephone number of this patient is recorded" in one for one in said)
