"""补录台账: the doors for page, command and task. What comes in, what goes back, what is known: every row is exactly one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal, TypeAlias
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from jieyou.commons.backfill import remembering
from jieyou.commons.backfill.filling import Filler, Meetings
from jieyou.commons.backfill.mapping import Mapping
from jieyou.commons.backfill.models import Filled, LedgerBatch
from jieyou.commons.backfill.reading import Item, Reader
from jieyou.commons.backfill.sheets import Ledger
from jieyou.commons.reports import intake, returned
from jieyou.commons.reports.batches import FOLDER, SHOWN, Progress, TakenOver
from jieyou.commons.reports.models import Report
from jieyou.commons.reports.returned import Mark
from jieyou.commons.reports.workbook import NotAWorkbook
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import engine, opening, series
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Post, Unit
from jieyou.kernel.people.posts import SYSTEM, actor_of
from jieyou.kernel.people.roles import ADMIN, CLERK
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import masking

CHUNK = 200
Fate: TypeAlias = Literal["accepted", "returned", "known", "before"]
COUNTS = ("rows", "accepted", "returned", "known")


@dataclass
class Preview:
    """What a run would do. ``stages``: stage → items that come in there; ``kept``: field → rows in which it stays in words;
    ``wanted``: units to be set up; ``meetings``: how many are made; ``linked``: items that stand on an agenda."""

    path: Path
    mapping: Mapping
    rows: int = 0
    accepted: int = 0
    returned: int = 0
    known: int = 0
    items: int = 0
    meetings: int = 0
    linked: int = 0
    tasks: int = 0
    unlinked: int = 0
    stages: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    wanted: dict[str, int] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    known_rows: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def faults(self) -> list[Mark]:
        return self.marks[:SHOWN]

    def count(self, name: str, rows: int) -> None:
        setattr(self, name, getattr(self, name) + rows)


class Sorted:
    """The fate of every line, top to bottom. A line goes one way with all of its items.

    Known is what this office brought in before (by its old number, or the same row), or what stands further up.
    """

    def __init__(self, office: Unit, batch: UUID | None = None) -> None:
        self.office, self.batch = office, batch
        self.met: set[str] = set()

    def sort(self, lines: Sequence[list[Item]], meetings: Meetings) -> list[Fate]:
        """One fate per line. Three queries a chunk."""
        there = self._there([item for items in lines for item in items])
        return [self._fate(items, there, meetings) for items in lines]

    def _fate(self, items: list[Item], there: dict[str, set[Any]], meetings: Meetings) -> Fate:
        keys = {key for item in items for key in _keys(item)}
        if items[0].only_meeting:
            return self._meeting(items[0], there, meetings)
        owners = {owner for key in keys for owner in there.get(key, ())}
        if keys & self.met or owners - {self.batch}:
            return "known"
        if any(item.wrong for item in items):
            return "returned"
        self.met |= keys
        return "before" if owners else "accepted"

    def _meeting(self, item: Item, there: dict[str, set[Any]], meetings: Meetings) -> Fate:
        number = item.meetings[0]
        if item.wrong:
            return "returned"
        if self.batch in there.get(item.key, set()) and self.batch:
            return "before"
        if item.key in self.met or (not meetings.is_new(number) and meetings.can(number)):
            return "known"
        if not meetings.can(number):
            item.wrong["seq_no"] = f"第{number}次会议没有写日期，请补上会议日期"
            return "returned"
        self.met.add(item.key)
        return "accepted"

    def _there(self, items: list[Item]) -> dict[str, set[Any]]:
        found: dict[str, set[Any]] = {}
        numbers = [item.known_by for item in items if item.known_by]
        mine = Filled.objects.filter(office=self.office).filter(
            Q(key__in={item.key for item in items}) | Q(number__in=numbers)
        )
        for key, number, batch in mine.values_list("key", "number", "batch"):
            for word in filter(None, (key, f"number:{number}" if number else "")):
                found.setdefault(word, set()).add(batch)
        reports = Report.objects.filter(
            source_no__in=numbers, first_case__home=self.office, withdrawn_at=None
        )
        outside = reports.exclude(first_case__in=Filled.objects.filter(office=self.office).values("case"))
        for number in outside.values_list("source_no", flat=True):
            found.setdefault(f"number:{number}", set()).add("report")
        return found


def dry_run(
    path: Path, place: Place, actor: Actor, mapping: Mapping, progress: Progress | None = None
) -> Preview:
    """What :func:`run` would do; nothing is written. Raises :class:`Refused`."""
    office = office_for(place, actor)
    out, reader = Preview(Path(path), mapping), Reader(mapping, place, watch.today())
    lines = read(path, reader)
    meetings = noted(lines, office)
    sorter, stages = Sorted(office), reader.choosing.loop.stages
    made: set[int] = set()
    for chunk in _chunks(lines):
        for items, fate in zip(chunk, sorter.sort(chunk, meetings), strict=True):
            size = len(items[0].line.rows)
            out.count("rows", size)
            out.count(fate, size)
            if fate == "returned":
                out.marks += _marks(items, mapping)
            elif fate == "known" and len(out.known_rows) < SHOWN:
                out.known_rows.append((items[0].line.sheet, items[0].line.row, items[0].number))
            elif fate == "accepted":
                for item in items:
                    made |= {n for n in item.meetings if meetings.is_new(n)}
                    _tell(out, item, meetings, reader)
        _say(progress, out.rows, sum(len(items[0].line.rows) for items in lines))
    out.meetings = len(made)
    out.stages = {name: out.stages[name] for name in stages if name in out.stages}
    return out


def run(
    path: Path, place: Place, actor: Actor, mapping: Mapping, progress: Progress | None = None
) -> LedgerBatch:
    """Bring the workbook in and remember the mapping. Raises :class:`Refused`."""
    batch = begin(path, place, actor, mapping, Path(path).name)
    return proceed(batch, path, actor, progress)


def begin(path: Path, place: Place, actor: Actor, mapping: Mapping, filename: str) -> LedgerBatch:
    """Open the batch's case, or find the one that was broken off; the rows come with :func:`proceed`."""
    office, name = office_for(place, actor), masking.mask(filename)[:200]
    with Path(path).open("rb") as file:
        fingerprint = file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        remembering.keep(mapping, office, name, actor)
        old = LedgerBatch.objects.filter(
            fingerprint=fingerprint, place=place, undone_at=None, case__home=office
        )
        broken = old.filter(case__stage="running").order_by("pk").last()
        if broken is not None:
            remark(broken.pk, "resumed", "继续补录", actor, {"paper": name}, watch.now())
            LedgerBatch.objects.filter(pk=broken.pk).update(mapping=mapping.to_json())
            return by_key(broken.pk)
        case = opening.open_case(
            "backfill", actor, title=f"补录 {name}", place=place, home=office,
            facts={"paper": name, "fingerprint": fingerprint, "place": place.code},
        )  # fmt: skip
        LedgerBatch.objects.create(
            case=case, filename=name, fingerprint=fingerprint, place=place, mapping=mapping.to_json()
        )
    return by_key(case.pk)


