"""Lets tests write what the database's triggers refuse: the past."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pgtrigger
from django.db import connection


@contextlib.contextmanager
def ignoring(name: str) -> Iterator[None]:
    """Within the block the trigger, such as `alerts.Alert:never_deleted`, lets everything pass.

    pgtrigger's own way puts a second command before each statement, which a prepared statement cannot have.
    """
    ((model, trigger),) = pgtrigger.registered(name)
    _set(f"{{{trigger.get_pgid(model)}}}")
    try:
        yield
    finally:
        _set("{}")


def _set(ignored: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [ignored])
