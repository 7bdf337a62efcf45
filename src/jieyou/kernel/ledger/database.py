"""The ledger in the database as a `Source`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Concat

from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import Json, moment, plain
from jieyou.kernel.ledger.models import Checkpoint, Head, Payload
from jieyou.kernel.ledger.registry import chained_models
from jieyou.kernel.ledger.source import Entry, Mark, Seal

CHUNK = 2000
_COLUMNS = ("chain", "seq", "body", "prev", "hash")


class Database:
    """Streams out of the default database; use it inside `snapshot`."""

    complete = True

    def __init__(self) -> None:
        self._models = chained_models()

    def total(self) -> int:
        return sum(model._base_manager.count() for model in self._models.values())

    def keys(self) -> dict[str, str]:
        return {}

    def seals(self) -> list[Seal]:
        return [seal_of(row) for row in Checkpoint.objects.order_by("no")]

    def tables(self) -> list[str]:
        return sorted({*self._models, *Head.objects.values_list("table", flat=True).distinct()})

    def entries(self, table: str) -> Iterator[Entry]:
        if not (model := self._models.get(table)):
            return
        own = model.in_body
        keys = list(own.values())
        both = Concat("salt", Value("\n"), "text", output_field=TextField())
        words = Payload.objects.filter(record=OuterRef("pk")).values(both=both)
        links = model._base_manager.order_by("chain", "seq")
        columns = (*_COLUMNS, _driven("id"), _driven("at"), Subquery(words), *own)
        for row in links.values_list(*columns).iterator(chunk_size=CHUNK):
            yield _entry(row, keys)

    def marks(self, table: str) -> Iterator[Mark]:
        heads = Head.objects.filter(table=table).order_by("chain", "seq")
        columns = heads.values_list("checkpoint_id", "chain", "seq", "hash")
        return (Mark(*head) for head in columns.iterator(chunk_size=CHUNK))

    def registers(self) -> list[str]:
        return list(tracked.registers())

    def rows(self, register: str) -> Iterator[tuple[str, str]]:
        known = tracked.registers()[register]
        rows = known.model._base_manager.order_by("pk")
        return ((key.hex, text) for key, text in tracked.texts(known, rows, stream=True))

    def strays(self, payloads: int) -> Iterable[str]:
        if Payload.objects.count() == payloads:
            return []
        lost = Payload.objects.order_by("record")
        for model in self._models.values():
            lost = lost.filter(~Exists(model._base_manager.filter(pk=OuterRef("record"))))
        return (record.hex for record in lost.values_list("record", flat=True).iterator(chunk_size=CHUNK))


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging view of the default database, for reading only; nobody who writes waits for it.

    Inside a transaction that is open already (a test) there is nothing to be done.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # `atomic` would be IMMEDIATE and stop all writers
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def seal_of(row: Checkpoint) -> Seal:
    """A stored checkpoint as the proof reads it."""
    return Seal(row.no, moment(row.at), row.root, row.signature, row.key_id, row.heads_count)


class _Driven(Func):
    """A column as the driver gives it; Django's conversion of keys and times takes a third of the proof.

    SQLite's driver converts what a column was declared as, so there the declaration is cast away.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **context)


def _driven(column: str) -> _Driven:
    return _Driven(column, output_field=TextField())


def _entry(row: tuple[Any, ...], keys: list[str]) -> Entry:
    chain, seq, body, prev, hash, id, at, words, *own = row
    columns: dict[str, Json] = {"chain": chain, "seq": seq, "at": _moment(at)}
    for key, value in zip(keys, own, strict=True):
        columns[key] = plain(value)
    return Entry(id if isinstance(id, str) else id.hex, chain, seq, body, prev, hash, columns, words)


def _moment(at: str | datetime) -> str:
    """Like `canon.moment`, also of SQLite's text: UTC, without the fraction when it is zero."""
    if isinstance(at, datetime):
        return moment(at)
    return f"{at[:10]}T{at[11:]}{'.000000' if len(at) == 19 else ''}Z"
