"""All commands, by noun."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command
from django.db import connection

from jieyou.commons.reports import keeping
from jieyou.interfaces.cli import (
    audit,
    bench,
    demo,
    figures,
    imports,
    ledger,
    loops,
    office,
    papers,
    serving,
    triage,
)
from jieyou.interfaces.cli.out import answer, refuse, say
from jieyou.kernel import statements
from jieyou.kernel.calendar import lines, notices, pasted, store
from jieyou.kernel.ledger import checkpoint
from jieyou.kernel.loop import check as checking
from jieyou.kernel.loop import ticking
from jieyou.kernel.notify import deliver
from jieyou.kernel.privacy import limits

app = typer.Typer(
    help="解忧：市委社会工作部的周“解忧”闭环",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
calendar = typer.Typer(help="工作日历", no_args_is_help=True)
app.add_typer(audit.app, name="audit")
app.add_typer(demo.app, name="demo")
app.add_typer(loops.app, name="loops")
app.add_typer(triage.app, name="triage")
app.add_typer(figures.app, name="report")
app.add_typer(ledger.app, name="ledger")
app.add_typer(calendar, name="calendar")
app.add_typer(office.place, name="place")
app.add_typer(office.unit, name="unit")
app.add_typer(office.account, name="account")
app.add_typer(office.channel, name="channel")
app.command("import")(imports.load)
app.command("import-undo")(imports.undo)
app.command()(serving.serve)
app.command()(serving.worker)
app.command()(bench.bench)
app.command("indicators")(figures.indicators)
app.command("paper")(papers.paper)


@app.command()
def setup() -> None:
    """Make or bring up to date the database and the static files. Safe to run again."""
    call_command("migrate", verbosity=0, interactive=False)
    statements.analyze()
    for year in store.catch_up():
        say(f"已补入 {year} 年节假日安排。")
    say("数据库已就绪。")


@app.command()
def tick() -> None:
    """Make what time makes: timed transitions, reminders, deliveries."""
    made, sent = ticking.tick(), deliver.send_due()
    signed = checkpoint.daily()
    erased = keeping.erase() if signed else 0  # once a day is enough
    limits.forget()
    if signed and connection.vendor == "sqlite":
        statements.analyze()
    answer(
        {"made": made, "sent": sent, "erased": erased, "checkpoint": signed.no if signed else None},
        as_json=True,
    )


@app.command()
def retention(erase: Annotated[bool, typer.Option(help="现在就删（tick 每次也会删）")] = False) -> None:
    """Contacts of reports whose term of keeping is over: how many there are, or erase them, with a trace."""
    if erase:
        say(f"已删除 {keeping.erase()} 件反映的姓名、电话。")
    else:
        say(f"有 {keeping.due().count()} 件反映的姓名、电话已过保存期限。")


@app.command()
def check(deploy: Annotated[bool, typer.Option(help="also the settings of a server")] = False) -> None:
    """Faults of declarations and settings, one a line."""
    faults = checking.faults()
    for fault in faults:
        answer(fault, as_json=False)
    if deploy:
        call_command("check", "--deploy", "--fail-level", "ERROR", stdout=sys.stderr, stderr=sys.stderr)
    if faults:
        refuse(f"发现 {len(faults)} 处问题。")
    say("没有发现问题。")


@calendar.command("add")
def calendar_add() -> None:
    """Read lines `2025-09-28 15` and answer a date a line; 暂定 beyond the published calendar."""
    days = store.days()
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            answer(lines.answer(line, days), as_json=False)
        except ValueError as fault:
            refuse(str(fault))


@calendar.command("notice")
def calendar_notice(
    year: int, file: Path, number: Annotated[str, typer.Option(help="文号")], published_on: Annotated[str, typer.Option()],
    title: Annotated[str, typer.Option()] = "", source: Annotated[str, typer.Option()] = "国务院办公厅",
) -> None:  # fmt: skip
    """Enter a year's 节假日安排 from a text file (pasted from the notice); open deadlines move, with a trace."""
    try:
        rows = pasted.parse(file.read_text(encoding="utf-8").splitlines(), year)
        words = title or f"国务院办公厅关于{year}年部分节假日安排的通知"
        store.add_notice(
            year, number, words, notices.date.fromisoformat(published_on), source, rows, by="cli"
        )
    except (notices.BadNotice, ValueError, OSError) as fault:
        refuse(str(fault))
    say(f"{year} 年节假日安排已录入，共 {len(rows)} 天。")
