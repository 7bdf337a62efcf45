"""Bringing a place tree in from CSV files. Safe to repeat: what is known already is left as it is."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.chain import append
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import LONG_AGO, LONGEST_NAME, Place, PlaceCode, Succession
from jieyou.kernel.places.words import said

DATA = Path(__file__).parent / "data"
YANAN = DATA / "places_yanan.csv"
OLD_CODES = DATA / "old_codes.csv"
BATCH = 1000


class BadFile(ValueError):
    """A file of places that cannot be loaded; ``sentence`` says where and why. Nothing of it was loaded."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Loaded:
    """How many rows came in, and how many were there already."""

    new: int
    known: int


def load_yanan(by: str) -> Loaded:
    """Yan'an as shipped: 2 090 places (NBS 2023) and the old codes of 安塞 and 子长."""
    loaded = load_csv(YANAN, by)
    load_old_codes(OLD_CODES, by)
    return loaded


@transaction.atomic
def load_csv(path: Path, by: str, since: date = LONG_AGO) -> Loaded:
    """Places from ``code,name,level`` (UTF-8), parents in the file or known already; ``by`` is
    ``Actor.person``.

    A row whose code any place has or had is known and left alone: renames made here are not undone. Raises
    BadFile.
    """
    why = f"导入{Path(path).name}"
    known = set(PlaceCode.objects.values_list("code", flat=True))
    rows = {row["code"]: row for row in _lines(path, ("code", "name", "level"))}
    fresh = _places([row for code, row in rows.items() if code not in known], since)
    Place.objects.bulk_create(fresh, batch_size=BATCH)
    PlaceCode.objects.bulk_create(
        [PlaceCode(place=place, code=place.code, since=since, note=why) for place in fresh], batch_size=BATCH
    )
    tracked.adopt(fresh, by, why)
    return Loaded(len(fresh), len(rows) - len(fresh))


@transaction.atomic
def load_old_codes(path: Path, by: str) -> int:
    """Earlier codes and names from ``old_code,old_name,code,on,source``; returns how many were new.

    ``on`` is the first day of the present code. Rows of places that are not here, or known already, are
    passed over.
    """
    new = 0
    for row in _lines(path, ("old_code", "old_name", "code", "on", "source")):
        now = PlaceCode.objects.filter(code=row["code"], until__isnull=True).select_related("place").first()
        if now is not None and not now.place.codes.filter(code=row["old_code"]).exists():
            _begin_earlier(now, row, date.fromisoformat(row["on"]), by)
            new += 1
    return new


def _places(rows: Iterable[dict[str, str]], since: date) -> list[Place]:
    """Unsaved places, parents first."""
    there = {place.code: place for place in Place.objects.filter(until__isnull=True)}
    fresh: list[Place] = []
    for row in sorted(rows, key=lambda row: (len(row["code"]), row["code"])):
        there[row["code"]] = place = _place(row, there, since)
        fresh.append(place)
    return fresh


def _place(row: dict[str, str], there: dict[str, Place], since: date) -> Place:
    code, name, where = row["code"], row["name"], f"第{row['line']}行"
    try:
        level, above = codes.level_of(code), codes.parent_code(code)
    except codes.BadCode as fault:
        raise BadFile(f"{where}：{fault.sentence}") from fault
    if level != row["level"]:
        raise BadFile(f"{where}：编码{code}应是{codes.TITLES[level]}，文件写的层级是“{row['level']}”。")
    if above and above not in there:
        raise BadFile(f"{where}：没有编码为{above}的上级辖区。")
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadFile(f"{where}：{'名称太长' if name else '没有名称'}。")
    return Place(name=name, level=level, parent=there.get(above), code=code, since=since)


def _begin_earlier(now: PlaceCode, row: dict[str, str], on: date, by: str) -> None:
    """The present code begins on ``on``; before it the place had the old code and name."""
    place, source = now.place, row["source"]
    old = PlaceCode(place=place, code=row["old_code"], since=now.since, until=on, note=source)
    if not old.since < on:
        raise BadFile(f"第{row['line']}行：编码{now.code}在{said(on)}以前没有更早的编码期间。")
    now.since = on
    now.save(update_fields=["since"])
    old.save()
    names = {"old_name": row["old_name"], "new_name": place.name, "on": on, "why": source}
    Succession.objects.bulk_create(
        Succession(before=place, after=place, kind=kind, old_code=row["old_code"], new_code=now.code, **names)
        for kind in ("rename", "recode")
    )
    body = {"change": "earlier", "on": on, "codes": [[row["old_code"], now.code]], "by": by}
    append("place", "places", body, {"why": source, "names": [row["old_name"], place.name]})


def _lines(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with blanks cut, and ``line``, the row's number in the file."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise BadFile(f"{Path(path).name}缺少列：{'、'.join(missing)}。")
        for row in reader:
            yield {name: (row[name] or "").strip() for name in columns} | {"line": str(reader.line_num)}
