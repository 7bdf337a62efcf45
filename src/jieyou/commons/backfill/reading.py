"""One line of a ledger becomes what is known of an item: values, days, units, facts; and what is wrong with it, by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from jieyou.commons.backfill import dates, fields, unitnames
from jieyou.commons.backfill.choosing import BY_DECISION, Choosing
from jieyou.commons.backfill.contacts import contact
from jieyou.commons.backfill.mapping import BY_END, WANTED, WORDS, Mapping, SheetMap
from jieyou.commons.backfill.sheets import Line
from jieyou.commons.reports.checking import NOTHING, text
from jieyou.commons.reports.whereabouts import Whereabouts
from jieyou.commons.reports.words import first_words
from jieyou.kernel.loop.declare import Anyone
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.units import current
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import masking

DAYS = ("told_at", "held_on", "due", "ended_on")
LONGEST_TITLE, LONGEST = 200, 20_000
_YES = frozenset(["是", "有", "涉及", "1", "yes", "√", "✓"])
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）、.．]|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳])\s*", re.M)
_MEETING = re.compile(r"第\s*([0-9]{1,4}|[一二三四五六七八九十百]{1,6})\s*[次期届]")
_NO_MEETING = frozenset(["否", "未上会", "不上会", "没有上会", "未研究"])
_CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九")}


@dataclass
class Item:
    """What a line says. ``wrong``: field → sentence; ``kept``: fields that stay as told because nothing is certain."""

    line: Line
    title: str = ""
    words: str = ""
    number: str = ""
    name: str = ""
    phone: str = ""
    where: str = ""
    place: Place | None = None
    days: dict[str, date] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    reach: int | None = None
    stage: str = ""
    units: list[Unit] = field(default_factory=list)
    co_units: list[Unit] = field(default_factory=list)
    attend: list[Unit] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    meetings: list[int] = field(default_factory=list)
    outcome: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    part: int = 0

    @property
    def only_meeting(self) -> bool:
        """A line that tells of a meeting and of no item."""
        return bool(self.meetings) and not (self.title or self.words)

    @property
    def key(self) -> str:
        """What row it is, whatever progress it made since: the same row of next month's ledger has the same key."""
        if self.only_meeting:
            return f"meeting:{','.join(map(str, self.meetings))}"
        told = (self.title, self.words, self.where, self.name, self.number, self.line.words("told_at"),
                self.line.words("seq_no") if not self.line.words("told_at") else "")  # fmt: skip
        return sha256("\x1f".join(re.sub(r"\s+", "", one) for one in told).encode()).hexdigest()

    @property
    def known_by(self) -> str:
        """The old number where it is one that names a single matter (not 1, 2, 3 …)."""
        digits = sum(c.isdigit() for c in self.number)
        return self.number if digits >= 5 or (digits >= 3 and not self.number.isdigit()) else ""

    def said(self, key: str) -> str:
        """The cell of a field, personal numbers covered."""
        return masking.mask(self.line.words(key))


