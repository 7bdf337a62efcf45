"""The notices that come with the package: ``data/notices.csv`` and ``data/days.csv``.

Written from the texts on www.gov.cn; ``published_on`` is the day they appeared there. Adding a year is adding
its line and its days; a database that is already running takes it in by ``store.catch_up``.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jieyou.kernel.calendar.notices import Arranged

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Packaged:
    """A notice of the package with its days."""

    year: int
    number: str
    title: str
    published_on: date
    source: str
    days: tuple[Arranged, ...]


def notices() -> list[Packaged]:
    """In the order of publication."""
    days: dict[tuple[str, str], list[Arranged]] = {}
    for row in _rows("days.csv"):
        arranged = Arranged(date.fromisoformat(row["date"]), row["works"] == "1", row["name"])
        days.setdefault((row["year"], row["number"]), []).append(arranged)
    found = [_notice(row, days[row["year"], row["number"]]) for row in _rows("notices.csv")]
    return sorted(found, key=lambda notice: notice.published_on)


def _notice(row: dict[str, str], days: list[Arranged]) -> Packaged:
    published = date.fromisoformat(row["published_on"])
    return Packaged(int(row["year"]), row["number"], row["title"], published, row["source"], tuple(days))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
