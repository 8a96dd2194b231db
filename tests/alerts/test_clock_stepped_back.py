"""When the clock of the database steps back, nothing falls silent, and health says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from alerts.acknowledging import acknowledge
from alerts.escalating import escalate_due
from alerts.linking import LIFE, LinkExpired, acknowledge_link, read_token
from alerts.liveness import record_heartbeat
from alerts.models import Alert, Heartbeat, Notification
from alerts.notifying import deliver_due
from alerts.watchdog import SILENT_AFTER, audit, reasons_for_delay
from symptoms.clinical.terms import Urgency
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport
from tests.alerts.making import NOW, raised, urgent
from tests.alerts.making_time import let_pass
from tests.triggers import ignoring

pytestmark = pytest.mark.django_db

BACK = timedelta(hours=2)


def step_back() -> None:
    """The clock steps back by two hours: all that was written lies so much further ahead."""
    with ignoring("alerts.Alert:no_wait_without_end"):
        let_pass(-BACK / timedelta(minutes=1))
    Notification.objects.update(due_at=F("due_at") + BACK, created_at=F("created_at") + BACK)
    Notification.objects.filter(state="sending").update(lease_until=F("lease_until") + BACK)
    Heartbeat.objects.update(beat_at=F("beat_at") + BACK)


@pytest.mark.parametrize("name", SILENT_AFTER)
def test_a_sign_of_life_from_the_future_is_none(client: Client, name: str) -> None:
    for one in SILENT_AFTER:
        record_heartbeat(one)
    assert reasons_for_delay() == []
    Heartbeat.objects.filter(name=name).update(beat_at=Now() + BACK)
    assert reasons_for_delay() == [f"{name}_silent"]
    assert client.get("/health/alerting").status_code == 503


def test_workers_and_beat_from_the_future_do_not_live(client: Client) -> None:
    record_heartbeat("beat")
    assert client.get("/health/ready").json()["checks"]["beat"]
    Heartbeat.objects.update(beat_at=Now() + BACK)
    assert not client.get("/health/ready").json()["checks"]["beat"]


def test_what_waits_further_ahead_than_it_may_is_found(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada)
    assert audit() == []
    step_back()
    assert audit() == ["alert_undelivered", "clock_stepped_back"]
    alert.notifications.update(due_at=Now() + timedelta(minutes=1))
    Alert.objects.update(climbing_since=Now(), climbs_at=Now() + timedelta(minutes=15))
    assert audit() == []


@pytest.mark.parametrize("state", ["pending", "sending"])
def test_a_page_that_is_due_further_ahead_than_any_wait_goes_out_now(
    ada: Patient, nurse_kim: Practitioner, state: str
) -> None:
    alert = raised(urgent(), ada)
    if state == "sending":
        alert.notifications.update(state=state, lease_token=alert.pk, lease_until=Now() + timedelta(minutes=1))
    step_back()
    assert deliver_due(transports={"email": NullTransport()}) == 1


def test_an_alert_climbs_on_and_does_not_wait_for_the_clock(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada)
    deliver_due(transports={"email": NullTransport()})
    step_back()
    assert escalate_due() == 1
    assert escalate_due() == 0, "it stands right again"
    alert.refresh_from_db()
    assert alert.steps_taken == 1
    assert Alert.objects.filter(climbs_at__lte=Now() + timedelta(minutes=15)).exists()


@pytest.mark.parametrize(("ahead", "is_due"), [(timedelta(days=3), 0), (timedelta(days=3, minutes=1), 1)])
def test_an_acknowledgement_lasts_no_longer_than_the_longest_wait(
    ada: Patient, nurse_kim: Practitioner, ahead: timedelta, is_due: int
) -> None:
    alert = raised(urgent(), ada)
    acknowledge(alert, nurse_kim, NOW)
    assert alert.urgency == Urgency.URGENT
    with ignoring("alerts.Alert:no_wait_without_end"):
        Alert.objects.update(climbs_at=Now() + ahead)
    assert escalate_due() == is_due


def test_the_age_of_a_link_is_told_by_the_clock_of_the_database(ada: Patient, nurse_kim: Practitioner) -> None:
    page = raised(urgent(), ada).notifications.get()
    with time_machine.travel(timezone.now() - timedelta(hours=5), tick=False):
        link = acknowledge_link(page).rsplit("/", 1)[1]
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        assert read_token(link) == page.pk


def test_a_link_dated_far_ahead_has_expired(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = raised(urgent(), ada).notifications.get()
    now = timezone.now()
    monkeypatch.setattr("alerts.linking.database_now", lambda: now + LIFE + timedelta(minutes=1))
    link = acknowledge_link(page).rsplit("/", 1)[1]
    monkeypatch.setattr("alerts.linking.database_now", lambda: now)
    with pytest.raises(LinkExpired):
        read_token(link)
