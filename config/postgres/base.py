"""Django's PostgreSQL backend, which reads on when a migration changes a column under statements that it has prepared.

PostgreSQL refuses a prepared statement whose result has another type than when it was prepared. Without this each
connection would fail at every such statement until it ends: with a pool for an hour, at the look-up of a token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import NotSupportedError
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(prepare_anew)


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
