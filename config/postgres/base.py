"""Django's PostgreSQL backend, which reads on when a migration changes a column under statements that it has prepared.

PostgreSQL refuses a prepared statement whose result has another type than when it was prepared. Without this each
connection would fail at every such statement until it ends: with a pool for an hour, at the look-up of a token.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus

from config.postgres.pool import Connection, Pool


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
                return connection

            pools.setdefault(self.alias, Pool(connect, **options))
        return pools[self.alias]
