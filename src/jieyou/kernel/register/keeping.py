"""The doors by which a register changes: one row, many rows, a row leaves, the last change is taken back. All on the record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, tracked
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.register import asking, words
from jieyou.kernel.register.declare import Part, Register, may_keep

NOT_YOURS = "这个辖区的台账不由您登记"
ADDED, CHANGED, TAKEN_OFF, UNDONE = "登记", "更正", "移出台账", "撤销上一次改动"


def turn(row: Any) -> int:
    """How often the row has been written: a form carries it, so that of two people one wins."""
    return turns([row])[row.pk]


def turns(rows: Sequence[Any]) -> dict[UUID, int]:
    """The same of many rows by key, in one query."""
    links = {_link(row): row.pk for row in rows}
    found = Record.objects.filter(chain__in=links).values_list("chain").annotate(Max("seq"))
    return {links[link]: seq for link, seq in found}


def as_of(register: Register, seen: dict[UUID, int]) -> dict[UUID, Any]:
    """Rows by key as they stood at a turn, unsaved; left out: what never was, or has been erased by law. Three queries at most."""
    chains = {_chain(register, key): (key, number) for key, number in seen.items()}
    records = [
        one for one in Record.objects.filter(chain__in=chains) if one.seq == chains[one.chain][1]
    ]  # fmt: skip
    payloads = chain.read_many(records)
    found = {chains[one.chain][0]: payloads.get(one.id, {}).get("row") for one in records}
    return {key: _ghost(register, key, fields) for key, fields in found.items() if fields}


def _ghost(register: Register, key: UUID, fields: dict[str, Any]) -> Any:
    row = register.model(pk=key)
    tracked.put_back(row, fields)
    return row


@transaction.atomic
def add(register: Register, raw: dict[str, Any], actor: Actor, why: str = ADDED) -> Any:
    """A new row. Raises :class:`Refused` with one sentence per wrong answer."""
    row = register.model()
    _fill(register, row, asking.clean(register, raw), actor, why)
    _written(register, row, actor.person, why, force_insert=True)
    words.begin(register, [row])
    _follows(register, [row], actor.person, why)
    return row


@transaction.atomic
def change(
    register: Register, row: Any, raw: dict[str, Any], actor: Actor, why: str = CHANGED, at_turn: int | None = None,
    partly: bool = False,
) -> Any:  # fmt: skip
    """Put a row right. ``at_turn``: what :func:`turn` said when the form was drawn; ``partly``: what is not answered stays.
    Raises :class:`Refused`."""
    _mine(register, row, actor)
    if at_turn is not None and turn(row) != at_turn:
        raise Overtaken
    standing = {name: value for name, value in held_by(register, row).items() if name not in raw}
    values = asking.clean(register, raw, held=row, standing=standing if partly else None)
    return rewrite(register, row, values, actor, why)


def held_by(register: Register, row: Any) -> dict[str, Any]:
    """The values of a row, as :func:`asking.clean` would give them, without its people."""
    return {one.name: getattr(row, one.name) for one in register.plain} | {"place": row.place}


@transaction.atomic
def rewrite(register: Register, row: Any, values: dict[str, Any], actor: Actor, why: str = CHANGED) -> Any:
    """Put a row right with values that are clean already. Raises :class:`Refused`."""
    fill(register, row, values, actor, why)
    return _save(register, row, actor.person, why)


def fill(register: Register, row: Any, values: dict[str, Any], actor: Actor, why: str) -> None:
    """The row as :func:`rewrite` would save it. Inside a transaction. Raises :class:`Refused`."""
    _mine(register, row, actor)
    _fill(register, row, values, actor, why)


@transaction.atomic
def take_off(register: Register, row: Any, actor: Actor, why: str) -> Any:
    """The row leaves the register today; it stays on the record, and :func:`undo` brings it back."""
    _mine(register, row, actor)
    if row.until is not None:
        raise Refused("这一条已经移出台账")
    if not why.strip():
        raise Refused("请写明为什么移出", "why")
    row.until = clock.today()
    return _save(register, row, actor.person, f"{TAKEN_OFF}：{why.strip()}"[:200])


@transaction.atomic
def undo(register: Register, row: Any, actor: Actor) -> Any:
    """Take the last change back; of a row that was only just added: it leaves the register. Raises :class:`Refused`."""
    history = tracked.history(row)
    if history[-1].why == UNDONE:
        raise Refused("上一次改动已经撤销；要再改，请用“修改”")
    return _before(register, row, history, actor, UNDONE)


@transaction.atomic
def undo_many(register: Register, changed: dict[UUID, int], actor: Actor, why: str) -> tuple[int, int]:
    """Rows as they were before the change that was their turn then, but for those that cannot go back, as they have been
    worked on since, or their key is another's now: (gone back, stayed)."""
    back = 0
    for row in register.model.objects.select_related("place").filter(pk__in=changed):
        history = tracked.history(row)
        if len(history) == changed[row.pk]:
            with suppress(Refused), transaction.atomic():
                _before(register, row, history, actor, why)
                back += 1
    return back, len(changed) - back


