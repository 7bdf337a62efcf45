"""提级: proposed by a person or by the software, decided by the 部领导; then inbox and right to see go up, the clocks run on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.supervision import offices
from jieyou.commons.supervision.models import Escalation
from jieyou.kernel.loop.declare import Ask, Guard, Situation
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.notify import outbox
from jieyou.kernel.people import recusal
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy import access

ASK = Ask(
    "escalate", "提请理由", "words", keep=False, at_least=10, help="办到哪一步、卡在哪里、为什么要上面接办"
)


def _plain(s: Situation) -> str | None:
    return "密封件不提级" if s.sealed else None


plain = Guard("not_sealed", _plain, "不是密封件")


def propose(origin: Case, reason: str, ground: str, actor: Actor, at: datetime) -> Case:
    """提请提级 of one case. Raises :class:`Refused` while another proposal about it is open."""
    if Escalation.objects.filter(origin=origin, case__open=True).exists():
        raise Refused("这件事已经提请提级了，或者已经提级")
    facts = {"origin": origin, "cause": reason, "ground": ground}
    return _open(f"提级：{origin.title}", origin.home, origin, facts, actor, at)


def propose_desk(desk: Unit, role: str, first: Case, ground: str, actor: Actor, at: datetime) -> Case:
    """提请提级 of all that lies on the desk of a vacant post. ``first``: one of the cases there."""
    home = offices.office_of(desk) or first.home
    facts = {"desk": desk, "role": role, "cause": "vacant", "ground": ground}
    return _open(f"提级：{desk.name}{role}（空缺）的待办", home, first, facts, actor, at)


def by_hand(step: Any) -> None:
    """提请提级 from a case's own page."""
    propose(step.case, "hand", step.data["escalate"], step.actor, step.at)


def hand_up(step: Any) -> None:
    """批准提级: desk and right to see go to the post above. Sealed and recused cases stay where they are."""
    facts = step.facts
    cases = list(_about(facts))
    if not cases:
        raise Refused("没有可以提级的事项：已经办结，或者是密封件")
    facts.unit, facts.unit_role = _taker(facts, cases[0])
    taken = [case for case in cases if not _recused(case, facts.unit)]
    if not taken:
        raise Refused(f"{facts.unit.name}在这件事上回避，不能接办", "to")
    facts.taken = [_take(case, facts.unit, facts.unit_role, step) for case in taken]


def hand_back(step: Any) -> None:
    """交还: the right to see ends, and what still lies on that desk goes back to where it lay."""
    facts = step.facts
    for row in facts.taken:
        key = UUID(row["case"])
        access.withdraw(key, facts.unit_id, "escalation")
        there = Case.objects.filter(pk=key, open=True, desk=facts.unit_id, desk_role=facts.unit_role)
        there.update(desk=UUID(row["desk"]), desk_role=row["role"])
        remark(key, "handed_back", "提级交还", step.actor, {"words": step.data["words"]}, step.at)


def lapse(step: Any) -> None:
    """The matter has ended, or the post is held again: the right to see ends; nothing is moved."""
    for row in step.facts.taken:
        access.withdraw(UUID(row["case"]), step.facts.unit_id, "escalation")


def _open(title: str, home: Unit, about: Case, facts: dict[str, Any], actor: Actor, at: datetime) -> Case:
    """The proposal lies with the home's 部领导; where that post is vacant, with the office above."""
    if not offices.held([offices.head_of(home)]):
        home = offices.above(home) or home
    return open_case(
        "escalation",
        actor,
        title=title[:200],
        place=about.place,
        home=home,
        facts=facts,
        at=at,
        sealed=about.sealed,
    )


def _about(facts: Escalation) -> QuerySet[Case]:
    rows = Case.objects.filter(open=True, sealed=False).select_related(
        "home__place", "holder__place", "desk__place"
    )
    if facts.origin_id:
        return rows.filter(pk=facts.origin_id)
    return rows.filter(desk=facts.desk_id, desk_role=facts.role).order_by("opened_at", "pk")


def _taker(facts: Escalation, case: Case) -> tuple[Unit, str]:
    """The post that takes over: the unit's own head, or in the office above the role alike."""
    base, role = (facts.desk, facts.role) if facts.desk else (case.home, case.desk_role)
    unit, wanted = (
        (base, offices.head_of(base)[1]) if facts.to == "post" else (offices.above(base), offices.alike(role))
    )
    if unit is None:
        raise Refused("上面没有社会工作部了，请选“本单位负责人接办”", "to")
    if not offices.held([(unit.pk, wanted)]):
        raise Refused(f"{unit.name}{wanted}也空缺，请选另一个", "to")
    return unit, wanted


def _recused(case: Case, unit: Unit) -> bool:
    return unit.pk in recusal.in_case(case.pk, case.parent_id)[1]


def _take(case: Case, unit: Unit, role: str, step: Any) -> dict[str, str]:
    """One case goes up; what it lay on is kept, so that it can come back."""
    lay = {"case": case.pk.hex, "desk": (case.desk_id or case.home_id).hex, "role": case.desk_role}
    access.grant(case.pk, unit, "escalation", role=role)
    Case.objects.filter(pk=case.pk).update(desk=unit, desk_role=role)
    words = {"to": f"{unit.name} {role}", "words": step.data.get("words") or step.facts.ground}
    remark(case.pk, "escalated", "提级接办", step.actor, words, step.at)
    people = outbox.holding([(unit.pk, role)])
    key = f"escalated{step.case.pk.hex}{case.pk.hex}"
    outbox.tell(people, key, "提级接办", f"{case.number} {case.title}", case, step.at)
    return lay
