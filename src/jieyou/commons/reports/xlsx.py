"""A .xlsx file read row by row in flat memory. Pure.

Every library at hand keeps the whole sheet or all of its texts in memory (measured, 62 770 rows of messages: calamine
178 MB, 30 MB for a tenth of them). Here a sheet's XML runs through in pieces of one row, and the shared texts lie in a
temporary file with an index of eight bytes each. Source: ECMA-376 part 1, §18.3 (sheets), §18.4 (shared strings).
"""

from __future__ import annotations

import re
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import IO, TypeAlias
from xml.etree import ElementTree
from zipfile import ZipFile

Cell: TypeAlias = "str | float | bool | None"
CHUNK = 1 << 18
LARGEST = 1 << 24
"""Bytes of one row, or of one text: more is no table but an attack."""


class Damaged(ValueError):
    """The file says it is a workbook and cannot be read as one."""


@dataclass(frozen=True)
class Merge:
    """A merged block; rows count from 1, columns from 0; all four ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A worksheet as the workbook lists it. ``filled``: rows that have any value; ``head``: its XML up to the rows."""

    name: str
    part: str
    visible: bool
    filled: int = 0
    head: bytes = b""
    merges: list[Merge] = field(default_factory=list)


class Xlsx:
    """An open .xlsx file. Raises :class:`Damaged`; close it, or use ``with``."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        root = self.related("", "officeDocument")
        if not root:
            raise Damaged("no workbook part")
        self.part = root[0]
        tree = self._xml(self.part)
        self.date1904 = any(
            _local(e.tag) == "workbookPr" and e.get("date1904") in ("1", "true") for e in tree.iter()
        )
        targets = self._targets(self.part)
        listed = [e for e in tree.iter() if _local(e.tag) == "sheet"]
        self.sheets = [s for e in listed if (s := self._sheet(e, targets)) is not None]

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, list[Cell]]]:
        """``(row number, cells)`` of every row that is written down, also of blank ones."""
        number, close = 0, b"</" + _tag_name(sheet.head) + b">"
        with self.archive.open(sheet.part) as stream:
            for is_row, piece in pieces(stream, b"row"):
                if is_row:
                    row = _parse(sheet.head + piece + close)[0]
                    number = int(row.get("r") or number + 1)
                    yield number, self._cells(row)

    def scan(self, sheet: Sheet) -> None:
        """Fill in what stands around the rows: the head, how many rows have values, merged blocks."""
        rest: list[bytes] = []
        sheet.filled = 0
        with self.archive.open(sheet.part) as stream:
            for is_row, piece in pieces(stream, b"row"):
                if is_row:
                    sheet.filled += b"v>" in piece or b"is>" in piece
                else:
                    rest.append(piece)
        sheet.head = _open_root(rest[0]) if rest else b""
        sheet.merges = [_merge(ref) for ref in _MERGE.findall(b"".join(rest))]

    def close(self) -> None:
        self.strings.close()
        self.archive.close()

    @cached_property
    def strings(self) -> Strings:
        """The workbook's shared texts, spooled on first use."""
        spool, parts = Strings(), self.related(self.part, "sharedStrings")
        if parts:
            with self.archive.open(parts[0]) as stream:
                for is_item, piece in pieces(stream, b"si"):
                    if is_item:
                        spool.add(_item(piece))
        return spool

    def _cells(self, row: ElementTree.Element) -> list[Cell]:
        out: list[Cell] = []
        for cell in row:
            if _local(cell.tag) != "c":
                continue
            ref = cell.get("r")
            column = column_of(ref) if ref else len(out)
            out += [None] * (column - len(out))
            out.append(self._value(cell))
        return out

    def _value(self, cell: ElementTree.Element) -> Cell:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return next((_texts(e) for e in cell if _local(e.tag) == "is"), None)
        text = next((e.text for e in cell if _local(e.tag) == "v"), None)
        if not text or kind == "e":  # #N/A and its like: nothing is there
            return None
        if kind == "s":
            return self.strings[int(text)]
        if kind == "b":
            return text.strip() in ("1", "true")
        return unescaped(text) if kind in ("str", "d") else _number(text)

    def _sheet(self, e: ElementTree.Element, targets: dict[str, tuple[str, str]]) -> Sheet | None:
        key = next((value for name, value in e.attrib.items() if _local(name) == "id"), "")
        kind, part = targets.get(key, ("", ""))
        if kind != "worksheet" or part not in self.archive.namelist():
            return None
        sheet = Sheet(e.get("name", ""), part, e.get("state", "visible") == "visible")
        self.scan(sheet)
        return sheet

    def related(self, part: str, kind: str) -> list[str]:
        return [target for found, target in self._targets(part).values() if found == kind]

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, part) of one part of the package."""
        where = join(dirname(part), "_rels", f"{part.rsplit('/', 1)[-1]}.rels")
        if where not in self.archive.namelist():
            return {}
        out: dict[str, tuple[str, str]] = {}
        for e in self._xml(where):
            target = e.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            out[e.get("Id", "")] = (e.get("Type", "").rsplit("/", 1)[-1], path)
        return out

    def _xml(self, part: str) -> ElementTree.Element:
        try:
            if self.archive.getinfo(part).file_size > LARGEST:
                raise Damaged(f"{part} is too large")
            return _parse(self.archive.read(part))
        except KeyError:
            raise Damaged(f"{part} is missing") from None


class Strings:
    """Texts by number, kept in a temporary file."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        """The next text. All are added before the first is read."""
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self):
            raise Damaged(f"shared string {number} is missing")
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._file.close()


def pieces(stream: IO[bytes], tag: bytes) -> Iterator[tuple[bool, bytes]]:
    """The stream cut into elements called ``tag`` (``True``) and what lies between them (``False``); joined, it is whole."""
    start = re.compile(rb"<(?:\w+:)?" + tag + rb"(?=[\s/>])")
    end = re.compile(rb"</(?:\w+:)?" + tag + rb"\s*>")
    buffer = b""
    while data := stream.read(CHUNK):
        buffer, at = buffer + data, 0
        while (found := start.search(buffer, at)) and (last := _end(buffer, found.end(), end)):
            if found.start() > at:
                yield False, buffer[at : found.start()]
            yield True, buffer[found.start() : last]
            at = last
        keep = found.start() if found else max(at, len(buffer) - 64)  # a tag may be cut in two
        if keep > at:
            yield False, buffer[at:keep]
        buffer = buffer[keep:]
        if len(buffer) > LARGEST:
            raise Damaged("one row is larger than any sheet has")
    if buffer:
        yield False, buffer


def _end(buffer: bytes, tag: int, end: re.Pattern[bytes]) -> int | None:
    """Where the element ends whose start tag ends somewhere after ``tag``; ``None``: not yet in the buffer."""
    closed = buffer.find(b">", tag)
    if closed < 0:
        return None
    if buffer[closed - 1 : closed] == b"/":
        return closed + 1
    last = end.search(buffer, closed)
    return last and last.end()


def column_of(ref: str) -> int:
    """``"AB12"`` → 27."""
    column = 0
    for letter in ref:
        if not letter.isalpha():
            break
        column = column * 26 + ord(letter.upper()) - 64
    if not 1 <= column <= 16384:
        raise Damaged(f"{ref} is no cell")
    return column - 1


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_ITEM = re.compile(
    rb"<(?:\w+:)?si><(?:\w+:)?t(?: xml:space=\"preserve\")?>([^<&]*)</(?:\w+:)?t></(?:\w+:)?si>"
)
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Za-z]+\d+:[A-Za-z]+\d+)\"")
_ROOT = re.compile(rb"<((?:\w+:)?worksheet)(?:\s[^>]*)?>")


def unescaped(text: str) -> str:
    """``_x000D_`` and its like as the character that is meant."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _item(piece: bytes) -> str:
    simple = _PLAIN_ITEM.fullmatch(piece)
    if simple is not None:
        return unescaped(simple[1].decode())
    wrapped = re.sub(rb"<(/?)\w+:", rb"<\1", piece)  # a namespace prefix that is bound outside of the piece
    return _texts(_parse(wrapped))


def _texts(element: ElementTree.Element) -> str:
    """Text of a string item: plain or in runs; readings (rPh) are no text."""
    out: list[str] = []
    for e in element:
        name = _local(e.tag)
        if name == "t":
            out.append(e.text or "")
        elif name == "r":
            out += [t.text or "" for t in e if _local(t.tag) == "t"]
    return unescaped("".join(out))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _merge(ref: bytes) -> Merge:
    first, last = (part.decode() for part in ref.split(b":"))
    (top, left), (bottom, right) = ((int(re.sub(r"\D", "", c)), column_of(c)) for c in (first, last))
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _open_root(head: bytes) -> bytes:
    """The start tag of the sheet, with the namespaces that its rows use."""
    found = _ROOT.search(head)
    if found is None:
        raise Damaged("no worksheet")
    return found[0]


def _tag_name(head: bytes) -> bytes:
    found = _ROOT.search(head)
    if found is None:
        raise Damaged("no worksheet")
    return found[1]


def _parse(data: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in data[:1000] or b"<!ENTITY" in data[:1000]:
        raise Damaged("a workbook declares no entities")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as fault:
        raise Damaged(str(fault)) from fault


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