class Reader:
    """Reads the lines of one workbook. What they share (units, places, choices) is read once."""

    def __init__(self, mapping: Mapping, place: Place, today: date) -> None:
        self.mapping, self.place, self.today, self.choosing = mapping, place, today, Choosing()

    def read(self, line: Line) -> list[Item]:
        """The items of a line: one, or as many as a meeting's cell lists."""
        sheet = self.mapping.sheet(line.sheet)
        assert sheet is not None
        titles = _listed(line.words("title")) if sheet.has("seq_no") and len(line.rows) == 1 else []
        if len(titles) < 2:
            return [self._item(line, sheet)]
        return [self._item(self._part(line, n, titles), sheet, n + 1) for n in range(len(titles))]

    def _part(self, line: Line, n: int, titles: list[str]) -> Line:
        """One of several items in a cell: what is listed beside it in the same number belongs to it."""
        cells: dict[str, Any] = dict(line.cells) | {"title": titles[n]}
        for key in ("words", "decision", "units", "outcome", "stage", "progress", "ended_on"):
            listed = _listed(line.words(key))
            if len(listed) == len(titles):
                cells[key] = listed[n]
        return Line(line.sheet, line.rows, cells, line.told, line.more)

    def _item(self, line: Line, sheet: SheetMap, part: int = 0) -> Item:
        item = Item(line, part=part)
        self._words(item)
        self._days(item, sheet)
        self._values(item)
        self._people(item)
        item.meetings = self._meeting_numbers(item)
        self._outcome(item)
        item.stage = self._stage(item)
        self._check(item, sheet)
        return item

    def _words(self, item: Item) -> None:
        line = item.line
        item.title, item.words = line.words("title"), line.words("words")
        if len(item.title) > LONGEST_TITLE:
            item.words = "\n".join(filter(None, (item.title, item.words)))
            item.title = first_words(item.title)
        item.title = item.title or (first_words(item.words) if item.words else "")
        item.title = " ".join(item.title.split())
        item.number = _something(line.words("number"))[:80]
        item.name, item.phone = contact(_something(line.words("name")), _something(line.words("phone")))
        item.where = _something(line.words("where"))
        item.place = self._place_of(item.where)
        reach = re.fullmatch(r"[约近共]?\s*(\d{1,6})\s*(?:人|户|名|余?人次)?", line.words("reach"))
        item.reach = int(reach[1]) if reach else None

    def _days(self, item: Item, sheet: SheetMap) -> None:
        year = self._year(item.line, sheet)
        for key in DAYS:
            cell = item.line.cells.get(key)
            if key not in item.line.cells or not text(cell):
                continue
            told = item.days.get("told_at")
            day = dates.read(cell, year or (told.year if told else None), last=key in ("ended_on", "due"))
            if not year and told and day.day and day.day < told:
                day = dates.Day()  # next year's, or a slip: not certain
            self._day(item, key, day, sheet)

    def _day(self, item: Item, key: str, day: dates.Day, sheet: SheetMap) -> None:
        title, said = self._title(sheet, key), item.line.words(key)[:40]
        if day.wrong:
            item.wrong[key] = f"“{title}”“{said}”：{day.wrong}，或者留空"
        elif day.day is None or (day.before and key != "due"):
            item.kept += [] if said in NOTHING else [key]
        elif key == "held_on" and day.day > self.today:
            item.wrong[key] = f"“{title}”{day.day} 还没有到：还没开的会，请在系统里“筹备会议”"
        elif key in ("told_at", "ended_on") and day.day > self.today:
            item.wrong[key] = f"“{title}”{day.day} 还没有到，请核对"
        else:
            item.days[key] = day.day

    def _year(self, line: Line, sheet: SheetMap) -> int | None:
        said = line.words("year")
        own = int(said) if re.fullmatch(r"(?:19|20)\d\d", said) else dates.year_in(said) if said else None
        return own or dates.year_in(sheet.name) or dates.year_in(sheet.above)

    def _values(self, item: Item) -> None:
        for key in fields.VALUES:
            if key in item.line.cells and key not in ("stage", "outcome"):
                said = item.line.words(key)
                item.values[key] = self._meant(key, said)
                if said and not item.values[key] and said not in NOTHING:
                    item.kept.append(key)

    def _meant(self, key: str, said: str) -> str:
        """As decided; what nobody has decided (a file without a person) is guessed."""
        decided = self.mapping.values.get(key, {})
        return decided[said] if said in decided else self.choosing.guess(key, said)

    def _people(self, item: Item) -> None:
        for key in ("units", "co_units", "attend"):
            found = [self._unit(item, name) for name in self._names(item.line, key)]
            setattr(item, key, list(dict.fromkeys(unit for unit in found if unit)))

    def _names(self, line: Line, key: str) -> list[str]:
        cells = [text(line.cells.get(key)), *line.more.get(key, [])]
        return [
            name
            for cell in cells
            if cell not in NOTHING
            for name in unitnames.split(cell, self.mapping.units)
        ]

    def _unit(self, item: Item, name: str) -> Unit | None:
        meant = self.mapping.units.get(name, WORDS)
        if meant == WANTED:
            item.wanted.append(name)
        unit = self._units.get(meant)
        if unit is None and "units" not in item.kept:
            item.kept.append("units")
        return unit

    def _meeting_numbers(self, item: Item) -> list[int]:
        said = item.line.words("seq_no")
        found = [_count(one) for one in _MEETING.findall(said)]
        if not found and re.fullmatch(r"\d{1,4}", said):
            found = [int(said)]
        if said and not found and said not in NOTHING and said not in _NO_MEETING:
            item.kept.append("seq_no")
        return [number for number in dict.fromkeys(found) if number]

    def _outcome(self, item: Item) -> None:
        if not item.meetings:
            return
        said, decision = item.line.words("outcome"), item.line.words("decision")
        meant = self._meant("outcome", said)
        if meant == BY_DECISION:
            meant = (self.choosing.guess("outcome", decision) or "resolved") if decision else ""
        item.outcome = meant

    def _stage(self, item: Item) -> str:
        """The stage told, or the one for what is not known. What lacks what its stage needs waits for 核定环节."""
        said, stages = item.line.words("stage"), self.choosing.loop.stages
        meant = self._meant("stage", said)
        if meant == BY_END:
            meant = self.choosing.finished if "ended_on" in item.days else ""
        stage = stages.get(meant)
        if stage is None:
            return self.choosing.unknown
        waits = stage.waits.who if isinstance(stage.waits, Anyone) else (stage.waits,)
        needs = meant in self.children or any(who is not None and who.kind == "holder" for who in waits)
        return meant if item.units or not needs else self.choosing.unknown

    @cached_property
    def children(self) -> dict[str, str]:
        """Stage → the stage of the assignments that a case has there."""
        return getattr(self.choosing.loop, "filled_children", {})

    def _check(self, item: Item, sheet: SheetMap) -> None:
        if not item.title and not item.meetings:
            key = "title" if sheet.has("title") else "words"
            item.wrong[key] = f"“{self._title(sheet, key)}”是空的，请写清是什么事；不是一件事的行，请删掉"
        for key in ("words", "decision", "progress", "plan"):
            if len(item.line.words(key)) > LONGEST:
                item.wrong[key] = f"“{self._title(sheet, key)}”超过 {LONGEST} 个字，请写短一些"
        if text(item.line.cells.get("accused")).lower() in _YES:
            item.wrong["accused"] = "涉及单位或干部的，不在这里补录：请用“代录反映”勾选后登记，立即密封"

    def _title(self, sheet: SheetMap, key: str) -> str:
        return sheet.titles[sheet.columns.index(key)] if sheet.has(key) else fields.BY_KEY[key].title

    def _place_of(self, where: str) -> Place:
        key = self._whereabouts.at(where) if where else None
        return self._below[key] if key else self.place

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.pk.hex: unit for unit in current()}

    @cached_property
    def _below(self) -> dict[UUID, Place]:
        return {p.pk: p for p in tree.under(self.place).exclude(level="grid").exclude(pk=self.place.pk)}

    @cached_property
    def _whereabouts(self) -> Whereabouts[UUID]:
        return Whereabouts((p.pk, p.name, p.code) for p in self._below.values())


