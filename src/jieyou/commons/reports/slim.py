"""A copy of a .xlsx file that holds only some of its rows, all else (columns, widths, styles, other sheets) as it was.

Pure. The rows' XML is copied, not read and written anew, so nothing about them is lost, and memory stays flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename, dirname, join
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jieyou.commons.reports.xlsx import Sheet, Xlsx, pieces

_NUMBER = re.compile(rb"(<(?:\w+:)?row\b[^>]*?\sr=\")(\d+)(\")")
_CELL = re.compile(rb"(<(?:\w+:)?c\s(?:[^>]*?\s)?r=\"[A-Za-z]+)\d+(\")")
_SHARED = re.compile(rb"\st=\"s\"[^>]*>\s*<(?:\w+:)?v>\s*(\d+)\s*<")
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"[A-Za-z]+(\d+):[A-Za-z]+(\d+)\"[^>]*?(?:/>|></[^>]*>)"
)
_NO_MERGES = re.compile(rb"<((?:\w+:)?)mergeCells[^>]*>\s*</(?:\w+:)?mergeCells>")
#: What points at cells by their old numbers, or at a part that is not copied.
_POINTERS = re.compile(
    rb"<((?:\w+:)?)hyperlinks\b.*?</\1hyperlinks>|<(?:\w+:)?legacyDrawing\s[^>]*?/>"
    rb"|<((?:\w+:)?)rowBreaks\b.*?</\2rowBreaks>",
    re.DOTALL,
)
_COMMENTS = re.compile(
    rb"<Relationship\s[^>]*?Type=\"[^\"]*?/(?:comments|vmlDrawing|threadedComment)\"[^>]*?/>"
)


@dataclass(frozen=True)
class Kept:
    """What stays of one sheet: everything down to ``header``, and below it these rows, closed up in this order."""

    header: int
    rows: tuple[int, ...]

    @property
    def moved(self) -> dict[int, int]:
        """Old row number → new one."""
        return {old: self.header + place for place, old in enumerate(self.rows, 1)}


def copy(source: Path, target: IO[bytes], kept: Mapping[str, Kept]) -> None:
    """Write the slim copy. ``kept``: by the name of a sheet; sheets that are not named stay whole."""
    book = Xlsx(ZipFile(source))
    try:
        slimmed = {sheet.part: (sheet, kept[sheet.name]) for sheet in book.sheets if sheet.name in kept}
        strings = book.related(book.part, "sharedStrings")
        used = _used(book, slimmed) if strings else frozenset()
        relations = {join(dirname(part), "_rels", f"{basename(part)}.rels") for part in slimmed}
        with ZipFile(target, "w", ZIP_DEFLATED) as out:
            for info in book.archive.infolist():
                with book.archive.open(info) as stream, out.open(ZipInfo(info.filename), "w") as into:
                    if info.filename in slimmed:
                        _write(into, _rows(stream, slimmed[info.filename][1]))
                    elif info.filename in strings:
                        _write(into, _strings(stream, used))
                    elif info.filename in relations:
                        into.write(_COMMENTS.sub(b"", stream.read()))
                    else:
                        _write(into, iter(lambda s=stream: s.read(1 << 18), b""))
    finally:
        book.close()


def _write(into: IO[bytes], parts: Iterable[bytes]) -> None:
    for part in parts:
        into.write(part)


def _rows(stream: IO[bytes], kept: Kept) -> Iterable[bytes]:
    moved, number, rest = kept.moved, 0, bytearray()
    for is_row, piece in pieces(stream, b"row"):
        if not is_row:
            rest += piece
            continue
        if rest:
            yield _around(bytes(rest), kept.header)
            rest.clear()
        number = _number(piece, number)
        if number <= kept.header:
            yield piece
        elif number in moved:
            yield _renumbered(piece, moved[number])
    yield _around(bytes(rest), kept.header)


def _number(piece: bytes, before: int) -> int:
    found = _NUMBER.match(piece)
    return int(found[2]) if found else before + 1


def _renumbered(piece: bytes, number: int) -> bytes:
    new = str(number).encode()
    piece = _NUMBER.sub(rb"\g<1>" + new + rb"\3", piece, count=1)
    return _CELL.sub(rb"\g<1>" + new + rb"\2", piece)


def _around(xml: bytes, header: int) -> bytes:
    """What stands around the rows, without pointers into them."""
    xml = _POINTERS.sub(b"", xml)
    xml = _MERGE.sub(lambda m: m[0] if max(int(m[1]), int(m[2])) <= header else b"", xml)
    return _NO_MERGES.sub(b"", xml)


def _strings(stream: IO[bytes], used: frozenset[int]) -> Iterable[bytes]:
    number = 0
    for is_item, piece in pieces(stream, b"si"):
        if is_item:
            prefix = piece[1 : piece.index(b"si")]
            yield piece if number in used else b"<%ssi><%st/></%ssi>" % (prefix, prefix, prefix)
            number += 1
        else:
            yield piece


def _used(book: Xlsx, slimmed: Mapping[str, tuple[Sheet, Kept]]) -> frozenset[int]:
    """Numbers of the shared texts that the kept rows speak of."""
    used: set[int] = set()
    for sheet in book.sheets:
        kept = slimmed[sheet.part][1] if sheet.part in slimmed else None
        wanted, number = set(kept.rows) if kept else set(), 0
        with book.archive.open(sheet.part) as stream:
            for is_row, piece in pieces(stream, b"row"):
                if is_row:
                    number = _number(piece, number)
                    if kept is None or number <= kept.header or number in wanted:
                        used.update(int(n) for n in _SHARED.findall(piece))
    return frozenset(used)
