"""The cast of all tests: two clinics, a patient and a nurse of each, and how each of them calls.

`ada` and `nurse_kim` belong to `clinic`, `ben` and `nurse_lee` to `other_clinic`. An access test asks as
nobody, ada, ben, kim and lee. Rows come into being as in life: patients are enrolled, devices activated.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from symptoms.carers import invite_carer
from symptoms.clinical.calendar import local_date
from symptoms.enrolment import activate_device, enrol_patient, issue_activation_code
from symptoms.models import Clinic, DeviceToken, Patient, Practitioner, TreatmentCourse, User
from symptoms.models.clinic import Role

DAYS_ON_TREATMENT: Final = 9
"""The cast has taken the drug for so long: past the first sores, before the visit of day 15."""


def make_clinic(slug: str, **fields: Any) -> Clinic:
    """A clinic in Brussels that answers by telephone at all hours, unless `fields` say otherwise."""
    defaults: dict[str, Any] = {
        "name": f"Clinic {slug}",
        "phone": "+32 2 555 01 00",
        "out_of_hours_phone": "+32 2 555 01 99",
        "emergency_department": "Emergency department, gate 3",
    }
    return Clinic.objects.create(slug=slug, **(defaults | fields))


def make_practitioner(
    clinic: Clinic, username: str, *, role: Role = Role.NURSE, is_on_call: bool = False, name: str = ""
) -> Practitioner:
    """Somebody who works at the clinic and may sign in to the site, with an address at `hospital.example`."""
    user = User.objects.create_user(username, f"{username}@hospital.example", is_staff=True)
    user.first_name, _, user.last_name = (name or username.title()).partition(" ")
    user.save(update_fields=["first_name", "last_name"])
    return Practitioner.objects.create(user=user, clinic=clinic, role=role, is_on_call=is_on_call)


def make_patient(
    clinic: Clinic,
    full_name: str,
    *,
    first_dose_on: date | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Patient:
    """A patient enrolled at `now`, the real moment unless given; `fields` are those of `enrol_patient`."""
    now = now or timezone.now()
    day = first_dose_on or local_date(now, ZoneInfo(clinic.time_zone)) - timedelta(DAYS_ON_TREATMENT)
    return enrol_patient(clinic=clinic, first_dose_on=day, full_name=full_name, now=now, **fields).patient


def course_of(patient: Patient) -> TreatmentCourse:
    """The patient's running course."""
    return patient.courses.get(ended_on=None)


def api_of(patient: Patient) -> APIClient:
    """The app on the patient's phone, activated with a code."""
    now = timezone.now()
    code = issue_activation_code(patient, now=now)
    _, token, _ = activate_device(code, device_name="test phone", now=now)
    return _bearing(token)


def api_of_carer(patient: Patient, name: str) -> APIClient:
    """The app on the phone of a new carer of the patient."""
    now = timezone.now()
    _, code = invite_carer(patient, name=name, now=now, by=patient.user)
    _, token, _ = activate_device(code, device_name="a carer's phone", now=now)
    return _bearing(token)


def api_with_token_of(practitioner: Practitioner) -> APIClient:
    """A token in the hands of somebody who is no patient: nothing in the product gives one out."""
    _, token = DeviceToken.issue(practitioner.user, "test")
    return _bearing(token)


def _bearing(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def site_of(user: User) -> Client:
    """A browser in which the user is signed in to the clinician site, with a second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session.save()
    return client


def session_of(user: User) -> str:
    """The session of a browser in which the user is signed in, as its cookie has it."""
    return site_of(user).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic("north", name="Clinic North")


@pytest.fixture
def other_clinic(db: None) -> Clinic:
    return make_clinic("south", name="Clinic South", phone="+351 21 555 01 00", time_zone="Europe/Lisbon")


@pytest.fixture
def ada(clinic: Clinic) -> Patient:
    return make_patient(clinic, "Ada Archer", email="ada@patients.example", is_bath_prescribed=True)


@pytest.fixture
def ben(other_clinic: Clinic) -> Patient:
    return make_patient(other_clinic, "Ben Baker", email="ben@patients.example", is_bath_prescribed=True)


@pytest.fixture
def nurse_kim(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "kim", is_on_call=True, name="Kim Keller")


@pytest.fixture
def nurse_lee(other_clinic: Clinic) -> Practitioner:
    return make_practitioner(other_clinic, "lee", is_on_call=True, name="Lee Lopes")


@pytest.fixture
def nobody_api() -> APIClient:
    return APIClient()


@pytest.fixture
def ada_api(ada: Patient) -> APIClient:
    return api_of(ada)


@pytest.fixture
def ben_api(ben: Patient) -> APIClient:
    return api_of(ben)


@pytest.fixture
def kim_api(nurse_kim: Practitioner) -> APIClient:
    return api_with_token_of(nurse_kim)


@pytest.fixture
def lee_api(nurse_lee: Practitioner) -> APIClient:
    return api_with_token_of(nurse_lee)


@pytest.fixture
def nobody_site() -> Client:
    return Client()


@pytest.fixture
def ada_site(ada: Patient) -> Client:
    """A patient's account forced into a browser session, which no log-in would allow."""
    return site_of(ada.user)


@pytest.fixture
def ben_site(ben: Patient) -> Client:
    return site_of(ben.user)


@pytest.fixture
def kim_site(nurse_kim: Practitioner) -> Client:
    return site_of(nurse_kim.user)


@pytest.fixture
def lee_site(nurse_lee: Practitioner) -> Client:
    return site_of(nurse_lee.user)
