"""A pool of connections that hands out none that is dead, and says at once that the server is away.

Who needs a connection that is not there opens it himself, and so hears of a refusal when it comes. See ADR 44.
"""

from __future__ import annotations

import contextlib
import select
import threading
import time
from collections.abc import Callable
from typing import Any, Final

import psycopg
from psycopg.pq import TransactionStatus

Connection = psycopg.Connection[Any]

LONGEST_LIFE_S: Final = 3600.0
LONGEST_IDLENESS_S: Final = 600.0


class Pool:
    """At most `max_size` connections of one process; `open`, `getconn`, `putconn` and `close` as Django asks for them.

    `connect` opens one. Nobody waits longer than `timeout` seconds for others, whom the server may be keeping.
    """

    def __init__(self, connect: Callable[[], Connection], *, max_size: int, timeout: float) -> None:
        self._connect = connect
        self._timeout = timeout
        self._places = threading.BoundedSemaphore(max_size)
        self._opening = threading.Lock()
        self._idle: list[tuple[float, Connection]] = []
        self._next_try = 0.0
        self._is_closed = False

    def open(self) -> None:
        """Nothing is opened ahead of need."""

    def getconn(self) -> Connection:
        """A connection to a server that has not closed it. Raises psycopg.OperationalError when none can be had."""
        if not self._places.acquire(timeout=self._timeout):
            raise psycopg.OperationalError("all connections of this process are in use")
        try:
            connection = self._take_idle() or self._open_one()
        except BaseException:
            self._places.release()
            raise
        _remember(connection, self)
        return connection

    def putconn(self, connection: Connection) -> None:
        """Take a connection back; one that is broken, old or amid a transaction is closed."""
        _remember(connection, None)
        now = time.monotonic()
        is_idle = connection.pgconn.transaction_status == TransactionStatus.IDLE
        if is_idle and now < connection._expire_at and not self._is_closed:
            self._idle.append((now, connection))
        else:
            connection.close()
        self._places.release()
        with contextlib.suppress(IndexError):  # another thread may have been quicker
            while self._idle[0][0] < now - LONGEST_IDLENESS_S:
                self._idle.pop(0)[1].close()

    def close(self) -> None:
        """Close what is idle now, and what is in use when it comes back."""
        self._is_closed = True
        while self._idle:
            self._idle.pop()[1].close()

    def _take_idle(self) -> Connection | None:
        """The one that was used last, unless the server has gone from it or it is old; None when none is left."""
        while True:
            try:
                since, connection = self._idle.pop()
            except IndexError:  # another thread may have been quicker
                return None
            now = time.monotonic()
            is_young = now < since + LONGEST_IDLENESS_S and now < connection._expire_at
            if is_young and _is_silent(connection):
                return connection
            connection.close()

    def _open_one(self) -> Connection:
        """Open a connection, one thread at a time: while the server does not answer, only one waits for it.

        After a failure nobody tries for as long as it took: not at all after a refusal, and half of the time when the
        server is silent.
        """
        if not self._opening.acquire(timeout=self._timeout):
            raise psycopg.OperationalError("the database is slow to let anybody in")
        try:
            if connection := self._take_idle():
                return connection
            began = time.monotonic()
            if began < self._next_try:
                raise psycopg.OperationalError("the database did not answer a moment ago")
            try:
                connection = self._connect()
            except psycopg.Error:
                failed = time.monotonic()
                self._next_try = failed + (failed - began)
                raise
            connection._expire_at = began + LONGEST_LIFE_S
            return connection
        finally:
            self._opening.release()


def _remember(connection: Any, pool: Pool | None) -> None:
    """Note on a connection where it is to be given back to: Django looks there."""
    connection._pool = pool


def _is_silent(connection: Connection) -> bool:
    """The server has sent nothing since the last answer: neither that it ends nor the end itself. No round trip."""
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
    except psycopg.Error:
        return False
    return not poll.poll(0)
