"""What every open page of a clinic's staff asks for: cheap, however much waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alerts.admin.watch import MOST
from symptoms.models import Practitioner
from tests.alerts.making import emergency, raised, urgent
from tests.cast import make_patient

pytestmark = pytest.mark.django_db


def ask(site: Client, tag: str = "") -> tuple[int, int, str]:
    """Status, statements, and the tag with which one asks whether anything is otherwise."""
    with CaptureQueriesContext(connection) as statements:
        answer = site.get(reverse("admin:alerts_alert_watch"), headers={"If-None-Match": tag, "X-Background": "1"})
    return answer.status_code, len(statements), answer.headers["ETag"]


def test_it_costs_the_same_statements_however_many_alerts_wait(kim_site: Client, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    patient = make_patient(nurse_kim.clinic, "Fay Fransen")
    raised(emergency("RED-REST"), patient, now=now)
    ask(kim_site)
    _, few, tag = ask(kim_site)
    assert ask(kim_site, tag)[:2] == (304, few)
    for number in range(MOST + 1):
        raised(
            urgent("FEVER"), make_patient(nurse_kim.clinic, f"Patient {number}"), now=now + timedelta(seconds=number)
        )
    status, many, _ = ask(kim_site, tag)
    assert (status, many) == (200, few)
