"""How patients get in: enrolled by a practitioner, let in by a code.

An activation code works once, for a few days, for one device. Only a keyed hash of it is stored. What the device asks
again, because the answer got lost, is answered again.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from knox.crypto import hash_token

from symptoms.clinical.actions import OfferEducation, PlanCalendar
from symptoms.courses import check_course
from symptoms.flow.act import carry_out
from symptoms.models import ActivationCode, Carer, Clinic, DeviceToken, Patient, TreatmentCourse, User
from symptoms.models.course import Regimen

CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody mistakes for another."""

CODE_LENGTH: Final = 10
CODE_LIFETIME: Final = timedelta(days=7)

ANSWERED_AGAIN_FOR: Final = timedelta(days=1)
"""How long after its first use a code gives the same device the same token: a ward with bad reception, and a night."""


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
    date_of_birth: date | None = None,
    carer_name: str = "",
    carer_phone: str = "",
    travel_distance_km: int | None = None,
    takes_ace_inhibitor: bool | None = None,
    regimen: str = Regimen.BOLERO_2,
    starting_dose_mg: Decimal | int = 10,
    baseline_ct_on: date | None = None,
    is_bath_prescribed: bool | None = None,
    baseline_cough: int | None = None,
    baseline_dyspnea: int | None = None,
    enrolled_by: User | None = None,
    patient_id: uuid.UUID | None = None,
) -> Enrolment:
    """Enrol a patient with a course, plan the calendar, offer the first leaflets, and issue a code.

    Language and zone are the clinic's unless given; baselines are PRO-CTCAE severities 0-4. A baseline CT
    made after the first dose is kept; `courses.ct_warning` says that it is no baseline. A `patient_id` that
    exists is refused, so that a form enrols once. Raises ValidationError naming every field that is not
    right; then nothing is kept.
    """
    patient = Patient(
        id=patient_id or uuid.uuid4(),
        clinic=clinic,
        full_name=full_name.strip(),
        hospital_number=hospital_number.strip(),
        email=email.strip(),
        phone=phone.strip(),
        date_of_birth=date_of_birth,
        carer_name=carer_name.strip(),
        carer_phone=carer_phone.strip(),
        travel_distance_km=travel_distance_km,
        takes_ace_inhibitor=takes_ace_inhibitor,
        language=language or clinic.language,
        time_zone=time_zone or clinic.time_zone,
    )
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
    check_enrolment(patient, course, now)
    with transaction.atomic():
        patient.user = _make_account()
        patient.save()
        course.save()
        carry_out([PlanCalendar(), OfferEducation(rules=())], patient=patient, report=None, now=now)
        code = issue_activation_code(patient, now=now, created_by=enrolled_by)
    return Enrolment(patient, course, code)


def check_enrolment(patient: Patient, course: TreatmentCourse, now: datetime) -> None:
    """Raise one ValidationError for all fields of the patient and the course."""
    checks: list[Callable[[], None]] = [
        lambda: patient.full_clean(exclude=["user"]),
        lambda: course.full_clean(exclude=["patient"]),
        # Somewhere the next day has begun, and the zone itself may be what is not right.
        lambda: check_course(course, now.date() + timedelta(days=1)),
        lambda: _check_hospital_number(patient),
    ]
    errors: dict[str, list[Any]] = {}
    for check in checks:
        try:
            check()
        except ValidationError as error:
            for field, problems in error.error_dict.items():
                errors.setdefault(field, []).extend(problems)
    # What a field says about itself is plainer than the name of the constraint that it breaks as well.
    if errors.keys() - {NON_FIELD_ERRORS}:
        errors.pop(NON_FIELD_ERRORS, None)
    if errors:
        raise ValidationError(errors)


def _check_hospital_number(patient: Patient) -> None:
    if (
        patient.hospital_number
        and Patient.objects.filter(clinic=patient.clinic, hospital_number=patient.hospital_number).exists()
    ):
        raise ValidationError({"hospital_number": gettext("Another patient of this clinic has this number.")})


