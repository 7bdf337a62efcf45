"""Registers whose rows must not be forged: each save and each deletion of a row is a record of its own chain.

A model says ``tracked.track(Unit, fields=["name", "kind", "parent"])`` below its class; from then on its rows
are saved and deleted only through `save`, `delete` and, in bulk, `adopt`. `audit verify` compares every row
with its last record. When the list of fields changes, the migration that changes it must `adopt` all rows
again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from json import loads
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models.signals import post_save, pre_save

from jieyou.kernel import statements
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.canon import canonical
from jieyou.kernel.ledger.models import CHAIN_LENGTH, Payload, Record
from jieyou.kernel.ledger.source import ROWS

KIND = "row"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Register:
    """A tracked model: `name` stands in its chains for good, whatever the class is called later."""

    name: str
    model: type[models.Model]
    fields: tuple[str, ...]

    def chain_of(self, key: UUID) -> str:
        return f"{ROWS}{self.name}:{key.hex}"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a row's history; `fields` as JSON holds them, None after a deletion or an erasure."""

    at: datetime
    act: str  # save · delete · adopt
    by: str
    why: str
    fields: dict[str, Any] | None


_registers: dict[str, Register] = {}
_heard: ContextVar[list[Record] | None] = ContextVar("heard", default=None)


def track(model: type[models.Model], fields: Iterable[str], name: str = "") -> Register:
    """Track the rows of `model` (its key must be a UUID). Call it where the model is defined.

    `name` defaults to ``app.model``; give the old one when the model is renamed. TypeError for a field that
    has no canonical form or is not a column.
    """
    register = Register(name or model._meta.label_lower, model, tuple(fields))
    for field in map(model._meta.get_field, register.fields):
        if not getattr(field, "concrete", False) or isinstance(field, models.FloatField | models.BinaryField):
            raise TypeError(f"{register.name}.{field.name} cannot be tracked: it has no canonical form")
    if len(register.chain_of(UUID(int=0))) > CHAIN_LENGTH:
        raise TypeError(f"“{register.name}” is too long for a chain; track it under a shorter name")
    _registers[register.name] = register
    return register


def registers() -> dict[str, Register]:
    """All tracked registers by name, in order of name."""
    return dict(sorted(_registers.items()))


@contextmanager
def heard() -> Iterator[list[Record]]:
    """The records that `save` and `delete` write inside the block, in order: what one change of settings consists of."""
    found: list[Record] = []
    token = _heard.set(found)
    try:
        yield found
    finally:
        _heard.reset(token)


@transaction.atomic
def save(row: models.Model, by: str, why: str, **options: Any) -> Record:
    """Save the row (`options` go to ``Model.save``) and record what the database now holds.

    `by` is the person's id (Actor.person), never a name: it stands in the body, which is never erased.
    """
    register = _register_of(row)
    if options == {"force_insert": True} and _unheard(type(row)):
        statements.insert(row)
    else:
        row.save(**options)
    key = row.pk if isinstance(row.pk, UUID) else UUID(str(row.pk))
    ((_, *values),) = _stored(type(row), register)(key)
    text = _text(register, type(row), values)
    return _tell(chain.append(KIND, register.chain_of(key), {"act": "save", "by": by}, _payload(text, why)))


@cache
def _unheard(model: type[models.Model]) -> bool:
    """Nobody hears of a new row of this model, and it has no ``save`` of its own: it may go in by a kept statement."""
    heard = pre_save.has_listeners(model) or post_save.has_listeners(model)
    return not heard and model.save is models.Model.save


@cache
def _stored(model: type[models.Model], register: Register) -> Callable[[UUID], list[tuple[Any, ...]]]:
    """The query for what one row of a register now holds."""
    names = [model._meta.get_field(name).attname for name in register.fields]  # type: ignore[union-attr]

    @statements.kept
    def values(key: UUID) -> models.QuerySet[Any]:
        return model._base_manager.filter(pk=key).values_list("pk", *names)

    return values


@transaction.atomic
def delete(row: models.Model, by: str, why: str) -> Record:
    """Delete the row and record that it is gone. No other tracked row may be cascaded away with it."""
    link = _chain_of(row)
    row.delete()
    return _tell(chain.append(KIND, link, {"act": "delete", "by": by}, {"why": why}))


