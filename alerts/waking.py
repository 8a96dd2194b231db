"""Wakes the senders once a transaction that queued notifications has committed.

Only a hurry-up: the rows are due by themselves, and a sweep finds what a lost nudge missed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

CHANNEL: Final = "alerts"
"""The PostgreSQL channel that the dispatcher listens to."""

DELIVER_TASK: Final = "alerts.tasks.deliver_due_notifications"
PAUSE_SECONDS: Final = 30.0
GATHER_SECONDS: Final = 0.05
"""How long a nudge waits for others, which it then stands for: the broker's client is slow."""


def nudge_workers() -> None:
    """Nudge the Celery workers when the caller's transaction has committed. Queueing pages wakes the dispatcher."""
    transaction.on_commit(nudges.send, robust=True)


def _publish() -> None:
    current_app.send_task(DELIVER_TASK, retry=False, ignore_result=True)


class Nudger(Protocol):
    """Tells Celery that pages are due. Never raises; a nudge that is lost does no harm."""

    def send(self) -> None: ...


class Nudges:
    """Sends nudges to Celery, and stops for half a minute after one failed."""

    def __init__(self, publish: Callable[[], None] = _publish, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._publish = publish
        self._monotonic = monotonic
        self._paused_until = 0.0

    def send(self) -> None:
        if self._monotonic() < self._paused_until:
            return
        try:
            self._publish()
        except Exception as error:  # whatever the broker's client raises, the rows are due all the same
            self._paused_until = self._monotonic() + PAUSE_SECONDS
            logger.warning("nudge_failed error=%s pause_seconds=%s", type(error).__name__, PAUSE_SECONDS)


class BackgroundNudges:
    """Sends nudges from a thread of its own: a broker that does not answer makes no patient wait.

    Those that come within a moment are one. The thread starts with the first, so in each process after it was forked.
    It ends with the process; what is due then is found by the sweep.
    """

    def __init__(self, nudges: Nudger) -> None:
        self._nudges = nudges
        self._is_due = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def send(self) -> None:
        self._is_due.set()
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._send_forever, name="nudges", daemon=True)
                self._thread.start()

    def _send_forever(self) -> None:
        while self._is_due.wait():
            time.sleep(GATHER_SECONDS)
            self._is_due.clear()
            self._nudges.send()


nudges: Nudger = BackgroundNudges(Nudges())
