"""The Celery app, and the signs of life that its processes leave in the database.

A worker and a beat that live say so by themselves, so that a dead one of either can be told apart.
"""

from __future__ import annotations

import logging
import os
import time
from datetime import UTC, datetime
from typing import Any, Final

from celery import Celery
from celery.beat import Scheduler
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

logger = logging.getLogger(__name__)

HEARTBEAT_EVERY_S: Final = 5.0

app = Celery("symptom-reporting")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def queue_heartbeat(queue: str) -> str:
    """The name under which a worker that reads `queue` says that it lives."""
    return f"worker:{queue}"


class Pulse:
    """Records heartbeats, not more often than every few seconds. A database that is down is only logged."""

    def __init__(self) -> None:
        self._next_at = 0.0

    def beat(self, *names: str) -> None:
        from django.db import DatabaseError, close_old_connections

        from alerts.liveness import record_heartbeat

        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + HEARTBEAT_EVERY_S
        try:
            for name in names:
                record_heartbeat(name)
        except DatabaseError:
            logger.exception("heartbeat_not_recorded names=%s", ",".join(names))
        finally:
            close_old_connections()


_worker_pulse = Pulse()


@heartbeat_sent.connect
def record_worker_heartbeat(**_: Any) -> None:
    """Celery sends this signal every two seconds from a worker that consumes."""
    _worker_pulse.beat("worker", *map(queue_heartbeat, app.amqp.queues.consume_from))


def is_first_of_slot(job: str, schedule: Any) -> bool:
    """Whether no other beat has started this period of a job. With the database down: yes, for a double is harmless."""
    from django.db import DatabaseError, close_old_connections

    from alerts.liveness import begin_slot
    from symptoms.clock import database_now

    period_s = schedule.run_every.total_seconds()
    try:
        now = database_now()
        return begin_slot(job, datetime.fromtimestamp(now.timestamp() // period_s * period_s, UTC))
    except DatabaseError:
        logger.exception("slot_not_taken job=%s", job)
        return True
    finally:
        close_old_connections()


class HeartbeatScheduler(Scheduler):
    """Beat's scheduler, in memory, that shows that it lives.

    It keeps no file of last runs: every periodic task is a sweep over due rows, so a slot that was missed
    is made up for by the next.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._pulse = Pulse()
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        super().setup_schedule()
        from config.schedule import SCHEDULE

        self.update_from_dict(SCHEDULE)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        """Start a periodic task, unless another beat has started this slot of it."""
        if is_first_of_slot(entry.name, entry.schedule):
            super().apply_entry(entry, producer)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        self._pulse.beat("beat")
        return min(super().tick(*args, **kwargs), HEARTBEAT_EVERY_S)
