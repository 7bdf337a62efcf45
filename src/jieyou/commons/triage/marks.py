"""What a message is found again by: hashed pairs of neighbouring characters, the place apart from the problem. Pure.

A mark is a uint32: 30 bits of hash, bit 1 when the pair stands in the title, bit 0 when it lies inside the name of a
place or an organisation (伊景园滨河苑, 月亮岛路, 经济学院). 0 is no mark. Text cannot be read back from marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from jieyou.commons.triage.replies import EVERYWHERE

Message: TypeAlias = tuple[str, str]
"""Title (may be empty) and body."""
Marks: TypeAlias = npt.NDArray[np.uint32]
Numbers: TypeAlias = npt.NDArray[np.int64]
Weights: TypeAlias = npt.NDArray[np.float32]

WIDTH = 64
"""Marks kept of one message: the rarest of them."""
LONGEST = 4000
"""Characters looked at in a body; what follows says nothing new."""
HEAD = 30
"""Of a message without a title so many characters stand for one."""
IN_TITLE, IN_NAME = 1.0, 0.1
"""What a mark gains when the best are chosen."""
PLACE, TITLE = np.uint32(1), np.uint32(2)

_BITS = 22
_BEFORE = 1000
"""So many messages are taken as read before the first: a handful of messages does not say what is rare."""
_USUAL, _STOCK = 0.001, 0.05
"""In what share of them a pair stands; the same of a stock phrase (您好, 希望, 解决)."""
_RAREST = 7.0
"""No mark weighs more: what stands once in ten million messages says no more than what stands once in a thousand."""

_GAP = re.compile(r"[^0-9a-z一-鿿]+")
#: A name ends in one of these; the characters before belong to it unless one of ``_STOPS`` comes between.
_ENDS = "市区县镇乡村路街巷弄苑园城府庭湾组屯沟峁坪寺厂矿站桥院校"
_PAIRS = (
    "社区 街道 广场 大厦 大道 高速 国道 省道 大学 中学 小学 公司 集团 市场 超市 酒店 银行 水库 公寓 国际 华府 豪庭 山庄 别墅 号线 "
    "庙会 菜场 浴场 中心 诊所 卫生室 居委会 村委会 一期 二期 三期 四期"
)
_STOPS = "的在是我你他们于和与及对向把被到从由为了有就都也很请求望因并且其该这那个不没未问题投诉反映建议咨询关于要会 "
_REACH = 5
"""Characters of a name before its ending."""
_HASH = np.uint32(0xFFFFFFFC)


@dataclass
class Background:
    """In how many of ``total`` messages each mark stood; from it comes how much a mark says. It grows with :meth:`add`."""

    table: Marks = field(default_factory=lambda: np.zeros(1 << _BITS, np.uint32))
    total: int = 0

    def add(self, messages: Sequence[Message]) -> None:
        """Count in what these messages contain."""
        _, mark, _ = _pairs(messages)
        self.table += np.bincount(_slot(mark), minlength=1 << _BITS).astype(np.uint32)
        self.total += len(messages)

    def times(self, mark: Marks) -> Marks:
        """In how many messages each mark stood."""
        return self.table[_slot(mark)]

    def weight(self, mark: Marks) -> Weights:
        """How much each mark says: -log of its share, at most ``_RAREST``; 0 where there is no mark."""
        slot = _slot(mark)
        usual = np.where(_IS_STOCK[slot], _STOCK, _USUAL) * _BEFORE
        share = (self.table[slot] + usual) / (self.total + _BEFORE)
        return np.where(mark > 0, np.minimum(-np.log(share), _RAREST), 0).astype(np.float32)


def marks(messages: Sequence[Message], background: Background) -> Marks:
    """The marks of messages, ``[n, WIDTH]``, zero-padded, those that say most first."""
    row, mark, times = _pairs(messages)
    worth = background.weight(mark) * (1 + np.log(times))
    worth *= 1 + IN_TITLE * (mark & TITLE).astype(bool) + IN_NAME * (mark & PLACE).astype(bool)
    order = np.lexsort((-worth, row))
    row, mark = row[order], mark[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    kept = rank < WIDTH
    out = np.zeros((len(messages), WIDTH), np.uint32)
    out[row[kept], rank[kept]] = mark[kept]
    return out


def plain(mark: Marks) -> Marks:
    """A mark without what it says of its place in the message."""
    return mark & _HASH


def smooth(text: str) -> str:
    """Lower case; all but letters, digits and Chinese becomes one space."""
    return _GAP.sub(" ", text.lower())


def _slot(mark: Marks) -> Numbers:
    """Where a mark is counted."""
    return (mark >> np.uint32(32 - _BITS)).astype(np.int64)


def _pairs(messages: Sequence[Message]) -> tuple[Numbers, Marks, Numbers]:
    """(row, mark, times) of every distinct pair of characters, ordered by row."""
    titles = [smooth(title).strip() for title, _ in messages]
    texts = [f"{t}  {smooth(body[:LONGEST])}  " for t, (_, body) in zip(titles, messages, strict=True)]
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    row = np.repeat(np.arange(len(texts)), sizes)
    heads = np.fromiter((len(t) or HEAD + 2 for t in titles), np.int64, len(titles))
    in_title = np.arange(len(codes)) - (np.cumsum(sizes) - sizes)[row] < heads[row]
    flags = _in_names(codes) | (in_title.astype(np.uint32) << np.uint32(1))
    good = (codes[:-1] != 32) & (codes[1:] != 32)
    keys = (row[:-1][good].astype(np.uint64) << np.uint64(32)) | _hash(codes[:-1], codes[1:])[good]
    return _distinct(keys, (flags[:-1] & (flags[1:] | TITLE))[good])


def _hash(left: Marks, right: Marks) -> Marks:
    """30 bits, never 0."""
    mixed = left * np.uint32(0x9E3779B1) ^ (right * np.uint32(0x85EBCA77))
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(13)
    return np.maximum(mixed & _HASH, np.uint32(4))


def _distinct(keys: npt.NDArray[np.uint64], flags: Marks) -> tuple[Numbers, Marks, Numbers]:
    """Each mark once per row; it has a flag if any occurrence has it."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.int64)
    order = np.argsort(keys, kind="stable")
    keys, flags = keys[order], flags[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    mark = keys[first].astype(np.uint32) | np.bitwise_or.reduceat(flags, first)
    return (keys[first] >> np.uint64(32)).astype(np.int64), mark, np.diff(first, append=len(keys))


def _in_names(codes: Marks) -> Marks:
    """1 for every character that lies inside the name of a place or an organisation."""
    low = np.minimum(codes, 0xFFFF)
    end, stop = _IS_END[low], _IS_STOP[low]
    end[1:] |= np.isin(low[1:] | (low[:-1] << np.uint32(16)), _PAIR_CODES)
    inside, now = end.copy(), end
    for _ in range(_REACH):
        now = np.append(now[1:], False) & ~stop
        inside |= now
    return inside.astype(np.uint32)


def _table(characters: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, bool)
    table[[ord(one) for one in characters]] = True
    return table


def _stock() -> npt.NDArray[np.bool_]:
    """Where stock phrases of letters to and from offices are counted."""
    codes = np.array([[ord(one) for one in pair] for pair in sorted(EVERYWHERE)], np.uint32)
    table = np.zeros(1 << _BITS, bool)
    table[_slot(_hash(codes[:, 0], codes[:, 1]))] = True
    return table


_IS_END, _IS_STOP, _IS_STOCK = _table(_ENDS), _table(_STOPS), _stock()
_PAIR_CODES = np.unique(
    np.array([ord(pair[-1]) | (ord(pair[-2]) << 16) for pair in _PAIRS.split()], np.uint32)
)
