"""PostgreSQL and Redis for machines without servers: development, tests, the demonstration.

Both listen on Unix sockets, so no port can clash, and any process that is given the same folder finds them. They
stop when the last process that uses them has left.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from config.leases import Lease, ServiceError, prepare_folder
from config.local_postgres.server import PostgresServer
from config.local_redis import RedisServer

__all__ = ["ServiceError", "redis_url", "revive_servers", "running_redis", "start_postgres", "start_redis"]

_leases: dict[Path, Lease] = {}


def start_postgres(folder: Path, *, is_durable: bool = True) -> str:
    """Start PostgreSQL below `folder`, or join the one that runs there; returns the URL of its database.

    It keeps running as long as this process does. `is_durable` False trades safety for speed: for tests. Raises
    ServiceError when it cannot run.
    """
    folder = folder.absolute()
    server = PostgresServer(folder, is_durable=is_durable)
    _lease(server, folder / "postgres").join()
    return server.url


def start_redis(folder: Path) -> str:
    """The same for Redis: start it or join it, for as long as this process runs; returns its URL."""
    folder = folder.absolute()
    server = RedisServer(folder)
    _lease(server, folder / "redis").join()
    return server.url


def revive_servers() -> list[str]:
    """Start those servers of this process anew that have died; returns their names. Raises ServiceError."""
    return [name.name for name, lease in _leases.items() if lease.revive()]


def redis_url(folder: Path) -> str:
    """The URL of the Redis below `folder`, whether it runs or not."""
    return RedisServer(folder.absolute()).url


@contextlib.contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Redis below `folder` for as long as the block runs. Raises ServiceError when it cannot run."""
    try:
        yield start_redis(folder)
    finally:
        if lease := _leases.get(folder.absolute() / "redis"):
            lease.leave()


def _lease(server: PostgresServer | RedisServer, name: Path) -> Lease:
    if name not in _leases:
        prepare_folder(name.parent)
        _leases[name] = Lease(server, name)
    return _leases[name]