def _make_account() -> User:
    """An account that no password opens; devices of the patient get tokens."""
    user = User(username=f"patient-{uuid.uuid4()}")
    user.set_unusable_password()
    user.save()
    return user


def draw_code() -> str:
    """A random code, in two groups."""
    return _in_two_groups("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)))


def derive_code(patient: Patient, client_id: uuid.UUID) -> str:
    """The code that a request of a patient gets, each time the same; without our key it looks like any other."""
    digest = salted_hmac("symptoms.enrolment.code", f"{patient.pk} {client_id}", algorithm="sha256").digest()
    number, drawn = int.from_bytes(digest, "big"), ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        drawn += CODE_ALPHABET[place]
    return _in_two_groups(drawn)


def _in_two_groups(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def issue_activation_code(
    patient: Patient,
    *,
    now: datetime,
    created_by: User | None = None,
    carer: Carer | None = None,
    code: str | None = None,
) -> str:
    """A code for one device of the patient, or of a carer, in two groups; a random one unless given.

    Codes for the same person that were not used yet are void from now on. Devices that are in stay in.
    """
    code = code or draw_code()
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)  # of two nurses at once, one code counts
        unused = patient.activation_codes.filter(used_at=None, expires_at__gt=now)
        unused.filter(carer=carer).update(expires_at=now)
        ActivationCode.objects.create(
            patient=patient,
            carer=carer,
            code_hash=hash_code(code),
            created_by=created_by,
            expires_at=now + CODE_LIFETIME,
        )
    return code


def hash_code(code: str) -> str:
    """The keyed hash of a code; spaces, dashes and case do not matter."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("symptoms.enrolment.activation", plain, algorithm="sha256").hexdigest()


def activate_device(
    code: str, *, device_name: str, now: datetime, client_id: uuid.UUID | None = None
) -> tuple[DeviceToken, str, Patient]:
    """Let one device in: its token as stored, the token to send, and the patient. Raises ActivationRefused.

    Of two phones that come with the same code at once exactly one gets in. When it comes again, with the `client_id`
    with which it came first, it gets the same token for a day, unless it was signed out meanwhile.
    """
    digest = hash_code(code)
    secret = None if client_id is None else _derive_token(digest, client_id)
    with transaction.atomic():
        # Conditions on this row alone: PostgreSQL judges them again after waiting for another phone's update.
        live = ActivationCode.objects.filter(code_hash=digest, used_at=None, expires_at__gt=now)
        if not live.update(used_at=now):
            return _answer_again(digest, secret, now)
        codes = ActivationCode.objects.select_related("patient__clinic", "patient__user", "carer")
        issued = codes.get(code_hash=digest)
        if not issued.patient.user.is_active or (issued.carer and issued.carer.revoked_at):
            raise ActivationRefused
        token, plain = DeviceToken.issue(issued.patient.user, device_name, issued.carer, secret)
    return token, plain, issued.patient


def _derive_token(code_hash: str, client_id: uuid.UUID) -> str:
    """The token of a device by its code and the id that it made: nothing has to be kept to give it out again.

    Another device cannot say the id, and for any other id there is no such token.
    """
    return salted_hmac("symptoms.enrolment.token", f"{code_hash} {client_id}", algorithm="sha256").hexdigest()


def _answer_again(code_hash: str, secret: str | None, now: datetime) -> tuple[DeviceToken, str, Patient]:
    """What the device got that used this code less than a day ago. Raises ActivationRefused for any other."""
    if (
        secret is None
        or not ActivationCode.objects.filter(code_hash=code_hash, used_at__gt=now - ANSWERED_AGAIN_FOR).exists()
    ):
        raise ActivationRefused
    devices = DeviceToken.objects.select_related("user__patient__clinic", "carer")
    token = devices.filter(digest=hash_token(secret), expiry__gt=now, user__is_active=True).first()
    if token is None:
        raise ActivationRefused
    return token, secret, token.user.patient
