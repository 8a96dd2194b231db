"""Statements whose SQL is made once in each process. Django makes it anew each time, which takes longer than to run it.

    OPEN_ALERTS = Prepared(lambda patient: Alert.objects.not_closed().filter(patient=patient))
    alerts = OPEN_ALERTS.all(patient=patient.pk)

For what happens on the way of a report or a message alone; anywhere else an ordinary query is simpler.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Expression, Field, Func, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)


class Placeholder(Expression):
    """Stands in a query for a value that is known only when it runs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


def each(values: Any, column_type: str) -> Expression:
    """For `in`: the members of a placeholder's list, of a column type such as `bigint`."""
    return Func(values, template=f"(SELECT unnest(%(expressions)s::{column_type}[]))")


class Prepared(Generic[Row]):
    """A query of model instances, with what it annotates and selects related; the parameters of `build` are its values.

    Prefetches, and slices that depend on a value, are not for it.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self._build = build

    def all(self, **values: Any) -> list[Row]:
        """The rows, in the order of the query. Keys and moments are given as such, not as instances."""
        plan, database = self._plan, connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            cursor.execute(plan.sql, plan.bind(values))
            return [plan.make(row, database) for row in cursor.fetchall()]

    def first(self, **values: Any) -> Row | None:
        """The first of the rows. A query that may find many says itself that it wants one."""
        return next(iter(self.all(**values)), None)

    def get(self, **values: Any) -> Row:
        """The one row. Raises DoesNotExist of its model when there is none."""
        row = self.first(**values)
        if row is None:
            raise self._plan.model.DoesNotExist
        return row

    @cached_property
    def _plan(self) -> _Plan:
        names = inspect.signature(self._build).parameters
        return _Plan(self._build(**{name: Placeholder(name) for name in names}))


class Write(NamedTuple):
    """A statement that writes, with its values."""

    sql: str
    values: list[Any]


def write_together(*writes: Write) -> None:
    """Carry out several writes by one statement. None of them sees what another one does, and no two write one row."""
    *before, last = writes
    named = ", ".join(f"write_{number} AS ({write.sql})" for number, write in enumerate(before))
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"WITH {named} {last.sql}", [value for write in writes for value in write.values])


class PreparedInsert(Generic[Row]):
    """Inserts new instances in one statement, as `bulk_create` does. Values are plain: no expressions.

    `by_database` names fields with the SQL that gives their values, such as `due_at="STATEMENT_TIMESTAMP()"`. Those
    and the key are read back.
    """

    def __init__(self, model: type[Row], **by_database: str) -> None:
        self._model, self._by_database = model, by_database

    def __call__(self, *rows: Row) -> list[Row]:
        """The same instances, with their keys."""
        for row, given in zip(rows, _returned(self.of(*rows)), strict=True):
            for name, value in zip(self._given, given, strict=True):
                setattr(row, name, value)
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return list(rows)

    def where_new(self, *rows: Row) -> bool:
        """Insert those that break no constraint, and say whether all did. What the database gave is not read."""
        return len(_returned(self.of(*rows, otherwise=" ON CONFLICT DO NOTHING"))) == len(rows)

    def of(self, *rows: Row, otherwise: str = "") -> Write:
        """The same for `write_together`, after which the instances know nothing of it."""
        database, (head, places, tail) = connections[DEFAULT_DB_ALIAS], self._sql
        values = [_stored(field, row, database, is_new=True) for row in rows for field in self._fields]
        return Write(head + ", ".join([places] * len(rows)) + otherwise + tail, values)

    def after(self, condition: str, values: Sequence[Any], row: Row) -> bool:
        """Insert one row if the SQL of `condition`, which may write as well, returns one. All in one statement."""
        database = connections[DEFAULT_DB_ALIAS]
        own = [_stored(field, row, database, is_new=True) for field in self._fields]
        with database.cursor() as cursor:
            cursor.execute(f"WITH met AS ({condition}) {self._sql_of_one}", [*values, *own])
            is_met: bool = cursor.rowcount == 1
        row._state.adding, row._state.db = not is_met, DEFAULT_DB_ALIAS
        return is_met

    @cached_property
    def _given(self) -> list[str]:
        return [self._model._meta.pk.attname, *self._by_database]

    @cached_property
    def _fields(self) -> list[Field[Any, Any]]:
        """Those whose values the instances give."""
        fields = self._model._meta.local_concrete_fields
        return [one for one in fields if not isinstance(one, AutoField) and one.name not in self._by_database]

    @cached_property
    def _sql(self) -> tuple[str, str, str]:
        quote, meta = connection.ops.quote_name, self._model._meta
        column = {field.attname: quote(str(field.column)) for field in meta.local_concrete_fields}
        columns = ", ".join(column[name] for name in [*(one.attname for one in self._fields), *self._by_database])
        given = ", ".join(column[name] for name in self._given)
        return (
            f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ",  # noqa: S608  (names of the models)
            f"({', '.join([*['%s'] * len(self._fields), *self._by_database.values()])})",
            f" RETURNING {given}",
        )

    @cached_property
    def _sql_of_one(self) -> str:
        """Without VALUES PostgreSQL does not know by itself of which types they are."""
        kinds = [str(field.db_type(connection)).partition("(")[0] for field in self._fields]  # a length would cut
        values = ", ".join(f"%s::{kind}" for kind in kinds)
        return f"{self._sql[0].removesuffix('VALUES ')}SELECT {values} FROM met"  # noqa: S608  (names of the models)


class PreparedUpdate(Generic[Row]):
    """Writes some fields of a stored instance, as `save(update_fields=...)` does; without any named, all of them."""

    def __init__(self, model: type[Row], *names: str) -> None:
        self._model, self._names = model, names

    def __call__(self, row: Row) -> None:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(*self.of(row))

    def of(self, row: Row) -> Write:
        """The same for `write_together`."""
        database = connections[DEFAULT_DB_ALIAS]
        return Write(self._sql, [*(_stored(field, row, database, is_new=False) for field in self._fields), row.pk])

    @cached_property
    def _fields(self) -> list[Field[Any, Any]]:
        fields = self._model._meta.local_concrete_fields
        return [field for field in fields if not field.primary_key and (not self._names or field.name in self._names)]

    @cached_property
    def _sql(self) -> str:
        quote, meta = connection.ops.quote_name, self._model._meta
        columns = ", ".join(f"{quote(str(field.column))} = %s" for field in self._fields)
        return f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(str(meta.pk.column))} = %s"  # noqa: S608  (names of the models)


def _returned(write: Write) -> list[tuple[Any, ...]]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(*write)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _stored(field: Field[Any, Any], row: Model, database: BaseDatabaseWrapper, *, is_new: bool) -> Any:
    """The value of a field as the database gets it."""
    value = field.pre_save(row, is_new)
    return None if value is None else field.get_db_prep_save(value, database)


class _Maker:
    """Makes instances of a model as its own `from_db` does, which looks at each field for what it lacks."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def from_db(self, alias: str, names: Iterable[str], values: Iterable[Any]) -> Model:
        instance = self._model.__new__(self._model)
        instance.__dict__.update(zip(names, values, strict=True))
        instance._state = ModelState()
        instance._state.adding, instance._state.db = False, alias
        return instance


