"""What was sent, and what became of it, is written once: no writer may delete or rewrite it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from alerts.models import Alert, DeliveryAttempt
from alerts.notifying import deliver_due
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport
from tests.alerts.making import raised, urgent

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    alert = raised(urgent(), ada)
    deliver_due(transports={"email": NullTransport()})
    return alert


@pytest.mark.usefixtures("alert")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alerts_deliveryattempt SET outcome = 'temporary_failure'",
        "UPDATE alerts_deliveryattempt SET finished_at = now() - interval '1 hour'",
        "DELETE FROM alerts_deliveryattempt",
        "DELETE FROM alerts_notification",
        "DELETE FROM alerts_alert",
        "DELETE FROM alerts_alertevent",
        "UPDATE alerts_alertevent SET happened_at = now()",
    ],
)
def test_what_has_happened_is_not_rewritten(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_attempt_under_way_gets_its_outcome_once(ada: Patient, nurse_kim: Practitioner) -> None:
    page = raised(urgent(), ada).notifications.get()
    attempt = DeliveryAttempt.objects.create(notification=page, number=1, started_at=page.created_at)
    assert DeliveryAttempt.objects.filter(pk=attempt.pk).update(outcome="accepted") == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        DeliveryAttempt.objects.filter(pk=attempt.pk).update(outcome="unknown")
