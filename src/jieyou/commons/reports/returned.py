"""Rows to mend go back in the same workbook: wrong cells red with a comment, and a last column that says it. No Django.

A .xlsx keeps its sheets, columns, widths and styles; of any other kind of file a .xlsx is made.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jieyou.commons.reports import slim
from jieyou.commons.reports.columns import OWN, TO_MEND, Header
from jieyou.commons.reports.slim import Kept
from jieyou.commons.reports.workbook import Workbook, merged

log = logging.getLogger(__name__)
RED = "FFFFC7CE"
AUTHOR = "解忧"
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A row to mend: where it is, and column (0 is the first) → sentence; ``put``: column → what stands there instead."""

    sheet: str
    row: int
    wrong: Mapping[int, str] = field(default_factory=dict)
    put: Mapping[int, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return "；".join(self.wrong.values())


def write(
    source: Path, marks: Iterable[Mark], target: Path, opened: Callable[[Path], Workbook] = Workbook
) -> int:
    """Write the workbook of the marked rows; returns how many there are (none: only headers).

    ``opened``: reads the file where its headers are not those of residents' messages.
    """
    with opened(source) as book:
        rows: dict[str, list[Mark]] = {name: [] for name in book.headers}
        for mark in marks:
            rows[mark.sheet].append(mark)
        kept = {n: Kept(book.headers[n].row, tuple(sorted(m.row for m in ms))) for n, ms in rows.items()}
        out = _same(book, kept) or _new(book, kept)
        for name, header in book.headers.items():
            _mark(out[name], header, kept[name], rows[name])
    target.parent.mkdir(parents=True, exist_ok=True)
    out.save(target)
    return sum(len(ms) for ms in rows.values())


def _same(book: Workbook, kept: Mapping[str, Kept]) -> openpyxl.Workbook | None:
    """The workbook itself, slim; ``None`` where it is no .xlsx, or one that openpyxl cannot read though we can."""
    if book.kind != "xlsx":
        return None
    with tempfile.TemporaryFile() as thin:
        slim.copy(book.path, thin, kept)
        thin.seek(0)
        try:
            out = openpyxl.load_workbook(thin, data_only=True)
        except (
            Exception
        ):  # it raises whatever it stumbles over; the rows go back all the same, without their layout
            log.warning("%s goes back without its layout", book.path.name, exc_info=True)
            return None
    if not set(kept) <= set(out.sheetnames):
        return None
    for name, header in book.headers.items():
        if book.tables[name].merges:
            _unmerge(out[name], book, name, header, kept[name])
    return out


def _unmerge(sheet: Worksheet, book: Workbook, name: str, header: Header, kept: Kept) -> None:
    """Blocks that were merged downwards are whole no more: each row gets the value that stood for it."""
    moved = kept.moved
    for number, cells in _filled(book, name, header):
        if number in moved:
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(moved[number], column)
                if value is not None and cell.value is None:
                    _put(cell, value)


def _new(book: Workbook, kept: Mapping[str, Kept]) -> openpyxl.Workbook:
    out = openpyxl.Workbook()
    out.remove(out.worksheets[0])
    for name, header in book.headers.items():
        sheet, moved = out.create_sheet(name[:31]), kept[name].moved
        sheet.title = name
        for number, cells in _filled(book, name, header):
            to = number if number <= header.row else moved.get(number)
            for column, value in enumerate(cells if to else (), 1):
                if value is not None:
                    _put(sheet.cell(to or 0, column), value)
    return out


def _filled(book: Workbook, name: str, header: Header) -> Iterable[tuple[int, Sequence[Any]]]:
    table = book.tables[name]
    own = {column for key, column in header.at.items() if key in OWN}
    shared = {merge.left for merge in table.merges} - own
    return merged(table.rows(), [m for m in table.merges if m.top > header.row], shared)


def _put(cell: Any, value: Any) -> None:
    """A text that begins with = is a text."""
    if isinstance(value, str):
        cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value)[:32767]
        cell.data_type = "s"
    else:
        cell.value = value


def _mark(sheet: Worksheet, header: Header, kept: Kept, marks: Sequence[Mark]) -> None:
    moved, last = kept.moved, _last_column(sheet, header, kept)
    head = sheet.cell(header.row, last)
    head.value = TO_MEND
    _like(head, sheet.cell(header.row, max(last - 1, 1)))
    sheet.column_dimensions[get_column_letter(last)].width = WIDTH
    for mark in marks:
        number = moved[mark.row]
        sheet.row_dimensions[number].hidden = False
        _clear(sheet, number, last)
        for column, words in mark.put.items():
            _put(sheet.cell(number, column + 1), words)
        for column, sentence in mark.wrong.items():
            cell = sheet.cell(number, column + 1)
            cell.fill = PatternFill("solid", fgColor=RED)
            cell.comment = Comment(sentence, AUTHOR, height=90, width=300)
        said = sheet.cell(number, last)
        said.value, said.alignment = mark.sentence, Alignment(wrap_text=True, vertical="top")


def _last_column(sheet: Worksheet, header: Header, kept: Kept) -> int:
    """The column for our sentences (1 is the first): where it was if the workbook comes back again, else the next free."""
    titles = [str(t).strip() for t in header.titles]
    if TO_MEND in titles:
        return titles.index(TO_MEND) + 1
    used = [len(titles) - next((i for i, t in enumerate(reversed(titles)) if t), 0)]
    for row in sheet.iter_rows(min_row=header.row, max_row=header.row + len(kept.rows), max_col=200):
        used += [cell.column for cell in row if cell.value is not None]
    return max(used) + 1


def _clear(sheet: Worksheet, number: int, last: int) -> None:
    """Take off the red of an earlier time."""
    for column in range(1, last + 1):
        cell = sheet.cell(number, column)
        if isinstance(cell, Cell) and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == RED:
            cell.fill = PatternFill()


def _like(cell: Any, model: Any) -> None:
    if model.has_style:
        cell._style = copy(model._style)
