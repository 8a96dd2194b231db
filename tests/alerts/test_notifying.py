"""Claims, leases, attempts: a page is sent at least once, and every try leaves a trace."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now

from alerts import notifying, tasks
from alerts.acknowledging import acknowledge, close
from alerts.backoff import wait_after
from alerts.claiming import LEASE, claim_next
from alerts.models import Alert, Notification
from alerts.models.alert import Outcome
from alerts.models.notification import AttemptOutcome, Channel, NotificationState
from alerts.notifying import Outage, deliver_due
from alerts.timeline import lock_alert
from alerts.transports.transport import Sent
from symptoms.clock import database_now
from symptoms.models import Patient, Practitioner
from tests.alerts.delivering import NullTransport, deliver_one
from tests.alerts.making import NOW, events_of, make_practitioner, raised, recipients_of, urgent
from tests.alerts.providers import PHONE, Providers, give_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(urgent(), ada)


@pytest.fixture
def page(alert: Alert) -> Notification:
    return alert.notifications.get()


class Acting:
    """A transport during whose call something else happens."""

    def __init__(self, act: Callable[[], object], outcome: AttemptOutcome = AttemptOutcome.ACCEPTED) -> None:
        self._act = act
        self._outcome = outcome

    def send(self, notification: Notification) -> Sent:
        self._act()
        return Sent(self._outcome)


def let_the_lease_run_out() -> None:
    Notification.objects.filter(state=NotificationState.SENDING).update(lease_until=Now())


def let_the_wait_pass() -> None:
    Notification.objects.filter(state=NotificationState.PENDING).update(due_at=Now())


def attempts_of(page: Notification) -> list[str]:
    return [attempt.outcome for attempt in page.attempts.order_by("number")]


def test_an_accepted_page_is_finished(page: Notification) -> None:
    transport = NullTransport()
    assert deliver_due(transports={Channel.EMAIL: transport}) == 1
    page.refresh_from_db()
    assert (page.state, page.attempt_count, page.lease_token) == ("accepted", 1, None)
    assert attempts_of(page) == ["accepted"]
    assert events_of(page.alert) == ["raised", "notified"]
    assert deliver_due(transports={Channel.EMAIL: transport}) == 0
    assert transport.sent == [page.pk]


def test_the_claim_is_committed_with_an_attempt_of_unknown_outcome_before_the_call(page: Notification) -> None:
    seen: list[object] = []

    def look() -> None:
        row = Notification.objects.get(pk=page.pk)
        assert row.lease_until is not None
        lease_s = (row.lease_until - database_now()).total_seconds()
        seen.extend([row.state, attempts_of(page), LEASE.total_seconds() - lease_s < 5])

    deliver_one(page.pk, {Channel.EMAIL: Acting(look)})
    assert seen == ["sending", ["unknown"], True]


def test_a_page_that_is_not_due_yet_waits(page: Notification) -> None:
    Notification.objects.update(due_at=Now() + timedelta(seconds=5))
    assert not deliver_one(page.pk, {Channel.EMAIL: NullTransport()})


def test_a_page_that_somebody_holds_is_left_alone(page: Notification) -> None:
    assert claim_next() is not None
    assert claim_next() is None
    assert not deliver_one(page.pk, {Channel.EMAIL: NullTransport()})


def test_when_a_sender_dies_its_page_is_taken_over_after_the_lease(page: Notification) -> None:
    assert claim_next() is not None
    let_the_lease_run_out()
    assert deliver_due(transports={Channel.EMAIL: NullTransport()}) == 1
    assert attempts_of(page) == ["unknown", "accepted"]


def test_right_after_an_outage_of_the_database_no_page_is_taken_over(
    page: Notification, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> None:
        raise OperationalError("away")

    claim_next()
    let_the_lease_run_out()
    monkeypatch.setattr(notifying, "_outage", Outage())
    with monkeypatch.context() as broken:
        broken.setattr(notifying, "claim_next", away)
        with pytest.raises(OperationalError):
            tasks.deliver_due_notifications()
    assert deliver_due(transports={Channel.EMAIL: NullTransport()}) == 0
    monkeypatch.setattr(notifying, "_outage", Outage(time.monotonic() - LEASE.total_seconds()))
    assert deliver_due(transports={Channel.EMAIL: NullTransport()}) == 1


def test_a_sender_that_lost_its_lease_changes_nothing(page: Notification, caplog: pytest.LogCaptureFixture) -> None:
    other = NullTransport()

    def be_overtaken() -> None:
        let_the_lease_run_out()
        deliver_due(transports={Channel.EMAIL: other})

    with caplog.at_level(logging.WARNING):
        deliver_one(page.pk, {Channel.EMAIL: Acting(be_overtaken, AttemptOutcome.PERMANENT_FAILURE)})
    page.refresh_from_db()
    assert page.state == "accepted"
    assert attempts_of(page) == ["unknown", "accepted"]
    assert "lease_lost" in caplog.text


def test_a_sender_that_was_overtaken_leaves_the_page_to_the_one_who_holds_it_now(page: Notification) -> None:
    def be_overtaken() -> None:
        let_the_lease_run_out()
        assert claim_next() is not None

    deliver_one(page.pk, {Channel.EMAIL: Acting(be_overtaken)})
    page.refresh_from_db()
    assert (page.state, page.attempt_count, attempts_of(page)) == ("sending", 2, ["unknown", "unknown"])


@pytest.mark.parametrize(("seconds_left", "is_sent"), [(24, False), (26, True)])
def test_a_sender_that_slept_gives_up_when_less_than_a_budget_is_left(
    page: Notification, seconds_left: int, is_sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claim_next()
    assert claim is not None
    Notification.objects.update(lease_until=Now() + timedelta(seconds=seconds_left))
    transport = NullTransport()
    notifying._deliver(claim, {Channel.EMAIL: transport})
    assert bool(transport.sent) == is_sent
    assert attempts_of(page) == (["accepted"] if is_sent else ["unknown"])


@pytest.mark.parametrize("end", ["acknowledged", "closed"])
def test_an_alert_that_is_dealt_with_between_claim_and_call_is_not_sent(
    alert: Alert, page: Notification, nurse_kim: Practitioner, end: str
) -> None:
    claim = claim_next()
    assert claim is not None
    if end == "acknowledged":
        acknowledge(alert, nurse_kim, NOW)
    else:
        close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW)
    transport = NullTransport()
    notifying._deliver(claim, {Channel.EMAIL: transport})
    page.refresh_from_db()
    assert (page.state, transport.sent, attempts_of(page)) == ("cancelled", [], ["cancelled"])


def test_an_alert_that_is_taken_between_claim_and_call_is_paged_by_no_other_channel(
    alert: Alert, page: Notification, nurse_kim: Practitioner, providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_address(nurse_kim, Channel.SMS, PHONE)
    Notification.objects.update(attempt_count=1, due_at=Now())
    page.attempts.create(number=1, started_at=Now() - timedelta(minutes=2))

    def hold_after_somebody_took_it(alert_id: UUID) -> Alert:
        monkeypatch.setattr(notifying, "lock_alert", lock_alert)
        acknowledge(alert, nurse_kim, NOW)
        return lock_alert(alert_id)

    monkeypatch.setattr(notifying, "lock_alert", hold_after_somebody_took_it)
    deliver_due(transports={Channel.EMAIL: NullTransport(), Channel.SMS: NullTransport()})
    assert set(Notification.objects.values_list("channel", flat=True)) == {"email"}


def test_a_page_that_failed_while_the_alert_was_taken_is_not_tried_again(
    alert: Alert, page: Notification, nurse_kim: Practitioner
) -> None:
    taken = Acting(lambda: acknowledge(alert, nurse_kim, NOW), AttemptOutcome.TEMPORARY_FAILURE)
    deliver_one(page.pk, {Channel.EMAIL: taken})
    page.refresh_from_db()
    assert (page.state, attempts_of(page)) == ("cancelled", ["temporary_failure"])


def test_a_page_about_a_new_rule_is_sent_though_the_alert_is_acknowledged(
    alert: Alert, nurse_kim: Practitioner
) -> None:
    acknowledge(alert, nurse_kim, NOW)
    raised(urgent("MOUTH-INTAKE"), alert.patient)
    transport = NullTransport()
    assert deliver_due(transports={Channel.EMAIL: transport}) == 1
    assert len(transport.sent) == 1


def test_temporary_failures_are_tried_again_without_end(page: Notification) -> None:
    transport = NullTransport(*[AttemptOutcome.TEMPORARY_FAILURE] * 12)
    for number in range(1, 13):
        assert deliver_due(transports={Channel.EMAIL: transport}) == 1
        page.refresh_from_db()
        assert (page.state, page.attempt_count) == ("pending", number)
        wait_s = (page.due_at - database_now()).total_seconds()
        usual_s = [2, 5, 10, 20, 30, 40, 50, 60][min(number, 8) - 1]
        assert usual_s * 0.8 - 2 < wait_s <= usual_s * 1.2
        let_the_wait_pass()
    deliver_due(transports={Channel.EMAIL: transport})
    assert attempts_of(page) == ["temporary_failure"] * 12 + ["accepted"]


def test_the_wait_grows_to_a_minute_and_is_spread() -> None:
    waits = [[wait_after(number).total_seconds() for _ in range(50)] for number in (1, 2, 3, 4, 5, 8, 1000)]
    for usual, seen in zip([2, 5, 10, 20, 30, 60, 60], waits, strict=True):
        assert all(usual * 0.8 <= wait <= usual * 1.2 for wait in seen)
        assert len(set(seen)) > 1


def test_a_permanent_failure_is_on_the_timeline_and_the_others_are_paged(alert: Alert, page: Notification) -> None:
    make_practitioner(alert.clinic, "off_duty")
    assert deliver_one(page.pk, {Channel.EMAIL: NullTransport(AttemptOutcome.PERMANENT_FAILURE)})
    page.refresh_from_db()
    assert (page.state, attempts_of(page)) == ("failed", ["permanent_failure"])
    assert events_of(alert) == ["raised", "delivery_failed"]
    assert recipients_of(alert) == sorted([page.recipient.user.username, "off_duty"])


def test_when_every_address_is_bad_the_alert_says_so(alert: Alert, page: Notification) -> None:
    deliver_one(page.pk, {Channel.EMAIL: NullTransport(AttemptOutcome.PERMANENT_FAILURE)})
    assert events_of(alert) == ["raised", "delivery_failed", "nobody_reachable"]
    assert Alert.objects.filter(patient=alert.patient, problem="system").exists()


def test_nobody_else_is_paged_while_one_page_may_still_arrive(ada: Patient, nurse_kim: Practitioner) -> None:
    make_practitioner(ada.clinic, "colleague", is_on_call=True)
    make_practitioner(ada.clinic, "off_duty")
    alert = raised(urgent(), ada)
    transport = NullTransport(AttemptOutcome.PERMANENT_FAILURE, AttemptOutcome.ACCEPTED)
    assert deliver_due(transports={Channel.EMAIL: transport}) == 2
    assert "off_duty" not in recipients_of(alert)


@pytest.mark.django_db(transaction=True)
def test_competing_senders_send_each_page_once(ada: Patient, nurse_kim: Practitioner) -> None:
    for number in range(9):
        make_practitioner(ada.clinic, f"colleague-{number}", is_on_call=True)
    alert = raised(urgent(), ada)
    barrier = Barrier(6)
    lock = Lock()
    transport = NullTransport()

    class Counting:
        def send(self, notification: Notification) -> Sent:
            with lock:
                return transport.send(notification)

    def send_all(_: int) -> int:
        try:
            barrier.wait(timeout=60)
            return deliver_due(transports={Channel.EMAIL: Counting()})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(send_all, range(6)))
    assert sum(counts) == len(transport.sent) == len(set(transport.sent)) == 10
    assert set(alert.notifications.values_list("state", "attempt_count")) == {("accepted", 1)}
    assert events_of(alert).count("notified") == 10


@pytest.mark.django_db(transaction=True)
def test_an_outcome_is_recorded_once_the_database_is_back(
    alert: Alert, page: Notification, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifying, "FINISH_PAUSE_SECONDS", 0.01)

    def cut_the_connection() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            own = cursor.fetchone()[0]
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [own])
        finally:
            other.close()

    assert deliver_one(page.pk, {Channel.EMAIL: Acting(cut_the_connection)})
    page.refresh_from_db()
    assert (page.state, attempts_of(page)) == ("accepted", ["accepted"])
