"""An index of messages by their marks: what comes in is found at once; nothing is ever scanned whole. Pure.

Messages lie in segments; small ones are put together as they fill up (1 024 → 8 192 → 57 344), so that a message
added costs little and a search asks few segments. A search follows the rarest marks until it has read
:data:`READ` entries, so that it costs the same among a million as among ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from jieyou.commons.triage.likeness import compare, sizes, strong
from jieyou.commons.triage.marks import Background, Marks, Message, Numbers, Weights, marks, plain

STEPS = (1024, 8192, 57344)
"""Sizes of segments. With one more of the middle size the largest has 65 536, the most that 16 bits number."""
READ = 6_000
"""Entries read in a search."""
CANDIDATES = 40
"""Messages compared exactly; with more of them nothing else is found."""


TOGETHER = 64
"""Messages asked for at once: segments are then read in the order of the marks, which saves most of the waiting for memory."""

FINE = 1 << 18
"""Steps in which a squared weight (at most 49) is counted, so that 24 bits hold it and sums are exact."""
Keys: TypeAlias = npt.NDArray[np.uint64]
_SEARCH, _NUMBER, _WEIGHT, _NUMBERS = (
    np.uint64(56),
    np.uint64(24),
    np.uint64((1 << 24) - 1),
    np.uint64((1 << 32) - 1),
)
"""An entry is one number: 8 bits which search, 32 bits which message, 24 bits what the mark weighs. Sorted, they are easily summed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message like the one asked for: its number in the index (from 0), how like (0–1), whether place and problem agree."""

    no: int
    score: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What several searches follow: ``marks`` in their order, and for each what an entry of it is written as (:data:`_SEARCH`)."""

    marks: Marks
    entries: Keys


class Segment:
    """``marks`` ``[n, WIDTH]`` of the messages from number ``first`` on, their :func:`~.likeness.sizes`, and where each mark stands."""

    def __init__(self, first: int, rows: Marks, known: Weights) -> None:
        self.first = first
        self.marks: Marks = rows
        self.sizes = known.astype(np.float32)
        row, place = np.nonzero(rows)
        keys = (plain(rows[row, place]).astype(np.uint64) << np.uint64(16)) | row.astype(np.uint64)
        keys.sort()
        self.rows = keys.astype(np.uint16)
        mark = (keys >> np.uint64(16)).astype(np.uint32)
        self.starts = np.flatnonzero(np.concatenate(([True], mark[1:] != mark[:-1]))).astype(np.uint32)
        self.known = mark[self.starts]
        self.starts = np.append(self.starts, np.uint32(len(mark)))

    def read(self, wanted: Wanted) -> Keys:
        """The entries of the messages that have wanted marks, one a mark and message."""
        spot = np.minimum(np.searchsorted(self.known, wanted.marks), len(self.known) - 1)
        times = (self.starts[spot + 1] - self.starts[spot]) * (self.known[spot] == wanted.marks)
        ends = np.cumsum(times, dtype=np.int64)
        begins: Numbers = self.starts[spot].astype(np.int64) - (ends - times)
        at: Numbers = np.repeat(begins, times) + np.arange(int(ends[-1]), dtype=np.int64)
        numbers = self.rows[at].astype(np.uint64) + np.uint64(self.first)
        return np.repeat(wanted.entries, times) | (numbers << _NUMBER)

    @property
    def nbytes(self) -> int:
        """Memory, in bytes."""
        return sum(part.nbytes for part in (self.marks, self.sizes, self.rows, self.known, self.starts))


