"""Fills the database of the load benchmark: clinics with people on call, and patients with phones and a history."""

from __future__ import annotations

import sys
import uuid
from datetime import timedelta
from random import Random
from typing import Final

from django.utils import timezone
from knox.crypto import hash_token

from alerts.models import CheckInPlan
from benchmarks.load.talks import LANGUAGES, varied_report
from symptoms.models import Clinic, DeviceToken, Patient, Practitioner, SymptomReport, TreatmentCourse, User

CLINICS: Final = 4
ON_CALL: Final = 2
EARLIER_REPORTS: Final = 5
STEP: Final = 1_000


class People:
    """Patients on treatment, each with a token. Who has reported comes to turn again after all the others."""

    def __init__(self, count: int, seed: int) -> None:
        self._random = Random(seed)
        clinics = [self._open_clinic(number) for number in range(CLINICS)]
        self._phones: list[tuple[str, str]] = []
        for first in range(0, count, STEP):
            self._enrol(clinics, first, min(STEP, count - first))
            print(f"\r{len(self._phones):,} of {count:,} patients enrolled", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)

    def take(self, count: int) -> list[tuple[str, str]]:
        """The `Authorization` and the language of so many patients."""
        taken = self._phones[:count]
        assert len(taken) == count, "the benchmark enrols as many patients as it takes at once"
        self._phones = self._phones[count:] + taken
        return taken

    def _open_clinic(self, number: int) -> Clinic:
        clinic = Clinic.objects.create(
            slug=f"load-{number}", name=f"Load {number}", phone="+32 2 555 01 00", out_of_hours_phone="+32 2 555 01 99"
        )
        for place in range(ON_CALL):
            user = User.objects.create_user(f"load-{number}-{place}", f"nurse{place}@load-{number}.invalid")
            Practitioner.objects.create(user=user, clinic=clinic, is_on_call=True)
        return clinic

    def _enrol(self, clinics: list[Clinic], first: int, count: int) -> None:
        now = timezone.now()
        today, numbers = now.date(), range(first, first + count)
        users = User.objects.bulk_create(User(username=f"load-patient-{number}", password="!") for number in numbers)
        patients = Patient.objects.bulk_create(
            Patient(
                clinic=clinics[number % CLINICS], user=user, full_name=f"Load {number}",
                language=LANGUAGES[number % len(LANGUAGES)], is_synthetic=True,
            )
            for number, user in zip(numbers, users, strict=True)
        )  # fmt: skip
        courses = TreatmentCourse.objects.bulk_create(
            TreatmentCourse(patient=patient, first_dose_on=today - timedelta(days=9), is_bath_prescribed=True)
            for patient in patients
        )
        CheckInPlan.objects.bulk_create(
            CheckInPlan(patient=patient, next_at=now + timedelta(days=1)) for patient in patients
        )
        tokens = [f"{self._random.getrandbits(256):064x}" for _ in users]
        DeviceToken.objects.bulk_create(
            DeviceToken(
                user=user, device_name="load", token_key=token[:15], digest=hash_token(token),
                expiry=now + timedelta(days=90),
            )
            for user, token in zip(users, tokens, strict=True)
        )  # fmt: skip
        SymptomReport.objects.bulk_create(
            SymptomReport(
                patient=patient, course=course, client_id=uuid.UUID(int=self._random.getrandbits(128), version=4),
                source="form", status="complete", urgency=0, occurred_at=day, received_at=day,
                answers={"symptoms": "none"} if days else varied_report(self._random, today)["answers"],
            )
            for patient, course in zip(patients, courses, strict=True)
            for days in range(EARLIER_REPORTS)
            for day in [now - timedelta(days=8 - days)]
        )  # fmt: skip
        self._phones += [(f"Bearer {token}", patient.language) for token, patient in zip(tokens, patients, strict=True)]
