"""Queries whose text is made once, and rows that are built without ceremony.

The ORM compiles a query anew at every call and builds a row through ``Model.__init__`` with its signals and defaults; both
cost several times what the database does. What every step of a case reads is compiled once in each thread instead, and its
rows get their columns directly, by the ORM's own converters. Plain models only: what has an ``__init__``, a ``from_db`` or a
listener of its own is built by the ORM's own way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, ParamSpec, TypeAlias
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, DateTimeField, Field, Model, QuerySet, UUIDField
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
)
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

P = ParamSpec("P")
Column: TypeAlias = "Field[Any, Any]"


def kept(make: Callable[P, QuerySet[Any]]) -> Callable[P, list[Any]]:
    """Decorator: a function from values to a query becomes one from values to rows, its SQL made once in each thread.

    The values must be all that varies, given in the order in which they stand in the SQL, none of them ``None`` or a
    list; ImproperlyConfigured where the query that was made says otherwise. Models, ``values_list`` flat or not.
    """
    local = threading.local()

    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Any]:
        held: _Kept | None = getattr(local, "held", None)
        if held is None or held.connection is not connections[DEFAULT_DB_ALIAS]:
            held = local.held = _Kept(make(*args, **kwargs), args, make.__name__)
        return held.rows(args)

    return rows


class _Kept:
    """One query with its compiled text, its converters and what makes its rows."""

    def __init__(self, rows: QuerySet[Any], args: Sequence[Any], name: str) -> None:
        compiler: Any = rows.query.get_compiler(using=rows.db)
        self.connection = compiler.connection
        self.sql, params = compiler.as_sql()
        values = tuple(_value(value, self.connection) for value in args)
        if tuple(params) != values:
            raise ImproperlyConfigured(
                f"{name}: the query's values {params!r} are not those given: {values!r}"
            )
        columns = compiler.get_converters([column[0] for column in compiler.select])
        self.converters = [(at, column, convert) for at, (convert, column) in columns.items()]
        self.finish = _finisher(rows, compiler, name)

    def rows(self, args: Sequence[Any]) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, tuple([_value(value, self.connection) for value in args]))
            found = cursor.fetchall()
        return self.finish(self._converted(found)) if found else []

    def _converted(self, found: list[Any]) -> Iterator[list[Any]]:
        for row in map(list, found):
            for at, column, converters in self.converters:
                value = row[at]
                for convert in converters:
                    value = convert(value, column, self.connection)
                row[at] = value
            yield row


Finish = Callable[[Iterator[list[Any]]], list[Any]]


def _finisher(rows: QuerySet[Any], compiler: Any, name: str) -> Finish:
    """What makes the answer of converted rows."""
    kind = rows._iterable_class  # type: ignore[attr-defined]
    if kind is FlatValuesListIterable:
        return lambda found: [row[0] for row in found]
    if kind is ValuesListIterable:
        return lambda found: [tuple(row) for row in found]
    if kind is not ModelIterable or compiler.annotation_col_map:
        raise ImproperlyConfigured(f"{name}: only models and values_list are kept")
    return _builder(compiler)


def _builder(compiler: Any) -> Finish:
    reader = _Reader(compiler.klass_info, compiler.select)
    return lambda found: [reader.read(row) for row in found]


class _Reader:
    """Makes the row of one model from its part of a line, and those that ``select_related`` has put beside it."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any]) -> None:
        self.model: type[Model] = info["model"]
        self.first, self.last = info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [column[0].target.attname for column in select[self.first : self.last]]
        self.key = self.names.index(self.model._meta.pk.attname)
        self.doors = guarded(self.model)
        self.whole = is_plain(self.model) and len(self.names) == len(self.model._meta.concrete_fields)
        self.info = info
        self.beside = [_Reader(one, select) for one in info.get("related_klass_infos", ())]

    def read(self, line: list[Any]) -> Any:
        values = line[self.first : self.last]
        if values[self.key] is None:
            return None
        row = self._made(values)
        for other in self.beside:
            found = other.read(line)
            other.info["local_setter"](row, found)
            if found is not None:
                other.info["remote_setter"](found, row)
        return row

    def _made(self, values: list[Any]) -> Model:
        if not self.whole:
            return self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)
        row, state = self.model.__new__(self.model), ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        held = vars(row)
        held.update(zip(self.names, values, strict=True), _state=state)
        for name in self.doors:
            setattr(row, name, held[name])
        return row


@cache
def guarded(model: type[Model]) -> frozenset[str]:
    """Columns that have a door of their own (a sealed text learns there which row it belongs to)."""
    usual = (DeferredAttribute, ForeignKeyDeferredAttribute)
    return frozenset(f.attname for f in model._meta.concrete_fields if f.descriptor_class not in usual)


@cache
def is_plain(model: type[Model]) -> bool:
    """Nothing else happens when a row is built: no ``__init__`` or ``from_db`` of its own, no listener."""
    own = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    return own and not pre_init.has_listeners(model) and not post_init.has_listeners(model)


_WAYS: dict[type[Any], Column] = {UUID: UUIDField(), datetime: DateTimeField(), date: DateField()}


def _value(value: Any, db: Any) -> Any:
    """A value of a filter as the driver takes it."""
    kind = type(value)
    if kind is UUID and db.vendor == "sqlite":
        return value.hex
    return _WAYS[kind].get_db_prep_value(value, db) if kind in _WAYS else value
