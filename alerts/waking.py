"""Wakes the senders once a transaction that queued notifications has committed.

Only a hurry-up: the rows are due by themselves, and a sweep finds what a lost nudge missed.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from celery import current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)

CHANNEL: Final = "alerts"
"""The PostgreSQL channel that the dispatcher listens to."""

DELIVER_TASK: Final = "alerts.tasks.deliver_notification"
PAUSE_SECONDS: Final = 30.0
MOST_WAITING: Final = 1000


def wake_senders(notification_ids: Iterable[UUID]) -> None:
    """Wake the dispatcher and nudge the Celery workers when the caller's transaction has committed."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
    for notification_id in notification_ids:
        transaction.on_commit(partial(nudges.send, str(notification_id)), robust=True)


def _publish(notification_id: str) -> None:
    current_app.send_task(DELIVER_TASK, args=[notification_id], retry=False, ignore_result=True)


class Nudger(Protocol):
    """Tells Celery that a notification is due. Never raises; a nudge that is lost does no harm."""

    def send(self, notification_id: str) -> bool: ...


class Nudges:
    """Sends nudges to Celery, and stops for half a minute after one failed."""

    def __init__(
        self, publish: Callable[[str], None] = _publish, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._publish = publish
        self._monotonic = monotonic
        self._paused_until = 0.0

    def send(self, notification_id: str) -> bool:
        """Whether the nudge was handed to the broker."""
        if self._monotonic() < self._paused_until:
            return False
        try:
            self._publish(notification_id)
        except Exception as error:  # whatever the broker's client raises, the row is due all the same
            self._paused_until = self._monotonic() + PAUSE_SECONDS
            logger.warning("nudge_failed error=%s pause_seconds=%s", type(error).__name__, PAUSE_SECONDS)
            return False
        return True


class BackgroundNudges:
    """Sends nudges from a thread of its own: a broker that does not answer makes no patient wait.

    The thread starts with the first nudge, so in each process after it was forked. It ends with the process;
    what is still queued then is found by the sweep.
    """

    def __init__(self, nudges: Nudger) -> None:
        self._nudges = nudges
        self._waiting: queue.Queue[str] = queue.Queue(MOST_WAITING)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def send(self, notification_id: str) -> bool:
        """Whether the nudge was queued."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._send_forever, name="nudges", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait(notification_id)
        except queue.Full:
            return False
        return True

    def _send_forever(self) -> None:
        while True:
            self._nudges.send(self._waiting.get())


nudges: Nudger = BackgroundNudges(Nudges())
