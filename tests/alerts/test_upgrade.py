"""The release before this one still writes pages while this one's tables are in place."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from alerts.models import Notification
from alerts.notifying import deliver_due
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport
from tests.alerts.making import raised, urgent

pytestmark = pytest.mark.django_db
OLD_COLUMNS = (
    "id, alert_id, recipient_id, channel, generation, step, cycle, idempotency_key, "
    "state, due_at, attempt_count, created_at"
)


def test_a_page_of_the_release_before_is_sent(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO alerts_notification ({OLD_COLUMNS}) "
            "VALUES (%s, %s, %s, 'email', 1, 9, 9, 'old', 'pending', now(), 0, now())",
            [uuid.uuid4(), alert.pk, nurse_kim.pk],
        )
    assert deliver_due(transports={"email": NullTransport()}) == 2
    assert Notification.objects.get(idempotency_key="old").state == "accepted"
