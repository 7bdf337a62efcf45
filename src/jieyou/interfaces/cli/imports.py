"""`jieyou import`, `jieyou import-undo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from jieyou.commons.reports import batches
from jieyou.interfaces.cli.out import answer, progress, refuse, say
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.places import tree


def actor_named(username: str) -> Actor:
    """The account's actor, or a refusal."""
    account = Account.objects.filter(username=username, is_active=True).first()
    return actor_of(account) if account else refuse(f"没有账号“{username}”。")


def load(
    file: Path, place: Annotated[str, typer.Option(help="辖区编码，如 610602")], as_: Annotated[str, typer.Option("--as")],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    returned: Annotated[Path | None, typer.Option(help="要修改的行写到这个文件")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:  # fmt: skip
    """Take in a workbook of residents' messages; rows to mend come back in the same workbook, marked."""
    actor = actor_named(as_)
    try:
        where = tree.by_code(place)
        with progress("预检" if dry_run else "导入") as show:
            result = (batches.dry_run if dry_run else batches.run)(file, where, actor, show)
        if returned:
            batches.write_returned(result, returned)
    except (Refused, tree.UnknownPlace) as no:
        refuse(no.sentence)
    except OSError as fault:
        refuse(f"打不开 {file}：{fault.strerror or fault}")
    answer(batches.summary(result), as_json)


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
