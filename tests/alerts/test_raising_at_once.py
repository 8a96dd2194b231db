"""Many transactions raise one problem of one patient at the same moment: one alert, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from alerts.acknowledging import AlreadyAcknowledged, acknowledge
from alerts.models import Alert
from alerts.raising import raise_alert
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, Practitioner
from tests.alerts.making import NOW, emergency, events_of, make_practitioner, make_report, raised, urgent

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20


def test_twenty_reports_at_once_make_one_alert(ada: Patient, nurse_kim: Practitioner) -> None:
    barrier = Barrier(THREADS)

    def report_sores(number: int) -> None:
        try:
            barrier.wait(timeout=60)
            with transaction.atomic():
                report = make_report(ada, {"mouth_sores.count": 4 + number})
                raise_alert(urgent(f"RULE-{number}"), patient=ada, report=report, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(report_sores, range(THREADS)))

    alert = Alert.objects.get(patient=ada)
    assert sorted(alert.rules) == sorted(f"RULE-{number}" for number in range(THREADS))
    assert sorted(events_of(alert)) == ["joined"] * (THREADS - 1) + ["raised"]
    assert [event.number for event in alert.events.order_by("number")] == list(range(1, THREADS + 1))
    assert alert.notifications.count() == THREADS


def test_of_twenty_at_once_only_a_rise_pages_again(ada: Patient, nurse_kim: Practitioner) -> None:
    barrier = Barrier(THREADS)

    def report_breathlessness(number: int) -> None:
        action = emergency("RULE") if number % 2 else urgent("RULE", problem=Problem.RESPIRATORY)
        try:
            barrier.wait(timeout=60)
            raise_alert(action, patient=ada, report=None, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(report_breathlessness, range(THREADS)))

    alert = Alert.objects.get(patient=ada)
    assert alert.urgency == Urgency.EMERGENCY
    assert alert.notifications.filter(state="pending").count() == 1
    assert alert.notifications.count() == alert.generation <= 2


def test_of_two_who_take_an_alert_at_once_one_is_told_who_was_first(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada)
    people = [nurse_kim, make_practitioner(ada.clinic, "second")]
    barrier = Barrier(len(people))

    def take(person: Practitioner) -> Practitioner | None:
        try:
            barrier.wait(timeout=60)
            acknowledge(alert, person, NOW)
        except AlreadyAcknowledged as refusal:
            return refusal.by
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(people)) as pool:
        told = list(pool.map(take, people))
    alert.refresh_from_db()
    assert sorted(told, key=str) == sorted([None, alert.acknowledged_by], key=str)
    assert events_of(alert).count("acknowledged") == 1
