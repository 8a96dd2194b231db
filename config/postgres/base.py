"""Django's PostgreSQL backend, which runs prepared statements at little cost, also when a migration changes a table.

PostgreSQL refuses a prepared statement whose result has another type than when it was prepared. Without `PreparingAnew`
each connection would fail at every such statement until it ends: with a pool for an hour, at the look-up of a token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from config.postgres.pool import Connection, Pool

PREPARED_MAX: Final = 300
"""Statements that a connection keeps prepared, the latest used. Each takes some 0.1 MB of the server's memory."""


class PreparingAnew(base.CursorMixin, psycopg.Cursor[Any]):
    """When PostgreSQL refuses what was prepared, forgets all of that and runs the statement once more.

    Within a transaction nothing can be run once more. Its end, a rollback, makes psycopg forget as well.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        try:
            return super().execute(query, params, **options)
        except FeatureNotSupported:
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            self.connection.execute("DEALLOCATE ALL")
            return super().execute(query, params, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": PreparingAnew}

    @property
    def pool(self) -> Pool | None:
        """The pool of this process, where Django would make one of psycopg's."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if not options or self.alias == NO_DB_ALIAS:
            return None
        pools: dict[str, Pool] = self._connection_pools  # type: ignore[attr-defined]  # missing in the stubs
        if self.alias not in pools:
            params = self.get_connection_params() | {"autocommit": True}
            configure = self._configure_connection  # type: ignore[attr-defined]  # missing in the stubs

            def connect() -> Connection:
                connection = psycopg.connect(**params)
                configure(connection)
                connection.prepared_max = PREPARED_MAX
                return connection

            pools.setdefault(self.alias, Pool(connect, **options))
        return pools[self.alias]

    def run(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows, if it gives any.

        A statement that psycopg has prepared is run by its name: psycopg's cursor takes three times as long for the
        same. Anything else it does itself: it prepares at once, begins transactions, and runs again what was refused.
        """
        connection, transformer = self.connection, Transformer(self.connection)
        parameters = transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        names, key = connection._prepared._names, (_numbered(sql), transformer.types or ())
        if (name := names.get(key)) is None:
            return self._run_by_cursor(sql, values)
        names.move_to_end(key)  # psycopg forgets the first
        if not connection.autocommit and connection.pgconn.transaction_status == TransactionStatus.IDLE:
            self._checked(connection.pgconn.exec_(connection._get_tx_start_command()))
        try:
            result = self._checked(connection.pgconn.exec_prepared(name, parameters, transformer.formats))
        except FeatureNotSupported:
            if not connection.autocommit:
                raise
            return self._run_by_cursor(sql, values)
        transformer.set_pgresult(result)
        return transformer.load_rows(0, result.ntuples, tuple) if result.nfields else []

    def _run_by_cursor(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        ran = self.connection.execute(sql, values, prepare=True)
        return ran.fetchall() if ran.pgresult.nfields else []

    def _checked(self, result: PGresult) -> PGresult:
        """What PostgreSQL answered; raises what psycopg would when it is an error."""
        if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            return result
        if self.connection.pgconn.status == ConnStatus.BAD:
            raise psycopg.OperationalError(result.get_error_message())
        raise error_from_result(result)

    def _savepoint(self, sid: str) -> None:
        self._mark(self.ops.savepoint_create_sql(sid), super()._savepoint, sid)  # type: ignore[misc]  # the stubs leave it out

    def _savepoint_commit(self, sid: str) -> None:
        self._mark(self.ops.savepoint_commit_sql(sid), super()._savepoint_commit, sid)  # type: ignore[misc]

    def _mark(self, sql: str, otherwise: Callable[[str], None], sid: str) -> None:
        """Set or release a savepoint without a cursor, unless the transaction begins with it or it has to be logged."""
        pgconn = self.connection.pgconn
        if self.queries_logged or pgconn.transaction_status != TransactionStatus.INTRANS:
            otherwise(sid)
            return
        with self.wrap_database_errors:
            self._checked(pgconn.exec_(sql.encode()))


@lru_cache(maxsize=1_000)
def _numbered(sql: str) -> bytes:
    """A statement as psycopg gives it to PostgreSQL, with numbers for its values."""
    numbers = count(1)
    return re.sub("%[s%]", lambda place: f"${next(numbers)}" if place[0] == "%s" else "%", sql).encode()