def proceed(batch: LedgerBatch, path: Path, actor: Actor, progress: Progress | None = None) -> LedgerBatch:
    """Bring in the rows of a batch that was begun."""
    office = office_for(batch.place, actor)
    if office.pk != batch.case.home_id:
        raise Refused("这一批是别的单位补录的")
    mapping = Mapping.of(batch.mapping)
    reader = Reader(mapping, batch.place, watch.today())
    lines = read(path, reader)
    meetings, sorter = noted(lines, office), Sorted(office, batch.pk)
    filler = Filler(batch, actor, reader, meetings, watch.now())
    _reset(batch, sum(len(items[0].line.rows) for items in lines))
    marks: list[Mark] = []
    for chunk in _chunks(lines):
        marks += _take(batch, chunk, sorter, filler)
        _say(progress, batch.done, batch.rows)
    _finish(batch, path, mapping, marks, filler)
    return batch


def undo(batch: LedgerBatch, actor: Actor, words: str = "") -> LedgerBatch:
    """Take the whole batch back. Raises :class:`Refused` once somebody has worked on one of its rows."""
    engine.advance(batch.case, "undo", actor, {"words": words})
    return by_key(batch.pk)


def summary(result: Preview | LedgerBatch) -> dict[str, Any]:
    """``{"rows","accepted","returned","known","batch"}``; ``batch`` is its key, "" for a dry run."""
    return {name: getattr(result, name) for name in COUNTS} | {
        "batch": str(result.pk) if isinstance(result, LedgerBatch) else ""
    }


