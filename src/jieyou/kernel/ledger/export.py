"""The ledger as a file: JSON lines, optionally gzipped, that proves the same without the database.

A first line says what it is; then sections, each begun by a line ``{"section": kind, "name": …}``:
checkpoints; for each table its heads and its links by (chain, seq); for each register its rows by key; and a
last line ``{"end": n}`` with the number of lines before it. A link's line holds its columns as stored and
``words`` = salt, line feed, payload. To recompute: payload digest = SHA-256 of `words`; hash = SHA-256 of
prev, line feed, body (all UTF-8).
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, cast

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import checkpoint
from jieyou.kernel.ledger.canon import moment
from jieyou.kernel.ledger.database import Database, snapshot
from jieyou.kernel.ledger.exported import FORMAT, Kind
from jieyou.kernel.ledger.proof import Progress
from jieyou.kernel.ledger.source import Source

STEP = 5000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def export(path: Path, words: bool = True, progress: Progress | None = None) -> int:
    """Write the ledger to `path` (gzipped when it ends in ``.gz``); returns the number of links.

    With ``words=False`` payloads and register rows stay at home: nothing personal leaves the house, and
    chains, checkpoints and signatures can still be proved. The file appears whole or not at all.
    """
    draft = path.with_name(path.name + ".part")
    links = 0
    try:
        with snapshot(), _opened(draft, gz=path.suffix == ".gz") as out:
            source = Database()
            total, lines = source.total(), 0
            for line in _lines(source, words):
                out.write(_encode(line) + "\n")
                lines += 1
                links += "hash" in line and "body" in line
                if progress and lines % STEP == 0:
                    progress(links, total)
            out.write(_encode({"end": lines}) + "\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return links


def _opened(path: Path, gz: bool) -> IO[str]:
    if gz:
        return cast("IO[str]", gzip.open(path, "wt", encoding="utf-8", newline="\n"))
    return path.open("w", encoding="utf-8", newline="\n")


def _lines(source: Source, words: bool) -> Iterator[dict[str, object]]:
    at = moment(clock.now())
    yield {"format": FORMAT, "at": at, "complete": words, "keys": checkpoint.public_keys()}
    yield _section(Kind.SEALS)
    for seal in source.seals():
        yield asdict(seal)
    for table in source.tables():
        yield _section(Kind.MARKS, table)
        for mark in source.marks(table):
            yield mark._asdict()
        yield _section(Kind.ENTRIES, table)
        for entry in source.entries(table):
            yield (entry if words else entry._replace(words=None))._asdict()
    for register in source.registers() if words else []:
        yield _section(Kind.ROWS, register)
        for key, text in source.rows(register):
            yield {"key": key, "text": text}


def _section(kind: Kind, name: str = "") -> dict[str, object]:
    return {"section": kind, "name": name}
