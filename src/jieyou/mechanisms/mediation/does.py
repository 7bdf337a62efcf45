"""What the steps of a mediation do beside moving it. ``sides`` is written anew each time: it is part of the record's digest."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import series
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.loop.models import Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.mechanisms.mediation import lists, rules
from jieyou.mechanisms.mediation.models import Term


class _As:
    """A step as ``rules.side_of`` reads a situation."""

    def __init__(self, step: Any) -> None:
        self.facts, self.data, self.person = step.facts, step.data, step.actor.person


def _mark(step: Any, **said: Any) -> str:
    """Write what one side did; answers which side."""
    letter = rules.side_of(_As(step))  # type: ignore[arg-type]
    sides = deepcopy(step.facts.sides)
    if letter not in sides:
        raise Refused("请选是哪一方", "side")
    sides[letter] |= said
    step.facts.sides = sides
    return letter


def have(step: Any, *codes: str) -> None:
    """Pieces of the file that this step makes."""
    step.facts.pieces = step.facts.pieces | dict.fromkeys(codes, "have")


def consent(step: Any) -> None:
    """同意调解: with the notice of rights read or told."""
    _mark(step, consent=_day(step), refused="")
    if not rules.waiting(step.facts.sides, "consent"):
        have(step, "notice")


def refuse(step: Any) -> None:
    _mark(step, refused=_day(step), consent="")


def _day(step: Any) -> str:
    return clock.local(step.at).isoformat()


def accept(step: Any) -> None:
    have(step, "application")


def propose(step: Any) -> None:
    """选人: one's own proposal; it replaces an earlier one, and whoever agreed with that is asked anew."""
    choice = step.data["pick"] or f"out:{step.data['outside']}"
    letter = _mark(step, choice=choice, agrees="")
    sides = step.facts.sides
    for side in sides.values():
        if side.get("agrees") == letter:
            side["agrees"] = ""
    step.facts.choice = _agreed(sides)


def agree(step: Any) -> None:
    """同意对方提的人."""
    _mark(step, agrees=step.data["with_side"])
    step.facts.choice = _agreed(step.facts.sides)


def _agreed(sides: dict[str, Any]) -> str:
    """The person whom every side wants: proposed it, or agreed with who did."""
    wanted = {
        sides[side["agrees"]].get("choice", "") if side.get("agrees") in sides else side.get("choice", "")
        for side in sides.values()
    }
    return wanted.pop() if len(wanted) == 1 else ""


def designate(step: Any) -> None:
    """委员会指定 (人民调解法第十九条)."""
    step.facts.choice = step.data["mediator"]


def begin(step: Any) -> None:
    """选定: the people's mediator leads; whoever else was chosen takes part by invitation."""
    lead, facts = step.data["mediator"], step.facts
    person = lists.mediator(facts.choice) if not facts.choice.startswith("out:") else None
    if person is not None and person.engaged and facts.choice != lead:
        raise Refused(f"双方选定的是{person.name}，请由{person.name}主持；要换人请先回避或重新选", "mediator")
    facts.invited = "" if person is not None and person.engaged else lists.choice_words(facts.choice)
    found = lists.mediator(lead)
    members = [one for one in (found, person) if one is not None and one.alliance_id]
    facts.alliance = members[0].alliance if members else None


def recuse(step: Any) -> None:
    """回避: the choice begins anew."""
    sides = deepcopy(step.facts.sides)
    for side in sides.values():
        side |= {"choice": "", "agrees": ""}
    step.facts.sides, step.facts.choice, step.facts.mediator, step.facts.invited = sides, "", "", ""


def check(step: Any) -> None:
    step.facts.identity = True
    have(step, "identity")


def session(step: Any) -> None:
    have(step, "record")


def draft(step: Any) -> None:
    """形成协议文本: whatever was signed on an earlier text is void."""
    step.facts.form = "written"
    _unsign(step)


def again(step: Any) -> None:
    """重新协商."""
    step.facts.form = ""
    _unsign(step)


def _unsign(step: Any) -> None:
    sides = deepcopy(step.facts.sides)
    for side in sides.values():
        side["signed"] = ""
    step.facts.sides, step.facts.mediator_signed, step.facts.sealed_on = sides, "", ""


def sign(step: Any) -> None:
    """签名. The name itself is not kept here: it is compared before the step, and stands sealed with the party."""
    _mark(step, signed=step.at.isoformat())


def sign_on_paper(step: Any) -> None:
    """纸质签名补录."""
    _mark(step, signed=clock.at(step.data["signed_on"], 12).isoformat())


def sign_as_mediator(step: Any) -> None:
    step.facts.mediator_signed = step.at.isoformat()


def seal(step: Any) -> None:
    step.facts.sealed_on = step.at.isoformat()


def take_effect(step: Any) -> None:
    """生效: with the last of the signatures and the seal (第二十九条); the number is taken then."""
    facts = step.facts
    facts.effective_at, year = step.at, clock.local(step.at).year
    n = series.take(f"mediation.agreement:{step.case.home_id.hex[-12:]}:{year}")
    facts.agreement_no = f"（{year}）{step.case.home.short}人调字第{n}号"
    _ended(step, "success")
    have(step, "agreement")


def by_word(step: Any) -> None:
    """口头协议: effective when reached (第三十条)."""
    step.facts.form, step.facts.effective_at = "oral", step.at
    _ended(step, "success")
    have(step, "agreement")


def fail(step: Any) -> None:
    _ended(step, "failed")


def stop(step: Any) -> None:
    _ended(step, "stopped")


def _ended(step: Any, result: str) -> None:
    step.facts.result, step.facts.ended_on = result, clock.local(step.at)


def perform(step: Any) -> None:
    if step.data.get("evidence"):
        have(step, "performance")


def visited(step: Any) -> None:
    have(step, "visit")


def applied(step: Any) -> None:
    have(step, "confirmation")


def file(step: Any) -> None:
    step.facts.pieces = step.facts.pieces | {step.data["piece"]: step.data["piece_state"]}


def conclude(step: Any) -> None:
    step.case.outcome = step.facts.result or "stopped"


def _within_window(s: Situation) -> str | None:
    """30 days from taking effect, as the clock of this case has them."""
    day = s.data.get("applied_on")
    if not isinstance(day, date) or s.facts.effective_at is None:
        return None
    row = Clock.objects.filter(case=s.facts.pk, code="mediation.confirm").first()
    effective = clock.local(s.facts.effective_at)
    last = clock.local(row.due) if row else effective + timedelta(days=30)
    return rules.window(effective, day, last)


def _confirmable(s: Situation) -> str | None:
    term = Term.objects.filter(kind="dispute", code=s.facts.category).first()
    return f"“{term.title}”不属于司法确认范围（{term.basis}）" if term and term.barred else None


def _pieces(s: Situation) -> str | None:
    wanted = [
        t.title for t in lists.rows("file").filter(required=True) if s.facts.pieces.get(t.code) != "have"
    ]
    return f"卷宗还缺必备材料：{'、'.join(wanted)}" if wanted else None


def _own_hand(s: Situation) -> str | None:
    """The mediator who leads signs; where his account is not known, whoever holds the post enters it."""
    found = lists.mediator(s.facts.mediator)
    if found is None or found.account_id is None or s.person == found.account_id.hex:
        return None
    return f"由主持调解的{found.name}签名"


in_window = Guard("in_window", _within_window, "在协议生效之日起三十日内")
confirmable = Guard("confirmable", _confirmable, "属于司法确认范围")
pieces = Guard("pieces", _pieces, "必备材料齐全")
own_hand = Guard("own_hand", _own_hand, "由主持调解的调解员签名")
