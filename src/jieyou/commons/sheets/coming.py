"""A workbook comes into a register: preview, run, rows to mend, taking it back. Rows come in by chunks, in flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jieyou.commons.reports import returned
from jieyou.commons.reports.returned import Mark
from jieyou.commons.reports.workbook import NotAWorkbook, Row, Workbook
from jieyou.commons.sheets import updating
from jieyou.commons.sheets.models import Sheet, SheetEdit
from jieyou.commons.sheets.reading import KEY, PLACES, Reader, chunks, opened
from jieyou.commons.sheets.updating import Edit
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.register import keeping
from jieyou.kernel.register.declare import Register, may_keep

CHUNK = 500
SHOWN = 200
FOLDER = "sheets"


@dataclass
class Preview:
    """What a run would do. ``marks``: the rows to mend; ``known``: rows whose key is in the register already; ``edits``: the
    first rows that it would put right, of ``changed``; ``same``: rows that went out and are as they were."""

    rows: int = 0
    accepted: int = 0
    known: int = 0
    changed: int = 0
    same: int = 0
    edits: list[Edit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def untouched(self) -> int:
        return self.known + self.same

    @property
    def returned(self) -> int:
        return len(self.marks)

    @property
    def faults(self) -> list[Mark]:
        """The first rows to mend, for the page."""
        return self.marks[:SHOWN]


class Back(NamedTuple):
    """What taking a workbook back did: rows that left, rows put back, rows that stayed because somebody worked on them."""

    gone: int
    back: int
    stayed: int


def folder() -> Path:
    """Where workbooks lie that belong to a sheet."""
    path = settings.HOME / FOLDER
    path.mkdir(parents=True, exist_ok=True)
    return path


def dry_run(register: Register, path: Path, actor: Actor) -> Preview:
    """What :func:`proceed` would do; nothing stays written. Raises :class:`Refused`."""
    found = Preview()
    with _book(register, path, actor) as book:
        found.columns = {name: header.known for name, header in book.headers.items()}
        found.others = {name: header.others for name, header in book.headers.items()}
        reader, seen = Reader(register, actor), set[str]()
        for some in chunks(book, CHUNK):
            with transaction.atomic():  # people are looked up by the same door that would write them
                part = _sorted(reader, book, some, seen, None)
                transaction.set_rollback(True)
            _add(found, part, len(some))
    return found


def _add(found: Preview, part: _Sorted, rows: int) -> None:
    found.rows, found.accepted, found.known = (
        found.rows + rows, found.accepted + len(part.good), found.known + part.known
    )  # fmt: skip
    found.changed, found.same = found.changed + len(part.edits), found.same + part.same
    found.edits += part.edits[: max(0, SHOWN - len(found.edits))]
    found.marks += part.marks


def begin(register: Register, filename: str, actor: Actor) -> Sheet:
    """A workbook is about to come in."""
    if not may_keep(register, actor):
        raise Refused(keeping.NOT_YOURS)
    sheet = Sheet(
        way="in", register=register.code, filename=filename[:200], person=actor.person, who=actor.title[:160], at=clock.now()
    )  # fmt: skip
    tracked.save(sheet, actor.person, "导入台账", force_insert=True)
    return sheet


def proceed(sheet: Sheet, register: Register, path: Path, actor: Actor) -> Sheet:
    """Take the rows in. Each chunk is a transaction of its own, with the sheet's counts. Raises :class:`Refused`."""
    why, marks = f"导入：{sheet.filename}"[:200], list[Mark]()
    with _book(register, path, actor) as book:
        sheet.rows = book.filled
        reader, seen = Reader(register, actor), set[str]()
        for some in chunks(book, CHUNK):
            with transaction.atomic():
                marks += _chunk(sheet, reader, book, some, seen, why)
                sheet.rows, sheet.returned = max(sheet.rows, sheet.done), len(marks)
                Sheet.objects.filter(pk=sheet.pk).update(rows=sheet.rows, done=sheet.done)
    if marks:
        write_returned(register, path, marks, returned_path(sheet))
    sheet.state, sheet.rows = "done", sheet.done
    tracked.save(sheet, actor.person, why)
    return sheet


def _chunk(
    sheet: Sheet, reader: Reader, book: Workbook, some: list[Row], seen: set[str], why: str
) -> list[Mark]:
    """Take some rows in and count them; marks of those to mend."""
    part = _sorted(reader, book, some, seen, sheet.pk)
    keeping.add_many(reader.register, part.good, reader.actor.person, why)
    done, wrong = updating.take(reader.register, part.edits, reader, why)
    SheetEdit.objects.bulk_create(
        [SheetEdit(sheet=sheet, row=key, turn=turn) for key, turn in done.items()], 500
    )
    sheet.done, sheet.known, sheet.accepted = sheet.done + len(some), sheet.known + part.known, sheet.accepted + len(part.good)  # fmt: skip
    sheet.changed, sheet.same = sheet.changed + len(done), sheet.same + part.same
    return [*part.marks, *(_mark(book, row, no) for row, no in wrong)]


