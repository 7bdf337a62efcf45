"""导入: a workbook of residents' words comes in as a batch, which is itself a case. The doors for command, page and task.

Rows come in by chunks, each in a transaction of its own together with the batch's counts. A run that was broken off
goes on when the same file is run again: what is in already is counted, not taken twice.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from jieyou.commons.reports import intake, returned
from jieyou.commons.reports.checking import Checked, check
from jieyou.commons.reports.models import Batch, Report
from jieyou.commons.reports.returned import Mark
from jieyou.commons.reports.sorting import Differing, Fate, Sorter
from jieyou.commons.reports.taking import Taker
from jieyou.commons.reports.workbook import NotAWorkbook, Workbook
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import engine, opening, series
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.people.posts import SYSTEM, actor_of
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import masking

#: ``(rows done, rows in all)``; the second is an estimate until the end.
Progress: TypeAlias = Callable[[int, int], None]
CHUNK = 500
SHOWN = 200
"""How many faults, and how many known rows, a preview names one by one."""
FOLDER = "imports"


class TakenOver(Refused):
    """The batch runs elsewhere, or has been taken back: this run has nothing more to do, and must leave it alone."""


@dataclass
class Preview:
    """What a run would do. ``columns``: by sheet, field → title; ``others``: titles that stay in the workbook only.

    ``known_rows``: (sheet, row, number) of the first rows that we have. ``differing``: the first of those that have a known
    number but say something else (``differ`` of them): a person decides whether they come in.
    """

    path: Path
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    rows: int = 0
    accepted: int = 0
    returned: int = 0
    known: int = 0
    sealed: int = 0
    undated: int = 0
    marks: list[Mark] = field(default_factory=list)
    known_rows: list[tuple[str, int, str]] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    differ: int = 0

    @property
    def faults(self) -> list[Mark]:
        """The first rows to mend, for the page."""
        return self.marks[:SHOWN]

    def add(self, row: Checked, fate: Fate, mark: Mark | None) -> None:
        """Count one row."""
        self.rows += 1
        setattr(self, fate, getattr(self, fate) + 1)
        if mark is not None:
            self.marks.append(mark)
        elif fate == "known" and len(self.known_rows) < SHOWN:
            self.known_rows.append((row.row.sheet, row.row.number, row.number))
        elif fate == "accepted":
            self.sealed += row.accused
            self.undated += row.told_at is None


def dry_run(
    path: Path, place: Place, actor: Actor, progress: Progress | None = None, takes_differing: bool = False
) -> Preview:
    """What :func:`run` would do; nothing is written. Raises :class:`Refused` like it."""
    with _opened(path) as book:
        office = _office(book, place, actor)
        sorter, out = (
            Sorter("import", office, takes_differing=takes_differing),
            Preview(Path(path), left_out=book.left_out),
        )
        out.columns = {name: header.known for name, header in book.headers.items()}
        out.others = {name: header.others for name, header in book.headers.items()}
        for chunk in _chunks(book):
            for row, fate in zip(chunk, sorter.sort(chunk), strict=True):
                out.add(row, fate, _mark(book, row) if fate == "returned" else None)
            _say(progress, out.rows, max(book.filled, out.rows))
    out.differing, out.differ = sorter.differing, sorter.differ
    _say(progress, out.rows, out.rows)
    return out


def run(
    path: Path, place: Place, actor: Actor, progress: Progress | None = None, source: str = "import",
    takes_differing: bool = False,
) -> Batch:  # fmt: skip
    """Take the workbook in. Raises :class:`Refused` when it is no workbook, or the actor may not.

    ``source``: of rows that tell none. ``takes_differing``: rows whose number is known with other words come in as well.
    A broken-off run of the same file, place and office goes on.
    """
    with _opened(path) as book:
        batch = _begin(book, place, actor, Path(path).name, takes_differing)
        return _proceed(batch, book, actor, progress, source)


def begin(path: Path, place: Place, actor: Actor, filename: str = "", takes_differing: bool = False) -> Batch:
    """Open the batch's case, or find the one that was broken off; the rows come with :func:`proceed`."""
    with _opened(path) as book:
        return _begin(book, place, actor, filename or Path(path).name, takes_differing)


def proceed(
    batch: Batch, path: Path, actor: Actor, progress: Progress | None = None, source: str = "import"
) -> Batch:
    """Take in the rows of a batch that was begun. Whoever comes later has it: an earlier run stops with a sentence."""
    with _opened(path) as book:
        if _office(book, batch.place, actor).pk != batch.case.home_id:
            raise Refused("这一批是别的单位导入的")
        return _proceed(batch, book, actor, progress, source)


def undo(batch: Batch, actor: Actor, words: str = "") -> Batch:
    """Take the whole batch back. Raises :class:`Refused` once somebody has worked on one of its rows."""
    engine.advance(batch.case, "undo", actor, {"words": words})
    return by_key(batch.pk)


def summary(result: Preview | Batch) -> dict[str, Any]:
    """``{"rows","accepted","returned","known","batch"}``; ``batch`` is its key, "" for a dry run."""
    counts = {name: getattr(result, name) for name in ("rows", "accepted", "returned", "known")}
    return counts | {"batch": str(result.pk) if isinstance(result, Batch) else ""}


def write_returned(result: Preview | Batch, target: Path) -> bool:
    """Write the workbook with the rows to mend; ``False``, and nothing written, where there are none.

    ``FileNotFoundError`` when a batch's own copy has been cleared away (it is kept for 30 days).
    """
    if isinstance(result, Preview):
        return bool(result.returned) and bool(returned.write(result.path, result.marks, Path(target)))
    if not result.returned_file:
        return False
    shutil.copyfile(settings.HOME / result.returned_file, target)
    return True


