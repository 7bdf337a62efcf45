"""How a value of a column goes to the driver: by the ORM's own ways, the commonest kinds by a shorter one to the same end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    Model,
    PositiveIntegerField,
    TextField,
    UUIDField,
)

Column: TypeAlias = "Field[Any, Any]"
Way: TypeAlias = Callable[[Any], Any]


class Prepared:
    """A column made ready for one kind of database.

    ``plain``: nothing happens before saving (``auto_now``), so the value is what the row holds. ``kind``: values of this very
    type take the short ``way`` (``None``: they go as they are).
    """

    __slots__ = ("column", "kind", "name", "plain", "way")

    def __init__(self, column: Column, vendor: str) -> None:
        self.column, self.name = column, column.attname
        timed = isinstance(column, DateField) and not (column.auto_now or column.auto_now_add)
        self.plain = type(column).pre_save is Field.pre_save or timed
        self.kind, self.way = _short(column, vendor)

    def by_orm(self, row: Model) -> Any:
        """What is saved of a row, where something happens before."""
        return self.column.get_db_prep_save(self.column.pre_save(row, True), connection)


def kept_as(column: Prepared, value: Any) -> Any:
    """A value as the driver takes it."""
    if type(value) is column.kind:
        return value if column.way is None else column.way(value)
    return (
        column.column.get_db_prep_save(value, connection) if value is not None or not column.plain else None
    )


def moment(at: datetime) -> str:
    """As Django keeps a moment on SQLite."""
    return str(at.astimezone(UTC).replace(tzinfo=None)) if at.tzinfo else _by_ops(at)


def _by_ops(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


#: Kinds of columns whose values go as they are, if they are of this very type.
_AS_IT_IS: dict[str, type[Any]] = {
    "CharField": str, "TextField": str, "BooleanField": bool, "PositiveIntegerField": int, "PositiveSmallIntegerField": int,
}  # fmt: skip
_USUAL = {kind.get_prep_value for kind in (CharField, TextField, BooleanField, PositiveIntegerField)}
#: The short ways of SQLite; PostgreSQL's driver takes all three as they are.
_SQLITE: dict[type[Any], Way] = {UUID: lambda key: key.hex, datetime: moment, date: str}


@cache
def _short(column: Column, vendor: str) -> tuple[type[Any] | None, Way | None]:
    end = getattr(column, "target_field", column)
    kind = {UUIDField: UUID, DateTimeField: datetime, DateField: date}.get(type(end))
    if kind is not None:
        return kind, _SQLITE[kind] if vendor == "sqlite" else None
    usual = type(column).get_prep_value in _USUAL
    return (_AS_IT_IS.get(column.get_internal_type()) if usual else None), None
