"""`jieyou paper KIND CASE --out FILE`: a paper of a case as Word or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyou.commons.papers import acts, filing, may, registry, render
from jieyou.commons.papers.fonts import NoFont
from jieyou.commons.papers.listing import RELATED
from jieyou.commons.papers.models import Paper
from jieyou.interfaces.cli.out import refuse, say
from jieyou.kernel.evidence.store import NotThere
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM, actor_of


def paper(
    kind: Annotated[str, typer.Argument(help="order 交办单、minutes 会议纪要 …")],
    case: Annotated[str, typer.Argument(help="事项、任务或会议的编号")],
    out: Annotated[Path, typer.Option("--out", help="FILE.docx 或 FILE.pdf")],
    as_user: Annotated[str, typer.Option("--as", help="以谁的名义；密封件必须写")] = "",
) -> None:
    """Write a paper of a case: the latest there is, else what it would say now, marked 草稿. Changes nothing."""
    if out.suffix not in (".docx", ".pdf"):
        refuse("文件名要以 .docx 或 .pdf 结尾。")
    try:
        found = _found(kind, case, _actor(as_user))
        out.write_bytes(_content(found, out.suffix))
    except (Refused, NoFont, NotThere) as no:
        refuse(no.sentence)
    except OSError as fault:
        refuse(f"写不进 {out}：{fault.strerror}")
    say(f"已写到 {out}（{found.declared.title}，{found.number or '草稿'}）。")


def _found(code: str, number: str, actor: Actor) -> Paper:
    case = (
        Case.objects.select_related("home", "holder", "place", "parent__home").filter(number=number).first()
    )
    if case is None:
        raise Refused(f"没有编号为 {number} 的事项、任务或会议。")
    kind = registry.kind(code)
    meant = acts.belongs(case, kind)
    if meant.sealed and (actor.kind == "system" or may.not_write(actor, meant, kind)):
        raise Refused("密封件的公文只由密件专办办理，请用 --as 写明。")
    there = Paper.objects.filter(case=meant, kind=code).exclude(state="void").select_related(*RELATED)
    latest = there.order_by("-at", "-pk").first()
    if latest is not None and may.reads(actor, latest, meant):
        return latest
    if sentence := may.not_write(actor, meant, kind):
        raise Refused(sentence)
    return acts.written(meant, kind, actor)


def _content(found: Paper, ending: str) -> bytes:
    if ending == ".pdf":
        return render.as_pdf(found)
    return filing.kept(found) if found.file else render.docx(found)


def _actor(username: str) -> Actor:
    if not username:
        return SYSTEM
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Refused(f"没有账号“{username}”。")
    return actor_of(account)