def _before(register: Register, row: Any, history: list[tracked.Change], actor: Actor, why: str) -> Any:
    """As the row was before its last change; one that was only just added leaves the register."""
    _mine(register, row, actor)
    if len(history) == 1:
        row.until = clock.today()
    elif history[-2].fields is None:
        raise Refused("原来的内容已依法删除，不能撤销")
    else:
        tracked.put_back(row, history[-2].fields)
        _free(register, row)
        _settle(row, Place.objects.get(pk=row.place_id))
    return _save(register, row, actor.person, why)


@transaction.atomic
def add_many(register: Register, rows: Sequence[Any], by: str, why: str) -> None:
    """Rows that were filled by :func:`filled`, in bulk: a workbook, a fill. `audit verify` accepts them like any other."""
    register.model.objects.bulk_create(rows, batch_size=500)
    tracked.adopt(rows, by, why)
    words.begin(register, rows)
    _follows(register, rows, by, why)


def filled(
    register: Register, values: dict[str, Any], actor: Actor, why: str, intake: UUID | None = None
) -> Any:
    """A new row with cleaned values, not saved yet; whether its key is free the caller has found out. Raises :class:`Refused`."""
    row = register.model(intake=intake)
    _fill(register, row, values, actor, why, key_is_free=True)
    return row


@transaction.atomic
def take_back(register: Register, intake: UUID, actor: Actor, why: str) -> tuple[int, int]:
    """All rows of a workbook leave the register, but for those that somebody has worked on since: (gone, stayed)."""
    rows = list(register.model.objects.filter(intake=intake, until=None))
    links = {_link(row): row for row in rows}
    worked = set(Record.objects.filter(chain__in=links, seq__gt=1).values_list("chain", flat=True))
    going = [row for link, row in links.items() if link not in worked]
    today = clock.today()
    for row in going:
        row.until = today
    register.model.objects.bulk_update(going, ["until"], batch_size=500)
    tracked.adopt(going, actor.person, why)
    words.follow(register, going)
    return len(going), len(rows) - len(going)


def _mine(register: Register, row: Any, actor: Actor) -> None:
    if not may_keep(register, actor, row.place.code):
        raise Refused(NOT_YOURS)


def _fill(
    register: Register, row: Any, values: dict[str, Any], actor: Actor, why: str, key_is_free: bool = False
) -> None:  # fmt: skip
    place: Place = values["place"]
    if not may_keep(register, actor, place.code):
        raise Refused(NOT_YOURS, "place")
    for column in register.plain:
        setattr(row, column.name, values[column.name])
    if not key_is_free:
        _free(register, row)
    for part in register.parts:
        _keep_part(row, part, values, actor.person, why)
    _settle(row, place)


def _free(register: Register, row: Any) -> None:
    """No other row has the key."""
    value = getattr(row, register.key) if register.key else ""
    there = register.model.objects.filter(**{register.key: value}, until=None) if value else None
    other = there.exclude(pk=row.pk).select_related("place").first() if there is not None else None
    if other is not None:
        label = register.field(register.key).verbose_name
        raise Refused(
            f"{label}已经登记：{getattr(other, register.name)}（{other.place}），不用重复登记", register.key
        )


def _keep_part(row: Any, part: Part, values: dict[str, Any], by: str, why: str) -> None:
    said = {one.name: values[part.ask_name(one)] for one in part.asks}
    if not any(said.values()) and getattr(row, f"{part.name}_id") is not None:
        return  # unchanged
    try:
        found = part.keep(said, by, why)
    except Refused as no:
        errors = {f"{part.name}-{name}": sentence for name, sentence in no.errors.items()}
        raise Refused(no.sentence, errors=errors) from None
    setattr(row, part.name, found)


def _settle(row: Any, place: Place) -> None:
    row.place = place
    for column, code in tree.levels_of(place).items():
        setattr(row, column, code)


def _save(register: Register, row: Any, by: str, why: str) -> Any:
    _written(register, row, by, why)
    words.follow(register, [row])
    _follows(register, [row], by, why)
    return row


def _written(register: Register, row: Any, by: str, why: str, **options: Any) -> None:
    """Somebody else may have been a moment quicker, with the key or with the row."""
    try:
        tracked.save(row, by, why, **options)
    except IntegrityError as clash:
        raise Refused(f"刚刚有人登记或改过这个{register.noun}，请看一下最新情况再办") from clash


def _follows(register: Register, rows: Sequence[Any], by: str, why: str) -> None:
    if register.kept is not None:
        register.kept(rows, by, why)


def _link(row: Any) -> str:
    return tracked.registers()[row._meta.label_lower].chain_of(row.pk)


def _chain(register: Register, key: UUID) -> str:
    return tracked.registers()[register.model._meta.label_lower].chain_of(key)
