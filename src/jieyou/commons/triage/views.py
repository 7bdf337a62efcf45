"""How a message is looked at: words, characters, its beginning, its title. Each view is a matrix of weighed counts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack

from jieyou.commons.triage import grams
from jieyou.commons.triage.grams import Counts

LONGEST = 4000
"""Characters looked at in a body."""
BEGINNING, HEAD = 150, 30
"""Characters of the beginning; of a message without a title so many stand for one."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message, smoothed and cut into words once for all views."""

    title: str
    body: str
    title_words: list[str]
    body_words: list[str]


def said(title: str, body: str) -> Said:
    """A message made ready."""
    title, body = grams.smooth(title), grams.smooth(body[:LONGEST])
    return Said(title, body, grams.cut(title), grams.cut(body))


def _words(texts: Sequence[Said]) -> Counts:
    return grams.words([t.title_words * 2 + t.body_words for t in texts])


def _characters(texts: Sequence[Said]) -> Counts:
    return grams.chars([f"{t.title} {t.title} {t.body}" for t in texts], 1, 2)


def _beginning(texts: Sequence[Said]) -> Counts:
    heads = [grams.cut(t.body[:BEGINNING]) for t in texts]
    by_word = grams.words([t.title_words * 2 + head for t, head in zip(texts, heads, strict=True)])
    by_character = grams.chars([f"{t.title} {t.title} {t.body[:BEGINNING]}" for t in texts], 1, 2)
    return hstack([by_character, by_word], format="csr")


def _title(texts: Sequence[Said]) -> Counts:
    return grams.chars([t.title or t.body[:HEAD] for t in texts], 1, 3)


VIEWS: dict[str, Callable[[Sequence[Said]], Counts]] = {
    "words": _words, "characters": _characters, "beginning": _beginning, "title": _title,
}  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """Which columns count (sorted) and how much: TF-IDF with dampened counts, each row of length 1."""

    columns: npt.NDArray[np.int64]
    rarity: npt.NDArray[np.float32]

    def __call__(self, counts: Counts) -> Counts:
        """``[texts, columns]``."""
        spot = np.minimum(np.searchsorted(self.columns, counts.indices), len(self.columns) - 1)
        known = self.columns[spot] == counts.indices
        data = ((1 + np.log(counts.data)) * self.rarity[spot])[known].astype(np.float32)
        ends = np.concatenate([[0], np.cumsum(known)])[counts.indptr]
        rows = csr_matrix((data, spot[known], ends), shape=(counts.shape[0], len(self.columns)))
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
        return (diags(1 / np.maximum(lengths, 1e-9).astype(np.float32)) @ rows).tocsr()


def scale_of(counts: Counts, least: int = 2) -> Scale:
    """The scale of a training set: columns that ``least`` texts have."""
    times = np.bincount(counts.indices, minlength=counts.shape[1])
    columns = np.flatnonzero(times >= least)
    rarity = np.log((1 + counts.shape[0]) / (1 + times[columns])) + 1
    return Scale(columns, rarity.astype(np.float32))
