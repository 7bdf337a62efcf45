"""Somebody's workbook as a stream of rows: .xlsx in flat memory, .xls, .xlsb and .ods by calamine, .csv. Pure.

What a file is, its first bytes say, never its name. A file that is no workbook is refused with a sentence.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from python_calamine import CalamineError, CalamineWorkbook

from jieyou.commons.reports import columns
from jieyou.commons.reports.columns import Header
from jieyou.commons.reports.xlsx import Damaged, Merge, Xlsx

MOST = 1 << 30
"""Bytes that a workbook may have once unpacked."""
DAYS_1904 = 1462
"""Days between the two epochs of Excel (ECMA-376 part 1, §18.17.4.1)."""

Raw = tuple[int, Sequence[Any]]


class NotAWorkbook(ValueError):
    """The file cannot be taken in; ``sentence`` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it, the cells of the known columns by field (``None``: empty), its sheet."""

    number: int
    cells: dict[str, Any]
    sheet: str


@dataclass
class Table:
    """One sheet of any kind of file: how to read its rows anew, its merged blocks, about how many rows it has."""

    name: str
    read: Any
    merges: list[Merge] = field(default_factory=list)
    filled: int = 0

    def rows(self) -> Iterator[Raw]:
        return self.read()


class Workbook:
    """An open workbook whose sheets have headers that are known. Close it, or use ``with``.

    ``headers``: of the sheets that are read; ``left_out``: names of the sheets that are not; ``filled``: about how many
    rows there are (for a progress bar). ``header`` finds a sheet's header where it is not that of residents' messages;
    ``missing`` is then what is said when no sheet has one.
    """

    def __init__(
        self, path: Path, header: Callable[[Table], Header | None] | None = None, missing: str = ""
    ) -> None:
        self.path, self._xlsx = Path(path), None
        try:
            with _sentences():
                self.kind, tables = self._open()
                found = [(t, (header or _header)(t)) for t in tables]
        except BaseException:
            self.close()
            raise
        self.tables = {header.sheet: table for table, header in found if header is not None}
        self.headers = {header.sheet: header for _, header in found if header is not None}
        self.left_out = [table.name for table, header in found if header is None and table.filled]
        self.filled = sum(max(t.filled - self.headers[name].row, 0) for name, t in self.tables.items())
        if not self.headers:
            self.close()
            raise NotAWorkbook(missing or _no_header([table for table, _ in found]))

    @property
    def date1904(self) -> bool:
        """Are days counted from 1904?"""
        return self._xlsx is not None and self._xlsx.date1904

    def guarded(self) -> AbstractContextManager[None]:
        """Inside the block, what the file's fault is comes as :class:`NotAWorkbook`."""
        return _sentences()

    def rows(self) -> Iterator[Row]:
        """Every row below a header that has anything in a known column, sheet by sheet."""
        with _sentences():
            for name, table in self.tables.items():
                yield from self._rows(table, self.headers[name])

    def close(self) -> None:
        if self._xlsx is not None:
            self._xlsx.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, table: Table, header: Header) -> Iterator[Row]:
        shared = {column for key, column in header.at.items() if key not in columns.OWN}
        for number, cells in merged(table.rows(), table.merges, shared):
            if number > header.row:
                known = {key: self._cell(key, cells, column) for key, column in header.at.items()}
                if any(value is not None for value in known.values()):
                    yield Row(number, known, header.sheet)

    def _cell(self, key: str, cells: Sequence[Any], column: int) -> Any:
        value = cells[column] if column < len(cells) else None
        if isinstance(value, str):
            return value if value.strip() else None
        if self._xlsx is not None and self._xlsx.date1904 and key in columns.MOMENTS and type(value) is float:
            return value + DAYS_1904
        return value

    def _open(self) -> tuple[str, list[Table]]:
        with self.path.open("rb") as file:
            start = file.read(4096)
        kind = what_is(start, self.path)
        if kind == "xlsx":
            self._xlsx = book = Xlsx(ZipFile(self.path))
            sheets = [s for s in book.sheets if s.visible]
            return kind, [Table(s.name, partial(book.rows, s), s.merges, s.filled) for s in sheets]
        if kind == "csv":
            return kind, [_csv(self.path, start)]
        return kind, list(_calamine(self.path))


@contextmanager
def sheets(path: Path) -> Iterator[list[Table]]:
    """The visible sheets of a workbook of any kind, for whoever knows other columns. Raises :class:`NotAWorkbook`."""
    book = Workbook.__new__(Workbook)
    book.path, book._xlsx = path, None
    try:
        with _sentences():
            yield book._open()[1]
    finally:
        book.close()


def what_is(start: bytes, path: Path) -> str:
    """``xlsx``, ``xls``, ``xlsb``, ``ods`` or ``csv``, by content. Raises :class:`NotAWorkbook`."""
    if not start:
        raise NotAWorkbook("这个文件是空的")
    if start.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    for magic, words in _OTHERS:
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(magic):
            raise NotAWorkbook(f"这个文件{words}")
    if b"\0" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotAWorkbook(f"这个文件不是表格，请{_SAVE_AS}")
    return "csv"


