"""Messages as counts of words and of runs of characters, each known by a hash: no vocabulary is kept, no text either. Pure.

A count matrix has a row a text and a column a hashed run (:data:`WIDTH` columns); :func:`chars` and :func:`words` make them.
Heavy modules are imported here, and only by those who learn or predict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt
import rjieba
from scipy.sparse import csr_matrix

BITS = 22
WIDTH = 1 << BITS
"""Columns: four million, so that two runs of one city rarely share one."""
Codes: TypeAlias = npt.NDArray[np.uint32]
Counts: TypeAlias = Any
"""``scipy.sparse.csr_matrix`` of float32, ``[texts, WIDTH]`` (scipy has no types)."""

_BLANK = re.compile(r"\s+")
_STOP = 0x1F
"""Stands between two texts; no run goes across it."""
_NO_WORD = re.compile(r"^[\W_]*$")


def smooth(text: str) -> str:
    """Lower case, one blank where there are many."""
    return _BLANK.sub(" ", text.lower()).strip()


def chars(texts: Sequence[str], shortest: int, longest: int) -> Counts:
    """Counts of all runs of ``shortest`` to ``longest`` characters."""
    codes, row = _joined(texts)
    hashed, ok = codes.copy(), codes != _STOP
    keys = [_keys(row, hashed, ok, 1)] if shortest == 1 else []
    for n in range(2, longest + 1):
        hashed = _mix(hashed[:-1], codes[n - 1 :])
        ok = ok[:-1] & (codes[n - 1 :] != _STOP)
        keys += [_keys(row[: len(hashed)], hashed, ok, n)] if n >= shortest else []
    return _counts(np.concatenate(keys), len(texts))


def words(texts: Sequence[Sequence[str]]) -> Counts:
    """Counts of words and of pairs of neighbouring words. ``texts``: as :func:`cut` gives them."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    row = np.repeat(np.arange(len(texts)), sizes)
    codes = np.fromiter((word_hash(word) for text in texts for word in text), np.uint32, int(sizes.sum()))
    pairs, same = _mix(codes[:-1], codes[1:]), row[:-1] == row[1:]
    keys = np.concatenate([_keys(row, codes, np.ones(len(codes), bool), 1), _keys(row[:-1], pairs, same, 2)])
    return _counts(keys, len(texts))


def cut(text: str) -> list[str]:
    """The words of a text, without punctuation."""
    return [word for word in rjieba.cut(text) if not _NO_WORD.match(word)]


_SAYS_NOTHING = frozenset("dcpurmqfstyeow")
"""Tags of adverbs, conjunctions, prepositions, particles, pronouns, figures, directions and times."""


@lru_cache(1 << 16)
def telling(word: str) -> bool:
    """Whether a word may stand as a reason before people: what somebody has, does or suffers, not “一直” or “家里”."""
    return any(tag[:1] not in _SAYS_NOTHING for _, tag in rjieba.tag(word))


@lru_cache(1 << 16)
def word_hash(word: str) -> int:
    """A word's hash, before it is put into a column."""
    return crc32(word.encode())


def columns(single: Sequence[str]) -> npt.NDArray[np.int64]:
    """The columns in which single words are counted by :func:`words`."""
    return _columns(np.fromiter(map(word_hash, single), np.uint32, len(single)), 1)


def _joined(texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """All characters of all texts with a stop after each text, and the row of each."""
    stop = chr(_STOP)
    codes = np.frombuffer("".join(f"{text}{stop}" for text in texts).encode("utf-32-le"), np.uint32)
    sizes = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    return codes, np.repeat(np.arange(len(texts)), sizes)


def _mix(left: Codes, right: Codes) -> Codes:
    mixed = left * np.uint32(0x9E3779B1) ^ (right * np.uint32(0x85EBCA77))
    mixed ^= mixed >> np.uint32(15)
    return mixed * np.uint32(0x2C1B3C6D)


def _columns(hashed: Codes, length: int) -> npt.NDArray[np.int64]:
    mixed = (hashed ^ np.uint32(length * 0x01000193)) * np.uint32(0x9E3779B1)
    return (mixed >> np.uint32(32 - BITS)).astype(np.int64)


def _keys(
    row: npt.NDArray[np.int64], hashed: Codes, ok: npt.NDArray[np.bool_], length: int
) -> npt.NDArray[np.int64]:
    """Row and column in one number."""
    return (row[ok] << BITS) | _columns(hashed[ok], length)


def _counts(keys: npt.NDArray[np.int64], rows: int) -> Counts:
    found, times = np.unique(keys, return_counts=True)
    ends = np.searchsorted(found, np.arange(rows + 1, dtype=np.int64) << BITS)
    return csr_matrix((times.astype(np.float32), found & (WIDTH - 1), ends), shape=(rows, WIDTH))