def write_returned(result: Preview | LedgerBatch, target: Path) -> bool:
    """Write the workbook with the rows to mend; ``False``, and nothing written, where there are none."""
    if isinstance(result, Preview):
        if not result.marks:
            return False
        return bool(
            returned.write(result.path, result.marks, Path(target), partial(Ledger, mapping=result.mapping))
        )
    if not result.returned_file:
        return False
    shutil.copyfile(settings.HOME / result.returned_file, target)
    return True


def by_key(key: UUID) -> LedgerBatch:
    """The batch, with its case. Raises :class:`Refused` where there is none."""
    found = (
        LedgerBatch.objects.select_related("case__home__place", "case__place", "place").filter(pk=key).first()
    )
    if found is None:
        raise Refused("没有这一批补录")
    return found


def importer(batch: LedgerBatch) -> Actor:
    """Whoever ran it, with the posts of today."""
    person = Event.objects.values_list("person", flat=True).get(case=batch.pk, seq=1)
    return actor_of(Account.objects.get(pk=UUID(person)))


def office_for(place: Place, actor: Actor) -> Unit:
    """The office for which the actor brings a ledger in."""
    posts = [h for h in actor.holdings if h.role == CLERK and h.unit_kind == "office"]
    if not any(place.code.startswith(h.place_code) for h in posts):
        raise Refused(f"补录由辖区内社会工作部的{CLERK}办理，您没有{place.name}的这个岗位")
    return Unit.objects.select_related("place").get(pk=intake.home_of(place, False, actor).pk)


def read(path: Path, reader: Reader) -> list[list[Item]]:
    """All lines of the workbook with their items. Raises :class:`Refused`."""
    try:
        with Ledger(path, reader.mapping) as book:
            return [reader.read(line) for line in book.lines()]
    except NotAWorkbook as no:
        raise Refused(no.sentence, "file") from no


def noted(lines: list[list[Item]], office: Unit) -> Meetings:
    """What the whole workbook says about meetings: an item may name one that a later sheet dates."""
    meetings = Meetings(office)
    meetings.note([item for items in lines for item in items])
    return meetings


def _tell(out: Preview, item: Item, meetings: Meetings, reader: Reader) -> None:
    for name in item.wanted:
        out.wanted[name] = out.wanted.get(name, 0) + 1
    for key in dict.fromkeys(item.kept):
        out.kept[key] = out.kept.get(key, 0) + 1
    if item.only_meeting:
        return
    out.items += 1
    out.stages[item.stage] = out.stages.get(item.stage, 0) + 1
    out.linked += any(meetings.can(n) for n in item.meetings)
    out.unlinked += any(not meetings.can(n) for n in item.meetings)
    if item.stage in reader.children:
        out.tasks += len({*item.units, *item.co_units})


