"""Signs of life: a process says that it lives, and others look how long ago that was."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection


def record_heartbeat(name: str) -> None:
    """Note that the process `name` lives, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_heartbeat (name, beat_at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at",
            [name],
        )


def heartbeat_ages() -> dict[str, timedelta]:
    """How long ago each process last said that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, clock_timestamp() - beat_at FROM alerts_heartbeat")
        return dict(cursor.fetchall())
