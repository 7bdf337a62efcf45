"""The rows of a running ledger as items: cells merged downwards are filled, rows of one item are put together, totals and
notes left out. Opened with the reader of :mod:`jieyou.commons.reports.workbook`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from jieyou.commons.backfill import headings
from jieyou.commons.backfill.headings import Heading
from jieyou.commons.backfill.mapping import Mapping, SheetMap
from jieyou.commons.reports.checking import text
from jieyou.commons.reports.columns import Header
from jieyou.commons.reports.workbook import DAYS_1904, Table, Workbook

_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)")
_NOTE = re.compile(r"(?:备\s*注|说\s*明|注|填表说明|填报人|填报单位|填表人|审核人|制表人?|联系人)\s*[:：]")
MOST_ROWS = 200_000


@dataclass
class Line:
    """One item: its first row, the rows it spans, and by field what its cells say (``units``, ``told``: several)."""

    sheet: str
    rows: list[int]
    cells: dict[str, Any]
    told: dict[str, str] = field(default_factory=dict)
    more: dict[str, list[str]] = field(default_factory=dict)

    @property
    def row(self) -> int:
        return self.rows[0]

    def words(self, key: str) -> str:
        """The text of a field; what the further rows of the item add stands below."""
        return "\n".join([w for w in (text(self.cells.get(key)), *self.more.get(key, [])) if w])


class Ledger(Workbook):
    """An open workbook whose sheets are read as a mapping says (without one: as they look)."""

    def __init__(self, path: Path, mapping: Mapping | None = None) -> None:
        self.mapping = mapping
        super().__init__(
            path, self._heading, "没有一张工作表看得出表头：要有“事项名称”“反映内容”或“会议次数”这样的列"
        )

    def heading(self, table: Table, top: int = 0, deep: int = 1) -> Heading | None:
        """The heading of a sheet, as told or as it looks."""
        first = list(islice(table.rows(), headings.LOOKED_AT + 2))
        return headings.at(first, table.merges, top, deep) if top else headings.find(first, table.merges)

    def lines(self) -> Iterator[Line]:
        """Every item of the sheets that the mapping takes."""
        with self.guarded():
            for sheet in self.mapping.sheets if self.mapping else ():
                if sheet.take and sheet.name in self.tables:
                    yield from self._lines(self.tables[sheet.name], sheet)

    def samples(self, sheet: str, bottom: int, many: int = 3) -> list[list[str]]:
        """The first filled rows below a heading, as text."""
        table = self.tables[sheet]
        rows = (cells for number, cells, _ in self._filled(table, bottom) if any(text(c) for c in cells))
        with self.guarded():
            return [[text(cell) for cell in cells] for cells in islice(rows, many)]

    def _heading(self, table: Table) -> Header | None:
        told = self.mapping.sheet(table.name) if self.mapping else None
        if told is not None:
            at = {
                key: column for column, key in enumerate(told.columns) if key and key not in ("told", "line")
            }
            return Header(table.name, told.bottom, at, tuple(told.titles))
        found = self.heading(table) if self.mapping is None else None
        if found is None:
            return None
        at = {key: column for column, key in enumerate(found.fields()) if key and key not in ("told", "line")}
        return Header(table.name, found.bottom, at, found.titles)

    def _lines(self, table: Table, sheet: SheetMap) -> Iterator[Line]:
        last: Line | None = None
        for number, cells, filled in self._filled(table, sheet.bottom):
            line = self._line(sheet, number, cells)
            if line is None:
                continue
            if last is not None and _continues(line, last, sheet, filled):
                _add(last, line)
                continue
            if last is not None:
                yield last
            last = line
        if last is not None:
            yield last

    def _line(self, sheet: SheetMap, number: int, cells: Sequence[Any]) -> Line | None:
        if number <= sheet.bottom or not any(text(cell) for cell in cells):
            return None
        line = Line(sheet.name, [number], {})
        for column, key in enumerate(sheet.columns):
            value = cells[column] if column < len(cells) else None
            if key == "told" and text(value):
                line.told[sheet.titles[column]] = text(value)
            elif key and key != "told":
                line.cells[key] = (
                    self._shifted(value) if key in ("told_at", "held_on", "due", "ended_on") else value
                )
        return None if is_no_item(line, [text(cell) for cell in cells], sheet) else line

    def _shifted(self, value: Any) -> Any:
        return value + DAYS_1904 if self.date1904 and type(value) is float else value

    def _filled(self, table: Table, bottom: int) -> Iterator[tuple[int, list[Any], set[int]]]:
        """``(row, cells, columns filled from above)``: a cell merged downwards speaks for every row that it spans."""
        down = {(m.top, m.left): m.bottom for m in table.merges if m.bottom > m.top and m.top > bottom}
        running: dict[int, tuple[int, Any]] = {}
        for number, cells in islice(table.rows(), MOST_ROWS):
            line, filled = list(cells), set[int]()
            for column in [c for c, (last, _) in running.items() if number > last]:
                del running[column]
            for column, (_, value) in running.items():
                line += [None] * (column + 1 - len(line))
                line[column] = value
                filled.add(column)
            for column in range(len(line)):
                if (number, column) in down:
                    running[column] = (down[number, column], line[column])
            if number > bottom:
                yield number, line, filled


def is_no_item(line: Line, cells: list[str], sheet: SheetMap) -> bool:
    """A total, a note below the table, the heading once more on a printed page."""
    first = next((cell for cell in cells if cell), "")
    filled = [cell for cell in cells if cell]
    if _TOTAL.match(first) and not text(line.cells.get("words")) and len(first) < 12:
        return True
    if _NOTE.match(first) and len(set(filled)) <= 2:
        return True
    again = sum(1 for title, cell in zip(sheet.titles, cells, strict=False) if cell and cell == title)
    if again >= 2 and again * 2 >= len(filled):
        return True
    told = [text(line.cells.get(key)) for key in ("title", "words", "seq_no")]
    return not any(told) and len(set(filled)) <= 1


def _continues(line: Line, last: Line, sheet: SheetMap, filled: set[int]) -> bool:
    """Further rows of one item: its title is one merged cell, or stands there again without a number of its own."""
    at = {key: column for column, key in enumerate(sheet.columns)}
    key = "title" if "title" in at else "words" if "words" in at else ""
    if not key or not text(line.cells.get(key)) or text(line.cells.get(key)) != text(last.cells.get(key)):
        return False
    own = [at[one] for one in ("line", "number", "words", "title") if one in at]
    if at[key] in filled:
        return all(column in filled or not text(line.cells.get(sheet.columns[column])) for column in own)
    return not any(text(line.cells.get(one)) for one in ("line", "number")) and (
        "line" in at or "number" in at
    )


def _add(last: Line, line: Line) -> None:
    last.rows.append(line.row)
    for key, value in line.cells.items():
        said = text(value)
        if said and said != text(last.cells.get(key)) and said not in last.more.get(key, []):
            if text(last.cells.get(key)):
                last.more.setdefault(key, []).append(said)
            else:
                last.cells[key] = value
    for title, said in line.told.items():
        if said not in last.told.get(title, ""):
            last.told[title] = "\n".join(filter(None, (last.told.get(title, ""), said)))