def by_key(key: UUID) -> Batch:
    """The batch, with its case. Raises :class:`Refused` where there is none."""
    found = Batch.objects.select_related("case__home", "case__holder", "case__place", "place").filter(pk=key)
    batch = found.first()
    if batch is None:
        raise Refused("没有这一批导入")
    return batch


def importer(batch: Batch) -> Actor:
    """Whoever ran the import, with the posts of today."""
    person = Event.objects.values_list("person", flat=True).get(case=batch.pk, seq=1)
    return actor_of(Account.objects.get(pk=UUID(person)))


def _opened(path: Path) -> Workbook:
    try:
        return Workbook(Path(path))
    except NotAWorkbook as no:
        raise Refused(no.sentence, "file") from no


def _office(book: Workbook, place: Place, actor: Actor) -> Unit:
    """The office for which the actor runs the import."""
    posts = [h for h in actor.holdings if h.role == CLERK and h.unit_kind == "office"]
    if not any(place.code.startswith(h.place_code) for h in posts):
        raise Refused(f"导入由辖区内社会工作部的{CLERK}办理，您没有{place.name}的这个岗位")
    if any("accused" in header.at for header in book.headers.values()):
        intake.home_of(place, True, actor)  # or a sentence now, not in the middle of the file
    return intake.home_of(place, False, actor, at_city=True)


def _begin(book: Workbook, place: Place, actor: Actor, filename: str, takes_differing: bool) -> Batch:
    home, name = _office(book, place, actor), masking.mask(filename)[:200]
    with book.path.open("rb") as file:
        fingerprint = file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        old = _broken_off(fingerprint, place, home)
        if old is not None:
            remark(old.pk, "resumed", "继续导入", actor, {"paper": name}, watch.now())
            return by_key(old.pk)
        facts = {"paper": name, "fingerprint": fingerprint, "place": place.code, "rows": book.filled}
        case = opening.open_case("import", actor, title=f"导入 {name}", place=place, home=home, facts=facts)
        return Batch.objects.create(
            case=case, filename=name, fingerprint=fingerprint, place=place, rows=book.filled, takes_differing=takes_differing
        )  # fmt: skip


def _proceed(batch: Batch, book: Workbook, actor: Actor, progress: Progress | None, source: str) -> Batch:
    sorter = Sorter(source, batch.case.home, batch.pk, batch.takes_differing)
    taker = Taker(batch, batch.place, actor, sorter.source_of, sorter.series, watch.now())
    batch.done = batch.accepted = batch.returned = batch.known = 0
    marks: list[Mark] = []
    for chunk in _chunks(book):
        with _uncollected():
            marks += _take(batch, chunk, sorter, taker, book)
        _say(progress, batch.done, max(book.filled, batch.done))
    batch.differing = sorter.differ
    _finish(batch, book.path, marks)
    _say(progress, batch.done, batch.done)
    return batch


def _broken_off(fingerprint: str, place: Place, home: Unit) -> Batch | None:
    rows = Batch.objects.filter(fingerprint=fingerprint, place=place, undone_at=None, case__home=home)
    return rows.filter(case__stage="running").order_by("pk").last()


def _chunks(book: Workbook) -> Iterator[list[Checked]]:
    now, rows = watch.now(), book.rows()
    try:
        while chunk := list(islice(rows, CHUNK)):
            yield [check(row, book.headers[row.sheet], now) for row in chunk]
    except NotAWorkbook as no:
        raise Refused(no.sentence, "file") from no


@transaction.atomic
def _take(batch: Batch, chunk: list[Checked], sorter: Sorter, taker: Taker, book: Workbook) -> list[Mark]:
    """One chunk, and the counts with it. One import at a time: two clerks with one file make no doubles."""
    series.take("import")  # held until this transaction ends, by whatever import
    _hold(batch.case)
    fates = sorter.sort(chunk)
    taker.take([row for row, fate in zip(chunk, fates, strict=True) if fate == "accepted"])
    batch.done += len(chunk)
    batch.accepted += fates.count("accepted") + fates.count("before")
    batch.returned += fates.count("returned")
    batch.known += fates.count("known")
    batch.rows = max(batch.done, book.filled)
    batch.save(update_fields=["rows", "done", "accepted", "returned", "known"])
    return [_mark(book, row) for row, fate in zip(chunk, fates, strict=True) if fate == "returned"]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Thousands of objects that live as long as their chunk: looking for dead ones took a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _hold(case: Case) -> None:
    """Hold the batch's own case: it still runs, and nobody else has taken the run over."""
    if not Case.objects.filter(pk=case.pk, turn=case.turn, stage="running").update(turn=F("turn")):
        raise TakenOver("这一批已经撤回，或者另有人正在导入同一份文件")


def _finish(batch: Batch, path: Path, marks: list[Mark]) -> None:
    if marks:
        batch.returned_file = f"{FOLDER}/{batch.pk.hex}.xlsx"
        returned.write(path, marks, settings.HOME / batch.returned_file)
        (settings.HOME / batch.returned_file).chmod(0o600)
    batch.rows = batch.done
    reports = Report.objects.filter(batch=batch)
    counts = {name: getattr(batch, name) for name in ("rows", "accepted", "returned", "known")}
    with transaction.atomic():
        _hold(batch.case)
        batch.save(
            update_fields=["rows", "done", "accepted", "returned", "known", "differing", "returned_file"]
        )
        more = {"harm": reports.filter(harm=True).count(), "sealed": reports.filter(accused=True).count()}
        batch.case = engine.advance(batch.case, "finish", SYSTEM, counts | more)


def _mark(book: Workbook, row: Checked) -> Mark:
    at = book.headers[row.row.sheet].at
    return Mark(row.row.sheet, row.row.number, {at[key]: sentence for key, sentence in row.wrong.items()})


def _say(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
