"""Enrolling a patient, and the activation code that is shown once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from symptoms.enrolment import activate_device
from symptoms.models import ActivationCode, Patient, Practitioner
from tests.cast import site_of

pytestmark = pytest.mark.django_db


def enrolment(**changes: Any) -> dict[str, Any]:
    """What a practitioner fills in; `changes` replace it."""
    body = {
        "full_name": "Cleo Costa", "hospital_number": "N-77", "language": "fr", "time_zone": "Europe/Lisbon",
        "email": "cleo@patients.example", "phone": "+351 21 555 01 01", "first_dose_on": f"{timezone.now():%Y-%m-%d}",
        "regimen": "everolimus_exemestane", "starting_dose_mg": "10", "baseline_ct_on": "",
        "is_bath_prescribed": "true", "baseline_cough": "1", "baseline_dyspnea": "",
    }  # fmt: skip
    return body | changes


def code_on(page: str) -> str:
    found = re.search(r'id="activation-code"[^>]*>\s*([^<\s]+)', page)
    assert found
    return found.group(1)


def test_an_enrolled_patient_gets_in_with_the_code_that_is_shown(kim_site: Client, nurse_kim: Practitioner) -> None:
    assert kim_site.get(reverse("admin:symptoms_patient_enrol")).status_code == 200
    response = kim_site.post(reverse("admin:symptoms_patient_enrol"), enrolment())
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    cleo = Patient.objects.get(full_name="Cleo Costa")
    assert (cleo.clinic, cleo.language, cleo.time_zone) == (nurse_kim.clinic, "fr", "Europe/Lisbon")
    course = cleo.courses.get()
    assert (course.is_bath_prescribed, course.baseline_cough, course.baseline_dyspnea) == (True, 1, None)
    code = code_on(response.content.decode())
    assert activate_device(code, device_name="phone", now=timezone.now())[2] == cleo


def test_the_code_is_neither_in_the_database_nor_on_the_patients_page(kim_site: Client) -> None:
    code = code_on(kim_site.post(reverse("admin:symptoms_patient_enrol"), enrolment()).content.decode())
    cleo = Patient.objects.get(full_name="Cleo Costa")
    assert code not in str(ActivationCode.objects.filter(patient=cleo).values())
    assert code not in kim_site.get(reverse("admin:symptoms_patient_change", args=[cleo.pk])).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Europe/Nowhere"),
        ("first_dose_on", f"{timezone.now() + timedelta(days=800):%Y-%m-%d}"),
        ("first_dose_on", "1899-01-01"),
        ("first_dose_on", "soon"),
        ("full_name", " "),
        ("starting_dose_mg", "-10"),
        ("baseline_ct_on", "2999-01-01"),
        ("baseline_cough", "5"),
        ("language", "xx"),
        ("email", "cleo"),
        ("phone", "call me"),
        ("regimen", "aspirin"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(kim_site: Client, field: str, value: str) -> None:
    response = kim_site.post(reverse("admin:symptoms_patient_enrol"), enrolment(**{field: value}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Patient.objects.filter(hospital_number="N-77").exists()


def test_a_hospital_number_is_given_once_in_a_clinic_and_again_in_another(kim_site: Client, lee_site: Client) -> None:
    address = reverse("admin:symptoms_patient_enrol")
    kim_site.post(address, enrolment())
    again = kim_site.post(address, enrolment(full_name="Somebody Else"))
    assert "hospital_number" in again.context["form"].errors
    assert "activation-code" in lee_site.post(address, enrolment(full_name="Somebody Else")).content.decode()
    assert Patient.objects.filter(hospital_number="N-77").count() == 2


def test_a_new_code_needs_a_post_and_ends_the_one_before(kim_site: Client, ada: Patient) -> None:
    address = reverse("admin:symptoms_patient_new_code", args=[ada.pk])
    before = ada.activation_codes.count()
    assert kim_site.get(address).status_code == 200
    assert ada.activation_codes.count() == before
    code = code_on(kim_site.post(address).content.decode())
    assert activate_device(code, device_name="phone", now=timezone.now())[2] == ada
    assert ada.activation_codes.filter(used_at=None, expires_at__gt=timezone.now()).count() == 0


def test_who_may_not_let_a_phone_in(lee_site: Client, administrator: Practitioner, ada: Patient) -> None:
    address = reverse("admin:symptoms_patient_new_code", args=[ada.pk])
    before = ada.activation_codes.count()
    assert lee_site.post(address).status_code == 404
    assert site_of(administrator.user).post(address).status_code == 403
    assert site_of(administrator.user).get(reverse("admin:symptoms_patient_enrol")).status_code == 403
    assert ada.activation_codes.count() == before
