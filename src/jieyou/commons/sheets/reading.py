"""Somebody's workbook as rows of a register: which column is which, cells as answers, places by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from jieyou.commons.reports import columns, moments
from jieyou.commons.reports.columns import Header
from jieyou.commons.reports.whereabouts import Whereabouts
from jieyou.commons.reports.workbook import Row, Table, Workbook
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import options
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.register import asking
from jieyou.kernel.register.declare import Part, Register, reach

#: Columns that say where a row lies, the widest first.
PLACES = {
    "place.county": ("县区", "县（市、区）", "县", "区县", "所属县区"),
    "place.township": ("乡镇街道", "乡镇（街道）", "镇街", "街道", "乡镇", "所属街道", "所属镇街"),
    "place.village": ("村社区", "村（社区）", "社区", "村", "所属社区", "报到社区", "所在社区"),
    "place": ("辖区", "所在辖区", "所属辖区", "区划", "区划代码"),
}
#: The column by which a row that went out is known again: its key and its turn.
KEY, KEY_TITLE = "row.key", "台账行号"
TITLES = {"place.county": "县区", "place.township": "乡镇街道", "place.village": "村社区"}

_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)


def headings(register: Register) -> dict[str, tuple[str, ...]]:
    """Name of an ask (or of a place) → the headings it may have, plain."""
    found = {**PLACES, KEY: (KEY_TITLE,)}
    for one in register.columns:
        if isinstance(one, Part):
            for whole, ask in zip(asking.part_asks(one), one.asks, strict=True):
                found[whole.name] = (whole.label, ask.label)
        else:
            found[one.name] = (register.label(one), *one.also)
    return {key: tuple(columns.plain(name) for name in names) for key, names in found.items()}


def opened(register: Register, path: Path) -> Workbook:
    """The workbook with the sheets that are of this register. Raises ``NotAWorkbook``."""
    need = asking.asks(register)[0].label
    missing = f"没有找到表头：前 {columns.LOOKED_AT} 行里要有“{need}”这一列，列名照空白表写"
    return Workbook(path, partial(_header, headings(register), asking.asks(register)[0].name), missing)


def _header(names: dict[str, tuple[str, ...]], need: str, table: Table) -> Header | None:
    rows = islice(table.rows(), columns.LOOKED_AT)
    found = [_one(names, table.name, number, cells) for number, cells in rows]
    fit = [header for header in found if need in header.at]
    return max(fit, key=lambda header: (len(header.at), -header.row), default=None)


def _one(names: dict[str, tuple[str, ...]], sheet: str, number: int, cells: Any) -> Header:
    titles = tuple(str(cell).strip() if isinstance(cell, str) else "" for cell in cells)
    plain = [columns.plain(title) for title in titles]
    at = {
        key: plain.index(name) for key, called in names.items() for name in reversed(called) if name in plain
    }
    return Header(sheet, number, at, titles)


@dataclass
class Reader:
    """Makes rows of a register out of rows of a workbook, for one actor."""

    register: Register
    actor: Actor

    def __post_init__(self) -> None:
        self.tops = [tree.by_code(code) for code in reach(self.actor, self.register.keepers)]
        places = {place.pk: place for top in self.tops for place in tree.under(top)}
        self._places = {place.code: place for place in places.values()}
        self._named = Whereabouts((place, place.name, place.code) for place in places.values())
        self._asks = asking.asks(self.register)
        self._hints = [one.name for one in self.register.plain if one.places]

    def values(self, row: Row) -> dict[str, Any]:
        """Cleaned values. :class:`Refused` with one sentence per wrong cell."""
        raw, errors = {}, {}
        for ask in self._asks:
            try:
                raw[ask.name] = answer(ask, row.cells.get(ask.name))
            except Refused as no:
                errors[ask.name] = no.sentence
        try:
            values = asking.clean(self.register, raw | {"place": row.cells}, self.place)
        except Refused as no:
            raise Refused("", errors={**no.errors, **errors}) from None
        if errors:
            raise Refused("；".join(errors.values()), errors=errors)
        return values

    def name_of(self, code: str) -> str:
        """What a place of the actor's is called, as a workbook that goes out says it."""
        found = self._places.get(code)
        return found.name if found else ""

    def place(self, cells: Any) -> Place:
        """Where a row lies by its cells. Raises :class:`Refused`."""
        said = [text(cells.get(key)) for key in PLACES if cells.get(key) is not None]
        said = said or [text(cells.get(key)) for key in self._hints if cells.get(key) is not None]
        found = self._places.get("".join(said)) or self._named.at("".join(said))
        if found is None and len(self.tops) == 1 and self.tops[0].level in ("village", "township"):
            return self.tops[0]
        if found is None:
            raise Refused(
                f"认不出辖区“{'、'.join(said)}”，请写清县区、乡镇街道、村社区"
                if said
                else "请写明辖区：县区、乡镇街道、村社区"
            )
        return found


def answer(ask: Ask, cell: Any) -> Any:
    """A cell as a form would have it."""
    if cell is None:
        return ""
    return _READ.get(ask.kind, lambda _, said: text(said))(ask, cell)


def _choice(ask: Ask, cell: Any) -> str:
    said, pairs = text(cell), options.of(ask)
    exact = [value for value, words in pairs if said in (words, value)]
    near = [value for value, words in pairs if said and (said in words or words.split("（")[0] in said)]
    return (exact or near)[0] if exact or len(near) == 1 else said


def _day(ask: Ask, cell: Any) -> Any:
    try:
        moment = moments.read(cell)
    except ValueError:
        raise Refused(f"{ask.label}“{text(cell)}”不是日期，请写成 2026-11-23 这样") from None
    return clock.local(moment) if moment else ""


def _yes(_: Ask, cell: Any) -> bool:
    return text(cell) in ("是", "√", "✓", "同意", "有", "1", "true", "True", "TRUE")


_READ: dict[str, Callable[[Ask, Any], Any]] = {"choice": _choice, "day": _day, "yes": _yes}


def keyed(key: UUID, turn: int) -> str:
    """What stands in the column of keys."""
    return f"{key.hex}-{turn}"


def key_of(cell: Any) -> tuple[UUID, int]:
    """Key and turn of a row that went out. Raises :class:`Refused`."""
    key, _, turn = text(cell).partition("-")
    if not (_HEX.fullmatch(key) and turn.isascii() and turn.isdecimal() and len(turn) < 7):
        raise Refused("台账行号不对，请照导出的表格填；要新登记一行，把这一格空着", KEY)
    return UUID(key), int(turn)


def text(cell: Any) -> str:
    """What stands in a cell, as one line."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def chunks(book: Workbook, size: int) -> Iterator[list[Row]]:
    """The rows, some at a time."""
    rows = book.rows()
    while found := list(islice(rows, size)):
        yield found