def _make_quickly(populator: Any) -> None:
    """What Django fills related instances with makes them by a `_Maker` as well."""
    populator.model_cls = _Maker(populator.model_cls)
    for inner in populator.related_populators:
        _make_quickly(inner)


class _Plan:
    """The SQL of a query, and how a row of its answer becomes an instance."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self._params = compiler.as_sql()
        first, end = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1] + 1
        self.model = compiler.klass_info["model"]
        self._maker = _Maker(self.model)
        self._own = slice(first, end)
        self._fields = [column[0].target.attname for column in compiler.select[first:end]]
        self._annotations = compiler.annotation_col_map
        self._populators = get_related_populators(  # type: ignore[call-arg]  # the stubs are of a later Django
            compiler.klass_info, compiler.select, connection.alias
        )
        for populator in self._populators:
            _make_quickly(populator)
        self._converters = compiler.get_converters([column[0] for column in compiler.select])

    def bind(self, values: dict[str, Any]) -> list[Any]:
        return [values[param.name] if isinstance(param, Placeholder) else param for param in self._params]

    def make(self, row: tuple[Any, ...], database: BaseDatabaseWrapper) -> Any:
        converted = list(row)
        for position, (converters, expression) in self._converters.items():
            for convert in converters:
                converted[position] = convert(converted[position], expression, database)
        instance = self._maker.from_db(DEFAULT_DB_ALIAS, self._fields, converted[self._own])
        for populator in self._populators:
            populator.populate(converted, instance)
        for name, position in self._annotations.items():
            setattr(instance, name, converted[position])
        return instance
