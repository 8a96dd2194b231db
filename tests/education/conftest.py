"""Patients on a given day of treatment, and clinics with texts of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from education.catalogue import shipped_leaflets
from education.editing import publish_text, review_text, write_text
from education.models import LeafletText
from symptoms.clinical.calendar import moment_of
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.cast import make_patient, make_practitioner

FIRST_DOSE = date(2026, 3, 2)


def on_day(patient: Patient, day: int, at: time = time(9)) -> datetime:
    """A moment on a day of treatment of somebody whose first dose was on 2 March 2026."""
    return moment_of(FIRST_DOSE + timedelta(days=day - 1), at, patient.zone)


@pytest.fixture
def anna(clinic: Clinic) -> Patient:
    """Enrolled at eight in the morning of her first dose."""
    return enrol_on(clinic, "Anna", 1)


def enrol_on(clinic: Clinic, name: str, day: int, **fields: Any) -> Patient:
    """A patient with the first dose on 2 March 2026, enrolled on a day of treatment."""
    zone = Patient(time_zone=clinic.time_zone)
    return make_patient(clinic, name, first_dose_on=FIRST_DOSE, now=on_day(zone, day, time(8)), **fields)


@pytest.fixture
def nurse_nina(clinic: Clinic) -> Practitioner:
    """A colleague of Kim, who can review what Kim wrote."""
    return make_practitioner(clinic, "nina", role=Role.ONCOLOGIST)


Publish = Callable[..., LeafletText]


def whole(body: str, slug: str = "your-mouth", language: str = "en") -> str:
    """A text that leaves out nothing of what the product's text says: only such a one is published."""
    return f"{body}\n\n{shipped_leaflets()[slug, language].body}"


@pytest.fixture
def publish(nurse_kim: Practitioner, nurse_nina: Practitioner) -> Publish:
    """Writes, reviews and publishes a text of Kim's clinic: its own words, and then what the product's text says."""

    def publish(now: datetime, slug: str = "your-mouth", language: str = "en", **fields: Any) -> LeafletText:
        values = {"title": "Our mouth page", "body": "# Our mouth page\n\nCall us.", "questions": (), **fields}
        values["body"] = whole(values["body"], slug, language)
        text = write_text(slug=slug, language=language, by=nurse_kim, **values)
        review_text(text, nurse_nina, now)
        publish_text(text, nurse_kim, now)
        return text

    return publish
