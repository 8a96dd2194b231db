"""Back-up and restore, rehearsed: the dump of a clinic comes up elsewhere, and its alerts go on where they were."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from alerts.acknowledging import acknowledge
from config import env
from config.local_postgres.server import postgres_programs
from symptoms.models import Patient, Practitioner
from tests.alerts.making import NOW, emergency, make_report, raised, urgent
from tests.alerts.making_time import let_pass
from tests.alerts.sink import running_sink
from tests.running import url_of_test_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RESTORED = "restored_for_a_test"


def program(name: str) -> str:
    """The client program of PostgreSQL, as old as the server: that of the embedded one, else the one on PATH."""
    return str(postgres_programs() / name) if settings.IS_LOCAL else shutil.which(name) or name


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """An empty database, by its URL."""
    url = url_of_test_database()
    name = sql.Identifier(RESTORED)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield url.replace(f"/{connection.settings_dict['NAME']}", f"/{RESTORED}")
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def counts(url: str) -> dict[str, int]:
    """The number of rows of every table but that of the heartbeats, which the living write meanwhile."""
    with psycopg.connect(url) as database:
        tables = database.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
        ).fetchall()
        found = {}
        for table in sorted({table for (table,) in tables} - {"alerts_heartbeat"}):
            row = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            assert row is not None
            found[table] = row[0]
    return found


def test_a_dump_comes_up_elsewhere_and_its_alerts_go_on(
    ada: Patient, nurse_kim: Practitioner, elsewhere: str, tmp_path: Path
) -> None:
    waiting = raised(urgent(), ada, make_report(ada))
    let_pass(15)
    taken = raised(emergency(), ada)
    acknowledge(taken, nurse_kim, NOW)
    dump = tmp_path / "dump"
    source = url_of_test_database()
    subprocess.run([program("pg_dump"), "--format=custom", f"--file={dump}", source], check=True)
    subprocess.run(
        [program("pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={elsewhere}", str(dump)], check=True
    )

    assert counts(elsewhere) == counts(source)
    with running_sink() as sink:
        environment = {**os.environ, "DATABASE_URL": elsewhere, "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
        manage = [sys.executable, str(env.BASE_DIR / "manage.py")]
        subprocess.run([*manage, "migrate", "--check"], env=environment, check=True)
        subprocess.run([*manage, "dispatch", "--once"], env=environment, check=True)
        subjects = sorted(str(mail["Subject"]) for _, mail in sink.mails)
    assert subjects == [f"URGENT alert {waiting.number}"], "the page that waited; what is taken stays taken"

    with psycopg.connect(elsewhere) as restored:
        rows = restored.execute("SELECT number, state, steps_taken FROM alerts_alert ORDER BY number").fetchall()
        assert rows == [(waiting.number, "open", 2), (taken.number, "acknowledged", 1)]
        with pytest.raises(psycopg.errors.RaiseException, match="only rises"):
            restored.execute("UPDATE alerts_alert SET urgency = 2")
