"""A hospital's system, and a patient with something of every kind."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from symptoms.models import Clinic, Patient, Practitioner
from tests.fhir import system_of
from tests.symptoms.admin.records import one_of_each


@pytest.fixture
def his(clinic: Clinic) -> APIClient:
    """The system of ada's clinic."""
    return system_of(clinic)


@pytest.fixture
def their_his(other_clinic: Clinic) -> APIClient:
    """The system of ben's clinic."""
    return system_of(other_clinic)


@pytest.fixture
def chart(ada: Patient, nurse_kim: Practitioner) -> Patient:
    """Ada, with an amended report, a talk, an open alert and her visits."""
    Patient.objects.filter(pk=ada.pk).update(
        hospital_number="H-77", phone="+32 470 11 22 33", date_of_birth="1961-02-03"
    )
    one_of_each(ada, nurse_kim)
    ada.refresh_from_db()
    return ada
