"""An acknowledgement races with the sending of pages and with a rise of urgency: whoever loses, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Lock

import pytest
from django.db import connection

from alerts.acknowledging import CannotHandle, acknowledge
from alerts.escalating import escalate_due
from alerts.models import Alert, DeliveryAttempt, Notification
from alerts.models.alert import AlertState
from alerts.models.notification import LIVE_STATES, AttemptOutcome, Channel
from alerts.notifying import deliver_due
from alerts.raising import raise_alert
from alerts.transports.transport import Sent
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, Practitioner
from tests.alerts.making import NOW, emergency, make_practitioner, raised, urgent
from tests.alerts.making_time import let_pass
from tests.cast import make_patient

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    """A provider that takes everything and counts how often each page came."""

    def __init__(self) -> None:
        self.counts: dict[object, int] = {}
        self._lock = Lock()

    def send(self, notification: Notification) -> Sent:
        with self._lock:
            self.counts[notification.pk] = self.counts.get(notification.pk, 0) + 1
        return Sent(AttemptOutcome.ACCEPTED)


def at_once(*acts: Callable[[], object]) -> None:
    """Each act in a thread of its own, all beginning at the same moment."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=60)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def test_taking_races_with_sending_and_with_a_rise(ada: Patient, nurse_kim: Practitioner) -> None:
    for number in range(3):
        make_practitioner(ada.clinic, f"colleague-{number}", is_on_call=True)
    patients = [make_patient(ada.clinic, f"Patient {number}") for number in range(8)]
    breathless = urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY)
    alerts = [raised(breathless, patient) for patient in patients]
    provider = Counting()

    def take_all() -> None:
        for alert in alerts:
            try:
                acknowledge(alert, nurse_kim, NOW)
            except CannotHandle:
                continue  # it has risen: the clinician looks again

    def rise_all() -> None:
        for patient in patients:
            raise_alert(emergency(), patient=patient, report=None, now=NOW)

    def send_all() -> None:
        while deliver_due(5, {Channel.EMAIL: provider}):
            pass

    at_once(take_all, rise_all, send_all, send_all)
    send_all()

    for alert in Alert.objects.filter(problem=Problem.RESPIRATORY):
        assert (alert.urgency, alert.generation, alert.state) == (Urgency.EMERGENCY, 2, AlertState.OPEN)
        assert alert.acknowledged_by is None, "what was taken was the lower urgency"
        states = set(alert.notifications.filter(generation=2).values_list("state", flat=True))
        assert states == {"accepted"}, "everybody is told of the rise"
        numbers = list(alert.events.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert set(provider.counts.values()) == {1}
    assert DeliveryAttempt.objects.filter(outcome="unknown").count() == 0
    assert not Notification.objects.filter(state__in=LIVE_STATES).exists()


def test_taking_races_with_the_next_step(ada: Patient, nurse_kim: Practitioner) -> None:
    patients = [make_patient(ada.clinic, f"Patient {number}") for number in range(8)]
    alerts = [raised(urgent(), patient) for patient in patients]
    let_pass(15)

    def take_all() -> None:
        for alert in alerts:
            acknowledge(alert, nurse_kim, NOW)

    at_once(take_all, escalate_due, escalate_due)

    for alert in Alert.objects.all():
        assert (alert.state, alert.acknowledged_by) == (AlertState.ACKNOWLEDGED, nurse_kim)
        assert alert.steps_taken <= 2, "each step is taken once"
        assert not alert.notifications.filter(state__in=LIVE_STATES).exists(), "who has taken it is left in peace"
    assert escalate_due() == 0


def test_many_escalators_take_each_step_once(ada: Patient, nurse_kim: Practitioner) -> None:
    patients = [make_patient(ada.clinic, f"Patient {number}") for number in range(10)]
    for patient in patients:
        raised(urgent(), patient)
    let_pass(15)
    at_once(*[escalate_due] * 6)
    while escalate_due():
        pass
    assert set(Alert.objects.values_list("steps_taken", flat=True)) == {2}
    assert not Alert.objects.filter(problem=Problem.SYSTEM).exists()


def test_of_two_nurses_at_once_one_has_it_and_the_other_reads_who(ada: Patient, nurse_kim: Practitioner) -> None:
    nurses = [nurse_kim, make_practitioner(ada.clinic, "cora")]
    alerts = [raised(urgent(), make_patient(ada.clinic, f"Patient {number}")) for number in range(6)]
    refused: list[str] = []

    def take_all(nurse: Practitioner) -> None:
        for alert in Alert.objects.filter(pk__in=[one.pk for one in alerts]).order_by("number"):
            try:
                acknowledge(alert, nurse, NOW)
            except CannotHandle as refusal:
                refused.append(str(refusal))

    at_once(*(partial(take_all, nurse) for nurse in nurses))

    taken = list(Alert.objects.all())
    assert {alert.state for alert in taken} == {AlertState.ACKNOWLEDGED}
    assert len(refused) == len(alerts), "each alert was refused to one of the two"
    owners = {str(alert.acknowledged_by) for alert in taken}
    assert all(any(owner in said for owner in owners) for said in refused)
    assert [alert.events.filter(kind="acknowledged").count() for alert in taken] == [1] * len(alerts)
