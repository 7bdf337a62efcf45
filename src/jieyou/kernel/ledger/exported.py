"""An export as a `Source`: read from a file, in flat memory, without Django."""

import gzip
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, TypeVar, cast

from jieyou.kernel.ledger.canon import Json
from jieyou.kernel.ledger.signing import key_id
from jieyou.kernel.ledger.source import Entry, Mark, Seal, Unreadable, seal_from

FORMAT = "jieyou-ledger/1"
_SECTION, _END = b'{"section"', b'{"end"'
Item = TypeVar("Item")


class Kind(StrEnum):
    """Sections of an export."""

    SEALS = "checkpoints"
    MARKS = "heads"
    ENTRIES = "links"
    ROWS = "rows"


@dataclass(slots=True)
class _Section:
    """Where a section's first line begins (byte) and how many lines it has."""

    start: int
    lines: int = 0


class Exported:
    """Opens an export; use it as a context manager. Unreadable when it is none or was cut short.

    Each stream reads the file on its own from its section's first byte; a gzipped one is unpacked to disk
    first.
    """

    def __init__(self, path: Path) -> None:
        self.complete = True
        self._keys: dict[str, str] = {}
        self._sections: dict[tuple[str, str], _Section] = {}
        self._exit = ExitStack()
        try:
            self._path = self._unpacked(path) if path.suffix == ".gz" else path
            self._scan()
        except OSError as error:
            self._exit.close()
            raise Unreadable(f"{path} 打不开。") from error
        except BaseException:
            self._exit.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def total(self) -> int:
        return sum(section.lines for (kind, _), section in self._sections.items() if kind == Kind.ENTRIES)

    def keys(self) -> dict[str, str]:
        return self._keys

    def seals(self) -> list[Seal]:
        return list(self._read(Kind.SEALS, "", seal_from))

    def tables(self) -> list[str]:
        return sorted({name for kind, name in self._sections if kind in (Kind.MARKS, Kind.ENTRIES)})

    def entries(self, table: str) -> Iterator[Entry]:
        return self._read(Kind.ENTRIES, table, _entry)

    def marks(self, table: str) -> Iterator[Mark]:
        return self._read(Kind.MARKS, table, _mark)

    def registers(self) -> list[str]:
        return sorted(name for kind, name in self._sections if kind == Kind.ROWS)

    def rows(self, register: str) -> Iterator[tuple[str, str]]:
        return self._read(Kind.ROWS, register, _row)

    def strays(self, payloads: int) -> list[str]:
        """None: an export holds payloads only with their links."""
        return []

    def _unpacked(self, path: Path) -> Path:
        plain = Path(self._exit.enter_context(TemporaryDirectory(prefix="jieyou-"))) / "export.jsonl"
        try:
            with gzip.open(path, "rb") as packed, plain.open("wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
        except (EOFError, zlib.error) as error:
            raise Unreadable(f"{path} 不完整，解不开。") from error
        return plain

    def _scan(self) -> None:
        """Read the file once: what its first line says, where its sections are, whether it is whole."""
        position, lines, end = 0, 0, -1
        with self._path.open("rb") as file:
            for line in file:
                position += len(line)
                if line.startswith(_END):
                    end = _parsed(line).get("end")
                    break
                self._note(line, lines, position)
                lines += 1
            if end != lines or file.readline():
                raise Unreadable("导出文件不完整，或者结束行之后还有内容。")

    def _note(self, line: bytes, before: int, position: int) -> None:
        """Take in one line; `before` lines were before it and the next begins at byte `position`."""
        if before == 0:
            self._head(_parsed(line))
        elif line.startswith(_SECTION):
            said = _parsed(line)
            name = (str(said.get("section")), str(said.get("name")))
            if name in self._sections:
                raise Unreadable("导出文件里同一部分出现了两次。")
            self._sections[name] = self._current = _Section(position)
        elif not self._sections:
            raise Unreadable("导出文件的开头读不懂。")
        else:
            self._current.lines += 1

    def _head(self, said: dict[str, Any]) -> None:
        if said.get("format") != FORMAT:
            raise Unreadable("这不是本系统的办理记录导出文件。")
        self.complete = said.get("complete") is not False
        try:
            self._keys = {key_id(public): public for public in said["keys"].values()}
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise Unreadable("导出文件里的公钥读不懂。") from error

    def _read(self, kind: Kind, name: str, make: Callable[[dict[str, Any]], Item]) -> Iterator[Item]:
        section = self._sections.get((kind, name), _Section(0))
        with self._path.open("rb") as file:
            file.seek(section.start)
            for line in islice(file, section.lines):
                yield make(_parsed(line))


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable("导出文件里有读不懂的行。") from error
    if not isinstance(said, dict):
        raise Unreadable("导出文件里有读不懂的行。")
    return cast("dict[str, Any]", said)


def _entry(said: dict[str, Any]) -> Entry:
    return Entry(
        id=_typed(said, "id", str),
        chain=_typed(said, "chain", str),
        seq=_typed(said, "seq", int),
        body=_typed(said, "body", str),
        prev=_typed(said, "prev", str),
        hash=_typed(said, "hash", str),
        columns=cast("dict[str, Json]", _typed(said, "columns", dict)),
        words=None if said.get("words") is None else _typed(said, "words", str),
    )


def _mark(said: dict[str, Any]) -> Mark:
    return Mark(
        checkpoint=_typed(said, "checkpoint", int),
        chain=_typed(said, "chain", str),
        seq=_typed(said, "seq", int),
        hash=_typed(said, "hash", str),
    )


def _row(said: dict[str, Any]) -> tuple[str, str]:
    return _typed(said, "key", str), _typed(said, "text", str)


def _typed(said: dict[str, Any], name: str, kind: type[Item]) -> Item:
    value = said.get(name)
    if type(value) is not kind:
        raise Unreadable(f"导出文件里有一行的“{name}”读不懂。")
    return value
