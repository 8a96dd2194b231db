"""The dispatcher as a real process: pages go out with no Redis and no Celery, and it ends when it is told to."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from alerts.chores import CHORES, Chore
from alerts.dispatching import Dispatcher
from alerts.liveness import heartbeat_ages
from alerts.models import Notification
from alerts.watchdog import reasons_for_delay
from symptoms.models import Patient, Practitioner
from tests.alerts.making import emergency, make_practitioner, raised, urgent
from tests.alerts.making_time import let_pass
from tests.alerts.sink import Sink, running_sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

APPLICATION = "dispatcher-under-test"
ROOT = Path(__file__).resolve().parents[2]
COMMAND = "from django.core.management import execute_from_command_line as run; run(['manage.py', 'dispatch', *{}])"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


def url_of_test_database() -> str:
    server = connection.get_connection_params()
    login = f"{server['user']}:{server.get('password') or ''}"
    host, port = server.get("host", ""), server.get("port") or 5432
    # A folder is the socket of the embedded server.
    is_socket = host.startswith("/")
    place = f"@/{server['dbname']}?host={host}" if is_socket else f"@{host}:{port}/{server['dbname']}"
    return f"postgres://{login}{place}"


@contextlib.contextmanager
def dispatcher(sink: Sink, *options: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """`manage.py dispatch` on the test's own database and sink, with a broker that does not exist."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE),
        "DATABASE_URL": url_of_test_database(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "PGAPPNAME": APPLICATION,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        **variables,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(list(options))],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def await_that(condition: Callable[[], object], within_s: float = 60) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def pages(sink: Sink) -> list[tuple[list[str], EmailMessage]]:
    """The mails that are pages: in the hours of the clinic a daily digest goes out as well."""
    return [(to, mail) for to, mail in sink.mails if mail["Message-ID"].startswith("<notification-")]


def all_accepted() -> bool:
    return set(Notification.objects.values_list("state", flat=True)) == {"accepted"}


def test_pages_go_out_at_once_through_outages_of_the_database_until_sigterm(
    ada: Patient, nurse_kim: Practitioner, sink: Sink
) -> None:
    make_practitioner(ada.clinic, "colleague", is_on_call=True)
    raised(urgent(), ada)
    with dispatcher(sink, "--threads", "3") as process:
        await_that(all_accepted)
        assert heartbeat_ages()["dispatcher"].total_seconds() < 20

        raised(urgent("MOUTH-INTAKE"), ada)
        began = time.monotonic()
        await_that(all_accepted)
        assert time.monotonic() - began < 5

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
                [APPLICATION],
            )
            assert len(cursor.fetchall()) > 1
        raised(emergency(), ada)
        await_that(all_accepted)

        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert output.splitlines()[-1] == "stopped"
    assert len(pages(sink)) == len({mail["Message-ID"] for _, mail in pages(sink)}) == 6
    assert ada.full_name not in output


def test_a_chore_that_fails_is_done_again_and_stops_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail_twice() -> None:
        done.append("tried")
        if len(done) <= 2:
            raise RuntimeError("a bug")
        running.stop()

    running = Dispatcher(threads=1, transports={}, chores=[Chore("fails", 0.01, fail_twice)])
    running.run()
    assert len(done) == 3
    assert caplog.text.count("chore_failed chore=fails") == 2


def test_alerts_climb_and_are_audited_without_redis_and_celery(
    ada: Patient, nurse_kim: Practitioner, sink: Sink
) -> None:
    make_practitioner(ada.clinic, "colleague")
    alert = raised(urgent(), ada)
    with dispatcher(sink, "--threads", "2"):
        await_that(all_accepted)
        let_pass(15)
        await_that(lambda: alert.notifications.filter(step=2, state="accepted").count() == 2)
        await_that(lambda: {"dispatcher", "escalator", "auditor"} <= heartbeat_ages().keys())
        await_that(lambda: reasons_for_delay() == [])
    assert sorted(to for to, _ in pages(sink)) == [["colleague@hospital.example"]] + [["kim@hospital.example"]] * 2


def test_each_of_its_threads_has_a_connection_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = connection.settings_dict["OPTIONS"]["pool"]
    monkeypatch.setitem(pool, "max_size", 10)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(Dispatcher, "run", lambda _: None)
    call_command("dispatch", "--threads", "2")
    assert pool["max_size"] == 10
    call_command("dispatch", "--threads", "12")
    assert pool["max_size"] == 12 + len(CHORES) + 1


def test_once_delivers_what_is_due_and_ends(ada: Patient, nurse_kim: Practitioner, sink: Sink) -> None:
    raised(urgent(), ada)
    with dispatcher(sink, "--once") as process:
        assert process.wait(timeout=60) == 0
    assert all_accepted()
    assert len(pages(sink)) == 1
