"""Statements whose SQL is made once in each process. Django makes it anew each time, which takes longer than to run it.

    OPEN_ALERTS = Prepared(lambda patient: Alert.objects.not_closed().filter(patient=patient))
    alerts = OPEN_ALERTS.all(patient=patient.pk)

For what happens on the way of a report or a message alone; anywhere else an ordinary query is simpler.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

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
        return [plan.make(row, database) for row in run(plan.sql, plan.bind(values))]

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


class Together:
    """Several prepared queries, read by one statement and so as of one moment. Rows travel as JSON.

        episodes, reports = Together(EPISODES, PAST_REPORTS).all(patient=patient.pk, since=since)

    Queries that name a value alike are given the same one.
    """

    def __init__(self, *queries: Prepared[Any]) -> None:
        self._queries = queries

    def all(self, **values: Any) -> list[list[Any]]:
        """For each of the queries its rows, in their order."""
        database = connections[DEFAULT_DB_ALIAS]
        (found,) = run(self._sql, [value for plan in self._plans for value in plan.bind(values)])
        return [
            [plan.make_of_json(row, database) for row in rows or ()]
            for plan, rows in zip(self._plans, found, strict=True)
        ]

    @cached_property
    def _plans(self) -> list[_Plan]:
        return [query._plan for query in self._queries]

    @cached_property
    def _sql(self) -> str:
        return f"SELECT {', '.join(f'({plan.sql_of_json})' for plan in self._plans)}"


class Write(NamedTuple):
    """A statement that writes, with its values. One more condition may follow its SQL."""

    sql: str
    values: list[Any]


def write_together(*writes: Write) -> None:
    """Carry out writes, if any, by one statement. None of them sees what another one does, and no two write one row."""
    if not writes:
        return
    *before, last = writes
    named = ", ".join(f"write_{number} AS ({write.sql})" for number, write in enumerate(before))
    sql = f"WITH {named} {last.sql}" if named else last.sql
    run(sql, [value for write in writes for value in write.values])


def write_if(met: Write, *writes: Write) -> bool:
    """Carry out an update and, by the same statement, the writes if it finds its row; return whether it did."""
    parts = [f"met AS ({met.sql} RETURNING 1)"]
    parts += [f"write_{number} AS ({write.sql} AND EXISTS (SELECT FROM met))" for number, write in enumerate(writes)]
    values = [value for write in (met, *writes) for value in write.values]
    return bool(run(f"WITH {', '.join(parts)} SELECT 1 FROM met", values))  # noqa: S608  (of the models)


class PreparedInsert(Generic[Row]):
    """Inserts new instances in one statement, as `bulk_create` does. Values are plain: no expressions.

    `by_database` names fields with the SQL that gives their values, such as `due_at="STATEMENT_TIMESTAMP()"`. Those
    and the key are read back. Who listens to the channel `notify` of PostgreSQL is told of new rows on commit.
    """

    def __init__(self, model: type[Row], *, notify: str = "", **by_database: str) -> None:
        self._model, self._by_database = model, by_database
        self._tells = f", pg_notify('{notify}', '')" if notify else ""

    def __call__(self, *rows: Row) -> list[Row]:
        """The same instances, with their keys."""
        for row, given in zip(rows, self._insert(rows), strict=True):
            for name, value in zip(self._given, given, strict=False):  # after them stands what was told
                setattr(row, name, value)
        return list(rows)

    def where_new(self, *rows: Row) -> bool:
        """Insert those that break no constraint, and say whether all did. What the database gave is not read."""
        return len(self._insert(rows, otherwise=" ON CONFLICT DO NOTHING")) == len(rows)

    def of(self, *rows: Row) -> Write:
        """The same for `write_together`. What the database gives is not read; the instances count as stored by now."""
        head, _, _ = self._sql
        sql = f"{head}SELECT * FROM (VALUES {', '.join([self._typed] * len(rows))}) AS given WHERE true"  # noqa: S608
        return Write(sql, self._take(rows))

    def after(self, condition: str, values: Sequence[Any], row: Row) -> bool:
        """Insert one row if the SQL of `condition`, which may write as well, returns one. All in one statement."""
        head, _, tail = self._sql
        sql = f"WITH met AS ({condition}) {head}SELECT {self._typed[1:-1]} FROM met{tail}"  # noqa: S608
        is_met = len(run(sql, [*values, *self._take([row])])) == 1
        row._state.adding = not is_met
        return is_met

    def _insert(self, rows: Sequence[Row], otherwise: str = "") -> list[tuple[Any, ...]]:
        head, places, tail = self._sql
        return run(f"{head}VALUES {', '.join([places] * len(rows))}{otherwise}{tail}", self._take(rows))

    def _take(self, rows: Sequence[Row]) -> list[Any]:
        """The values of instances that count as stored by now."""
        database = connections[DEFAULT_DB_ALIAS]
        values = [value for row in rows for value in self._values.of(row, database, is_new=True)]
        for row in rows:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return values

    @cached_property
    def _given(self) -> list[str]:
        return [self._model._meta.pk.attname, *self._by_database]

    @cached_property
    def _values(self) -> _Values:
        return _Values(self._fields)

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
            f"INSERT INTO {quote(meta.db_table)} ({columns}) ",
            f"({', '.join([*['%s'] * len(self._fields), *self._by_database.values()])})",
            f" RETURNING {given}{self._tells}",
        )

    @cached_property
    def _typed(self) -> str:
        """The places of one row's values, with types: in a SELECT PostgreSQL does not know these by itself."""
        kinds = [LENGTH.sub("", str(field.db_type(connection))) for field in self._fields]  # a length would cut
        return f"({', '.join([*(f'%s::{kind}' for kind in kinds), *self._by_database.values()])})"


