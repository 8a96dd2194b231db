"""Enrols a demonstration patient whose day 15 is today, so that the reminder of that morning is due now."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from symptoms.clinical.calendar import local_date
from symptoms.enrolment import enrol_patient, issue_activation_code
from symptoms.models import Clinic

NOON = 12


class Command(BaseCommand):
    help = (
        "Enrol a patient in the demonstration clinic as of a fortnight ago, living where it is about noon: the data's "
        "clock is set, not the machine's. Prints one JSON object with patient and activation_code."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        clinic = Clinic.objects.filter(slug="demo").first()
        if clinic is None or not settings.IS_LOCAL:
            raise CommandError("There is no demonstration clinic here; run manage.py load_demo on a local machine.")
        now = timezone.now()
        zone = zone_at_noon(now)
        enrolment = enrol_patient(
            clinic=clinic,
            full_name="Bo Demonstration",
            email="bo@patient.example",
            first_dose_on=local_date(now, ZoneInfo(zone)) - timedelta(days=14),
            time_zone=zone,
            now=now - timedelta(days=14),
        )
        code = issue_activation_code(enrolment.patient, now=now)
        self.stdout.write(json.dumps({"patient": str(enrolment.patient.pk), "activation_code": code}))


def zone_at_noon(now: datetime) -> str:
    """A zone in which it is between 12:00 and 13:00. The signs of these names are the other way round."""
    return f"Etc/GMT{now.hour - NOON:+d}"