def write_returned(register: Register, source: Path, marks: Iterable[Mark], target: Path) -> int:
    """The rows to mend as the same workbook, wrong cells red with a comment."""
    return returned.write(source, marks, target, lambda path: opened(register, path))


def returned_path(sheet: Sheet) -> Path:
    return folder() / f"{sheet.pk.hex}-returned.xlsx"


@transaction.atomic
def take_back(sheet: Sheet, register: Register, actor: Actor) -> Back:
    """Everything that came with the workbook leaves the register and what it changed is as before, but what was worked on since."""
    sheet = Sheet.objects.get(pk=sheet.pk)
    if sheet.state == "undone":
        raise Refused("这一次导入已经撤回")
    if sheet.state == "running":
        raise Refused("还在导入，请等做完再撤回")
    why = f"撤回导入：{sheet.filename}"[:200]
    gone, stayed = keeping.take_back(register, sheet.pk, actor, why)
    changed = dict(sheet.edits.values_list("row", "turn"))
    back, kept = keeping.undo_many(register, changed, actor, why)
    sheet.state = "undone"
    tracked.save(sheet, actor.person, f"撤回 {gone} 行，改回 {back} 行，{stayed + kept} 行后来改过，没有动")
    return Back(gone, back, stayed + kept)


@contextmanager
def _book(register: Register, path: Path, actor: Actor) -> Iterator[Workbook]:
    if not may_keep(register, actor):
        raise Refused(keeping.NOT_YOURS)
    try:
        with opened(register, path) as book:
            yield book
    except NotAWorkbook as no:
        raise Refused(no.sentence, "file") from no


@dataclass
class _Sorted:
    """Of some rows: new rows of the register, rows to put right, how many are known or as they were, marks of those to mend."""

    good: list[Any]
    edits: list[Edit]
    known: int
    same: int
    marks: list[Mark]


def _sorted(reader: Reader, book: Workbook, some: list[Row], seen: set[str], intake: UUID | None) -> _Sorted:
    judged = updating.judge(reader, [row for row in some if row.cells.get(KEY) is not None], seen)
    fresh = [row for row in some if row.cells.get(KEY) is None] + judged.new
    good, known, marks = _new(reader, book, fresh, seen, intake)
    marks += [_marked(book, row, wrong, put) for row, wrong, put in judged.wrong]
    return _Sorted(good, judged.edits, known, judged.same, marks)


def _new(
    reader: Reader, book: Workbook, some: list[Row], seen: set[str], intake: UUID | None
) -> tuple[list[Any], int, list[Mark]]:  # fmt: skip
    """Of rows that did not go out from here: new rows of the register, how many are known, marks of those to mend."""
    good: list[Any] = []
    known, marks, cleaned = 0, list[Mark](), list[tuple[Row, dict[str, Any]]]()
    for row in some:
        try:
            cleaned.append((row, reader.values(row)))
        except Refused as no:
            marks.append(_mark(book, row, no))
    there = _there(reader.register, [values for _, values in cleaned])
    for row, values in cleaned:
        key = values.get(reader.register.key) if reader.register.key else None
        if key and (key in there or key in seen):
            known += 1
            continue
        try:
            good.append(keeping.filled(reader.register, values, reader.actor, "导入", intake))
        except Refused as no:
            marks.append(_mark(book, row, no))
        else:
            seen.update([key] if key else [])
    return good, known, marks


def _there(register: Register, rows: list[dict[str, Any]]) -> set[str]:
    """Keys of these rows that the register has."""
    keys = [values[register.key] for values in rows if register.key and values[register.key]]
    found = register.model.objects.filter(**{f"{register.key}__in": keys}, until=None) if keys else None
    return set(found.values_list(register.key, flat=True)) if found is not None else set()


def _mark(book: Workbook, row: Row, no: Refused) -> Mark:
    return _marked(book, row, no.errors or {"": no.sentence}, {})


def _marked(book: Workbook, row: Row, errors: Mapping[str, str], put: Mapping[str, str]) -> Mark:
    """Sentences by column; what has no column of its own stands at the first."""
    at, wrong = book.headers[row.sheet].at, dict[int, str]()
    for name, sentence in errors.items():
        places = [at[key] for key in reversed(PLACES) if key in at] if name == "place" else []
        column = at.get(name, places[0] if places else min(at.values()))
        wrong[column] = f"{wrong[column]}；{sentence}" if column in wrong else sentence
    return Mark(row.sheet, row.number, wrong, {at[name]: words for name, words in put.items()})
