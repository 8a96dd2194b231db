"""Fills a fresh clinic with patients who do not exist, each with a history and a phone, for load tests."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from config.histories import enrol, live_through
from symptoms.cohort import imagine_patient
from symptoms.enrolment import activate_device, issue_activation_code
from symptoms.jsonl import Progress
from symptoms.models import Clinic, Patient, Practitioner, User


class Command(BaseCommand):
    help = (
        "Enrol and activate N patients with histories of reports in a fresh clinic; writes one JSON object with "
        "patient and token per line to FILE, which only its owner may read. The same seed gives the same histories."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", required=True, type=int, metavar="N")
        parser.add_argument("--tokens", required=True, type=Path, metavar="FILE")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *args: Any, patients: int, tokens: Path, seed: int, **options: Any) -> None:
        if patients < 1:
            raise CommandError("--patients has to be at least 1.")
        try:
            with _open_for_owner(tokens) as file:
                self._load(patients, Random(seed), file)  # noqa: S311  (histories, not secrets)
        except OSError as error:
            raise CommandError(f"{tokens}: {error.strerror}.") from error

    def _load(self, patients: int, random: Random, file: TextIO) -> None:
        now = timezone.now()
        nurse = _open_clinic()
        progress = Progress()
        reports = 0
        for number in range(1, patients + 1):
            with transaction.atomic():
                patient, count = _live_through(nurse, f"Virtual patient {number}", random, now)
                code = issue_activation_code(patient, now=now)
                _, token, _ = activate_device(code, device_name="load test", now=now)
            reports += count
            file.write(json.dumps({"patient": str(patient.pk), "token": token}) + "\n")
            file.flush()
            progress.show(number)
        progress.finish()
        self.stderr.write(f"clinic {nurse.clinic.slug}: {patients} patients, {reports} reports")


def _open_for_owner(path: Path) -> TextIO:
    """The file, written anew: tokens are secrets."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "w", encoding="utf-8")


def _open_clinic() -> Practitioner:
    """A clinic of its own for every run, with the nurse who sees to its alerts."""
    with transaction.atomic():
        number = Clinic.objects.filter(slug__startswith="cohort-").count() + 1
        while Clinic.objects.filter(slug=f"cohort-{number}").exists():
            number += 1
        clinic = Clinic.objects.create(
            slug=f"cohort-{number}",
            name=f"Cohort {number}",
            phone="+32 2 555 01 00",
            out_of_hours_phone="+32 2 555 01 99",
        )
        user = User.objects.create_user(f"nurse-cohort-{number}", f"nurse@cohort-{number}.invalid", is_staff=True)
        return Practitioner.objects.create(user=user, clinic=clinic, is_on_call=True)


def _live_through(nurse: Practitioner, name: str, random: Random, now: datetime) -> tuple[Patient, int]:
    """Enrol a patient some time ago and let the days since happen, in order; returns the number of reports."""
    virtual = imagine_patient(random)
    enrolment = enrol(virtual, nurse.clinic, now, full_name=name)
    Patient.objects.filter(pk=enrolment.patient.pk).update(is_synthetic=True)
    return enrolment.patient, live_through(enrolment, virtual, nurse, random, now)
