"""Encrypts what is stored anew: after a change of the keys, and what earlier releases stored readable.

Works on a database in use. No row is held for longer than a batch is written, and a row that changes meanwhile is left
to whoever changed it, who has encrypted it by the first key. May be stopped and begun again at any point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import OperationalError, connection, models

from symptoms.models.encrypted import EncryptedJSONField, EncryptedMixin, UnreadableValue
from symptoms.models.guards import rewriting_words

BATCH_ROWS: Final = 500
TRIES: Final = 5
"""A batch that meets a row which somebody holds for long is tried so often."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of one table: looked at, written anew, and columns with values that no key opens."""

    rows: int = 0
    renewed: int = 0
    unreadable: dict[str, int] = field(default_factory=dict)


def encrypted_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a model that are encrypted, wholly or in part."""
    return [one for one in model._meta.local_fields if isinstance(one, (EncryptedMixin, EncryptedJSONField))]


def encrypted_models(all_models: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Those with encrypted fields."""
    return [model for model in all_models if model._meta.managed and encrypted_fields(model)]


def rewrite(
    model: type[models.Model], *, is_dry: bool = False, progress: Callable[[Tally], None] = lambda tally: None
) -> Tally:
    """Encrypt every row of a model by the first key; `is_dry` only counts what would be written.

    A value that no key opens stays as it is, and is counted.
    """
    tally = Tally()
    for rows in _batches(model):
        changes = [change for row in rows for change in _changes(model, row, tally)]
        tally.rows += len(rows)
        tally.renewed += len({pk for pk, *_ in changes})
        if changes and not is_dry:
            _write(model, changes)
        progress(tally)
    return tally


def unreadable_ends(model: type[models.Model]) -> list[str]:
    """Encrypted columns whose value in the first or the last row no key opens, such as `symptoms.Message.text`.

    A table that lacks a column yet has none: it is about to be migrated.
    """
    key, table = model._meta.pk, model._meta.db_table
    with connection.cursor() as cursor:
        stored = {column.name for column in connection.introspection.get_table_description(cursor, table)}
        fields = [one for one in encrypted_fields(model) if one.column in stored]
        columns = ", ".join(f'"{one.column}"::text' for one in fields) or "NULL"
        rows: list[tuple[Any, ...]] = []
        for order in ("ASC", "DESC"):
            cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY "{key.column}" {order} LIMIT 1')  # noqa: S608
            rows += cursor.fetchall()
    return sorted(
        {
            f"{model._meta.label}.{one.name}"
            for row in rows
            for one, value in zip(fields, row, strict=False)
            if not _is_readable(one, value)
        }
    )


def _is_readable(one: Any, stored: str | None) -> bool:
    try:
        one.renewed(stored)
    except UnreadableValue:
        return False
    return True


def _batches(model: type[models.Model]) -> Iterator[list[tuple[Any, ...]]]:
    """All rows as (key, stored value of each encrypted field), in the order of the key."""
    key = model._meta.pk
    columns = ", ".join(f'"{one.column}"::text' for one in encrypted_fields(model))
    query = f'SELECT "{key.column}", {columns} FROM "{model._meta.db_table}"'  # noqa: S608  (names of our own tables)
    order = f' ORDER BY "{key.column}" LIMIT {BATCH_ROWS}'
    last: Any = None
    while True:
        with connection.cursor() as cursor:
            if last is None:
                cursor.execute(query + order)
            else:
                cursor.execute(f'{query} WHERE "{key.column}" > %s{order}', [last])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _changes(model: type[models.Model], row: tuple[Any, ...], tally: Tally) -> Iterator[tuple[Any, Any, str, str]]:
    """What has to be written of one row: its key, the field, what is stored now, what is to be stored."""
    pk, *values = row
    for one, stored in zip(encrypted_fields(model), values, strict=True):
        try:
            renewed = one.renewed(stored)
        except UnreadableValue:
            tally.unreadable[one.column] = tally.unreadable.get(one.column, 0) + 1
            continue
        if renewed is not None:
            yield pk, one, stored, renewed


def _write(model: type[models.Model], changes: Iterable[tuple[Any, Any, str, str]]) -> None:
    """Write a batch, each value only where it is still as it was read."""
    table, key = model._meta.db_table, model._meta.pk
    for tries_left in reversed(range(TRIES)):
        try:
            with rewriting_words(), connection.cursor() as cursor:
                for pk, one, stored, renewed in changes:
                    column, kind = one.column, one.db_type(connection)
                    cursor.execute(
                        f'UPDATE "{table}" SET "{column}" = %s::{kind}'  # noqa: S608  (names of our own tables)
                        f' WHERE "{key.column}" = %s AND "{column}"::text = %s',
                        [renewed, pk, stored],
                    )
            return
        except OperationalError:
            if not tries_left:
                raise
