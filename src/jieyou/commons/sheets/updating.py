"""Rows that went out in a workbook come back in it: unchanged ones are left alone, changed cells are put right, and a row
that somebody else has changed since it went out is never overwritten: it goes back with both versions told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from jieyou.commons.reports.workbook import Row
from jieyou.commons.sheets.reading import KEY, PLACES, Reader, answer, key_of, keyed, text
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.register import asking, keeping, listing
from jieyou.kernel.register.declare import Column, Part, Register

TWICE = "这一行在表里出现了两次，请只留一行"
GONE = "这一行已经移出台账；要恢复，请在台账里打开它撤销移出"
NO_TURN = "台账行号不对，请照导出的表格填；要新登记一行，把这一格空着"
EMPTY = "（空）"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a workbook changes in one row."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Edit:
    """A row to put right. ``values``: all of them, clean; ``turn``: how it stood when it was judged."""

    source: Row
    row: Any
    turn: int
    name: str
    values: dict[str, Any]
    cells: list[Cell]

    @property
    def sheet(self) -> str:
        return self.source.sheet

    @property
    def number(self) -> int:
        return self.source.number


@dataclass
class Judged:
    """Of some rows with a key. ``new``: keys that this register never had (a workbook of another city); ``wrong``: sentences
    by column; ``put``: what the returned workbook says instead."""

    edits: list[Edit] = field(default_factory=list)
    same: int = 0
    new: list[Row] = field(default_factory=list)
    wrong: list[tuple[Row, dict[str, str], dict[str, str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the clerk changed in a row (column → value), what is wrong with it, and whether people are filled in."""

    mine: dict[str, Any]
    errors: dict[str, str]
    people: dict[str, str]


def judge(reader: Reader, rows: list[Row], seen: set[str]) -> Judged:
    """Inside a transaction that is rolled back, or in which the edits are taken. Five queries, and some per changed row."""
    found, said = Judged(), dict[UUID, tuple[Row, int]]()
    for row in rows:
        try:
            key, turn = key_of(row.cells[KEY])
            if key.hex in seen:
                raise Refused(TWICE)
        except Refused as no:
            found.wrong.append((row, {KEY: no.sentence}, {}))
        else:
            seen.add(key.hex)
            said[key] = row, turn
    held = _held(reader.register, said)
    now = keeping.turns(list(held.values()))
    stale = {key: turn for key, (_, turn) in said.items() if key in held and turn != now[key]}
    then = keeping.as_of(reader.register, stale)
    for key, (row, turn) in said.items():
        if key not in held:
            found.new.append(row)
        else:
            _one(reader, found, row, held[key], now[key], then.get(key) if turn != now[key] else held[key])
    return found


def take(register: Register, edits: list[Edit], reader: Reader, why: str) -> tuple[dict[UUID, int], list[tuple[Row, Refused]]]:  # fmt: skip
    """Put the rows right, each by the door that a hand uses: key → its turn now; and those that could not be after all."""
    done, wrong = dict[UUID, int](), list[tuple[Row, Refused]]()
    for one in edits:
        try:
            with transaction.atomic():
                fresh = _held(register, [one.row.pk])[one.row.pk]
                if keeping.turn(fresh) != one.turn:
                    raise Refused("刚刚有人改过这一行，请重新导出再改")
                keeping.rewrite(register, fresh, one.values, reader.actor, why)
        except Refused as no:
            wrong.append((one.source, no))
        else:
            done[one.row.pk] = one.turn + 1
    return done, wrong


def _held(register: Register, keys: Any) -> dict[UUID, Any]:
    related = ("place", *(part.name for part in register.parts))
    return register.model.objects.select_related(*related).in_bulk(list(keys))


def _one(reader: Reader, found: Judged, row: Row, held: Any, turn: int, base: Any) -> None:
    """``base``: the row as it went out; ``None`` when nobody can say any more."""
    register = reader.register
    try:
        if held.until is not None:
            raise Refused(GONE, KEY)
        if base is None:
            raise Refused(NO_TURN, KEY)
        read = _read(reader, row, base)
        if _moved(register, base, held) and (read.mine or read.people or read.errors):
            _clash(register, found, row, held, turn, base, read)
        elif read.errors:
            raise Refused("", errors=read.errors)
        else:
            _edit(reader, found, row, held, turn, read)
    except Refused as no:
        found.wrong.append((row, dict(no.errors) or {KEY: no.sentence}, {}))


def _moved(register: Register, base: Any, held: Any) -> bool:
    """Does the row say something else than when it went out? Not if what was changed has been taken back."""
    names = [one.name for one in register.plain] + [
        "place_id",
        *(f"{part.name}_id" for part in register.parts),
    ]
    return any(getattr(base, name) != getattr(held, name) for name in names)


