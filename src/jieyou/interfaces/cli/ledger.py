"""`jieyou ledger import`, `jieyou ledger undo`: the running ledger, beside its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from jieyou.commons.backfill import batches, remembering
from jieyou.commons.reports.workbook import NotAWorkbook
from jieyou.interfaces.cli.imports import actor_named
from jieyou.interfaces.cli.out import answer, progress, refuse, say
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree

app = typer.Typer(help="补录台账", no_args_is_help=True)


@app.command("import")
def load(
    file: Path, place: Annotated[str, typer.Option(help="辖区编码，如 610602")], as_: Annotated[str, typer.Option("--as")],
    mapping: Annotated[str, typer.Option(help="记住过的对应关系的名称；不写就按表头找")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    returned: Annotated[Path | None, typer.Option(help="要修改的行写到这个文件")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:  # fmt: skip
    """Bring in a running ledger, each row at its own stage; what is not known stays blank."""
    actor = actor_named(as_)
    try:
        where = tree.by_code(place)
        meant = remembering.propose(file, batches.office_for(where, actor), where, mapping)
        with progress("预检" if dry_run else "补录") as show:
            result = (batches.dry_run if dry_run else batches.run)(file, where, actor, meant, show)
        if returned:
            batches.write_returned(result, returned)
    except (Refused, NotAWorkbook, tree.UnknownPlace) as no:
        refuse(no.sentence)
    except OSError as fault:
        refuse(f"打不开 {file}：{fault.strerror or fault}")
    answer(batches.summary(result), as_json)


@app.command()
def undo(batch: str, as_: Annotated[str, typer.Option("--as")] = "") -> None:
    """Take a batch back, as long as nobody has worked on one of its rows."""
    try:
        row = batches.by_key(UUID(batch))
        batches.undo(row, actor_named(as_) if as_ else batches.importer(row))
    except ValueError:
        refuse(f"“{batch}”不是批次编号。")
    except Refused as no:
        refuse(no.sentence)
    say("这一批已经撤回。")
