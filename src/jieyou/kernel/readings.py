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
    get_related_populators,
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
    info, select = compiler.klass_info, compiler.select
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    model, beside = _Maker(info["model"]), get_related_populators(info, select, DEFAULT_DB_ALIAS)
    _made_quickly(beside)

    def build(found: Iterator[list[Any]]) -> list[Any]:
        out: list[Any] = []
        for row in found:
            one = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for other in beside:
                other.populate(row, one)
            out.append(one)
        return out

    return build


def _made_quickly(populators: Sequence[Any]) -> None:
    for one in populators:
        one.model_cls = _Maker(one.model_cls)
        _made_quickly(one.related_populators)


class _Maker:
    """Builds rows of a model; stands where the ORM has the model itself."""

    def __init__(self, model: type[Model]) -> None:
        self.model, self.plain = model, _is_plain(model)
        self.guarded = [
            f.attname
            for f in model._meta.concrete_fields
            if f.descriptor_class not in (DeferredAttribute, ForeignKeyDeferredAttribute)
        ]

    def from_db(self, db: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        if not self.plain or len(names) != len(self.model._meta.concrete_fields):
            return self.model.from_db(db, names, values)
        row = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, db
        vars(row).update(zip(names, values, strict=True), _state=state)
        for name in self.guarded:  # a sealed text learns from its own door which row it belongs to
            setattr(row, name, vars(row)[name])
        return row


@cache
def _is_plain(model: type[Model]) -> bool:
    own = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    return own and not pre_init.has_listeners(model) and not post_init.has_listeners(model)


_WAYS: dict[type[Any], Column] = {UUID: UUIDField(), datetime: DateTimeField(), date: DateField()}


def _value(value: Any, db: Any) -> Any:
    """A value of a filter as the driver takes it."""
    kind = type(value)
    if kind is UUID and db.vendor == "sqlite":
        return value.hex
    return _WAYS[kind].get_db_prep_value(value, db) if kind in _WAYS else value
