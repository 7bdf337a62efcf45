"""What a column of a running ledger may mean, and the headings by which it is known. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, cast

from jieyou.commons.reports.columns import plain

Kind: TypeAlias = Literal["text", "day", "value", "units", "count", "number"]


@dataclass(frozen=True)
class Field:
    """``kind``: ``value`` is one of a list (each way of writing it is mapped once), ``count`` a whole number, ``number`` the
    how-manieth meeting. ``names``: headings, the likeliest first."""

    key: str
    title: str
    kind: Kind
    names: tuple[str, ...]


DATA = Path(__file__).parent / "data/headings.csv"


def _declared() -> tuple[Field, ...]:
    """The fields with the headings that offices use, from the package's own list."""
    with DATA.open(encoding="utf-8") as file:
        return tuple(
            Field(row["field"], row["title"], cast(Kind, row["kind"]), tuple(row["names"].split("|")))
            for row in csv.DictReader(file)
        )


FIELDS = _declared()
BY_KEY = {one.key: one for one in FIELDS}
#: What may stand in several columns of one sheet.
MANY = frozenset({"told", "line"})
#: One of these must be there, or a sheet says nothing.
NEEDED = ("title", "words", "seq_no")
TEXTS = tuple(one.key for one in FIELDS if one.kind in ("text", "count"))
VALUES = tuple(one.key for one in FIELDS if one.kind == "value")
_NAMES = {plain(name).lower(): (one.key, rank) for one in FIELDS for rank, name in enumerate(one.names)}


def of(title: str) -> tuple[str, int]:
    """The field that a heading means and how sure that is (0 is best); ``("", 99)`` for one that we do not know."""
    word = plain(title).lower().replace("_", "").replace("-", "")
    if not word:
        return "", 99
    if word in _NAMES:
        return _NAMES[word]
    inside = [name for name in _NAMES if len(name) > 1 and name in word]
    if not inside:
        return "", 99
    best = max(inside, key=lambda name: (len(name), word.endswith(name)))
    return _NAMES[best][0], 20 + len(word) - len(best)
