"""Statements whose text is made once.

The ORM builds its SQL anew at every call, which costs several times what the database does with it
(docs/benchmarks.md). What every step of a case asks and writes is kept here as text instead. Values go in and come
out by the ORM's own ways (``pre_save``, ``get_db_prep_save``, converters). ``post_save`` is not sent: only tables that
nobody listens to are written by these.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from datetime import date, datetime
from functools import cache
from typing import Any, ParamSpec, TypeAlias
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    Model,
    PositiveIntegerField,
    QuerySet,
    TextField,
    UUIDField,
)

P = ParamSpec("P")
Column: TypeAlias = "Field[Any, Any]"
Prepared: TypeAlias = "tuple[Column, type[Any] | None]"
Clash: TypeAlias = tuple[tuple[str, ...], ...] | None


def kept(make: Callable[P, QuerySet[Any]]) -> Callable[P, list[Any]]:
    """Decorator: a function from values to a query becomes one from values to rows, its SQL made once in each thread.

    The values must be all that varies, given in the order in which they stand in the SQL, none of them ``None`` or a
    list; ImproperlyConfigured where the query that was made says otherwise.
    """
    local = threading.local()

    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Any]:
        held: _Kept | None = getattr(local, "held", None)
        if held is None or held.compiler.connection is not connections[DEFAULT_DB_ALIAS]:
            held = local.held = _Kept(make(*args, **kwargs), args, make.__name__)
        return held.rows(args)

    return rows


class _Kept:
    """One query with its compiled text. Its compiler answers the kept text, with the values of the call."""

    def __init__(self, rows: QuerySet[Any], args: Sequence[Any], name: str) -> None:
        self.query, values = rows.all(), tuple(map(_value, args))
        self.compiler: Any = self.query.query.get_compiler(using=self.query.db)
        sql, params = self.compiler.as_sql()
        if tuple(params) != values:
            raise ImproperlyConfigured(
                f"{name}: the query's values {params!r} are not those given: {values!r}"
            )
        converters = self.compiler.get_converters([column[0] for column in self.compiler.select])
        self.compiler.as_sql = lambda *_, **__: (sql, self.values)
        self.compiler.get_converters = lambda *_: converters
        self.query.query.get_compiler = lambda *_, **__: self.compiler  # type: ignore[method-assign]

    def rows(self, args: Sequence[Any]) -> list[Any]:
        self.values = tuple(map(_value, args))
        return list(self.query._iterable_class(self.query))  # type: ignore[attr-defined]


_UUID, _MOMENT, _DAY = UUIDField(), DateTimeField(), DateField()


def _value(value: Any) -> Any:
    """A value of a filter as the driver takes it."""
    if isinstance(value, UUID):
        return _UUID.get_db_prep_value(value, connection)
    if isinstance(value, datetime):
        return _MOMENT.get_db_prep_value(value, connection)
    return _DAY.get_db_prep_value(value, connection) if isinstance(value, date) else value


def insert(row: Model) -> None:
    """Insert one row; a key that the database gives is put on it."""
    columns, text = _insert(type(row), row.pk is None, None, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(text, _saved(row, columns))
        if row.pk is None:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_all(rows: Iterable[Model], clash: Clash = None) -> None:
    """Insert rows of one model that have their keys.

    ``clash``: what becomes of rows that are there already. ``()``: they stay as they are; ``(unique columns, columns to
    renew)``: they get the new values; ``None``: IntegrityError.
    """
    found = list(rows)
    if not found:
        return
    columns, text = _insert(type(found[0]), False, clash, connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(text, [_saved(row, columns) for row in found])


def load(rows: Sequence[Model]) -> None:
    """Insert many rows of one model, by COPY where the database has it; keys that the database gives stay unknown."""
    if not rows:
        return
    columns, text = _insert(type(rows[0]), rows[0].pk is None, None, connection.vendor)
    values = (_saved(row, columns) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(text.partition(" RETURNING ")[0], values)  # type: ignore[arg-type]
            return
        target = text.partition(" VALUES ")[0].removeprefix("INSERT INTO ")
        with cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for one in values:
                copy.write_row(one)


def update(model: type[Model], where: dict[str, Any], values: dict[str, Any]) -> int:
    """``UPDATE … SET values WHERE where`` (names of columns; no ``None`` in ``where``); how many rows it met."""
    wanted, changed, text = _update(model, tuple(where), tuple(values), connection.vendor)
    params = [
        column.get_db_prep_save(value, connection)
        for columns, given in ((changed, values), (wanted, where))
        for column, value in zip(columns, given.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.rowcount


def hold(model: type[Model], where: dict[str, Any], column: str) -> int:
    """Take the rows' lock without changing them: ``column`` is set to itself."""
    wanted, text = _hold(model, tuple(where), column, connection.vendor)
    params = [c.get_db_prep_save(v, connection) for c, v in zip(wanted, where.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.rowcount


def save_changed(row: Model, before: dict[str, Any]) -> bool:
    """Write those columns of a row that differ from ``before`` (:func:`image`); says whether there were any."""
    fields = [
        f
        for f in type(row)._meta.concrete_fields
        if f.get_prep_value(getattr(row, f.attname)) != before[f.attname]
    ]
    if fields:
        changed = {f.attname: f.pre_save(row, False) for f in fields}
        update(type(row), {type(row)._meta.pk.attname: row.pk}, changed)
    return bool(fields)


def image(row: Model) -> dict[str, Any]:
    """All columns of a row by name, as they are kept. Lists and tables are copied: a change inside them is seen."""
    found = {f.attname: f.get_prep_value(getattr(row, f.attname)) for f in type(row)._meta.concrete_fields}
    return {k: deepcopy(v) if isinstance(v, list | dict) else v for k, v in found.items()}


def analyze() -> None:
    """Fresh statistics for the planner: without them neither database takes a new index. SQLite looks at a sample (some
    milliseconds an index) and never by itself; PostgreSQL does it by itself too, some time after a change."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 2000")
        cursor.execute("ANALYZE")


#: Kinds of columns whose values go to the driver as they are, if they are of this very type.
_AS_IT_IS: dict[str, type[Any]] = {
    "CharField": str, "TextField": str, "BooleanField": bool, "PositiveIntegerField": int, "PositiveSmallIntegerField": int,
}  # fmt: skip


def _saved(row: Model, columns: Sequence[Prepared]) -> list[Any]:
    return [
        value
        if plain and (value is None or type(value) is plain)
        else column.get_db_prep_save(column.pre_save(row, True), connection)
        for column, plain, value in ((c, p, getattr(row, c.attname)) for c, p in columns)
    ]


def _prepared(column: Column) -> Prepared:
    """The column and the type of value that needs no preparing (of ``...``: only ``None``; ``None``: nothing)."""
    if type(column).pre_save is not Field.pre_save:
        return column, None
    plain = _AS_IT_IS.get(column.get_internal_type()) if type(column).get_prep_value in _USUAL else None
    return column, plain or type(...)


_USUAL = {kind.get_prep_value for kind in (CharField, TextField, BooleanField, PositiveIntegerField)}


@cache
def _insert(model: type[Model], keyless: bool, clash: Clash, vendor: str) -> tuple[list[Prepared], str]:
    meta = model._meta
    columns = [f for f in meta.concrete_fields if not (keyless and f.primary_key)]
    if keyless and not isinstance(meta.pk, AutoField):
        raise ImproperlyConfigured(f"{model.__name__}: a row without a key")
    names, marks = ", ".join(_name(c) for c in columns), ", ".join(["%s"] * len(columns))
    text = f"INSERT INTO {_quoted(meta.db_table)} ({names}) VALUES ({marks})"
    text += "" if clash is None else _on_clash(model, clash)
    return [*map(_prepared, columns)], f"{text} RETURNING {_name(meta.pk)}" if keyless else text


def _quoted(word: str) -> str:
    return connection.ops.quote_name(word)


def _name(column: Any) -> str:
    return _quoted(column.column)


def _on_clash(model: type[Model], clash: tuple[tuple[str, ...], ...]) -> str:
    if not clash:
        return " ON CONFLICT DO NOTHING"
    columns = {f.name: _name(f) for f in model._meta.concrete_fields}
    unique, renewed = ([columns[name] for name in names] for names in clash)
    sets = ", ".join(f"{column} = EXCLUDED.{column}" for column in renewed)
    return f" ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {sets}"


@cache
def _hold(model: type[Model], where: tuple[str, ...], column: str, vendor: str) -> tuple[list[Column], str]:
    wanted, (changed,), text = _update(model, where, (column,), vendor)
    name = _name(changed)
    return wanted, text.replace(f"SET {name} = %s", f"SET {name} = {name}")


@cache
def _update(
    model: type[Model], where: tuple[str, ...], values: tuple[str, ...], vendor: str
) -> tuple[list[Column], list[Column], str]:
    by_name: dict[str, Column] = {f.attname: f for f in model._meta.concrete_fields}
    wanted, changed = [by_name[name] for name in where], [by_name[name] for name in values]
    sets = ", ".join(f"{_name(c)} = %s" for c in changed)
    tests = " AND ".join(f"{_name(c)} = %s" for c in wanted)
    return wanted, changed, f"UPDATE {_quoted(model._meta.db_table)} SET {sets} WHERE {tests}"
