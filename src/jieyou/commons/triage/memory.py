"""What a worker keeps in memory: the model in use, and the index of all reports. Both are brought up to date at each use.

The index is built from :class:`~.models.Trace` rows (64 marks each), so that it is the same on both databases and needs no text;
what is rare is told from the latest reports. A million reports take about half a gigabyte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from uuid import UUID

import numpy as np

from jieyou.commons.triage import modelfile, versions
from jieyou.commons.triage.classify import Model
from jieyou.commons.triage.index import Found, Index
from jieyou.commons.triage.marks import WIDTH, Background, Marks, Message
from jieyou.commons.triage.models import Trace, TrainedModel
from jieyou.commons.triage.pending import plain

SAMPLE = 20_000
"""The latest reports from which it is told what is rare."""
CHUNK = 8192
KEY = 16
"""Bytes of a report's key."""


class Memory:
    """The index, and which report each number in it is. ``last``: the ``no`` of the last trace that is in it."""

    def __init__(self) -> None:
        self.background = Background()
        self.background.add(_latest())
        self.index, self.keys, self.last = Index(self.background), bytearray(), -1

    def catch_up(self) -> None:
        """Take in the traces that have been written since, by whatever worker."""
        rows = Trace.objects.filter(no__gt=self.last).order_by("no").values_list("no", "report_id", "marks")
        for chunk in _chunks(rows.iterator(CHUNK)):
            packed = b"".join(bytes(marks) for _, _, marks in chunk)
            self.index.add(np.frombuffer(packed, "<u4").reshape(-1, WIDTH).astype(np.uint32))
            self.keys += b"".join(key.bytes for _, key, _ in chunk)
            self.last = chunk[-1][0]

    def each_like(self, marks: Marks, top: int, but: Sequence[UUID]) -> Iterator[list[tuple[UUID, Found]]]:
        """For each of several messages the reports most like it, without its own."""
        for own, alike in zip(but, self.index.each_like(marks, top + 1), strict=True):
            found = [(self.key(one.no), one) for one in alike]
            yield [(key, one) for key, one in found if key != own][:top]

    def key(self, no: int) -> UUID:
        """The report of a number."""
        return UUID(bytes=bytes(self.keys[no * KEY : (no + 1) * KEY]))


_kept: list[Memory] = []


def ready() -> Memory:
    """The worker's own, with everything in it that is committed."""
    if not _kept:
        _kept.append(Memory())
    _kept[0].catch_up()
    return _kept[0]


def forget() -> None:
    """Build it anew at the next use: after something went wrong, and in tests."""
    _kept.clear()


def model() -> tuple[TrainedModel, Model] | None:
    """The version in use and the model itself; ``None`` where there is none yet. Raises :class:`~.modelfile.Unusable`."""
    row = versions.in_use()
    return (row, _loaded(row.path, row.fingerprint)) if row else None


@lru_cache(2)
def _loaded(path: str, fingerprint: str) -> Model:
    return modelfile.load(versions.file_of(path), fingerprint)


def _latest() -> list[Message]:
    rows = plain().select_related(None).order_by("-pk").values_list("title", "words")
    return list(rows[:SAMPLE])


def _chunks(
    rows: Iterator[tuple[int, UUID, Sequence[int]]],
) -> Iterator[list[tuple[int, UUID, Sequence[int]]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
