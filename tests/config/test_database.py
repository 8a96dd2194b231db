"""What happens to connections: of a host that loses its power, of who waits too long, of a table that is changed."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.conf import settings
from django.db import DataError, NotSupportedError, OperationalError, connection, transaction

from config.postgres.base import PREPARED_MAX, PreparingAnew
from symptoms.models import Clinic
from symptoms.prepared import run
from tests.cast import make_clinic

pytestmark = pytest.mark.django_db


def pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    finally:
        sink.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def port() -> Iterator[int]:
    """A TCP port that leads to the database, which itself listens on a socket in the file system."""
    with ExitStack() as cleanup:
        listener = cleanup.enter_context(socket.create_server(("127.0.0.1", 0)))

        def relay() -> None:
            near, _ = listener.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect(f"{connection.get_connection_params()['host']}/.s.PGSQL.5432")
            back = threading.Thread(target=pump, args=[far, near])
            back.start()
            with near, far:
                pump(near, far)
                back.join()

        thread = threading.Thread(target=relay)
        thread.start()
        cleanup.callback(thread.join)
        yield listener.getsockname()[1]


def test_a_silent_connection_is_probed_and_given_up(port: int) -> None:
    """By the time-outs that the kernel holds for the live socket: silence for 5 s, then three probes every 2 s."""
    params = {**connection.get_connection_params(), "host": "127.0.0.1", "port": port}
    with (
        psycopg.connect(**params) as live,
        socket.socket(fileno=os.dup(live.fileno())) as ours,
    ):
        assert live.execute("SELECT 1").fetchone() == (1,)
        assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        options = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT)
        assert [ours.getsockopt(socket.IPPROTO_TCP, option) for option in options] == [5, 2, 3, 10_000]


def test_a_statement_and_a_wait_end_after_seconds() -> None:
    params = connection.get_connection_params() | {"options": settings.POSTGRES_OPTIONS}
    limits = {"statement_timeout": "5s", "lock_timeout": "2s", "idle_in_transaction_session_timeout": "10s"}
    with psycopg.connect(**params) as live:
        assert {name: live.execute(f"SHOW {name}").fetchone() for name in limits} == {
            name: (limit,) for name, limit in limits.items()
        }


def name_by_queryset() -> str:
    return Clinic.objects.values_list("name", flat=True).get(slug="north")


def name_by_prepared_statement() -> str:
    return str(run("SELECT name FROM symptoms_clinic WHERE slug = %s AND name NOT LIKE '%%?'", ["north"])[0][0])


@pytest.fixture(params=[name_by_queryset, name_by_prepared_statement])
def name_of_clinic(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Reads a table that was read several times, and of which another connection then changed the type of a column."""

    def change(length: int) -> None:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as migration:
            migration.execute(f"ALTER TABLE symptoms_clinic ALTER COLUMN name TYPE varchar({length})")

    make_clinic("north", name="Clinic North")
    assert {request.param() for _ in range(5)} == {"Clinic North"}
    change(201)
    yield request.param
    change(200)


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_changed_under_a_running_server_is_read_on(name_of_clinic: Callable[[], str]) -> None:
    assert name_of_clinic() == "Clinic North"


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_meets_the_change_fails_once(name_of_clinic: Callable[[], str]) -> None:
    def within_a_transaction() -> None:
        with transaction.atomic():
            Clinic.objects.exists()
            name_of_clinic()

    with pytest.raises(NotSupportedError):
        within_a_transaction()

    with transaction.atomic():
        assert name_of_clinic() == "Clinic North"


@pytest.mark.django_db(transaction=True)
def test_a_prepared_statement_is_run_without_a_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name under which psycopg has prepared it: another release may keep these names elsewhere."""
    seen = [run("SELECT %s::int, %s, '%%'", [number, "x"]) for number in range(5)]
    connection.ensure_connection()
    monkeypatch.setattr(PreparingAnew, "execute", None)

    assert [*seen, run("SELECT %s::int, %s, '%%'", [5, "x"])] == [[(number, "x", "%")] for number in range(6)]


@pytest.mark.django_db(transaction=True)
def test_a_statement_stays_prepared_from_its_first_run_while_it_is_in_use() -> None:
    """Run by its name it would seem unused to psycopg, which forgets what was not used for longest."""
    look = "SELECT prepare_time FROM pg_prepared_statements WHERE statement LIKE %s"
    run(look, ["%prepare_time%"])
    [(prepared_at,)] = run(look, ["%prepare_time%"])

    for number in range(PREPARED_MAX + 10):
        run(f"SELECT {number}", [])
        assert run(look, ["%prepare_time%"]) == [(prepared_at,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("savepoint", [True, False])
def test_what_fails_is_undone_and_prepared_anew(savepoint: bool) -> None:
    """A rollback makes psycopg forget what it has prepared."""
    with transaction.atomic():
        for _ in range(5):
            assert run("SELECT 6 / %s", [3]) == [(2,)]
        with pytest.raises(DataError), transaction.atomic(savepoint=savepoint):
            run("SELECT 6 / %s", [0])
        if not savepoint:
            transaction.set_rollback(True)
        else:
            assert run("SELECT 6 / %s", [2]) == [(3,)]

    assert [run("SELECT 6 / %s", [2]) for _ in range(5)] == [[(3,)]] * 5


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_is_said_to_be() -> None:
    for _ in range(5):
        [(pid,)] = run("SELECT pg_backend_pid()", [])
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    with pytest.raises(OperationalError):
        run("SELECT pg_backend_pid()", [])
    connection.close()
    assert run("SELECT 1", []) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_what_postgresql_does_not_support_is_still_an_error() -> None:
    with pytest.raises(NotSupportedError), connection.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class GROUP BY relkind FOR UPDATE")
