"""Reports that come all at once make exactly the right alerts; the full thousand runs under `make faults`."""

from __future__ import annotations

import pytest
from django.conf import settings

from symptoms.models import Clinic, Practitioner
from tests.cast import make_patient
from tests.faults.reports_at_once import check_alerts, file_at_once

CROWD = settings.CONNECTIONS
"""Threads of one process: as many as it has connections."""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize(
    ("reports", "patients"),
    [pytest.param(120, 6, id="short"), pytest.param(1000, 50, id="full", marks=pytest.mark.faults)],
)
def test_reports_at_once_make_exactly_the_right_alerts(
    clinic: Clinic, nurse_kim: Practitioner, reports: int, patients: int
) -> None:
    people = [make_patient(clinic, f"Patient {number}") for number in range(patients)]
    plan = file_at_once(people, reports=reports, threads=CROWD, seed=7)
    assert check_alerts(plan) >= patients
