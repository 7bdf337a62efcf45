"""What signing does to an approval, and the door that sends a paper for signature."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from jieyou.commons.approvals.models import PAPERS, ApprovalChain
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.declare import home
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.people.actor import Actor


def sign(step: Any) -> None:
    """One signature on the screen."""
    step.facts.step += 1
    step.facts.signed_by, step.facts.signed_on = step.actor.name, watch.local(step.at)
    _next_desk(step)


def enter(step: Any) -> None:
    """A signature on paper, entered afterwards."""
    step.facts.offline = True


def confirm(step: Any) -> None:
    """The scan was checked by another person: the chain is done."""
    step.facts.step = len(step.facts.roles)


def wrong(step: Any) -> None:
    """The scan does not fit: back to whoever was to sign."""
    step.facts.offline = False
    _next_desk(step)


def _next_desk(step: Any) -> None:
    roles, at = step.facts.roles, step.facts.step
    if at < len(roles) and step.case.open:
        step.case.desk_role = roles[at]


def roles_for(paper: str, place_code: str) -> list[str]:
    """The chain in force for a paper: the narrowest place's, else one signature by the 部领导."""
    best = chain_for(paper, place_code)
    return best.roles.split(",") if best else ["部领导"]


def chain_for(paper: str, place_code: str) -> ApprovalChain | None:
    """The chain in force for a paper at a place: the narrowest place's, there the newest."""
    return narrowest(chains().filter(paper=paper), place_code)


def chains() -> QuerySet[ApprovalChain]:
    """All chains in force today."""
    today = watch.today()
    rows = ApprovalChain.objects.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
    return rows.select_related("place")


def narrowest(rows: Iterable[ApprovalChain], place_code: str) -> ApprovalChain | None:
    """Of chains for one paper, the one that holds at a place."""
    fit = [r for r in rows if r.place is None or place_code.startswith(r.place.code)]
    return max(fit, key=lambda r: (len(r.place.code) if r.place else 0, r.since), default=None)


def send(parent: Case, paper: str, text: str, actor: Actor, title: str = "") -> Case:
    """Send a paper of a case for signature: an approval is a child case on the leader's desk.

    A case that has ended takes no children: what is signed about it afterwards stands by itself.
    """
    roles = roles_for(paper, parent.l5 or parent.l4 or parent.l3 or parent.l2)
    words = title or f"{dict(PAPERS).get(paper, paper)}：{parent.title}"
    return open_case(
        "approval", actor, title=words[:200], place=parent.place, home=parent.home, kind=paper, sealed=parent.sealed,
        facts={"paper": paper, "text": text, "roles": roles}, parent=parent if parent.open else None, desk=home(roles[0]),
    )  # fmt: skip
