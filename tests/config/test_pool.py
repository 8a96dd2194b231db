"""The pool hands out no connection that is dead, whatever became of the server, and says at once that it is away."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import psycopg
import pytest

from config.local_postgres.server import PostgresServer
from config.postgres.pool import Pool

pytestmark = pytest.mark.slow

CALLERS = 8


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    server = PostgresServer(tmp_path_factory.mktemp("pool"), is_durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(cluster: PostgresServer) -> PostgresServer:
    if not cluster.is_answering():
        cluster.start()
    return cluster


@pytest.fixture
def pool(server: PostgresServer) -> Iterator[Pool]:
    pool = Pool(partial(psycopg.connect, server.url, autocommit=True), max_size=10, timeout=2)
    yield pool
    pool.close()


def ask(pool: Pool, meanwhile: Callable[[], object] = lambda: None) -> int:
    """The number of the server's process that answers to one caller."""
    connection = pool.getconn()
    try:
        meanwhile()
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
    finally:
        pool.putconn(connection)
    assert row is not None
    return int(row[0])


def ask_all(pool: Pool) -> set[int]:
    """As many callers as the web server has threads, each with a connection of its own at the same moment."""
    together = threading.Barrier(CALLERS)
    with ThreadPoolExecutor(CALLERS) as callers:
        return set(callers.map(lambda _: ask(pool, partial(together.wait, 10)), range(CALLERS)))


def postmaster(server: PostgresServer) -> psutil.Process:
    return psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))


def end(server: PostgresServer, number: int) -> None:
    """End the server by a signal: 2 is a fast shutdown, 3 an immediate one, 9 the end without a word."""
    process = postmaster(server)
    family = [process, *process.children()]
    process.send_signal(number)
    gone, alive = psutil.wait_procs(family, timeout=20)
    assert gone
    assert not alive


def end_connections(server: PostgresServer) -> None:
    with psycopg.connect(server.url, autocommit=True) as other:
        ended = other.execute(
            "SELECT pid, pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchall()
    assert len(ended) == CALLERS


def restart(server: PostgresServer, number: int) -> None:
    end(server, number)
    server.start()


@pytest.mark.parametrize(
    "take_away",
    [
        pytest.param(partial(restart, number=2), id="fast restart"),
        pytest.param(partial(restart, number=3), id="immediate restart"),
        pytest.param(partial(restart, number=9), id="killed"),
        pytest.param(end_connections, id="pg_terminate_backend"),
    ],
)
def test_the_first_call_of_every_thread_succeeds_when_the_server_is_back(
    server: PostgresServer, pool: Pool, take_away: Callable[[PostgresServer], None]
) -> None:
    before = ask_all(pool)
    assert len(before) == CALLERS

    take_away(server)

    after = ask_all(pool)
    assert len(after) == CALLERS
    assert not before & after


def test_it_succeeds_after_calls_that_failed_while_the_server_was_away(server: PostgresServer, pool: Pool) -> None:
    """Those that failed delay nobody, however long it was: nothing is tried less often for having failed often."""
    ask_all(pool)
    end(server, 3)
    began = time.monotonic()
    for _ in range(50):
        with pytest.raises(psycopg.OperationalError):
            ask(pool)
    assert time.monotonic() - began < 2, "a refusal is passed on at once"

    server.start()

    assert len(ask_all(pool)) == CALLERS


def test_a_connection_is_used_again_without_a_round_trip(pool: Pool) -> None:
    assert ask(pool) == ask(pool) == ask(pool)


def test_who_leaves_a_transaction_open_leaves_it_to_nobody(pool: Pool) -> None:
    connection = pool.getconn()
    connection.execute("BEGIN")
    pool.putconn(connection)
    assert connection.closed
    ask(pool)


def test_a_connection_that_broke_in_use_is_not_kept(server: PostgresServer, pool: Pool) -> None:
    connection = pool.getconn()
    restart(server, 3)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    pool.putconn(connection)
    ask(pool)


def test_nobody_waits_long_for_others_and_no_place_is_lost(server: PostgresServer) -> None:
    pool = Pool(partial(psycopg.connect, server.url, autocommit=True), max_size=1, timeout=0.2)
    for _ in range(3):
        with pytest.raises(psycopg.OperationalError, match="in use"):
            ask(pool, lambda: ask(pool))
    ask(pool)
    pool.close()


@pytest.fixture
def silent_host() -> Iterator[str]:
    """A server that lets connections in and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as hole:
        yield f"postgresql://nobody@127.0.0.1:{hole.getsockname()[1]}/symptoms?connect_timeout=2&sslmode=disable"


def test_a_silent_server_holds_all_threads_together_for_one_time_out(silent_host: str) -> None:
    """Two seconds for whoever comes first and for all that wait beside him; then nobody waits for two seconds."""
    pool = Pool(partial(psycopg.connect, silent_host), max_size=10, timeout=2)
    took: list[float] = []

    def call() -> None:
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError):
            pool.getconn()
        took.append(time.monotonic() - began)

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(lambda _: call(), range(CALLERS)))
    assert max(took) < 3.5
    for _ in range(3):  # as a refusal does that looks for whom to call
        call()
    assert max(took[CALLERS:]) < 0.1


def test_no_file_of_a_connection_is_left_open(server: PostgresServer, pool: Pool) -> None:
    ask_all(pool)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        end_connections(server)
        ask_all(pool)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
