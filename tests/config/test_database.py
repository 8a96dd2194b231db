"""What happens to connections: of a host that loses its power, of who waits too long, of a table that is changed."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.conf import settings
from django.db import NotSupportedError, connection, transaction

from symptoms.models import Clinic
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


@pytest.fixture
def changed_meanwhile() -> Iterator[None]:
    """A table that was read several times, and of which another connection then changed the type of a column."""

    def change(length: int) -> None:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as migration:
            migration.execute(f"ALTER TABLE symptoms_clinic ALTER COLUMN name TYPE varchar({length})")

    make_clinic("north", name="Clinic North")
    assert {name_of_clinic() for _ in range(5)} == {"Clinic North"}
    change(201)
    yield
    change(200)


def name_of_clinic() -> str:
    return Clinic.objects.values_list("name", flat=True).get(slug="north")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("changed_meanwhile")
def test_a_table_that_is_changed_under_a_running_server_is_read_on() -> None:
    assert name_of_clinic() == "Clinic North"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("changed_meanwhile")
def test_a_transaction_that_meets_the_change_fails_once() -> None:
    with pytest.raises(NotSupportedError), transaction.atomic():
        name_of_clinic()

    with transaction.atomic():
        assert name_of_clinic() == "Clinic North"


@pytest.mark.django_db(transaction=True)
def test_what_postgresql_does_not_support_is_still_an_error() -> None:
    with pytest.raises(NotSupportedError), connection.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class GROUP BY relkind FOR UPDATE")
