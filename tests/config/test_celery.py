"""The processes of Celery say that they live, each by itself, and a real worker does the work."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from celery.schedules import schedule
from django.conf import settings
from django.db import DatabaseError

from alerts import liveness
from alerts.models import Heartbeat
from config.celery import HeartbeatScheduler, Pulse, app, is_first_of_slot
from config.schedule import SCHEDULE
from symptoms import clock


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def test_a_task_that_fails_is_over_and_none_of_the_settings_is_on_its_way_out() -> None:
    assert (app.conf.task_acks_on_failure, app.conf.task_acks_on_timeout) == (True, True)
    assert not hasattr(settings, "CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_shows_life_for_each_queue_that_it_reads(celery_worker_process: subprocess.Popen[bytes]) -> None:
    wait_until(lambda: {"worker", "worker:alerts", "worker:care", "worker:calendar"} <= names())
    assert "beat" not in names(), "a worker says nothing of beat"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("celery_worker_process")
def test_a_worker_takes_what_is_sent_to_each_queue() -> None:
    waiting = (
        "alerts.tasks.deliver_due_notifications",
        "symptoms.tasks.assess_due_reports",
        "alerts.tasks.deliver_due_reminders",
    )
    queues = {app.amqp.router.route({}, task)["queue"].name for task in waiting}
    for task in waiting:
        app.send_task(task)
    with app.connection_for_read() as broker:
        sizes: Any = broker.default_channel
        wait_until(lambda: not any(sizes.client.llen(queue.name) for queue in settings.CELERY_TASK_QUEUES))
    assert queues == {"alerts", "care", "calendar"}


@pytest.mark.django_db(transaction=True)
def test_beat_shows_life_with_its_first_tick() -> None:
    scheduler = HeartbeatScheduler(app, lazy=True)
    scheduler.setup_schedule()
    for entry in scheduler.schedule.values():
        entry.last_run_at = app.now()  # nothing is due
    assert "beat" not in names()
    scheduler.tick()
    assert "beat" in names()


@pytest.mark.django_db(transaction=True)
def test_two_beats_start_a_slot_once_and_the_next_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(HeartbeatScheduler, "apply_async", lambda self, entry, **_: sent.append(entry.name))
    moment = datetime(2026, 3, 10, 9, 0, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "database_now", lambda: moment)
    beats = [HeartbeatScheduler(app, lazy=True) for _ in range(2)]
    for beat in beats:
        beat.setup_schedule()
    for _ in range(2):
        for beat in beats:
            for entry in beat.schedule.values():
                beat.apply_entry(entry)
        assert sorted(sent) == sorted(beats[0].schedule)
        sent.clear()
        moment += timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_with_the_database_down_a_periodic_task_starts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> datetime:
        raise DatabaseError

    monkeypatch.setattr(clock, "database_now", lost)
    assert is_first_of_slot("job", schedule(60))


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_that_cannot_be_kept_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(name: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(liveness, "record_heartbeat", lost)
    Pulse().beat("worker")


def test_every_periodic_task_exists_expires_and_has_a_queue() -> None:
    for entry in SCHEDULE.values():
        module, name = entry["task"].rsplit(".", 1)
        assert getattr(import_module(module), name).name == entry["task"]
        assert 0 < entry["options"]["expires"] < entry["schedule"]
        assert app.amqp.router.route({}, entry["task"])["queue"].name in {
            one.name for one in settings.CELERY_TASK_QUEUES
        }


def names() -> set[str]:
    return set(Heartbeat.objects.values_list("name", flat=True))
