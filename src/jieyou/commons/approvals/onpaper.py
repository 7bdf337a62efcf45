"""线下签批: a leader's step that was made on paper, entered with its scan and made when a second person has checked it.

Leaders sign on paper and will not log in (practice): whatever step asks for a leader's post can be entered by a clerk of the
same unit, with who signed, when, and the scan. Nothing moves until another person confirms; then the step is made through the
engine's one door, in the name of the leader who signed, and every guard and separation is asked as if he had made it himself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop import answers, permit
from jieyou.kernel.loop.declare import Transition
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.situation import Now
from jieyou.kernel.people import posts
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.roles import CLERK, HEAD, LEADER, MEETING_CLERK

KIND = "step"
THROUGH = "线下签批补录"
#: Posts whose holders sign on paper, and posts whose holders enter that.
SIGNING, ENTERING = (HEAD, LEADER), (CLERK, MEETING_CLERK)


def signers(case: Case, t: Transition) -> list[Account]:
    """The leaders of the case's own office who could make this step."""
    roles = [role for who in t.who if who.kind == "home" for role in who.roles if role in SIGNING]
    found = [one for role in roles for one in posts.holders([case.home_id], role, clock.today())]
    return list(dict.fromkeys(found))


def may_enter(case: Case, t: Transition, actor: Actor) -> bool:
    """Whether this step is a leader's, leaves the case's stage, and the actor keeps the office's papers."""
    leaves = any(stage.name == case.stage for stage in t.sources)
    keeps = any(actor.holds(role, case.home_id) for role in ENTERING)
    leaders = any(who.kind == "home" and set(who.roles) & set(SIGNING) for who in t.who)
    return leaves and keeps and leaders and not case.sealed and case.loop != "approval"


def offered(case: Case, actor: Actor) -> list[Transition]:
    """The leaders' steps that this clerk may enter from paper now; conditions that are not met yet leave one out."""
    now = Now(case, actor)
    steps = [t for t in case.declared.leaving(case.stage) if may_enter(case, t, actor)]
    return [t for t in steps if not (t.only and t.only.judge(now))]


def enter(
    case: Case, name: str, actor: Actor, raw: dict[str, Any], signer: Account | None, signed_on: date | None,
    scans: Sequence[Attachment | UUID] = (), keep: Any = None,
) -> Case:  # fmt: skip
    """补录: the leader's step with its answers; returns the approval that waits for a second person.

    ``keep(approval) -> attachments``: stores uploads on the approval inside the transaction. Raises :class:`Refused`.
    """
    t = case.declared.transitions.get(name)
    if t is None or not may_enter(case, t, actor):
        raise Refused("这个动作不能线下补录")
    _check(case, t, raw, signer, signed_on)
    assert signer is not None and signed_on is not None
    with transaction.atomic():
        paper = open_case(
            "approval", actor, title=f"线下签批“{t.title}”：{case.title}"[:200], place=case.place, home=case.home, kind=KIND, parent=case,
            facts={"paper": KIND, "text": t.title, "roles": [role_of(case, signer)], "transition": name, "answers": raw,
                   "signer": signer},
        )  # fmt: skip
        given = [*scans, *(keep(paper) if keep else ())]
        return advance(
            paper, "enter", actor, {"signed_by": signer.name, "signed_on": signed_on, "evidence": given}
        )


def role_of(case: Case, signer: Account) -> str:
    """In which post the signer signed."""
    actor = posts.actor_of(signer)
    return next(role for role in SIGNING if actor.holds(role, case.home_id))


def _check(
    case: Case, t: Transition, raw: dict[str, Any], signer: Account | None, signed_on: date | None
) -> None:
    if signer is None or signer not in signers(case, t):
        raise Refused("请选签批的领导", "signer")
    if signed_on is None:
        raise Refused("请写签批日期", "signed_on")
    if signed_on > clock.today():
        raise Refused("签批日期不能晚于今天", "signed_on")
    if Case.objects.filter(parent=case, loop="approval", kind=KIND, open=True).exists():
        raise Refused("这件事已有一份线下签批在等核对，请先核对或作废")
    data = answers.clean(t.asks, raw)
    sentence = permit.missing(Now(case, posts.actor_of(signer), data), t)
    if sentence:
        raise Refused(sentence)


def made(sender: object, event: Any, case: Case, step: Any, **_: Any) -> None:
    """A second person has checked the scan: the leader's step is made, or all is refused with its reason."""
    if case.loop != "approval" or case.kind != KIND or event.transition != "confirm":
        return
    facts = step.facts
    leader = replace(posts.actor_of(facts.signer), through=THROUGH)
    parent = Case.objects.select_related("home", "holder", "place").get(pk=case.parent_id)
    advance(parent, facts.transition, leader, facts.answers, step.at)