class Index:
    """Messages known so far. ``background`` says which marks are rare; it is not changed here."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self.segments: list[Segment] = []

    def __len__(self) -> int:
        return self.segments[-1].first + len(self.segments[-1].marks) if self.segments else 0

    @property
    def nbytes(self) -> int:
        """Memory of the index, in bytes."""
        return sum(one.nbytes for one in self.segments) + self.background.table.nbytes

    def add(self, fresh: Marks) -> None:
        """Take messages in; their numbers follow the last."""
        for start in range(0, len(fresh), STEPS[1]):
            rows = fresh[start : start + STEPS[1]]
            self.segments.append(Segment(len(self), rows, sizes(rows, self.background)))
            self._settle()

    def _settle(self) -> None:
        """Put the last segments together when they fill a step; the smallest ones always."""
        for step in STEPS:
            lengths = [len(segment.marks) for segment in self.segments]
            tail = next((n for n, length in enumerate(reversed(lengths)) if length >= step), len(lengths))
            if tail > 1 and (step == STEPS[0] or sum(lengths[-tail:]) >= step):
                last = self.segments[-tail:]
                del self.segments[-tail:]
                rows, known = (
                    np.concatenate(parts) for parts in zip(*((s.marks, s.sizes) for s in last), strict=True)
                )
                self.segments.append(Segment(last[0].first, rows, known))

    def like(self, query: Marks, top: int, but: int = -1) -> list[Found]:
        """The ``top`` messages most like these marks, best first, without number ``but``."""
        return next(self.each_like(query[None, :], top, [but]))

    def each_like(self, queries: Marks, top: int, but: Sequence[int] = ()) -> Iterator[list[Found]]:
        """The same for each of several messages, ``[n, WIDTH]``, in order."""
        most = max(CANDIDATES, 2 * top)
        for start in range(0, len(queries), TOGETHER):
            chunk = queries[start : start + TOGETHER]
            for n, numbers in enumerate(self._candidates(chunk, most), start):
                yield self._best(queries[n], numbers[numbers != (but[n] if but else -1)], top)

    def _best(self, query: Marks, numbers: Numbers, top: int) -> list[Found]:
        numbers = np.sort(numbers)
        if not len(numbers):
            return []
        compared = compare(query, *self._known(numbers), self.background)
        best = np.argsort(-compared.cosine, kind="stable")[:top]
        agree = strong(compared)
        return [Found(int(numbers[n]), round(float(compared.cosine[n]), 4), bool(agree[n])) for n in best]

    def _known(self, numbers: Numbers) -> tuple[Marks, Weights]:
        """The marks of some messages, ``[n, WIDTH]``, and their sizes. ``numbers``: rising."""
        firsts = [segment.first for segment in self.segments]
        cuts = np.searchsorted(numbers, [*firsts[1:], len(self)])
        parts = [
            (one, numbers[start:end] - one.first)
            for one, start, end in zip(self.segments, (0, *cuts), cuts, strict=False)
            if start < end
        ]
        return np.concatenate([one.marks[at] for one, at in parts]), np.concatenate([one.sizes[at] for one, at in parts])  # fmt: skip

    def _candidates(self, queries: Marks, most: int) -> Iterator[Numbers]:
        """For each query the numbers of the messages that share most, by weight, with its rarest marks."""
        wanted = self._rarest(queries)
        read = [one.read(wanted) for one in self.segments if len(one.known)] if len(wanted.marks) else []
        entries = np.sort(np.concatenate(read)) if read else np.zeros(0, np.uint64)
        message = entries >> _NUMBER
        first = np.flatnonzero(np.concatenate((message[:1] >= 0, message[1:] != message[:-1])))
        score = np.add.reduceat(entries & _WEIGHT, first) if len(first) else first
        message = message[first]
        cuts = np.searchsorted(message, np.arange(len(queries) + 1, dtype=np.uint64) << (_SEARCH - _NUMBER))
        for start, end in pairwise(cuts):
            mine = message[start:end]
            if end - start > most:
                mine = mine[np.argpartition(score[start:end], -most)[-most:]]
            yield (mine & _NUMBERS).astype(np.int64)

    def _rarest(self, queries: Marks) -> Wanted:
        """The marks to follow: of each query the rarest first, until so many entries are read."""
        seen = max(len(self) / max(self.background.total, 1), 1.0)  # the background may be a sample
        times = np.where(queries > 0, self.background.times(queries) * seen, np.inf)
        order = np.argsort(times, 1, kind="stable")
        queries = np.take_along_axis(queries, order, 1)
        read = np.cumsum(np.take_along_axis(times, order, 1), 1)
        most = np.where(
            read[:, :1] < 4 * READ, np.maximum(read[:, :1], READ), READ
        )  # one mark is followed even so
        row, place = np.nonzero((read <= most) & (queries > 0))
        found = queries[row, place]
        weights = (self.background.weight(found).astype(np.float64) ** 2 * FINE).astype(np.uint64)
        order = np.argsort(plain(found), kind="stable")
        return Wanted(plain(found)[order], ((row.astype(np.uint64) << _SEARCH) | weights)[order])


def build(messages: Sequence[Message], background: Background) -> Index:
    """An index of messages from memory, by chunks."""
    index = Index(background)
    for start in range(0, len(messages), STEPS[1]):
        index.add(marks(messages[start : start + STEPS[1]], background))
    return index
