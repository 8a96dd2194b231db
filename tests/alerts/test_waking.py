"""After the commit the senders are woken; a broker that is away costs next to nothing."""

from __future__ import annotations

import time
from threading import Event

import psycopg
import pytest
from django.db import connection, transaction

from alerts.waking import CHANNEL, MOST_WAITING, BackgroundNudges, Nudges
from symptoms.models import Patient, Practitioner
from tests.alerts.making import raised, urgent


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_a_failed_nudge_none_is_tried_for_half_a_minute() -> None:
    tried: list[str] = []
    is_broken = True

    def publish(notification_id: str) -> None:
        tried.append(notification_id)
        if is_broken:
            raise ConnectionError

    clock = Clock()
    nudges = Nudges(publish, clock)
    assert not nudges.send("a")
    clock.now += 29.9
    assert not nudges.send("b")
    is_broken = False
    clock.now += 0.1
    assert nudges.send("c")
    assert nudges.send("d")
    assert tried == ["a", "c", "d"]


def test_a_broker_that_does_not_answer_makes_nobody_wait() -> None:
    answers = Event()
    handed_over: list[str] = []

    def publish(notification_id: str) -> None:
        handed_over.append(notification_id)
        assert answers.wait(20)

    background = BackgroundNudges(Nudges(publish))
    began = time.monotonic()
    assert [background.send(str(number)) for number in range(3)] == [True] * 3
    assert time.monotonic() - began < 1
    answers.set()
    deadline = time.monotonic() + 10
    while handed_over != ["0", "1", "2"]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_more_nudges_than_can_wait_are_dropped() -> None:
    answers = Event()

    def publish(_: str) -> None:
        assert answers.wait(20)

    background = BackgroundNudges(Nudges(publish))
    taken = [background.send(str(number)) for number in range(MOST_WAITING + 10)]
    answers.set()
    assert MOST_WAITING <= sum(taken) <= MOST_WAITING + 1


@pytest.mark.django_db(transaction=True)
def test_nudge_and_notify_come_with_the_commit_and_not_before(
    ada: Patient, nurse_kim: Practitioner, nudged: list[str]
) -> None:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        with transaction.atomic():
            alert = raised(urgent(), ada)
            assert (nudged, list(listener.notifies(timeout=0.1))) == ([], [])
        assert nudged == [str(alert.notifications.get().pk)]
        assert len(list(listener.notifies(timeout=5, stop_after=1))) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_wakes_nobody(ada: Patient, nurse_kim: Practitioner, nudged: list[str]) -> None:
    with transaction.atomic():
        raised(urgent(), ada)
        transaction.set_rollback(True)
    assert nudged == []
