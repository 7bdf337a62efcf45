"""`jieyou audit`: prove the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from jieyou.interfaces.cli.out import answer, progress, refuse, say
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import checkpoint, export, verify

app = typer.Typer(help="核验办理记录", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json")]


@app.command("verify")
def verify_(
    from_export: Annotated[Path | None, typer.Option(help="核验导出文件，不连数据库")] = None,
    against: Annotated[Path | None, typer.Option("--checkpoint", help="由外单位保存的检查点文件")] = None,
    as_json: Json = False,
) -> None:
    """Prove that nothing was changed, cut off, rewritten or forged. Exit 1 when something was."""
    with progress("核验") as show:
        report = (
            verify.verify_database(against, show)
            if from_export is None
            else verify.verify_export(from_export, against, show)
        )
    broken = [{"chain": b.chain, "seq": b.seq, "what": b.what} for b in report.broken]
    answer({"records": report.records, "chains": report.chains, "ok": report.ok, "broken": broken}, as_json)
    for note in report.notes:
        say(note)
    if not report.ok:
        refuse(f"发现 {report.faults} 处不符。")


@app.command("checkpoint")
def checkpoint_() -> None:
    """Sign the state of all chains; keep the file with an outsider."""
    row = checkpoint.take(clock.now())
    say(f"第 {row.no} 个检查点已签名，文件在 {settings.HOME / 'checkpoints'}，请交外单位保存。")


@app.command("export")
def export_(path: Path) -> None:
    """Write the whole record to a file (.jsonl or .jsonl.gz) that can be proved without the database."""
    export.export(path)
    say(f"已导出到 {path}")
