"""Plants a word in every column of the database that may tell of a person, whatever wrote the row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models
from django.utils import timezone

from alerts.models import ChecklistTakenBack, ContactPoint, PatientDevice, VisitChecklist
from symptoms.field_keys import encrypted_fields
from symptoms.models import CtcaeGradeTakenBack, DeviceToken, Patient, Practitioner
from symptoms.models.guards import rewriting_words
from tests.symptoms.admin.records import one_of_each

PLAIN: Final = {
    "symptoms.Patient.full_name": "staff search for parts of it",
    "symptoms.Patient.hospital_number": "staff search for it",
    "symptoms.Patient.plain_name": "written by the database from the name, for the search",
    "symptoms.Patient.plain_number": "written by the database from the number, for the search",
    "symptoms.Patient.emergency_department": "the name of a hospital",
    "symptoms.User.username": "staff sign in with it",
    "symptoms.User.first_name": "colleagues are named to each other",
    "symptoms.User.last_name": "colleagues are named to each other",
    "symptoms.User.email": "pages fall back on it",
    "account.EmailAddress.email": "a copy of the address of an account, made by the library that signs in",
    "admin.LogEntry.object_repr": "names the record that was changed, to staff of its clinic",
    "admin.LogEntry.change_message": "names the fields that were changed",
}
"""Columns that hold words of or about people and are not encrypted, and why."""


def columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column that may tell of a person: all that is encrypted, and `PLAIN`."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field in encrypted_fields(model) or f"{model._meta.label}.{field.name}" in PLAIN:
                yield model, field


def unplanted(word: str) -> set[str]:
    """The columns of which no row holds the word."""
    return {
        f"{model._meta.label}.{field.name}"
        for model, field in columns()
        if not any(word in str(value).lower() for value in model._base_manager.values_list(field.name, flat=True))
    }


def plant(word: str, patient: Patient, practitioner: Practitioner) -> None:
    """Make a row of every kind about the two, and add the word to each of these columns."""
    records = one_of_each(patient, practitioner)
    now = timezone.now()
    ContactPoint.objects.create(practitioner=practitioner, channel="sms", address="+32470112233")
    PatientDevice.objects.create(
        patient=patient, session=DeviceToken.objects.filter(user=patient.user)[0], device_id="phone", service="fcm",
        address="token", address_digest=uuid.uuid4().hex, registered_at=now,
    )  # fmt: skip
    checklist = VisitChecklist.objects.create(
        visit=patient.visits.all()[0], stomatitis="none", adherence="all_taken", dose_decision="continue",
        recorded_by=practitioner, recorded_at=now - timedelta(minutes=1),
    )  # fmt: skip
    ChecklistTakenBack.objects.create(
        checklist=checklist, reason="the wrong patient", taken_back_by=practitioner, taken_back_at=now,
    )  # fmt: skip
    CtcaeGradeTakenBack.objects.create(
        grade=patient.ctcae_grades.all()[0], reason="the wrong patient", taken_back_by=practitioner, taken_back_at=now,
    )  # fmt: skip
    EmailAddress.objects.create(user=practitioner.user, email="kim@hospital.example")
    LogEntry.objects.log_actions(practitioner.user_id, [records["patient"]], CHANGE, "name", single_object=True)
    with rewriting_words():
        for model, field in columns():
            if not field.generated:
                _plant_in(model, field, word)


def _plant_in(model: type[models.Model], field: Any, word: str) -> None:
    for row in model._base_manager.all():
        before = getattr(row, field.attname)
        if not isinstance(field, models.JSONField):
            planted: Any = (
                f"{word}{row.pk}@x.example" if "email" in field.name else f"{word} {row.pk}"[: field.max_length]
            )
        elif isinstance(before, list):
            planted = [*before, word]
        else:
            planted = {**(before or {}), "other.text": word}
        model._base_manager.filter(pk=row.pk).update(**{field.name: planted})
