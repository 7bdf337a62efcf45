"""Words of harm (self-harm, violence, threats, fire) and words that accuse (bribes, abuse of power). Pure.

An alarm means one thing: a person must read this now (practice.md, 强制报告), or think of sealing it. It is never a
label on a resident and is kept nowhere as one. Missing one costs a life, a needless one a minute: err to the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jieyou.kernel.privacy.trie import trie

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
    return listener(tuple(words)).hear(text)


@lru_cache(maxsize=8)
def listener(words: tuple[Word, ...]) -> Listener:
    """The words made ready. A bulk path keeps what this gives it."""
    return Listener(words)


class Listener:
    """Hears many words in one pass: only those whose beginning stands in the text are looked for."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._by_start: dict[str, list[Word]] = {}
        for word in words:
            self._by_start.setdefault(word.word.split(GAP)[0], []).append(word)
        firsts = "".join(sorted({re.escape(start[0]) for start in self._by_start}))
        self._starts = re.compile(f"(?=([{firsts}]))(?=({trie(self._by_start)}))" if firsts else "(?!)(.)(.)")

    def hear(self, text: str) -> list[Alarm]:
        """Every place where one of the words stands, in the order of appearance."""
        here = {one[2] for one in self._starts.finditer(text)}
        starts = {start[:n] for start in here for n in range(1, len(start) + 1)}
        found = [
            hit for start in starts for word in self._by_start.get(start, ()) for hit in _hits(text, word)
        ]
        return sorted(found, key=lambda hit: (hit.start, hit.end, hit.kind, hit.word))


def _hits(text: str, word: Word) -> Iterable[Alarm]:
    if not all(part in text for part in word.word.split(GAP)):
        return
    harmless = [m.span() for phrase in word.unless for m in _pattern(phrase).finditer(text)]
    for one in _pattern(word.word).finditer(text):
        if not any(start <= one.start() and one.end() <= end for start, end in harmless):
            yield Alarm(word.kind, word.word, *one.span())


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(re.escape(part) for part in word.split(GAP)))
