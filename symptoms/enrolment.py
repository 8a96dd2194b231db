"""How patients get in: enrolled by a practitioner, let in by a code, and agreeing to a text.

An activation code works once, for a few days, for one device. Only a keyed hash of it is stored.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from symptoms.clinical.actions import OfferEducation, PlanCalendar
from symptoms.flow.act import carry_out
from symptoms.models import ActivationCode, Clinic, Consent, DeviceToken, Patient, TreatmentCourse, User
from symptoms.models.course import Regimen

CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody mistakes for another."""

CODE_LENGTH: Final = 10
CODE_LIFETIME: Final = timedelta(days=7)
FURTHEST_AHEAD: Final = timedelta(days=366)
FURTHEST_BACK: Final = timedelta(days=3660)


class ActivationRefused(Exception):
    """The code is wrong, used or expired; nobody is told which."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new patient with the running course, and the code to hand over. The code is known only here."""

    patient: Patient
    course: TreatmentCourse
    activation_code: str


def enrol_patient(
    *,
    clinic: Clinic,
    first_dose_on: date,
    full_name: str,
    now: datetime,
    language: str | None = None,
    time_zone: str | None = None,
    email: str = "",
    phone: str = "",
    hospital_number: str = "",
    regimen: str = Regimen.BOLERO_2,
    starting_dose_mg: Decimal | int = 10,
    baseline_ct_on: date | None = None,
    is_bath_prescribed: bool | None = None,
    baseline_cough: int | None = None,
    baseline_dyspnea: int | None = None,
    enrolled_by: User | None = None,
) -> Enrolment:
    """Enrol a patient with a course, plan the calendar, offer the first leaflets, and issue a code.

    Language and zone are the clinic's unless given; baselines are PRO-CTCAE severities 0-4. Raises
    ValidationError naming every field that is not right; then nothing is kept.
    """
    with transaction.atomic():
        user = User(username=f"patient-{uuid.uuid4()}", is_staff=False)
        user.set_unusable_password()
        user.save()
        patient = Patient(
            clinic=clinic,
            user=user,
            full_name=full_name,
            hospital_number=hospital_number,
            email=email,
            phone=phone,
            language=language or clinic.language,
            time_zone=time_zone or clinic.time_zone,
        )
        patient.full_clean()
        patient.save()
        course = TreatmentCourse(
            patient=patient,
            regimen=regimen,
            starting_dose_mg=starting_dose_mg,
            first_dose_on=first_dose_on,
            baseline_ct_on=baseline_ct_on,
            is_bath_prescribed=is_bath_prescribed,
            baseline_cough=baseline_cough,
            baseline_dyspnea=baseline_dyspnea,
        )
        course.full_clean()
        _refuse_absurd_first_dose(first_dose_on, now)
        course.save()
        carry_out([PlanCalendar(), OfferEducation(rules=())], patient=patient, report=None, now=now)
        code = issue_activation_code(patient, now=now, created_by=enrolled_by)
    return Enrolment(patient, course, code)


def _refuse_absurd_first_dose(first_dose_on: date, now: datetime) -> None:
    if not now.date() - FURTHEST_BACK <= first_dose_on <= now.date() + FURTHEST_AHEAD:
        raise ValidationError({"first_dose_on": "Give a day within the last ten years or the next year."})


def issue_activation_code(patient: Patient, *, now: datetime, created_by: User | None = None) -> str:
    """A new code for one device, written in two groups. Codes that were not used yet are void from now on."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        patient.activation_codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
        ActivationCode.objects.create(
            patient=patient, code_hash=hash_code(code), created_by=created_by, expires_at=now + CODE_LIFETIME
        )
    return f"{code[:5]}-{code[5:]}"


def hash_code(code: str) -> str:
    """The keyed hash of a code; spaces, dashes and case do not matter."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("symptoms.enrolment.activation", plain, algorithm="sha256").hexdigest()


def activate_device(code: str, *, device_name: str, now: datetime) -> tuple[DeviceToken, str, Patient]:
    """Let one device in: its token as stored, the token to send, and the patient. Raises ActivationRefused.

    Of two phones that come with the same code at once exactly one gets in.
    """
    with transaction.atomic():
        used = ActivationCode.objects.filter(code_hash=hash_code(code), used_at=None, expires_at__gt=now)
        if not used.update(used_at=now):
            raise ActivationRefused
        issued = ActivationCode.objects.select_related("patient__clinic", "patient__user").get(
            code_hash=hash_code(code)
        )
        token, plain = DeviceToken.objects.create(user=issued.patient.user, device_name=device_name)
    return token, plain, issued.patient


def record_consent(patient: Patient, *, text_version: str, language: str, now: datetime, by: User | None) -> Consent:
    """Note that the patient agreed to a text; an earlier consent is replaced."""
    with transaction.atomic():
        patient.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
        return Consent.objects.create(
            patient=patient, text_version=text_version, language=language, given_at=now, recorded_by=by
        )
