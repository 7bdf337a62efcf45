"""Words of harm: self-harm, violence at home, harm to children. Pure.

An alarm means one thing: a person must read this now (practice.md, 强制报告). It is never a label on
a resident and is kept nowhere as one. Missing one costs a life, a needless one a minute: err to the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

GAP = "…"
_BETWEEN = r"[^。！？；\n]{0,8}?"


@dataclass(frozen=True, slots=True)
class Word:
    """What to listen for. ``…`` in ``word`` stands for up to eight characters of one sentence (打…孩子).

    ``unless``: longer phrases that hold the word and mean something else (跳楼价), as plain text.
    """

    kind: str
    word: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """``text[start:end]`` is why a person must look at once."""

    kind: str
    word: str
    start: int
    end: int


def alarm(text: str, words: Iterable[Word]) -> list[Alarm]:
    """Every place of ``text`` that calls for a person, in the order of appearance."""
    found = [hit for word in words for hit in _hits(text, word)]
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.kind))


def _hits(text: str, word: Word) -> Iterable[Alarm]:
    if not all(part in text for part in word.word.split(GAP)):
        return
    harmless = [m.span() for phrase in word.unless for m in _pattern(phrase).finditer(text)]
    for one in _pattern(word.word).finditer(text):
        if not any(start <= one.start() and one.end() <= end for start, end in harmless):
            yield Alarm(word.kind, word.word, *one.span())


@lru_cache(maxsize=2048)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(re.escape(part) for part in word.split(GAP)))