def told(mapping: Mapping, lines: Iterator[Line]) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """How often each way of writing a value, and each unit's name, stands in the workbook."""
    values: dict[str, dict[str, int]] = {key: {} for key in fields.VALUES if mapping.has(key)}
    values.setdefault("stage", {})
    units: dict[str, int] = {}
    for line in lines:
        sheet = mapping.sheet(line.sheet)
        in_meeting = bool(sheet and sheet.has("seq_no") and line.words("seq_no"))
        for key, counts in values.items():
            said = line.words(key)
            if said or key == "stage" or (key == "outcome" and in_meeting):
                counts[said] = counts.get(said, 0) + 1
        if in_meeting and "outcome" not in values:
            values["outcome"] = {"": 1}
        for key in ("units", "co_units", "attend"):
            for cell in (text(line.cells.get(key)), *line.more.get(key, [])):
                for name in unitnames.split(cell, mapping.units) if cell not in NOTHING else ():
                    units[name] = units.get(name, 0) + 1
    return {key: counts for key, counts in values.items() if counts}, units


def _something(said: str) -> str:
    return "" if said.lower() in NOTHING else said


def _listed(said: str) -> list[str]:
    """1.… 2.… or 一、… 二、… in one cell, as a list; [] for an ordinary text."""
    parts = [part.strip(" ；;\n") for part in _NUMBERED.split(said)]
    return [part for part in parts if part] if len(_NUMBERED.findall(said)) > 1 else []


def _count(word: str) -> int:
    """16, 十六, 二十三, 一百零二."""
    if word.isdigit():
        return int(word)
    total, digit = 0, 0
    for character in word:
        if character in _CHINESE:
            digit = _CHINESE[character]
        else:
            total, digit = total + (digit or 1) * {"十": 10, "百": 100}[character], 0
    return total + digit
