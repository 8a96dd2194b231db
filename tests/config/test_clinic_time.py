"""A nurse reads times as the clock on the ward shows them."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from alerts.raising import raise_alert
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, Practitioner


def test_times_are_those_of_the_clinic(kim_site: Client, nurse_kim: Practitioner, ada: Patient) -> None:
    action = NotifyCareTeam(Problem.MOUTH, Urgency.URGENT, ("MOUTH-COUNT",))
    alert = raise_alert(action, patient=ada, report=None, now=datetime(2026, 3, 10, 22, 15, tzinfo=UTC))
    assert alert is not None

    page = kim_site.get(f"/admin/alerts/alert/{alert.pk}/change/")

    assert "Tue 10 Mar 2026, 23:15" in page.content.decode()