def _read(reader: Reader, row: Row, base: Any) -> _Read:
    mine, errors, people = dict[str, Any](), dict[str, str](), dict[str, str]()
    for one in reader.register.columns:
        if isinstance(one, Part):
            people |= _people(one, row, base)
        elif one.name in row.cells and text(row.cells[one.name]) != text(reader.register.words(base, one)):
            try:
                value = _value(reader.register, one, row)
            except Refused as no:
                errors[one.name] = no.sentence
            else:
                if value != getattr(base, one.name):
                    mine[one.name] = value
    try:
        place = _place(reader, row, base)
    except Refused as no:
        errors["place"] = no.sentence
    else:
        if place.pk != base.place_id:
            mine["place"] = place
    return _Read(mine, errors, people)


def _value(register: Register, column: Column, row: Row) -> Any:
    ask = asking.ask(register, column)
    value = answers.clean_one(ask, answer(ask, row.cells[column.name]))
    return column.check(value) if column.check and value not in (None, "") else value


def _people(part: Part, row: Row, base: Any) -> dict[str, str]:
    """Answers about a person, where something is written that the list does not show anyway."""
    held = getattr(base, part.name)
    shown = {str(held), *part.filled(held).values()} if held else set[str]()
    asks = zip(asking.part_asks(part), part.asks, strict=True)
    said = {whole.name: text(row.cells.get(whole.name)) for whole, _ in asks}
    return {name: words for name, words in said.items() if words and words not in shown}


def _place(reader: Reader, row: Row, base: Any) -> Place:
    """Where the row lies by its cells; blank or as it went out: where it lay."""
    place = base.place if base.place_id else None
    said = {key: text(row.cells.get(key)) for key in PLACES if key in row.cells}
    if place is not None and (not any(said.values()) or said == _told(reader, place, said)):
        return place
    return reader.place(row.cells)


def _told(reader: Reader, place: Place, said: Mapping[str, str]) -> dict[str, str]:
    levels = tree.levels_of(place)
    names = {f"place.{level}": reader.name_of(levels[column]) for level, column in _LEVELS.items()}
    return {key: names.get(key, "") for key in said}


_LEVELS = {"county": "l3", "township": "l4", "village": "l5"}


def _edit(reader: Reader, found: Judged, row: Row, held: Any, turn: int, read: _Read) -> None:
    """The row as it would be; what is different then is shown."""
    register = reader.register
    if not read.mine and not read.people:
        found.same += 1
        return
    standing = keeping.held_by(register, held) | read.mine
    values = asking.clean(register, read.people, held=held, standing=standing)
    before = _shown(register, held)
    with transaction.atomic():
        keeping.fill(register, held, values, reader.actor, "导入")
    after = _shown(register, held)
    cells = [Cell(label, before[label] or EMPTY, after[label] or EMPTY) for label in after if before[label] != after[label]]  # fmt: skip
    if cells:
        found.edits.append(Edit(row, held, turn, listing.name_of(register, held), values, cells))
    else:
        found.same += 1


def _shown(register: Register, row: Any) -> dict[str, str]:
    """Label → words of everything a workbook can change; people masked, as they stand in the list."""
    found = {register.label(one): register.words(row, one) for one in register.plain}
    for part in register.parts:
        held = getattr(row, part.name)
        found[part.label] = "，".join(words for words in part.filled(held).values() if words) if held else ""
    return found | {"辖区": str(row.place)}


def _clash(register: Register, found: Judged, row: Row, held: Any, turn: int, base: Any, read: _Read) -> None:
    """Somebody else was quicker. Cells that only he changed are brought up to date in what goes back; where both did, both
    versions are told; the key in it is today's, so that it can come in once the clerk has decided."""
    wrong, put = dict(read.errors), {KEY: keyed(held.pk, turn)}
    for column in register.plain:
        was, now = register.words(base, column), register.words(held, column)
        if column.name not in row.cells or was == now or read.mine.get(column.name, ...) == getattr(held, column.name):  # fmt: skip
            continue
        if column.name in read.mine or column.name in read.errors:
            wrong[column.name] = f"导出以后有人改成了“{now or EMPTY}”，您写的是“{text(row.cells[column.name]) or EMPTY}”，请定下用哪个"  # fmt: skip
        else:
            wrong[column.name] = f"导出以后有人从“{was or EMPTY}”改成了“{now or EMPTY}”，这里已经换成现在的"
            put[column.name] = now
    if all(read.mine[name] == getattr(held, name) for name in read.mine) and not (read.errors or read.people):
        found.same += 1  # both wrote the same
        return
    wrong.setdefault(KEY, "导出以后有人改过这一行，请核对后再传；行号已经换成现在的")
    found.wrong.append((row, wrong, put))
