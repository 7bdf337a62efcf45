"""`jieyou indicators`, `jieyou report figures | annual | monthly | weekly | book`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from jieyou.commons.papers.fonts import NoFont
from jieyou.interfaces.cli.out import answer, refuse, say
from jieyou.interfaces.documents import page, workbook
from jieyou.interfaces.documents.language import UnknownFigure
from jieyou.interfaces.documents.reports import Report, before
from jieyou.kernel.indicator import cells, declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree

app = typer.Typer(help="报表", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json")]


def indicators(as_json: Json = False) -> None:
    """All declared indicators with their meaning."""
    answer([described(i) for i in declared.indicators().values()], as_json)


def described(i: Any) -> dict[str, Any]:
    """One declaration as plain data."""
    return {"key": i.key, "title": i.title, "unit": i.unit, "meaning": i.meaning, "ids": list(i.ids),
            "timing": i.timing, "reading": i.reading}  # fmt: skip


@app.command("figures")
def figures(
    place: Annotated[str, typer.Option()], first: Annotated[str, typer.Option("--from")],
    last: Annotated[str, typer.Option("--to")], as_json: Json = False,
) -> None:  # fmt: skip
    """The article's figures, computed from records; the others say `not built`."""
    scope = _scope(place, first, last)
    answer([figure(key, scope) for key in declared.figure_ids()], as_json)


def figure(key: str, scope: Scope) -> dict[str, Any]:
    """One row of the answer. ``readings`` where a figure may honestly be read in more than one way: each of them."""
    found = [computed(i, scope) for i in declared.readings_of(key)]
    if not found:
        return {"id": key, "key": "", "title": declared.figure_title(key), "value": "", "printed": "", "unit": "",
                "records": 0, "status": "not built"}  # fmt: skip
    more = {"readings": found} if len(found) > 1 else {}
    return {"id": key, **{k: v for k, v in found[0].items() if k != "reading"}, "status": "computed", **more}


def computed(i: Any, scope: Scope) -> dict[str, Any]:
    """One indicator, computed now."""
    n = i.read(scope)
    return {"key": i.key, "title": i.title, "value": n.value, "printed": n.printed, "unit": i.unit, "records": n.records,
            "reading": i.reading}  # fmt: skip


Place = Annotated[str, typer.Option("--place", help="辖区编码")]
First = Annotated[str, typer.Option("--from", help="起始日期")]
Last = Annotated[str, typer.Option("--to", help="截止日期")]
Out = Annotated[Path, typer.Option("--out", help="FILE.html、FILE.docx 或 FILE.pdf")]
Public = Annotated[bool, typer.Option("--public", help="对外版：不足 5 条的数不分开")]


@app.command("annual")
def annual(place: Place, first: First, last: Last, out: Out, public: Public = False) -> None:
    """The year's report of a place, from the records."""
    _report("annual", place, first, last, out, public)


@app.command("petitions")
def petitions(place: Place, first: First, last: Last, out: Out, public: Public = False) -> None:
    """信访工作年度报告 (信访工作条例第四十一条)."""
    _report("petitions", place, first, last, out, public)


@app.command("monthly")
def monthly(place: Place, first: First, last: Last, out: Out, public: Public = False) -> None:
    """The month's report."""
    _report("monthly", place, first, last, out, public)


@app.command("weekly")
def weekly(place: Place, first: First, last: Last, out: Out, public: Public = False) -> None:
    """The week's report."""
    _report("weekly", place, first, last, out, public)


@app.command("book")
def book(
    place: Place, first: First, last: Last, out: Annotated[Path, typer.Option("--out", help="FILE.xlsx")]
) -> None:
    """All figures with their meaning and counts as a workbook."""
    if out.suffix != ".xlsx":
        refuse("文件名要以 .xlsx 结尾。")
    _write(out, workbook.write(_scope(place, first, last)))


@app.command("rebuild")
def rebuild() -> None:
    """Forget the kept sums and make them anew from the records (after a restore, or to be sure)."""
    say(f"已从记录重新汇总 {cells.rebuild()} 天。")


def _report(kind: str, place: str, first: str, last: str, out: Path, public: bool) -> None:
    if out.suffix not in (".html", ".docx", ".pdf"):
        refuse("文件名要以 .html、.docx 或 .pdf 结尾。")
    scope = _scope(place, first, last)
    made = Report(kind, scope, before(scope), SYSTEM, public)
    try:
        _write(out, {".docx": made.docx, ".pdf": made.pdf, ".html": lambda: page.alone(made)}[out.suffix]())
    except (NoFont, UnknownFigure) as no:
        refuse(no.sentence)


def _scope(place: str, first: str, last: str) -> Scope:
    try:
        scope = Scope(tree.by_code(place), date.fromisoformat(first), date.fromisoformat(last))
    except (tree.UnknownPlace, ValueError) as fault:
        refuse(str(fault))
    if scope.last < scope.first:
        refuse("止期早于起期。")
    return scope


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as fault:
        refuse(f"写不进 {out}：{fault.strerror}")
    say(f"已写到 {out}。")