@transaction.atomic
def _take(batch: LedgerBatch, chunk: list[list[Item]], sorter: Sorted, filler: Filler) -> list[Mark]:
    """One chunk and the counts with it. One ledger at a time: two clerks with one file make no doubles."""
    series.take("backfill")
    if not Case.objects.filter(pk=batch.pk, turn=batch.case.turn, stage="running").update(turn=F("turn")):
        raise TakenOver("这一批已经撤回，或者另有人正在补录同一份台账")
    fates = sorter.sort(chunk, filler.meetings)
    items = [item for line, fate in zip(chunk, fates, strict=True) if fate == "accepted" for item in line]
    before = {n for n in filler.meetings.days if filler.meetings.is_new(n)}
    filler.fill_meetings([n for item in items for n in item.meetings])
    own = [item for item in items if not item.only_meeting]
    cases = filler.fill(own)
    for line, fate in zip(chunk, fates, strict=True):
        name = "accepted" if fate == "before" else fate
        setattr(batch, name, getattr(batch, name) + len(line[0].line.rows))
    batch.done += sum(len(line[0].line.rows) for line in chunk)
    batch.items += len(own)
    batch.ended += sum(1 for case in cases if not case.open)
    batch.unsettled += sum(1 for case in cases if case.stage == filler.choosing.unknown)
    batch.meetings += len(before) - sum(1 for n in before if filler.meetings.is_new(n))
    batch.wanted = sorted({*batch.wanted, *(name for item in own for name in item.wanted)})
    batch.save()
    mapping = filler.reader.mapping
    return [
        mark
        for line, fate in zip(chunk, fates, strict=True)
        if fate == "returned"
        for mark in _marks(line, mapping)
    ]


def _reset(batch: LedgerBatch, rows: int) -> None:
    """Counts from the beginning; what an earlier run of the same file brought in is counted again, not brought in again."""
    filled = Filled.objects.filter(batch=batch)
    own = filled.exclude(case__loop="meeting")
    batch.rows, batch.done, batch.accepted, batch.returned, batch.known = rows, 0, 0, 0, 0
    batch.items, batch.meetings = own.count(), filled.filter(case__loop="meeting").count()
    batch.ended = own.filter(case__open=False).count()
    batch.unsettled = own.filter(
        case__stage=Reader(Mapping(), batch.place, watch.today()).choosing.unknown
    ).count()


def _finish(batch: LedgerBatch, path: Path, mapping: Mapping, marks: list[Mark], filler: Filler) -> None:
    if marks:
        batch.returned_file = f"{FOLDER}/{batch.pk.hex}.xlsx"
        target = settings.HOME / batch.returned_file
        returned.write(path, marks, target, partial(Ledger, mapping=mapping))
        target.chmod(0o600)
    with transaction.atomic():
        batch.save()
        counts = {name: getattr(batch, name) for name in (*COUNTS, "items", "ended", "unsettled", "meetings")}
        batch.case = engine.advance(batch.case, "finish", SYSTEM, counts)
        filler.tell_units()
        if batch.wanted:
            _ask_admins(batch)


def _ask_admins(batch: LedgerBatch) -> None:
    """Units that nobody has set up yet: whoever keeps the list of units hears which."""
    units = Post.objects.filter(role=ADMIN, until=None).values_list("unit", flat=True)
    names = "、".join(batch.wanted)
    said = f"{batch.case.home.name}补录的台账里写到系统里没有的单位：{names[:400]}。核对后需要的，请建立"
    outbox.tell(outbox.holding({(unit, ADMIN) for unit in units}), f"units{batch.pk.hex}", "请核对并建立单位", said, batch.case,
                watch.now())  # fmt: skip


def _marks(items: list[Item], mapping: Mapping) -> list[Mark]:
    """All rows of a line go back together; the sentences stand in its first row."""
    line = items[0].line
    sheet = mapping.sheet(line.sheet)
    assert sheet is not None
    wrong: dict[int, str] = {}
    for item in items:
        for key, sentence in item.wrong.items():
            column = sheet.columns.index(key) if sheet.has(key) else 0
            wrong[column] = (
                sentence
                if column not in wrong or sentence in wrong[column]
                else f"{wrong[column]}；{sentence}"
            )
    first, *rest = line.rows
    return [Mark(line.sheet, first, wrong), *(Mark(line.sheet, row, {}) for row in rest)]


def _chunks(lines: list[list[Item]]) -> Iterator[list[list[Item]]]:
    for start in range(0, len(lines), CHUNK):
        yield lines[start : start + CHUNK]


def _keys(item: Item) -> list[str]:
    return [item.key, f"number:{item.known_by}"] if item.known_by else [item.key]


def _say(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
