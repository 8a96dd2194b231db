"""Django's PostgreSQL backend with a pool of our own, which reads on when a migration changes a prepared column.

PostgreSQL refuses a prepared statement whose result has another type than when it was prepared. Without this each
connection would fail at every such statement until it ends: with a pool for an hour, at the look-up of a token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from django.db import NotSupportedError
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base

from config.postgres.pool import Connection, Pool


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(prepare_anew)

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


def prepare_anew(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
    """Run a statement; when PostgreSQL refuses what was prepared, forget all of that and run it once more.

    Within a transaction nothing can be run once more. Its end, a rollback, makes psycopg forget as well.
    """
    try:
        return execute(sql, params, many, context)
    except NotSupportedError:
        wrapper = context["connection"]
        if wrapper.in_atomic_block:
            raise
        wrapper.connection.execute("DEALLOCATE ALL")
        return execute(sql, params, many, context)
