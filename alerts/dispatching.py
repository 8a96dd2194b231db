"""The second driver of alerts: delivers and escalates straight from PostgreSQL, without Redis and without Celery.

Wakes on NOTIFY and once a second. Two or more dispatchers are normal: the claims keep them apart.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Final

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from alerts.chores import CHORES, Chore
from alerts.claiming import BUDGET
from alerts.liveness import record_heartbeat
from alerts.notifying import deliver_due
from alerts.transports import TRANSPORTS, Transport
from alerts.waking import CHANNEL

logger = logging.getLogger(__name__)

NAME: Final = "dispatcher"
POLL_SECONDS: Final = 1.0
HEARTBEAT_SECONDS: Final = 5.0
LONGEST_PAUSE_SECONDS: Final = 5.0
LOST_DATABASE: Final = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


class Dispatcher:
    """N sender threads, a listener that wakes them, and a thread for each chore. Lives through outages of the database.

    A chore that fails or hangs silences neither the senders nor the other chores; its heartbeat tells of it.
    """

    def __init__(
        self, threads: int, transports: Mapping[str, Transport] = TRANSPORTS, chores: Sequence[Chore] = CHORES
    ) -> None:
        self._transports = transports
        self._threads = [
            threading.Thread(target=self._send_forever, name=f"sender-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]
        self._helpers = [
            threading.Thread(target=self._repeat, args=[chore], name=chore.name, daemon=True) for chore in chores
        ]
        self._stopping = threading.Event()
        self._woken = threading.Condition()
        self._wakes = 0

    @property
    def connections(self) -> int:
        """How many connections of the pool its threads hold at most: one each, and one that shows life."""
        return len(self._threads) + len(self._helpers) + 1

    def run(self) -> None:
        """Deliver until `stop` is called; what is being sent then is brought to its end."""
        for thread in [*self._threads, *self._helpers]:
            thread.start()
        self._listen_forever()
        deadline = time.monotonic() + BUDGET.total_seconds()
        for thread in [*self._threads, *self._helpers]:
            thread.join(max(0.0, deadline - time.monotonic()))
        connection.close()

    def stop(self) -> None:
        """Ask for the end. Safe in a signal handler: takes no lock."""
        self._stopping.set()

    def _listen_forever(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listener:
                    listener.execute(f"LISTEN {CHANNEL}")
                    self._wake_senders()
                    failures = 0
                    self._listen(listener)
            except LOST_DATABASE as error:
                failures += 1
                self._survive("listener", error, failures)

    def _listen(self, listener: psycopg.Connection[tuple[object, ...]]) -> None:
        beat_at = 0.0
        while not self._stopping.is_set():
            if time.monotonic() >= beat_at:
                self._show_life()
                beat_at = time.monotonic() + HEARTBEAT_SECONDS
            if list(listener.notifies(timeout=POLL_SECONDS, stop_after=1)):
                self._wake_senders()

    def _show_life(self) -> None:
        """A heartbeat only while every sender thread runs."""
        if all(thread.is_alive() for thread in self._threads):
            record_heartbeat(NAME)

    def _wake_senders(self) -> None:
        with self._woken:
            self._wakes += 1
            self._woken.notify_all()

    def _send_forever(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            seen = self._wakes
            try:
                count = deliver_due(1, self._transports)
                failures = 0
            except LOST_DATABASE as error:
                failures += 1
                self._survive("sender", error, failures)
            except Exception as error:  # one bad row must not silence a sender; its lease brings it back
                failures += 1
                logger.exception("sender_failed")
                self._survive("sender", error, failures)
            else:
                if not count:
                    self._await_work(seen)
        connection.close()

    def _repeat(self, chore: Chore) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                chore.do()
                failures = 0
            except LOST_DATABASE as error:
                failures += 1
                self._survive(chore.name, error, failures)
            except Exception as error:  # it is done again; meanwhile its heartbeat is silent
                failures += 1
                logger.exception("chore_failed chore=%s", chore.name)
                self._survive(chore.name, error, failures)
            else:
                self._stopping.wait(chore.every_s)
        connection.close()

    def _await_work(self, seen: int) -> None:
        with self._woken:
            if self._wakes == seen:
                self._woken.wait(POLL_SECONDS)

    def _survive(self, part: str, error: Exception, failures: int) -> None:
        """Let go of the connection and wait, longer with each failure in a row, up to five seconds."""
        logger.warning("dispatcher_%s_failed error=%s failures=%s", part, type(error).__name__, failures)
        try:
            connection.close()
        except DatabaseError:
            logger.warning("dispatcher_connection_not_closed part=%s", part)
        pause = min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** min(failures, 6))
        self._stopping.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311  (spreads senders, hides nothing)
