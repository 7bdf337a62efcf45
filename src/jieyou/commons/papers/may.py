"""Who may write a paper, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable

from jieyou.commons.papers.declare import PaperKind
from jieyou.commons.papers.models import Paper
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.seen import cleared, may_see
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import BUSINESS


def not_write(actor: Actor, case: Case, kind: PaperKind) -> str | None:
    """Why this actor may not write (draft, send, issue, void) such a paper of the case; ``None``: he may."""
    if actor.kind == "system":
        return None
    if case.sealed:
        return None if cleared(actor, case) else "密封件的公文只由密件专办办理"
    unit = kind.unit_of(case)
    if any(actor.holds(role, unit.pk) for role in kind.by):
        return None
    return f"{kind.title}由{unit.name}{'、'.join(kind.by)}办理"


def reads(actor: Actor, paper: Paper, case: Case) -> bool:
    """Drafts and inner papers are for the office that writes them; what went out, for everybody who sees the case."""
    if actor.kind == "system":
        return True
    if case.sealed:
        return cleared(actor, case)
    if any(h.unit == paper.unit_id and h.role in BUSINESS for h in actor.holdings):
        return True
    outside = paper.state == "issued" and not paper.declared.inner
    overseen = paper.state == "issued" and any(h.unit_kind == "office" for h in actor.holdings)
    return (outside or overseen) and may_see(actor, case)


def read_by(actor: Actor, papers: Iterable[Paper]) -> list[Paper]:
    """Those of the papers (with their cases) that the actor may read."""
    return [paper for paper in papers if reads(actor, paper, paper.case)]
