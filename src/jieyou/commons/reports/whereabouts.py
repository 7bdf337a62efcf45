"""Which township or village does a text name? Only a sure answer is one. Pure.

Names are looked up in memory: thousands of rows ask, and a query for each would be the slowest part of an import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key")

#: 曹咀村委会 is 曹咀村, 南桥社区居民委员会 is 南桥社区: how people write them.
_SHORT = (
    (re.compile(r"村(?:村民委员会|村委会)$"), "村"),
    (re.compile(r"(?:村民委员会|村委会)$"), "村"),
    (re.compile(r"社区(?:居民委员会|居委会)$"), "社区"),
    (re.compile(r"居民委员会$"), "居委会"),
)
#: After one of these a name may begin; 王庄村 is not named in 大王庄村.
_BEFORE = frozenset("省市区县镇乡道办处村社、于在到住是和与及从至")


class Whereabouts(Generic[Key]):
    """Finds a place in the text of an address.

    ``places``: (key, name, code), each below the place that is asked about.
    """

    def __init__(self, places: Iterable[tuple[Key, str, str]]) -> None:
        self._key: dict[str, Key] = {}
        self._named: dict[str, list[str]] = {}
        rows = list(places)
        names = {code: name for _, name, code in rows}
        for key, name, code in rows:
            self._key[code] = key
            for word in _written(name, names.get(code[:9], "")):
                self._named.setdefault(word, []).append(code)
        self._longest = max(map(len, self._named), default=0)

    def at(self, text: str) -> Key | None:
        """The place, when the text names exactly one line of places (桥沟街道杨家岭社区); else ``None``."""
        hits = list(self._hits(text))
        codes = {c for hit in hits for c in hit if all(any(_in_line(c, d) for d in other) for other in hits)}
        deepest = [c for c in codes if not any(d != c and d.startswith(c) for d in codes)]
        if len(deepest) > 1:  # two villages of one name in the township that is named
            deepest = [c for c in codes if all(d.startswith(c) and d != c for d in deepest)]
        return self._key[max(deepest, key=len)] if deepest else None

    def _hits(self, text: str) -> Iterator[list[str]]:
        place, ended = 0, 0
        while place < len(text):
            word = self._word(text, place) if place == ended or _may_begin(text[place - 1]) else ""
            if word:
                yield self._named[word]
                place = ended = place + len(word)
            else:
                place += 1

    def _word(self, text: str, place: int) -> str:
        sizes = range(min(self._longest, len(text) - place), 1, -1)
        return next((w for size in sizes if (w := text[place : place + size]) in self._named), "")


def _may_begin(before: str) -> bool:
    return before in _BEFORE or not "一" <= before <= "鿿"


def _written(name: str, township: str) -> set[str]:
    words = {name, name.removeprefix(township) if township != name else name}
    words |= {pattern.sub(short, word) for word in words for pattern, short in _SHORT}
    return {word for word in words if len(word) > 2 or word == name}


def _in_line(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
