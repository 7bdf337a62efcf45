"""What papers hear of the loop: steps draft them, signatures reach them, a case's own step issues them. Same transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.approvals.models import Approval
from jieyou.commons.papers import acts, registry
from jieyou.commons.papers.models import Paper
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.signals import advanced
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.statements import kept

WAITING = ("draft", "sent", "signed")


def connect() -> None:
    """Called once, when all apps are loaded."""
    advanced.connect(_advanced, dispatch_uid="papers.follow")


def _advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    if transition is None:
        return
    for kind in transition.drafts:
        for meant in _meant(kind, case, step):
            drafted(meant, kind, step.actor)
    if case.loop == "approval" and not case.open:
        _signed(case, step)
    for kind in registry.issued_with().get((case.loop, transition.name), ()):
        _issued(case, kind, step.actor)


def _meant(kind: str, case: Case, step: Any) -> list[Case]:
    """A paper that goes to each unit is of each task that the step made; every other of the case itself."""
    declared = registry.kind(kind)
    born = [child for child in step.born if child.loop == declared.of[0]]
    return born or [acts.belongs(case, declared)]


def drafted(case: Case, kind: str, actor: Actor) -> Paper:
    """The draft of this kind for the case: the one that waits already, brought up to date, or a new one."""
    paper = _waiting(case, kind) or _taken_over(case, kind, actor)
    if paper is None:
        paper = acts.make(case, registry.kind(kind), actor)
    approval = _approval(case, kind)
    if approval is not None and paper.approval_id != approval.pk:
        paper.text = Approval.objects.values_list("text", flat=True).get(pk=approval.pk) or paper.text
        acts.link(paper, approval, actor)
    return paper


def _waiting(case: Case, kind: str) -> Paper | None:
    keys = _waiting_of(case.pk, kind, *WAITING)
    return Paper.objects.select_related("case", "unit").get(pk=keys[0]) if keys else None


@kept
def _waiting_of(case: UUID, kind: str, *states: str) -> QuerySet[Any]:
    rows = Paper.objects.filter(case_id=case, kind=kind, state__in=states)
    return rows.order_by("-at").values_list("pk", flat=True)[:1]


def _taken_over(case: Case, kind: str, actor: Actor) -> Paper | None:
    """A draft that was written on the parent before the task was there (at the meeting) becomes the task's own."""
    if case.parent_id is None or case.holder is None:
        return None
    keys = _drafted_above(case.holder.name, case.parent_id, kind, "draft")
    if not keys:
        return None
    return acts.move(Paper.objects.select_related("case", "unit").get(pk=keys[0]), case, actor)


@kept
def _drafted_above(unit: str, parent: UUID, kind: str, state: str) -> QuerySet[Any]:
    rows = Paper.objects.filter(case_id=parent, kind=kind, state=state, about=unit)
    return rows.order_by("pk").values_list("pk", flat=True)[:1]


def _approval(case: Case, kind: str) -> Case | None:
    return next(iter(_sent(kind, "approval", case.pk)), None)


@kept
def _sent(kind: str, loop: str, parent: UUID) -> QuerySet[Case]:
    rows = Case.objects.filter(parent_id=parent, loop=loop, kind=kind, open=True)
    return rows.order_by("-opened_at")[:1]


def _signed(approval: Case, step: Any) -> None:
    paper = Paper.objects.filter(approval=approval, state="sent").select_related("case", "unit").first()
    if paper is None:
        return
    if approval.outcome == "signed":
        acts.signed(paper, step.facts.signed_by, step.facts.signed_on, step.actor)
    else:
        acts.refused(paper, step.actor)


def _issued(case: Case, kind: str, actor: Actor) -> None:
    paper = _waiting(case, kind)
    if paper is not None and acts.not_ready(paper) is None:
        acts.put_out(paper, actor)
