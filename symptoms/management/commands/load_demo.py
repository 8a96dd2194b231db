"""Loads the demonstration clinics, their staff and a few patients."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from symptoms.demo_data import load_demo_clinics, load_demo_patients
from symptoms.demo_password import PASSWORD, SECRET


class Command(BaseCommand):
    help = (
        "Make two demonstration clinics with a few patients, and staff whose passwords are known. What is there "
        "already is left as it is. Refused outside a local machine."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.IS_LOCAL or settings.DEBUG):
            raise CommandError("The demonstration staff have known passwords: only with the embedded database.")
        for user in load_demo_clinics():
            practitioner = user.practitioner
            self.stdout.write(
                f"log-in     {user.username:<6} {PASSWORD}   {practitioner.role} of {practitioner.clinic.name}"
            )
        self.stdout.write(f"then       the six digits of   manage.py demo_code kim   (or an app with {SECRET})")
        for patient, code in load_demo_patients(timezone.now()):
            self.stdout.write(f"patient    {code}   {patient.full_name} of {patient.clinic.name}")
