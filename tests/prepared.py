"""The database of a test process: a copy of one that was migrated before and is kept beside it, with patient limits.

The copy saves each process ten seconds. What is kept is made anew when a migration, a model or a locked requirement has
changed; on a clean clone, as in CI, there is none yet.
"""

from __future__ import annotations

import hashlib
import os
from typing import Final

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from config import env

READ_BY_MIGRATIONS: Final = ("*/migrations/*.py", "*/models/*.py", "requirements-dev.txt")
KEPT: Final = "migrated_"
LOCK: Final = 20_260_101
PATIENCE: Final = " -c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=120s"
"""A test is one transaction, on a machine that may be busy. `tests/config/test_database.py` proves the real limits."""


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest) -> None:
    """As of pytest-django; processes that begin together wait for the first, which migrates."""
    connection.settings_dict["OPTIONS"]["options"] += PATIENCE
    if os.environ.get("LOCAL_STACK") != "1":
        request.getfixturevalue("django_db_setup")  # somebody else's server: nothing is left behind there
        return
    kept = name_of_kept()
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        databases = [name for (name,) in server.execute("SELECT datname FROM pg_database")]
        if kept in databases:
            connection.settings_dict["TEST"]["TEMPLATE"] = kept
        request.getfixturevalue("django_db_setup")
        if kept not in databases:
            for old in (name for name in databases if name.startswith(KEPT)):
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone, and missing in the stubs
            migrated = sql.Identifier(connection.settings_dict["NAME"])
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(kept), migrated))


def name_of_kept() -> str:
    """The name of the database that these migrations lead to."""
    digest = hashlib.sha256()
    for pattern in READ_BY_MIGRATIONS:
        for path in sorted(env.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return KEPT + digest.hexdigest()[:32]
