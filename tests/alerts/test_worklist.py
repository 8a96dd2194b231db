"""`manage.py worklist` and the age of the oldest page, for people who watch the system from outside."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from alerts.acknowledging import acknowledge, close
from alerts.models import Notification
from alerts.models.alert import Outcome
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import deliver_due
from alerts.watchdog import oldest_undelivered_age
from symptoms.clinical.terms import Problem
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport
from tests.alerts.making import NOW, emergency, raised, routine, urgent

pytestmark = pytest.mark.django_db


def test_the_worklist_is_one_object_per_open_alert_by_urgency_and_waiting_time(
    ada: Patient, ben: Patient, nurse_kim: Practitioner, nurse_lee: Practitioner, capsys: pytest.CaptureFixture[str]
) -> None:
    later = raised(urgent(), ada, now=NOW + timedelta(minutes=5))
    earlier = raised(urgent(), ben)
    worst = raised(emergency(), ada, now=NOW + timedelta(hours=1))
    raised(routine("VISIT-MISSED", problem=Problem.MISSED_VISIT), ada)
    close(raised(urgent("FEVER", problem=Problem.INFECTION), ada), nurse_kim, Outcome.CLINIC_VISIT, "rang", NOW)
    acknowledge(later, nurse_kim, NOW)
    deliver_due(1, {Channel.EMAIL: NullTransport(AttemptOutcome.TEMPORARY_FAILURE)})

    call_command("worklist", "--json")
    output = capsys.readouterr().out
    lines = [json.loads(line) for line in output.splitlines()]
    assert [line["urgency"] for line in lines] == ["emergency", "urgent", "urgent", "routine"]
    assert [line["id"] for line in lines[:3]] == [str(alert.pk) for alert in (worst, earlier, later)]
    assert lines[2] | {"notifications": []} == {
        "id": str(later.pk),
        "number": later.number,
        "patient": str(ada.pk),
        "problem": "mouth",
        "urgency": "urgent",
        "state": "acknowledged",
        "rules": ["MOUTH-COUNT"],
        "raised_at": "2026-03-10T09:05:00Z",
        "notifications": [],
    }
    pages = [page for line in lines for page in line["notifications"]]
    assert sorted((page["state"], page["attempts"], page["outcomes"]) for page in pages) == [
        ("cancelled", 0, []),
        ("pending", 0, []),
        ("pending", 1, ["temporary_failure"]),
    ]
    assert ada.full_name not in output

    call_command("worklist")
    assert capsys.readouterr().out.splitlines()[0].startswith(f"{worst.number}  emergency")


def test_the_age_of_the_oldest_page_that_nobody_took(ada: Patient, nurse_kim: Practitioner) -> None:
    assert oldest_undelivered_age() is None
    raised(urgent(), ada)
    Notification.objects.update(created_at=NOW)
    raised(emergency(), ada)
    assert oldest_undelivered_age(NOW + timedelta(minutes=3)) == timedelta(minutes=3)
    assert oldest_undelivered_age(NOW - timedelta(hours=2)) == timedelta(0)
    assert oldest_undelivered_age() is not None
    deliver_due(transports={Channel.EMAIL: NullTransport()})
    assert oldest_undelivered_age(NOW) is None
    assert not Notification.objects.undelivered().exists()
