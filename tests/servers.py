"""Real servers for the whole suite: embedded PostgreSQL and Redis, unless DATABASE_URL and REDIS_URL name others.

A pytest plugin that is loaded before Django reads its settings, hence the work at import.
"""

from __future__ import annotations

import os
import secrets
from contextlib import ExitStack

import pytest

from config import env, local_services

TEST_DIR = env.BASE_DIR / ".local" / "test"

_servers = ExitStack()


def _start() -> None:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    os.environ["LOCAL_DIR"] = str(TEST_DIR)
    if not env.read("DATABASE_URL"):
        os.environ["DATABASE_URL"] = local_services.start_postgres(TEST_DIR, is_durable=False)
        os.environ["LOCAL_STACK"] = "1"
    if not env.read("REDIS_URL"):
        os.environ["REDIS_URL"] = _servers.enter_context(local_services.running_redis(TEST_DIR))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and os.environ["REDIS_URL"].startswith("unix://"):  # each has a database of its own; so the broker too
        os.environ["REDIS_URL"] += f"?db={int(worker.removeprefix('gw')) % 15 + 1}"


try:
    _start()
except local_services.ServiceError as error:
    raise pytest.UsageError(str(error)) from error


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this process started."""
    _servers.close()
