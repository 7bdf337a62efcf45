"""Is this task on the unit's list? A function of values: words against words, with the reason said. Pure.

A judgement never stands alone: who disagrees points at an item, mends the list's own words, or has the task approved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: From this share of common pairs of characters on, a task and an item speak of the same thing.
ENOUGH = 0.5
#: And at least so many pairs.
LEAST = 2
#: Words of office that say nothing of the matter.
_EMPTY = re.compile(
    "负责|组织|开展|落实|做好|加强|推进|推动|协助|配合|指导|督促|监督|管理|实施|完成|工作|相关|有关|日常|及时|本辖区|辖区内?|以及|并且|等"
)
_NOISE = re.compile(r"[^\w]|_|\d")


@dataclass(frozen=True)
class Entry:
    """One item of a list in force. ``unit``: the key of the responsible unit ("": every unit that the list is for)."""

    code: str
    text: str
    category: str
    words: tuple[str, ...] = ()
    unit: str = ""
    unit_name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Judgement:
    """``on_list`` is ``None`` where no list is installed. ``item``: the one it was found by, or that is nearest."""

    on_list: bool | None
    item: Entry | None
    reason: str


def judge(task: str, unit: str, items: Sequence[Entry], part: str = "lead") -> Judgement:
    """Whether a task belongs to a unit (by its key). ``part``: ``lead`` 牵头 or ``co`` 配合.

    Whose the nearest item is decides for departments; its category (基本、配合、收回、不得交办) for townships and villages.
    """
    if not items:
        return Judgement(None, None, "没有安装职责清单，没有作清单校验")
    found, shared = nearest(task, items)
    if found is None:
        return Judgement(False, None, "清单里没有相近的条目")
    words = f"第 {found.code} 条“{found.text}”"
    if found.unit not in ("", unit):
        return Judgement(False, found, f"按清单{words}，由{found.unit_name}负责")
    if found.category == "withdrawn":
        to = f"，由{found.unit_name}承接" if found.unit_name else ""
        return Judgement(False, found, f"{words}已由上级收回{to}")
    if found.category == "negative":
        return Judgement(False, found, f"{words}不得交办")
    if found.category == "assist" and part == "lead":
        who = f"由{found.unit_name}牵头，" if found.unit_name else ""
        return Judgement(False, found, f"{words}是配合事项，{who}不能交它牵头办理")
    return Judgement(True, found, f"{words}（{'、'.join(shared)}）")


def nearest(task: str, items: Iterable[Entry]) -> tuple[Entry | None, tuple[str, ...]]:
    """The item that a task speaks of, and by which words; none where nothing is near enough."""
    ranked = [(closeness(task, one), n, one) for n, one in enumerate(items)]
    (share, shared), _, best = min(
        ranked, key=lambda r: (-r[0][0], -len(r[0][1]), r[1]), default=((0.0, ()), 0, None)
    )
    return (best, shared) if best is not None and share >= ENOUGH else (None, ())


def closeness(task: str, entry: Entry) -> tuple[float, tuple[str, ...]]:
    """0…1 and the common words. A keyword of the item in the task is as good as the item's own words."""
    said = plain(task)
    hits = tuple(word for word in entry.words if plain(word) and plain(word) in said)
    if hits:
        return 1.0, hits
    a, b = pairs(said), pairs(plain(entry.text))
    common = a & b
    if len(common) < LEAST:
        return 0.0, ()
    return len(common) / min(len(a), len(b)), tuple(sorted(common, key=said.find))


def plain(text: str) -> str:
    """Without punctuation, numbers, and words that say nothing."""
    return _EMPTY.sub("", _NOISE.sub("", unicodedata.normalize("NFKC", text)))


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters."""
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))


def same(one: str, other: str) -> bool:
    """The same task, whatever the spaces and points."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", one)) == _NOISE.sub(
        "", unicodedata.normalize("NFKC", other)
    )
