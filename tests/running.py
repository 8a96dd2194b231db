"""Real processes for tests that ask for them: a Celery worker on the test database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config import env
from config.celery import app

START_TIMEOUT_S = 120.0


def url_of_test_database() -> str:
    """The URL of the database that the tests use, for processes of their own."""
    database = connection.settings_dict
    user, password = quote(database["USER"], safe=""), quote(database["PASSWORD"], safe="")
    host = f"{database['HOST']}:{database['PORT']}" if database["PORT"] else database["HOST"]
    socket = database.get("OPTIONS", {}).get("host")
    query = f"?host={quote(socket)}" if socket else ""
    return f"postgresql://{user}:{password}@{host}/{quote(database['NAME'])}{query}"


@pytest.fixture(scope="session")
def celery_worker_process(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that reads every queue and works on the test database; ask for a transactional database beside it."""
    app.control.purge()
    log = tmp_path_factory.mktemp("worker") / "log"
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "threads", "--concurrency", "2",
             "--queues", "alerts,care,calendar", "--without-gossip", "--without-mingle", "--loglevel", "INFO"],
            cwd=env.BASE_DIR,
            env={**os.environ, "DATABASE_URL": url_of_test_database()},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )  # fmt: skip
    try:
        _await_ready(worker, log)
        yield worker
    finally:
        worker.terminate()
        worker.wait(30)


def _await_ready(worker: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while b" ready." not in log.read_bytes():
        assert worker.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
