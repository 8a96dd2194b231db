"""A database that goes quiet, as a host does that loses its power, is given up within seconds; so is what waits."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.conf import settings
from django.db import connection

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
