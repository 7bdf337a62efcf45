"""Files by content: ``EVIDENCE_ROOT/ab/cd/<sha256>``. Equal contents lie there once; what is there is whole.

A file is written beside, flushed to the disk and moved into place: after a power cut no row points to half
a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from jieyou.kernel.ids import uuid7


def path_of(sha256: str) -> Path:
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256[2:4] / sha256


def beside() -> Path:
    """A new path on the same disk, for a file that is not yet in place."""
    return _folder(".new") / uuid7().hex


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def put(path: Path, sha256: str) -> None:
    """Move a finished file into its place; when the content is there already, only drop the second copy."""
    place = path_of(sha256)
    if place.exists():
        path.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.replace(place)
    _flush(place.parent)
    _flush(place.parent.parent)


def take_away(sha256: str) -> Path | None:
    """Move a content out of its place (`put` brings it back); None when it is not there."""
    aside = _folder(".gone") / uuid7().hex
    try:
        path_of(sha256).replace(aside)
    except FileNotFoundError:
        return None
    return aside


def read(sha256: str) -> BinaryIO:
    return path_of(sha256).open("rb")


def leftovers(before: datetime) -> Iterator[Path]:
    """Files of uploads and removals that were cut short before that moment."""
    for folder in (_folder(".new"), _folder(".gone")):
        yield from (path for path in folder.iterdir() if _older(path, before))


def in_place(before: datetime) -> Iterator[Path]:
    """Every stored content that has lain there since before that moment."""
    for path in Path(settings.EVIDENCE_ROOT).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if _older(path, before):
            yield path


def _older(path: Path, moment: datetime) -> bool:
    return path.stat().st_mtime < moment.timestamp()


def _folder(name: str) -> Path:
    folder = Path(settings.EVIDENCE_ROOT) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