class PreparedUpdate(Generic[Row]):
    """Writes some fields of a stored instance, as `save(update_fields=...)` does; without any named, all of them."""

    def __init__(self, model: type[Row], *names: str) -> None:
        self._model, self._names = model, names

    def __call__(self, row: Row) -> None:
        run(*self.of(row))

    def of(self, row: Row, *, only_if: str = "", given: Sequence[Any] = ()) -> Write:
        """The same for `write_together`; if the row also meets a condition in SQL, to which values are given."""
        values = self._values.of(row, connections[DEFAULT_DB_ALIAS], is_new=False)
        return Write(f"{self._sql} AND {only_if}" if only_if else self._sql, [*values, row.pk, *given])

    @cached_property
    def _values(self) -> _Values:
        return _Values(self._fields)

    @cached_property
    def _fields(self) -> list[Field[Any, Any]]:
        fields = self._model._meta.local_concrete_fields
        return [field for field in fields if not field.primary_key and (not self._names or field.name in self._names)]

    @cached_property
    def _sql(self) -> str:
        quote, meta = connection.ops.quote_name, self._model._meta
        columns = ", ".join(f"{quote(str(field.column))} = %s" for field in self._fields)
        return f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(str(meta.pk.column))} = %s"  # noqa: S608  (names of the models)


LENGTH: Final = re.compile(r"\([0-9, ]+\)")
"""What a type of a column says of how long its values may be."""


def run(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows, if it gives any. Cursors are most of what a statement costs."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        rows: list[tuple[Any, ...]] = database.run(sql, values)  # type: ignore[attr-defined]  # of config.postgres
        return rows


AS_IT_IS: Final = frozenset(
    {
        "AutoField", "BigAutoField", "BooleanField", "CharField", "DateField", "DateTimeField", "SlugField",
        "TextField", "TimeField", "UUIDField",
    }
)  # fmt: skip
"""Kinds of fields whose values psycopg writes as they stand on an instance."""


class _Values:
    """Takes the values of some fields of an instance, as the database gets them."""

    def __init__(self, fields: Sequence[Field[Any, Any]]) -> None:
        self._take = attrgetter(*(field.attname for field in fields))
        self._has_one = len(fields) == 1
        self._converted = [(place, field) for place, field in enumerate(fields) if not _is_as_it_is(field)]

    def of(self, row: Model, database: BaseDatabaseWrapper, *, is_new: bool) -> list[Any]:
        values = [self._take(row)] if self._has_one else [*self._take(row)]
        for place, field in self._converted:
            value = field.pre_save(row, is_new)
            values[place] = None if value is None else field.get_db_prep_save(value, database)
        return values


def _is_as_it_is(field: Any) -> bool:
    """Whether the field is of Django's own, and of a kind that it writes unchanged."""
    while field.is_relation:
        field = field.target_field
    is_set_by_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    is_of_django = type(field).__module__.startswith("django.")
    return is_of_django and not is_set_by_itself and field.get_internal_type() in AS_IT_IS


OF_JSON: Final[Mapping[str, Callable[[Any], Any]]] = {
    "UUIDField": UUID,
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "DateField[]": lambda days: [date.fromisoformat(day) for day in days],
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
}
"""How values are read that JSON has as text."""

AS_TEXT: Final = frozenset({"JSONField", "DecimalField"})
"""Kinds of fields that JSON would read too, or less exactly; they expect text."""

PLAIN: Final = frozenset(
    {
        "AutoField", "BigAutoField", "ArrayField", "BigIntegerField", "BooleanField", "CharField", "EmailField",
        "IntegerField", "JSONField", "PositiveIntegerField", "PositiveSmallIntegerField", "SlugField",
        "SmallIntegerField", "TextField",
    }
)  # fmt: skip
"""Kinds of fields whose values are the same in JSON, or are text there."""


def _kind_of(field: Any) -> str:
    """What JSON makes of a column; raises NotImplementedError where that would not be the same value."""
    while field.is_relation:
        field = field.target_field
    kind: str = field.get_internal_type()
    if kind == "ArrayField" and (of := field.base_field.get_internal_type()) not in PLAIN:
        kind = f"{of}[]"
    if kind not in PLAIN and kind not in OF_JSON:
        raise NotImplementedError(f"{field} cannot be read together with others.")
    return kind


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
        self._columns = [column[0] for column in compiler.select]
        self._converters = compiler.get_converters(self._columns)

    @cached_property
    def _kinds(self) -> list[str]:
        return [_kind_of(column.output_field) for column in self._columns]

    @cached_property
    def sql_of_json(self) -> str:
        """The query of one value: all rows as a JSON list of lists."""
        names = [f"c{number}" for number in range(len(self._kinds))]
        parts = [f"{name}::text" if kind in AS_TEXT else name for name, kind in zip(names, self._kinds, strict=True)]
        listed = f"json_agg(json_build_array({', '.join(parts)}))"
        return f"SELECT {listed} FROM ({self.sql}) AS given ({', '.join(names)})"  # noqa: S608  (of querysets)

    @cached_property
    def _readers(self) -> list[tuple[int, Callable[[Any], Any]]]:
        """Where in a row stands what JSON has no word for, and how it is read."""
        return [(place, OF_JSON[kind]) for place, kind in enumerate(self._kinds) if kind in OF_JSON]

    def make_of_json(self, row: list[Any], database: BaseDatabaseWrapper) -> Any:
        for place, read in self._readers:
            if row[place] is not None:
                row[place] = read(row[place])
        return self.make(row, database)

    def bind(self, values: dict[str, Any]) -> list[Any]:
        return [values[param.name] if isinstance(param, Placeholder) else param for param in self._params]

    def make(self, row: Sequence[Any], database: BaseDatabaseWrapper) -> Any:
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
