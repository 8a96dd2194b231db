"""Loads the demonstration clinics."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from symptoms.demo_data import load_demo_clinics
from symptoms.demo_password import PASSWORD


class Command(BaseCommand):
    help = "Make two demonstration clinics with staff whose passwords are known. Refused outside a local machine."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("The demonstration staff have known passwords: only with the embedded database.")
        for user in load_demo_clinics():
            practitioner = user.practitioner
            self.stdout.write(
                f"log-in     {user.username:<6} {PASSWORD}   {practitioner.role} of {practitioner.clinic.name}"
            )
