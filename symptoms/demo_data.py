"""The demonstration clinics and the people who work there. For local machines only: the passwords are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from symptoms.clinical.calendar import local_date
from symptoms.demo_password import PASSWORD
from symptoms.demo_sign_in import set_up_app
from symptoms.enrolment import enrol_patient
from symptoms.models import Clinic, Patient, Practitioner, User
from symptoms.models.clinic import Role

STAFF: Final = (
    # username, first name, last name, clinic, role, on call
    ("kim", "Kim", "Peeters", "demo", Role.NURSE, True),
    ("sam", "Sam", "Dubois", "demo", Role.NURSE, False),
    ("robin", "Robin", "Claes", "demo", Role.ONCOLOGIST, False),
    ("alex", "Alex", "Maes", "demo", Role.ADMINISTRATOR, False),
    ("jo", "Jo", "Wouters", "demo", Role.AUDITOR, False),
    ("lee", "Lee", "Jansen", "other", Role.NURSE, True),
)


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """Somebody to look at. Without an address, so that nothing is ever sent to them; the numbers are nobody's."""

    hospital_number: str
    full_name: str
    clinic: str
    days_to_first_dose: int
    has_baseline_ct: bool
    phone: str = ""
    carer: tuple[str, str] = ("", "")


PATIENTS: Final = (
    DemoPatient("DEMO-1", "Chris Cools", "demo", -2, has_baseline_ct=True, phone="+32 2 555 03 01"),
    DemoPatient(
        "DEMO-2",
        "Dana De Smet",
        "demo",
        -5,
        has_baseline_ct=False,
        phone="+32 2 555 03 02",
        carer=("Dirk De Smet", "+32 2 555 03 03"),
    ),
    DemoPatient(
        "DEMO-3", "Ellis Everaert", "demo", 7, has_baseline_ct=True, carer=("Emma Everaert", "+32 2 555 03 04")
    ),
    DemoPatient("DEMO-4", "Fay Fransen", "other", -4, has_baseline_ct=True, phone="+32 9 555 03 05"),
)


def load_demo_patients(now: datetime) -> list[tuple[Patient, str]]:
    """Enrol the demonstration patients who are not there yet; returns those, each with an activation code."""
    loaded = []
    for demo in PATIENTS:
        clinic = Clinic.objects.get(slug=demo.clinic)
        if Patient.objects.filter(clinic=clinic, hospital_number=demo.hospital_number).exists():
            continue
        zone = Patient(time_zone=clinic.time_zone).zone
        first_dose_on = local_date(now, zone) + timedelta(days=demo.days_to_first_dose)
        enrolment = enrol_patient(
            clinic=clinic,
            full_name=demo.full_name,
            hospital_number=demo.hospital_number,
            first_dose_on=first_dose_on,
            baseline_ct_on=local_date(now, zone) - timedelta(days=9) if demo.has_baseline_ct else None,
            is_bath_prescribed=True,
            phone=demo.phone,
            carer_name=demo.carer[0],
            carer_phone=demo.carer[1],
            now=now,
        )
        loaded.append((enrolment.patient, enrolment.activation_code))
    return loaded


def load_demo_clinics() -> list[User]:
    """Make the two demonstration clinics with their staff, or leave them as they are; returns the staff."""
    with transaction.atomic():
        clinics = {
            "demo": _clinic("demo", "Demonstration Clinic", "+32 2 555 01 00", "+32 2 555 01 99"),
            "other": _clinic("other", "Other Clinic", "+32 9 555 02 00", ""),
        }
        return [_member(*member[:3], clinics[member[3]], member[4], is_on_call=member[5]) for member in STAFF]


def _clinic(slug: str, name: str, phone: str, out_of_hours_phone: str) -> Clinic:
    clinic, _ = Clinic.objects.get_or_create(
        slug=slug, defaults={"name": name, "phone": phone, "out_of_hours_phone": out_of_hours_phone}
    )
    return clinic


def _member(username: str, first_name: str, last_name: str, clinic: Clinic, role: Role, *, is_on_call: bool) -> User:
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "first_name": first_name,
            "last_name": last_name,
            "email": f"{username}@clinic.example",
            "is_staff": True,
        },
    )
    if is_new:
        user.set_password(PASSWORD)
        user.save()
        Practitioner.objects.create(user=user, clinic=clinic, role=role, is_on_call=is_on_call)
        set_up_app(user)
    return user
