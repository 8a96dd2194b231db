"""Triggers that keep records as they were written, and the one gap in them: words that are encrypted anew or erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

import pgtrigger
from django.db import connection, transaction

REWRITING: Final = "symptoms.rewriting"
"""The setting of a transaction in which encrypted words may be written anew."""


def append_only(*, but: Iterable[str] = (), until: tuple[str, timedelta] | None = None) -> pgtrigger.Trigger:
    """Refuse every UPDATE and DELETE of a row, but that of the columns `but` within `rewriting_words`.

    `until`: rows may be deleted there once so much time has passed since the moment in a column.
    """
    end = (
        f"IF TG_OP = 'DELETE' AND current_setting('{REWRITING}', true) = 'on'"
        f" AND OLD.{until[0]} < clock_timestamp() - interval '{until[1].days} days' THEN RETURN OLD; END IF; "
        if until
        else ""
    )
    columns = ", ".join(f"'{column}'" for column in but)
    return pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"{end}IF TG_OP = 'UPDATE' AND current_setting('{REWRITING}', true) = 'on'"
            f" AND to_jsonb(NEW) - ARRAY[{columns}]::text[] = to_jsonb(OLD) - ARRAY[{columns}]::text[] THEN"
            " RETURN NEW; END IF;"
            " RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;"
        ),
    )


@contextmanager
def rewriting_words() -> Iterator[None]:
    """A transaction in which words of append-only rows may be encrypted anew or erased, and outlived rows deleted."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, 'on', true)", [REWRITING])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, 'off', true)", [REWRITING])
