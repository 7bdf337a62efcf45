"""Statements whose text is made once.

The ORM builds its SQL anew at every call, which costs several times what the database does with it
(docs/benchmarks.md). What every step of a case writes is kept here as text instead (what it reads: :mod:`.readings`). Values go
in by the ORM's own ways (``pre_save``, ``get_db_prep_save``, converters). ``post_save`` is not sent: only tables that
nobody listens to are written by these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, TypeAlias

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Field, Model

from jieyou.kernel.columns import Prepared, kept_as
from jieyou.kernel.readings import kept

__all__ = ["analyze", "hold", "image", "insert", "insert_all", "kept", "load", "save_changed", "update"]

Column: TypeAlias = "Field[Any, Any]"
Clash: TypeAlias = tuple[tuple[str, ...], ...] | None


def insert(row: Model) -> None:
    """Insert one row; a key that the database gives is put on it."""
    db = connections[DEFAULT_DB_ALIAS]
    columns, text = _insert(type(row), row.pk is None, None, db.vendor)
    with db.cursor() as cursor:
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
    db = connections[DEFAULT_DB_ALIAS]
    wanted, changed, text = _update(model, tuple(where), tuple(values), db.vendor)
    params = [kept_as(column, value) for column, value in zip(changed, values.values(), strict=True)]
    params += [kept_as(column, value) for column, value in zip(wanted, where.values(), strict=True)]
    with db.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.rowcount


def hold(model: type[Model], where: dict[str, Any], column: str) -> int:
    """Take the rows' lock without changing them: ``column`` is set to itself."""
    wanted, text = _hold(model, tuple(where), column, connection.vendor)
    params = [kept_as(c, v) for c, v in zip(wanted, where.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.rowcount


def save_changed(row: Model, before: dict[str, Any]) -> bool:
    """Write those columns of a row that differ from ``before`` (:func:`image`); says whether there were any."""
    fields = [
        f for f in type(row)._meta.concrete_fields if _prep(f, getattr(row, f.attname)) != before[f.attname]
    ]
    if fields:
        changed = {f.attname: f.pre_save(row, False) for f in fields}
        update(type(row), {type(row)._meta.pk.attname: row.pk}, changed)
    return bool(fields)


def image(row: Model) -> dict[str, Any]:
    """All columns of a row by name, as they are kept. Lists and tables are copied: a change inside them is seen."""
    found = {f.attname: _prep(f, getattr(row, f.attname)) for f in type(row)._meta.concrete_fields}
    return {k: deepcopy(v) if isinstance(v, list | dict) else v for k, v in found.items()}


def _prep(column: Column, value: Any) -> Any:
    """As it is kept; the commonest types are already."""
    return value if value is None or type(value) in (str, bool, int) else column.get_prep_value(value)


def analyze() -> None:
    """Fresh statistics for the planner: without them neither database takes a new index.

    SQLite never does it by itself, and what it reckons from a sample is wrong where a column has few values (a list by deadline
    took 340 ms of a million cases): every index is read whole, each in a transaction of its own, so that no writer waits for
    more than one (at a million cases 15 s of CPU in all, at most 1.5 s an index). PostgreSQL does it by itself too.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE")
            return
        cursor.execute("PRAGMA analysis_limit = 0")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {_quoted(name)}")


def _saved(row: Model, columns: Sequence[Prepared]) -> list[Any]:
    return [
        kept_as(column, getattr(row, column.name)) if column.plain else column.by_orm(row)
        for column in columns
    ]


@cache
def _insert(model: type[Model], keyless: bool, clash: Clash, vendor: str) -> tuple[list[Prepared], str]:
    meta = model._meta
    columns = [f for f in meta.concrete_fields if not (keyless and f.primary_key)]
    if keyless and not isinstance(meta.pk, AutoField):
        raise ImproperlyConfigured(f"{model.__name__}: a row without a key")
    names, marks = ", ".join(_name(c) for c in columns), ", ".join(["%s"] * len(columns))
    text = f"INSERT INTO {_quoted(meta.db_table)} ({names}) VALUES ({marks})"
    text += "" if clash is None else _on_clash(model, clash)
    return [Prepared(c, vendor) for c in columns], f"{text} RETURNING {_name(meta.pk)}" if keyless else text


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
def _hold(model: type[Model], where: tuple[str, ...], column: str, vendor: str) -> tuple[list[Prepared], str]:
    wanted, (changed,), text = _update(model, where, (column,), vendor)
    name = _name(changed.column)
    return wanted, text.replace(f"SET {name} = %s", f"SET {name} = {name}")


@cache
def _update(
    model: type[Model], where: tuple[str, ...], values: tuple[str, ...], vendor: str
) -> tuple[list[Prepared], list[Prepared], str]:
    by_name: dict[str, Column] = {f.attname: f for f in model._meta.concrete_fields}
    wanted, changed = [by_name[name] for name in where], [by_name[name] for name in values]
    sets = ", ".join(f"{_name(c)} = %s" for c in changed)
    tests = " AND ".join(f"{_name(c)} = %s" for c in wanted)
    ready = [[Prepared(c, vendor) for c in some] for some in (wanted, changed)]
    return ready[0], ready[1], f"UPDATE {_quoted(model._meta.db_table)} SET {sets} WHERE {tests}"
