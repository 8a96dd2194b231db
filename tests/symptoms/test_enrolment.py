"""How patients get in: what is asked, what is refused by name, and what comes with it."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from alerts.models import Alert, Reminder, Visit
from education.models import LeafletOffer
from symptoms.enrolment import (
    CODE_ALPHABET,
    ActivationRefused,
    activate_device,
    enrol_patient,
    issue_activation_code,
)
from symptoms.models import ActivationCode, Clinic, DeviceToken, Patient, Practitioner, User
from tests.cast import course_of, make_clinic, make_patient

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


def enrol(clinic: Clinic, **changes: Any) -> Any:
    given: dict[str, Any] = {"full_name": "Eve Evers", "first_dose_on": TODAY, "now": timezone.now()}
    return enrol_patient(clinic=clinic, **{**given, **changes})


def test_a_patient_comes_with_course_visit_reminders_leaflets_and_a_code(clinic: Clinic) -> None:
    enrolment = enrol(clinic)
    patient = enrolment.patient
    assert (patient.language, patient.time_zone) == (clinic.language, clinic.time_zone)
    assert (enrolment.course.regimen, enrolment.course.starting_dose_mg) == ("everolimus_exemestane", 10)
    assert Visit.objects.get(patient=patient).planned_on == enrolment.course.day_15_on
    assert Reminder.objects.filter(patient=patient).count() == 3
    assert LeafletOffer.objects.filter(patient=patient, report=None).exists()
    assert not Alert.objects.exists()
    assert ActivationCode.objects.filter(patient=patient, used_at=None).count() == 1


def test_nobody_signs_in_to_a_patients_account_with_a_password(clinic: Clinic) -> None:
    user = enrol(clinic).patient.user
    assert not user.has_usable_password()
    assert not user.is_staff
    assert "eve" not in user.username.lower()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "  "),
        ("language", "it"),
        ("time_zone", "Mars/Base"),
        ("email", "not an address"),
        ("phone", "call me"),
        ("regimen", "aspirin"),
        ("first_dose_on", TODAY - timedelta(days=3662)),
        ("first_dose_on", TODAY + timedelta(days=370)),
        ("starting_dose_mg", 0),
        ("starting_dose_mg", -5),
        ("baseline_cough", 5),
        ("baseline_dyspnea", -1),
        ("baseline_ct_on", TODAY + timedelta(days=3)),
        ("baseline_ct_on", date(1990, 1, 1)),
    ],
)
def test_what_is_not_right_is_named_and_nothing_is_kept(clinic: Clinic, field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        enrol(clinic, **{field: value})
    assert list(refusal.value.message_dict) == [field]
    assert not User.objects.exists()


def test_all_that_is_not_right_is_named_at_once(clinic: Clinic) -> None:
    with pytest.raises(ValidationError) as refusal:
        enrol(clinic, language="it", baseline_cough=9, first_dose_on=date(1999, 1, 1))
    assert set(refusal.value.message_dict) == {"language", "baseline_cough", "first_dose_on"}


def test_a_first_dose_within_ten_years_or_a_year_ahead_is_taken(clinic: Clinic) -> None:
    for day in (TODAY - timedelta(days=3650), TODAY + timedelta(days=366)):
        assert enrol(clinic, first_dose_on=day).course.first_dose_on == day


def test_a_hospital_number_is_used_once_in_a_clinic(clinic: Clinic, other_clinic: Clinic) -> None:
    enrol(clinic, hospital_number="H-1")
    enrol(other_clinic, hospital_number="H-1")
    with pytest.raises(ValidationError) as refusal:
        enrol(clinic, hospital_number=" H-1 ")
    assert list(refusal.value.message_dict) == ["hospital_number"]


def test_a_form_that_is_sent_twice_enrols_once(clinic: Clinic) -> None:
    patient = enrol(clinic).patient
    with pytest.raises(ValidationError):
        enrol(clinic, patient_id=patient.pk)
    assert Patient.objects.count() == 1


def test_codes_have_no_look_alikes_and_stand_in_two_groups(ada: Patient) -> None:
    code = issue_activation_code(ada, now=timezone.now())
    assert len(code) == 11
    assert code[5] == "-"
    assert set(code) - {"-"} <= set(CODE_ALPHABET)
    assert not set("01IOL") & set(CODE_ALPHABET)


def test_an_account_that_was_closed_lets_no_device_in(ada: Patient) -> None:
    code = issue_activation_code(ada, now=timezone.now())
    User.objects.filter(pk=ada.user_id).update(is_active=False)
    with pytest.raises(ActivationRefused):
        activate_device(code, device_name="phone", now=timezone.now())
    assert not DeviceToken.objects.exists()
    assert not ActivationCode.objects.filter(used_at__isnull=False).exists()


def test_a_token_ends_after_ninety_days(ada: Patient) -> None:
    now = timezone.now()
    token, _, _ = activate_device(issue_activation_code(ada, now=now), device_name="phone", now=now)
    assert token.expiry is not None
    assert timedelta(days=89) < token.expiry - now < timedelta(days=91)


@pytest.mark.django_db(transaction=True)
def test_of_two_nurses_at_once_one_code_counts() -> None:
    patient = make_patient(make_clinic("c"), "Ada")
    barrier = threading.Barrier(4)

    def issue() -> None:
        barrier.wait()
        issue_activation_code(patient, now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    live = ActivationCode.objects.filter(patient=patient, used_at=None, expires_at__gt=timezone.now())
    assert live.count() == 1


def test_the_demonstration_is_loaded_once(settings: Settings) -> None:
    settings.IS_LOCAL = True
    for _ in range(2):
        call_command("load_demo", verbosity=0)
    assert Clinic.objects.count() == 2
    roles = Practitioner.objects.filter(clinic__slug="demo").values_list("role", flat=True)
    assert sorted(roles) == ["administrator", "auditor", "nurse", "nurse", "oncologist"]
    assert Patient.objects.count() == 4
    assert not Patient.objects.exclude(email="").exists()
    assert not Alert.objects.exists()
    assert course_of(Patient.objects.get(hospital_number="DEMO-2")).baseline_ct_on is None


def test_known_passwords_are_for_local_machines(settings: Settings) -> None:
    settings.IS_LOCAL = settings.DEBUG = False
    with pytest.raises(CommandError, match="known passwords"):
        call_command("load_demo")
    assert not User.objects.exists()
