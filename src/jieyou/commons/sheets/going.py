"""A register goes out as a workbook: what the list shows and the actor may see, streamed row by row, in flat memory.

Sealed columns do not go out: a person stands there as he stands in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.http import QueryDict

from jieyou.commons.sheets.coming import folder
from jieyou.commons.sheets.models import Sheet
from jieyou.commons.sheets.reading import KEY_TITLE, TITLES, keyed
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import looks
from jieyou.kernel.register import asking, keeping, listing
from jieyou.kernel.register.declare import Register, may_read
from jieyou.kernel.register.listing import Asked

CHUNK = 2_000
#: Rows of one sheet of Excel, without title and header.
MOST = 1_048_000
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def begin(register: Register, query: str, actor: Actor) -> Sheet:
    """Somebody takes rows of a register with him: on the record before the file is made. Raises :class:`Refused`."""
    if not may_read(register, actor):
        raise Refused("这个台账不归您看")
    asked = Asked.read(register, QueryDict(query.lstrip("?")))
    count = listing.narrowed(asked, actor).order_by().count()
    if not count:
        raise Refused("没有可以导出的行")
    if asked.q and count >= listing.cap_of(asked):
        raise Refused(
            f"查到的太多了：查找最多给出 {count} 条，会漏掉别的。请再加一个词，或者去掉查找、改用筛选"
        )
    if count > MOST:
        raise Refused(f"有 {count} 行，一张表最多 {MOST} 行，请先筛选")
    looks.export(actor, f"{register.title}（{asked.address() if asked.address() != '?' else '全部'}）", count)
    name = f"{register.title}_{clock.today():%Y%m%d}.xlsx"
    sheet = Sheet(
        way="out", register=register.code, filename=name, query=asked.address()[:500], person=actor.person,
        who=actor.title[:160], at=clock.now(), rows=count,
    )  # fmt: skip
    tracked.save(sheet, actor.person, "导出台账", force_insert=True)
    return sheet


def proceed(sheet: Sheet, register: Register, actor: Actor) -> Sheet:
    """Write the file, telling how far it is after every chunk."""
    asked = Asked.read(register, QueryDict(sheet.query.lstrip("?")))
    target, done = path_of(sheet), 0
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        page = _begin(book, register, sheet.rows)
        for some in _chunks(register, asked, actor):
            for at, row in enumerate(some, done + 1):
                page.write_row(at, 0, row)
            done += len(some)
            Sheet.objects.filter(pk=sheet.pk).update(done=done, rows=max(sheet.rows, done))
    target.chmod(0o600)
    sheet.done = sheet.rows = sheet.accepted = done
    sheet.state = "done"
    tracked.save(sheet, actor.person, "导出完成")
    return sheet


def path_of(sheet: Sheet) -> Path:
    return folder() / f"{sheet.pk.hex}.xlsx"


def heads(register: Register) -> list[str]:
    """The headings, which an import reads again."""
    return [*(register.label(one) for one in register.columns), *TITLES.values(), KEY_TITLE]


def _begin(book: Any, register: Register, rows: int) -> Any:
    page, titles = book.add_worksheet("台账"), heads(register)
    for n, title in enumerate(titles):
        page.set_column(n, n, max(10, min(40, 2 * len(title) + 6)))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(rows, 1), len(titles) - 1)
    page.write_row(0, 0, titles, book.add_format({"bold": True, "bg_color": "#EEF1F6", "bottom": 1}))
    return page


def _chunks(register: Register, asked: Asked, actor: Actor) -> Iterator[list[list[str]]]:
    """Lines of the workbook, some at a time, by key: no query holds the database while a file is written."""
    rows = listing.narrowed(asked, actor).select_related(*(part.name for part in register.parts))
    names = dict(Place.objects.values_list("code", "name"))
    last: Any = None
    while some := list((rows if last is None else rows.filter(pk__lt=last))[:CHUNK]):
        last = some[-1].pk
        turns = keeping.turns(some)
        yield [[*_line(register, row, names), keyed(row.pk, turns[row.pk])] for row in some]


def _line(register: Register, row: Any, names: dict[str, str]) -> list[str]:
    where = [names.get(code, "") if code else "" for code in (row.l3, row.l4, row.l5)]
    return [*(register.words(row, one) for one in register.columns), *where]


def blank(register: Register) -> bytes:
    """An empty workbook to fill in: the headings, choices to pick from, and where the sealed answers go."""
    out, asks = BytesIO(), asking.asks(register)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, must = book.add_worksheet("台账"), book.add_format({"bold": True, "bg_color": "#EAF1FD"})
        for n, title in enumerate([*(ask.label for ask in asks), *TITLES.values()]):
            page.write(0, n, title, must)
            page.set_column(n, n, max(12, 2 * len(title) + 4))
        for n, ask in enumerate(asks):
            words = [words for _, words in ask.choices] or (["是", "否"] if ask.kind == "yes" else [])
            if words:
                page.data_validation(1, n, 5_000, n, {"validate": "list", "source": words})
            if ask.help:
                page.write_comment(0, n, ask.help)
        page.freeze_panes(1, 1)
    return out.getvalue()
