"""What papers hear of the loop: steps draft them, signatures reach them, a case's own step issues them. Same transaction."""

from __future__ import annotations

from typing import Any

from jieyou.commons.approvals.models import Approval
from jieyou.commons.papers import acts, registry
from jieyou.commons.papers.models import Paper
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.signals import advanced
from jieyou.kernel.people.actor import Actor

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
    rows = Paper.objects.filter(case=case, kind=kind, state__in=WAITING)
    return rows.select_related("case", "unit").order_by("-at").first()


def _taken_over(case: Case, kind: str, actor: Actor) -> Paper | None:
    """A draft that was written on the parent before the task was there (at the meeting) becomes the task's own."""
    if case.parent_id is None or case.holder is None:
        return None
    rows = Paper.objects.filter(case=case.parent_id, kind=kind, state="draft", about=case.holder.name)
    paper = rows.select_related("case", "unit").first()
    return acts.move(paper, case, actor) if paper else None


def _approval(case: Case, kind: str) -> Case | None:
    return (
        Case.objects.filter(parent=case, loop="approval", kind=kind, open=True).order_by("-opened_at").first()
    )


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
