"""`ready` is 200 only when every part lives, names the part that does not, and answers soon in any case."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from alerts.liveness import record_heartbeat
from alerts.models import Heartbeat
from config import health
from config.celery import app

WORKERS = ("worker:alerts", "worker:care", "worker:calendar")
pytestmark = pytest.mark.django_db


def look(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health/ready")
    return answer.status_code, answer.json()


@pytest.fixture
def alive() -> None:
    for name in (*WORKERS, "beat"):
        record_heartbeat(name)


@pytest.mark.usefixtures("alive")
def test_it_is_ready_when_all_parts_live(client: Client) -> None:
    status, body = look(client)
    assert (status, body) == (
        200,
        {
            "status": "ok",
            "checks": {"database": True, "broker": True, "worker": True, "beat": True},
            "oldest_undelivered_alert_seconds": None,
        },
    )


@pytest.mark.parametrize(
    ("silent", "part"),
    [("worker:alerts", "worker"), ("worker:care", "worker"), ("worker:calendar", "worker"), ("beat", "beat")],
)
@pytest.mark.parametrize("how", ["never seen", "seen long ago"])
@pytest.mark.usefixtures("alive")
def test_a_silent_process_is_named_and_no_other(client: Client, silent: str, part: str, how: str) -> None:
    row = Heartbeat.objects.filter(name=silent)
    if how == "never seen":
        row.delete()
    else:
        row.update(beat_at=timezone.now() - health.FRESH - timedelta(seconds=5))
    status, body = look(client)
    assert status == 503
    assert [name for name, is_up in body["checks"].items() if not is_up] == [part]


@pytest.mark.usefixtures("alive")
def test_one_worker_for_every_queue_is_enough(client: Client) -> None:
    Heartbeat.objects.filter(name="worker").delete()
    assert look(client)[0] == 200


@pytest.fixture
def black_hole() -> Iterator[str]:
    """A broker that accepts and never answers."""
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen()
        yield f"redis://127.0.0.1:{hole.getsockname()[1]}/0"


@pytest.mark.usefixtures("alive")
def test_a_broker_that_never_answers_is_said_soon(
    client: Client, black_hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", black_hole)
    started = time.monotonic()
    status, body = look(client)
    assert (status, body["checks"]["broker"]) == (503, False)
    assert time.monotonic() - started < 6


def test_a_database_that_goes_away_in_between_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> dict[str, timedelta]:
        raise DatabaseError("connection lost: host=db user=secret")

    monkeypatch.setattr(health, "heartbeat_ages", lost)
    status, body = look(client)
    assert (status, body["checks"]["database"]) == (503, False)
    assert "secret" not in str(body)


def test_it_lives_without_a_database(client: Client) -> None:
    with connection.execute_wrapper(lambda *_: pytest.fail("it asked the database")):
        assert client.get("/health/live").json() == {"status": "ok"}


def test_it_serves_with_the_database_alone(client: Client, black_hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", black_hole)
    assert look(client)[0] == 503, "no broker, no worker, no beat"
    answer = client.get("/health/serving")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_does_not_serve_without_the_database(client: Client) -> None:
    def lost(*_: object) -> None:
        raise OperationalError("connection lost: host=db user=secret")

    with connection.execute_wrapper(lost):
        answer = client.get("/health/serving")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


@pytest.mark.parametrize("path", ["/health/live", "/health/serving", "/health/ready"])
def test_it_is_read_only_and_never_cached(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path)["Cache-Control"]
