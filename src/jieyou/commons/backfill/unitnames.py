"""区住建局 is 宝塔区住房和城乡建设局: units by the names that people write. Pure.

A name is sure when exactly one unit is written so. Else there are suggestions; nothing is ever made up.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SHORTS = Path(__file__).parent / "data/short_units.csv"
_SEVERAL = re.compile(r"[、,，;；/\n]+|(?<=[局办委府会队院校司镇乡道区部所心])\s+|\s{2,}")
_TAIL = re.compile(r"[（(](?:牵头|配合|主办|协办|负责)[)）]|^(?:牵头|配合|主办|协办|责任)(?:单位)?[:：]")
MOST = 5


@dataclass(frozen=True)
class Known:
    """One unit: its key, names, the names of the place it belongs to and of those above (宝塔区, 延安市), its other names."""

    key: str
    name: str
    short: str
    places: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """``key``: the unit that is surely meant, or ""; ``near``: keys worth a look, the likeliest first."""

    key: str = ""
    near: tuple[str, ...] = ()


@dataclass
class Units:
    """All units of a place, found by what people write. ``own``: the place's own name, whose units go first."""

    known: Sequence[Known]
    own: str = ""
    _forms: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.known:
            for form in forms(unit):
                self._forms.setdefault(form, []).append(unit.key)
        self._names = {unit.key: smooth(unit.name) for unit in self.known}
        self._order = {unit.key: (self.own not in unit.places[:1], len(unit.name)) for unit in self.known}

    def guess(self, told: str) -> Guess:
        """Who is meant."""
        said = smooth(told)
        if not said:
            return Guess()
        found = self._sorted(self._forms.get(said, []))
        if found:
            own = [key for key in found if not self._order[key][0]] or found
            return Guess(own[0] if len(own) == 1 else "", tuple(found[:MOST]))
        near = self._sorted(
            key for key, name in self._names.items() if _within(said, name) or _within(name, said)
        )
        return Guess(
            near[0] if len(near) == 1 and _close(said, self._names[near[0]]) else "", tuple(near[:MOST])
        )

    def _sorted(self, keys: Iterable[str]) -> list[str]:
        return sorted(dict.fromkeys(keys), key=lambda key: self._order[key])


def split(told: str, whole: Iterable[str] = ()) -> list[str]:
    """The units of a cell: 区住建局、桥沟街道办. What is known as one name stays whole."""
    if told.strip() in set(whole):
        return [told.strip()]
    parts = [_TAIL.sub("", part).strip(" 。.") for part in _SEVERAL.split(_TAIL.sub("", told))]
    return list(dict.fromkeys(part for part in parts if part))


def smooth(name: str) -> str:
    return re.sub(r"[\s()（）·,，。]", "", unicodedata.normalize("NFKC", name))


def forms(unit: Known) -> set[str]:
    """Every way in which the unit is written: with and without its place, with 区 for 宝塔区, with the usual short words."""
    bare = {smooth(name) for name in (unit.name, unit.short, *unit.aliases)} - {""}
    for place in unit.places:
        bare |= {
            name[len(place) :] for name in list(bare) if name.startswith(place) and len(name) > len(place) + 1
        }
    for full, short in _shorts():
        bare |= {name.replace(full, short, 1) for name in list(bare) if full in name}
    kinds = {place[-1] for place in unit.places[:1] if place}
    heads = {*unit.places[:1], *(place[:-1] for place in unit.places[:1] if len(place) > 2), *kinds, ""}
    return {head + name for head in heads for name in bare if len(head + name) > 2}


@cache
def _shorts() -> tuple[tuple[str, str], ...]:
    with SHORTS.open(encoding="utf-8") as file:
        return tuple((row["full"], row["short"]) for row in csv.DictReader(file))


def _within(short: str, long: str) -> bool:
    """Are the characters of the short name all there, in order, and the last one the last? (住建局 in 住房和城乡建设局)"""
    if len(short) < 2 or len(short) >= len(long) or short[-1] != long[-1]:
        return False
    at = iter(long)
    return all(character in at for character in short)


def _close(one: str, other: str) -> bool:
    """A third of the name at least was written."""
    return min(len(one), len(other)) * 3 >= max(len(one), len(other))
