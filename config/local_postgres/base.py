"""The product's PostgreSQL backend, which starts the embedded server with the first connection.

Like SQLite in use: nothing to start by hand, and a command that opens no connection starts nothing.
"""

from __future__ import annotations

from typing import Any

import psycopg

from config import env, local_services
from config.postgres import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the embedded server's socket, wherever that is."""

    def get_connection_params(self) -> dict[str, Any]:
        url = local_services.start_postgres(env.local_dir())
        server = psycopg.conninfo.conninfo_to_dict(url)
        return {**super().get_connection_params(), "host": server["host"], "user": server["user"]}
