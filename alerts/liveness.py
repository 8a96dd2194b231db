"""Signs of life: a process says that it lives, and others look how long ago that was. And: who runs a slot of a job."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models.functions import Now

from alerts.models import Heartbeat, PeriodicRun

SLOTS_KEPT_FOR: Final = timedelta(days=3)


def record_heartbeat(name: str, findings: Sequence[str] = ()) -> None:
    """Note that the process `name` lives, by the database's clock, and what it found wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_heartbeat (name, beat_at, findings) VALUES (%s, clock_timestamp(), %s)"
            " ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at, findings = excluded.findings",
            [name, json.dumps([*findings])],
        )


def heartbeat_ages() -> dict[str, timedelta]:
    """How long ago each process last said that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, clock_timestamp() - beat_at FROM alerts_heartbeat")
        return dict(cursor.fetchall())


def findings_of(name: str) -> list[str]:
    """What a process found wrong when it last said that it lives."""
    found: list[str] = Heartbeat.objects.filter(name=name).values_list("findings", flat=True).first() or []
    return found


def begin_slot(job: str, slot: datetime) -> bool:
    """Whether the caller is the one that runs a job for a slot of time: of two, the first.

    In the transaction of the work itself, a failed run gives the slot back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_periodicrun (job, slot, started_at) VALUES (%s, %s, clock_timestamp())"
            " ON CONFLICT (job, slot) DO NOTHING",
            [job, slot],
        )
        is_first: bool = cursor.rowcount == 1
    return is_first


def forget_old_slots() -> int:
    """Delete slots that nobody can run any more. Returns how many."""
    deleted, _ = PeriodicRun.objects.filter(slot__lt=Now() - SLOTS_KEPT_FOR).delete()
    return deleted