_SAVE_AS = "用 WPS 或 Excel 打开后另存为 .xlsx，再导入"
_OTHERS = (
    (b"%pdf", f"是 PDF，不是表格，请{_SAVE_AS}"), (b"\x89png", "是图片，不是表格"), (b"\xff\xd8\xff", "是图片，不是表格"),
    (b"{\\rtf", f"是 Word 文档，不是表格，请{_SAVE_AS}"), (b"<!doctype html", f"其实是网页，请{_SAVE_AS}"),
    (b"<html", f"其实是网页，请{_SAVE_AS}"), (b"<table", f"其实是网页，请{_SAVE_AS}"), (b"<meta", f"其实是网页，请{_SAVE_AS}"),
    (b"<?xml", f"是 XML，不是表格，请{_SAVE_AS}"), (b"rar!", "是压缩包，请先解压"), (b"7z\xbc\xaf", "是压缩包，请先解压"),
)  # fmt: skip


def _zipped(path: Path) -> str:
    with ZipFile(path) as archive:
        names = set(archive.namelist())
        unpacked = sum(info.file_size for info in archive.infolist())
        mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    if unpacked > MOST:
        raise NotAWorkbook("这个工作簿太大了，请分成几份再导入")
    if "xl/workbook.bin" in names:
        return "xlsb"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if "[Content_Types].xml" in names and any(n.endswith("workbook.xml") for n in names):
        return "xlsx"
    if "word/document.xml" in names or b"opendocument.text" in mime:
        raise NotAWorkbook("这个文件是 Word 文档，不是表格，请把表格放进 Excel 工作簿再导入")
    if any(n.startswith("ppt/") for n in names):
        raise NotAWorkbook("这个文件是演示文稿，不是表格")
    raise NotAWorkbook("这个文件是压缩包，里面不是工作簿，请先解压")


class _sentences:
    """What libraries raise about a bad file, as a sentence."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, fault: BaseException | None, _: object) -> None:
        if isinstance(fault, CalamineError) and "assword" in str(fault):
            raise NotAWorkbook("这个工作簿加了密码，请去掉密码另存一份，再导入") from fault
        if isinstance(
            fault, Damaged | CalamineError | BadZipFile | ZlibError | EOFError | NotImplementedError
        ):
            raise NotAWorkbook(f"这个工作簿打不开，可能已经损坏，请{_SAVE_AS}") from fault
        if isinstance(fault, RuntimeError) and "encrypted" in str(fault):
            raise NotAWorkbook("这个工作簿加了密码，请去掉密码另存一份，再导入") from fault
        if isinstance(fault, csv.Error | UnicodeDecodeError):
            raise NotAWorkbook(f"这个文件里有读不出来的内容，请{_SAVE_AS}") from fault


def _calamine(path: Path) -> Iterator[Table]:
    book = CalamineWorkbook.from_path(str(path))
    for listed in book.sheets_metadata:
        if "Visible" not in str(listed.visible) or "WorkSheet" not in str(listed.typ):
            continue
        sheet = book.get_sheet_by_name(listed.name)
        found = sheet.merged_cell_ranges or []
        merges = [Merge(a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in found]
        left = sheet.start[1] if sheet.start else 0
        yield Table(listed.name, partial(_calamine_rows, sheet, left), merges, sheet.height)


def _calamine_rows(sheet: Any, left: int) -> Iterator[Raw]:
    before = [None] * left  # calamine's rows begin in the first column that has anything
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [*before, *(None if cell == "" else cell for cell in cells)]


def _csv(path: Path, start: bytes) -> Table:
    encoding = _encoding(path, start)
    csv.field_size_limit(1 << 24)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(1 << 16)
    delimiter = max(",\t;", key=lambda d: (_columns_known(sample, d), sample.count(d)))
    read = partial(_csv_rows, path, encoding, delimiter)
    return Table(path.stem, read, [], sum(1 for _ in read()))


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Raw]:
    with path.open(encoding=encoding, newline="") as file:
        for number, cells in enumerate(csv.reader(file, delimiter=delimiter), 1):
            yield number, [cell or None for cell in cells]


def _columns_known(sample: str, delimiter: str) -> int:
    lines = islice(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), columns.LOOKED_AT)
    found = columns.header("", list(enumerate(lines, 1)))
    return len(found.at) if found else 0


def _encoding(path: Path, start: bytes) -> str:
    """UTF-8 where the whole file is that, else GB 18030 (what Chinese Excel writes)."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise NotAWorkbook(f"这个文件不是表格，或者文字编码读不出来，请{_SAVE_AS}")


def _header(table: Table) -> Header | None:
    return columns.header(table.name, _top(table))


def _top(table: Table) -> list[Raw]:
    return list(islice(table.rows(), columns.LOOKED_AT))


def _no_header(tables: Iterable[Table]) -> str:
    for table in tables:
        if near := columns.nearly(table.name, _top(table)):
            return f"“{table.name}”第 {near.row} 行是表头，但没有“留言详情”这一列（也可以叫内容、详情、诉求内容）"
    return f"没有找到表头：前 {columns.LOOKED_AT} 行里要有“留言详情”这一列（也可以叫内容、详情、诉求内容）"


def merged(rows: Iterable[Raw], merges: Sequence[Merge], shared: set[int]) -> Iterator[Raw]:
    """A cell merged downwards, in one of the ``shared`` columns, speaks for every row that it spans."""
    down = {(m.top, m.left): m.bottom for m in merges if m.bottom > m.top and m.left in shared}
    running: dict[int, tuple[int, Any]] = {}
    for number, cells in rows:
        line = list(cells)
        for column in shared if down else ():
            if (number, column) in down and column < len(line):
                running[column] = (down[number, column], line[column])
            elif column in running and number <= running[column][0]:
                line += [None] * (column + 1 - len(line))
                line[column] = running[column][1]
        yield number, line
