"""Enrols a patient from the command line."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext

from symptoms.clinical.terms import MAX_SEVERITY
from symptoms.enrolment import enrol_patient
from symptoms.models import Clinic
from symptoms.models.fields import LANGUAGES


class Command(BaseCommand):
    help = (
        "Enrol a patient; prints one JSON object with patient, course and activation_code. The code is shown only here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        grades = range(MAX_SEVERITY + 1)
        parser.add_argument("--clinic", required=True, metavar="SLUG")
        parser.add_argument("--first-dose", required=True, type=date.fromisoformat, metavar="DATE", help="YYYY-MM-DD")
        parser.add_argument("--name", default="", help="full name, for the clinic's eyes")
        parser.add_argument("--email", default="")
        parser.add_argument("--language", choices=[code for code, _ in LANGUAGES], help="default: the clinic's")
        parser.add_argument("--time-zone", metavar="ZONE", help="such as Europe/Brussels; default: the clinic's")
        parser.add_argument("--baseline-cough", type=int, choices=grades, help="severity before the first dose")
        parser.add_argument("--baseline-dyspnea", type=int, choices=grades, help="severity before the first dose")

    def handle(self, *args: Any, **options: Any) -> None:
        clinic = Clinic.objects.filter(slug=options["clinic"]).first()
        if clinic is None:
            raise CommandError(f"There is no clinic {options['clinic']!r}.")
        with translation.override(clinic.language):
            name = options["name"] or gettext("Patient without a name")
        try:
            enrolment = enrol_patient(
                clinic=clinic,
                full_name=name,
                email=options["email"],
                first_dose_on=options["first_dose"],
                language=options["language"],
                time_zone=options["time_zone"],
                baseline_cough=options["baseline_cough"],
                baseline_dyspnea=options["baseline_dyspnea"],
                now=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(
                "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
            ) from error
        self.stdout.write(
            json.dumps(
                {
                    "patient": str(enrolment.patient.pk),
                    "course": enrolment.course.pk,
                    "activation_code": enrolment.activation_code,
                }
            )
        )