def adopt(rows: Iterable[models.Model], by: str, why: str) -> int:
    """Take saved rows (of any tracked models) onto the record in bulk: seeds, imports, changed field lists.

    Also works in migrations, with historical models. Returns the number of rows; LookupError when one of them is not
    saved. Not for rows that others are saving at the same moment: a clash on a chain is raised as IntegrityError.
    """
    count, rest = 0, iter(rows)
    while batch := list(islice(rest, BATCH)):
        for model in dict.fromkeys(type(row) for row in batch):
            _adopt(model, [row for row in batch if type(row) is model], by, why)
        count += len(batch)
    return count


def history(row: models.Model) -> list[Change]:
    """Everything that was done to a row, oldest first."""
    records = list(Record.objects.filter(chain=_chain_of(row)).order_by("seq"))
    payloads = chain.read_many(records)
    return [_change(record, payloads.get(record.id, {})) for record in records]


def row_of(link: str) -> models.Model | None:
    """The row that a chain belongs to; None when it is gone. LookupError for a chain of no tracked register."""
    name, _, key = link.removeprefix(ROWS).rpartition(":")
    if name not in _registers:
        raise LookupError(f"{link} is no chain of a tracked row")
    return _registers[name].model._base_manager.filter(pk=UUID(key)).first()


def put_back(row: models.Model, fields: dict[str, Any]) -> None:
    """Give an unsaved row the values that a record of it holds (`Change.fields`); the caller saves it."""
    for name in _register_of(row).fields:
        field = row._meta.get_field(name)
        column = getattr(field, "target_field", field)
        value = fields[name] if name in fields else field.get_default()  # younger than the record: blank then
        setattr(row, field.attname, None if value is None else column.to_python(value))


def texts(register: Register, rows: models.QuerySet[Any], stream: bool = False) -> Iterator[tuple[UUID, str]]:
    """(key, canonical text of the tracked fields as stored) for rows of the register, in their order."""
    fields = [rows.model._meta.get_field(name) for name in register.fields]
    found = rows.values_list("pk", *(field.attname for field in fields))
    for key, *values in found.iterator(chunk_size=BATCH) if stream else found:
        yield key, _text(register, rows.model, values)


def _text(register: Register, model: type[models.Model], values: Sequence[Any]) -> str:
    fields = map(model._meta.get_field, register.fields)
    stored = (field.get_prep_value(value) for field, value in zip(fields, values, strict=True))
    return canonical(dict(zip(register.fields, stored, strict=True)))


def _tell(record: Record) -> Record:
    listening = _heard.get()
    if listening is not None:
        listening.append(record)
    return record


def _register_of(row: models.Model) -> Register:
    label = row._meta.label_lower
    for register in _registers.values():
        if register.model._meta.label_lower == label:
            return register
    raise LookupError(f"{label} is not tracked: call tracked.track where the model is defined")


def _chain_of(row: models.Model) -> str:
    return _register_of(row).chain_of(row.pk if isinstance(row.pk, UUID) else UUID(str(row.pk)))


@transaction.atomic
def _adopt(model: type[models.Model], rows: Sequence[models.Model], by: str, why: str) -> None:
    register, at = _register_of(rows[0]), clock.now()
    keys = {row.pk for row in rows}
    found = list(texts(register, model._base_manager.filter(pk__in=keys)))
    if len(found) != len(keys):
        raise LookupError(f"{len(keys) - len(found)} rows of {register.name} are not saved: save them first")
    tails = _tails([register.chain_of(key) for key, _ in found])
    records: list[Record] = []
    payloads: list[Payload] = []
    for key, text in found:
        link = register.chain_of(key)
        seq, prev = tails.get(link, (0, ""))
        body, payload = {"act": "adopt", "by": by}, _payload(text, why)
        record, content = chain.build(Record, link, seq + 1, prev, at, body, payload, kind=KIND)
        records.append(record)
        payloads += [content] if content else []
    Record.objects.bulk_create(records, batch_size=BATCH)
    Payload.objects.bulk_create(payloads, batch_size=BATCH)


def _tails(chains: list[str]) -> dict[str, tuple[int, str]]:
    links = Record.objects.filter(chain__in=chains).order_by("chain", "seq")
    return {name: (seq, hash) for name, seq, hash in links.values_list("chain", "seq", "hash")}


def _payload(text: str, why: str) -> dict[str, object]:
    return {"row": loads(text), "why": why}


def _change(record: Record, payload: dict[str, Any]) -> Change:
    body = loads(record.body)
    return Change(record.at, body["act"], body["by"], payload.get("why", ""), payload.get("row"))
