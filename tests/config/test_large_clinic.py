"""The clinician site at a clinic of ten patients and of ten thousand: no page costs more statements or is endless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.worklist import read_worklist
from benchmarks.crowd import enrol_crowd, phone_of, raise_crowd, record_crowd
from symptoms.models import Clinic, Practitioner
from symptoms.models.clinic import Role
from tests.browser.pages import pages_of_all
from tests.cast import make_practitioner, site_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEARCHES: Final = {
    "name": "crowd-7",
    "hospital number": "CROWD 7",
    "birth date": "8 jan 1940",
    "telephone": phone_of(7),
    "nobody": "Nobody of this name",
}
LISTED: Final = ("-list", "-record")
MORE: Final = {
    "worklist": "/admin/",
    "worklist-fragment": "/admin/alerts/alert/worklist/",
    "watch": "/admin/alerts/alert/watch/",
    "statistics": "/admin/alerts/alert/statistics/",
    "statistics-as-csv": "/admin/alerts/alert/statistics/?format=csv",
    **{f"patients-by-{what}": f"/admin/symptoms/patient/?q={said}" for what, said in SEARCHES.items()},
    "alerts-of-a-patient": "/admin/alerts/alert/?q=crowd-7",
    "reports-of-a-patient": "/admin/symptoms/symptomreport/?q=crowd-7",
    "choice-of-a-patient": (
        "/admin/autocomplete/?app_label=symptoms&model_name=treatmentcourse&field_name=patient&term=crowd"
    ),
}
EXPORT: Final = "access-log-export"
LONGEST: Final = 500_000
"""Bytes of a page; one with a line for each of ten thousand patients is longer."""


def cost(site: Client, path: str) -> tuple[int, int]:
    """Statements and bytes of a page."""
    with CaptureQueriesContext(connection) as statements:
        answer = site.get(path)
        assert answer.status_code == 200, path
        length = len(answer.getvalue())
    return len(statements), length


@pytest.fixture
def one_moment() -> Iterator[None]:
    """The clock stands, for sessions write down once a minute that they are used."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.timeout(600)
def test_no_page_costs_more_statements_for_ten_thousand_patients(
    one_moment: None, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    administrator, auditor = (make_practitioner(clinic, role, role=role) for role in (Role.ADMINISTRATOR, Role.AUDITOR))
    users = [one.user for one in (nurse_kim, administrator, auditor)]
    sites = {user: site_of(user) for user in users}

    def grow(patients: int, alerts: int) -> None:
        enrol_crowd(clinic, patients)
        record_crowd(clinic, nurse_kim)
        raise_crowd(clinic, alerts, nurse_kim, timezone.now())

    def costs() -> dict[str, tuple[int, int]]:
        pages = [(user, name, path) for user, name, path in pages_of_all(*users) if name.endswith(LISTED)]
        pages += [(nurse_kim.user, name, path) for name, path in MORE.items()]
        pages.append((auditor.user, EXPORT, "/admin/symptoms/accessrecord/export/"))
        return {name: cost(sites[user], path) for user, name, path in pages}

    grow(10, 4)
    few = costs()
    grow(9_990, 1_996)
    many = costs()
    assert read_worklist(nurse_kim, timezone.now()).counts.all == 2_000
    assert len(many) > 50
    assert {name: (few[name], cost) for name, cost in many.items() if cost[0] > few[name][0]} == {}
    assert {name: length for name, (_, length) in many.items() if length > LONGEST} == {EXPORT: many[EXPORT][1]}
    assert many["worklist"][0] < 20
