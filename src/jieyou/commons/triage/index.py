"""An index of messages by their marks: what comes in is found at once; nothing is ever scanned whole. Pure.

Messages lie in segments; small ones are put together as they fill up (1 024 → 8 192 → 57 344), so that a message
added costs little and a search asks few segments. A search follows the rarest marks until it has read
:data:`READ` entries, so that it costs the same among a million as among ten thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jieyou.commons.triage.likeness import compare, strong
from jieyou.commons.triage.marks import WIDTH, Background, Marks, Message, Numbers, Weights, marks, plain

STEPS = (1024, 8192, 57344)
"""Sizes of segments. With one more of the middle size the largest has 65 536, the most that 16 bits number."""
READ = 6_000
"""Entries read in a search."""
ENTRIES = 2048
"""Entries of the messages that share most, of which candidates are taken."""
CANDIDATES = 64
"""Messages compared exactly."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message like the one asked for: its number in the index (from 0), how like (0–1), whether place and problem agree."""

    no: int
    score: float
    strong: bool


class Segment:
    """``marks`` ``[n, WIDTH]`` of the messages from number ``first`` on, and for each mark where it stands."""

    def __init__(self, first: int, rows: Marks) -> None:
        self.first = first
        self.marks: Marks = rows
        row, place = np.nonzero(rows)
        keys = (plain(rows[row, place]).astype(np.uint64) << np.uint64(16)) | row.astype(np.uint64)
        keys.sort()
        self.rows = keys.astype(np.uint16)
        known = (keys >> np.uint64(16)).astype(np.uint32)
        self.starts = np.flatnonzero(np.concatenate(([True], known[1:] != known[:-1]))).astype(np.uint32)
        self.known = known[self.starts]
        self.starts = np.append(self.starts, np.uint32(len(known)))

    def read(self, wanted: Marks, weights: Weights) -> tuple[Numbers, Weights]:
        """Messages that have wanted marks, by number, with the weight of the mark; one entry a mark and message."""
        if not len(self.known):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        spot = np.minimum(np.searchsorted(self.known, wanted), len(self.known) - 1)
        here = self.known[spot] == wanted
        start, end = self.starts[spot[here]].astype(np.int64), self.starts[spot[here] + 1].astype(np.int64)
        sizes: Numbers = end - start
        before: Numbers = np.cumsum(sizes) - sizes
        entries = np.repeat(start - before, sizes) + np.arange(int(sizes.sum()), dtype=np.int64)
        return self.rows[entries].astype(np.int64) + self.first, np.repeat(weights[here], sizes)


class Index:
    """Messages known so far. ``background`` says which marks are rare; it is not changed here."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self.segments: list[Segment] = []
        self._scores = np.zeros(STEPS[0], np.float32)

    def __len__(self) -> int:
        return self.segments[-1].first + len(self.segments[-1].marks) if self.segments else 0

    @property
    def nbytes(self) -> int:
        """Memory of the index, in bytes."""
        parts = (part for one in self.segments for part in (one.marks, one.rows, one.known, one.starts))
        return sum(part.nbytes for part in parts) + self._scores.nbytes + self.background.table.nbytes

    def add(self, fresh: Marks) -> None:
        """Take messages in; their numbers follow the last."""
        for start in range(0, len(fresh), STEPS[1]):
            self.segments.append(Segment(len(self), fresh[start : start + STEPS[1]]))
            self._settle()
        if len(self) > len(self._scores):
            self._scores = np.zeros(2 * len(self), np.float32)

    def _settle(self) -> None:
        """Put the last segments together when they fill a step; the smallest ones always."""
        for step in STEPS:
            sizes = [len(segment.marks) for segment in self.segments]
            tail = next((n for n, size in enumerate(reversed(sizes)) if size >= step), len(sizes))
            if tail > 1 and (step == STEPS[0] or sum(sizes[-tail:]) >= step):
                rows = np.concatenate([segment.marks for segment in self.segments[-tail:]])
                first = self.segments[-tail].first
                del self.segments[-tail:]
                self.segments.append(Segment(first, rows))

    def like(self, query: Marks, top: int, but: int = -1) -> list[Found]:
        """The ``top`` messages most like these marks, best first, without number ``but``."""
        numbers = self._candidates(query, max(CANDIDATES, top + 1))
        numbers = np.sort(numbers[numbers != but])
        if not len(numbers):
            return []
        compared = compare(query, self.marks_of(numbers), self.background)
        best = np.argsort(-compared.cosine, kind="stable")[:top]
        agree = strong(compared)
        return [Found(int(numbers[n]), round(float(compared.cosine[n]), 4), bool(agree[n])) for n in best]

    def marks_of(self, numbers: Numbers) -> Marks:
        """The marks of some messages, ``[n, WIDTH]``."""
        out = np.zeros((len(numbers), WIDTH), np.uint32)
        firsts = np.array([segment.first for segment in self.segments])
        home = np.searchsorted(firsts, numbers, side="right") - 1
        for n in map(int, np.unique(home)):
            mine = home == n
            out[mine] = self.segments[n].marks[numbers[mine] - firsts[n]]
        return out

    def _candidates(self, query: Marks, most: int) -> Numbers:
        """Numbers of the messages that share most, by weight, with the rarest marks."""
        wanted, weights = self._rarest(query)
        parts = [segment.read(wanted, weights) for segment in self.segments]
        numbers = np.concatenate([n for n, _ in parts]) if parts else np.zeros(0, np.int64)
        if not len(numbers):
            return numbers
        np.add.at(self._scores, numbers, np.concatenate([w for _, w in parts]))
        score = self._scores[numbers]
        self._scores[numbers] = 0
        if len(score) > ENTRIES:
            best = np.argpartition(-score, ENTRIES)[:ENTRIES]
            numbers, score = numbers[best], score[best]
        once, where = np.unique(numbers, return_index=True)
        return once if len(once) <= most else once[np.argpartition(-score[where], most)[:most]]

    def _rarest(self, query: Marks) -> tuple[Marks, Weights]:
        """The marks to follow: the rarest first, until so many entries are read."""
        query = query[query > 0]
        seen = max(len(self) / max(self.background.total, 1), 1.0)  # the background may be a sample
        times = self.background.times(query) * seen
        order = np.argsort(times, kind="stable")
        read = np.cumsum(times[order])
        order = order[read <= max(READ, float(read[0]) if len(read) and read[0] < 4 * READ else 0)]
        return plain(query[order]), self.background.weight(query[order]) ** 2


def build(messages: Sequence[Message], background: Background) -> Index:
    """An index of messages from memory, by chunks."""
    index = Index(background)
    for start in range(0, len(messages), STEPS[1]):
        index.add(marks(messages[start : start + STEPS[1]], background))
    return index
