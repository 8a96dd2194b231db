"""What the database refuses or mends in an alert, whoever writes the row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.db.models.functions import Now
from django.db.utils import DatabaseError

from alerts.acknowledging import acknowledge
from alerts.escalating import escalate_due
from alerts.models import Alert
from symptoms.models import Patient, Practitioner
from tests.alerts.making import NOW, emergency, raised, urgent

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(urgent(), ada)


def test_a_rise_by_any_writer_voids_the_acknowledgement(alert: Alert, nurse_kim: Practitioner) -> None:
    acknowledge(alert, nurse_kim, NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE alerts_alert SET urgency = 4 WHERE id = %s", [alert.pk])
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.awaited, alert.generation) == ("open", None, "", 2)
    assert escalate_due() == 1
    assert alert.notifications.filter(generation=2).count() == 1


def test_a_rise_by_the_product_counts_one_generation(alert: Alert, ada: Patient) -> None:
    raised(emergency(), ada)
    raised(urgent(), ada)
    assert sorted(Alert.objects.values_list("urgency", "generation")) == [(3, 1), (4, 1)]


Change = Callable[[Patient, Practitioner], dict[str, object]]
REFUSED: dict[str, Change] = {
    "a wait beyond the longest": lambda *_: {"climbs_at": Now() + timedelta(days=3, minutes=1)},
    "another patient": lambda ben, _: {"patient": ben},
    "another clinic": lambda ben, _: {"clinic": ben.clinic},
    "rules erased": lambda *_: {"rules": []},
    "taken by another clinic": lambda _, lee: {"state": "acknowledged", "acknowledged_by": lee, "acknowledged_at": NOW},
    "closed by another clinic": lambda _, lee: {
        "state": "closed", "closed_by": lee, "closed_at": NOW, "outcome": "phone_advice"
    },
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_writer_may_do(alert: Alert, ben: Patient, nurse_lee: Practitioner, what: str) -> None:
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**REFUSED[what](ben, nurse_lee))


def test_the_longest_wait_itself_is_allowed(alert: Alert) -> None:
    assert Alert.objects.update(climbs_at=Now() + timedelta(days=3)) == 1
    assert Alert.objects.update(rules=[*alert.rules, "MOUTH-NEW"]) == 1
