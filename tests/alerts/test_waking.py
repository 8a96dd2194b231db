"""After the commit the senders are woken; a broker that is away costs next to nothing."""

from __future__ import annotations

import time
from threading import Event

import psycopg
import pytest
from django.db import connection, transaction

from alerts.waking import CHANNEL, DELIVER_TASK, BackgroundNudges, Nudges
from symptoms.models import Patient, Practitioner
from tests.alerts.making import raised, urgent


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_a_failed_nudge_none_is_tried_for_half_a_minute() -> None:
    tried_at: list[float] = []
    is_broken = True

    def publish() -> None:
        tried_at.append(clock.now)
        if is_broken:
            raise ConnectionError

    clock = Clock()
    nudges = Nudges(publish, clock)
    nudges.send()
    clock.now += 29.9
    nudges.send()
    is_broken = False
    clock.now += 0.1
    nudges.send()
    nudges.send()
    assert tried_at == [100.0, 130.0, 130.0]


def test_a_broker_that_does_not_answer_makes_nobody_wait_and_nudges_meanwhile_become_one() -> None:
    first, answers, last = Event(), Event(), Event()
    published: list[Event] = [first, last]

    def publish() -> None:
        published.pop(0).set()
        assert answers.wait(20)

    background = BackgroundNudges(Nudges(publish))
    background.send()
    assert first.wait(20)
    began = time.monotonic()
    for _ in range(1000):
        background.send()
    assert time.monotonic() - began < 10, "the broker is silent for longer"
    answers.set()
    assert last.wait(20)


@pytest.mark.django_db(transaction=True)
def test_nudge_and_notify_come_with_the_commit_and_not_before(
    ada: Patient, nurse_kim: Practitioner, nudged: list[str]
) -> None:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        with transaction.atomic():
            raised(urgent(), ada)
            assert (nudged, list(listener.notifies(timeout=0.1))) == ([], [])
        assert nudged == [DELIVER_TASK]
        assert len(list(listener.notifies(timeout=60, stop_after=1))) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_wakes_nobody(ada: Patient, nurse_kim: Practitioner, nudged: list[str]) -> None:
    with transaction.atomic():
        raised(urgent(), ada)
        transaction.set_rollback(True)
    assert nudged == []
