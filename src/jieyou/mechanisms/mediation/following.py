"""What a mediation hears of its own steps and of hand-overs: the last signature, the result that goes back (访调结合)."""

from __future__ import annotations

from typing import Any

from jieyou.commons.handovers.models import Handover
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_within
from jieyou.kernel.loop.signals import advanced
from jieyou.kernel.loop.situation import Now
from jieyou.kernel.people.posts import SYSTEM
from jieyou.mechanisms.mediation import rules
from jieyou.mechanisms.mediation.models import Body, Mediation

#: What goes back to the petition or concern, by the step that ends the talks.
RESULTS = {
    "take_effect": "调解成功，双方签署调解协议书，协议已经生效。",
    "by_word": "调解成功，双方达成口头协议，协议已经生效。",
    "fail": "调解不成，已告知当事人仲裁、行政、司法等途径。",
    "stop": "调解终止，已告知当事人仲裁、行政、司法等途径。",
    "decline": "不予受理人民调解，已说明理由和其他途径。",
}


def connect() -> None:
    """Called once, when all apps are loaded."""
    advanced.connect(_advanced, dispatch_uid="mediation.following")


def _advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    if transition is None:
        return
    if case.loop == "mediation":
        _signed(case, step)
        _answer(case, transition.name, step)
    if case.loop == "handover" and case.kind == "mediation" and transition.name == "receive":
        _beget(case, step)


def _signed(case: Case, step: Any) -> None:
    """The last of the signatures and the seal makes the agreement take effect, in the same transaction."""
    if case.stage == "signing" and rules.complete.judge(Now(case, SYSTEM, facts=step.facts)) is None:
        advance(case, "take_effect", SYSTEM, {}, step.at)


def _answer(case: Case, name: str, step: Any) -> None:
    origin = step.facts.origin
    if name not in RESULTS or origin is None or origin.stage != "working":
        return
    said = {"result": f"{RESULTS[name]}调解案号：{case.number}。", "document": step.facts.agreement_no}
    advance(origin, "answer", SYSTEM, said, step.at)


def _beget(handover: Case, step: Any) -> None:
    """A hand-over that a committee receives becomes a case of its own; both pages link to each other."""
    body = Body.objects.filter(unit=handover.holder_id, kind="committee").select_related("unit").first()
    if body is None or Mediation.objects.filter(origin=handover).exists():
        return
    kept = Handover.objects.select_related("origin").get(pk=handover.pk)
    assert body.unit is not None
    facts = {"source": "entrusted", "summary": kept.words, "origin": handover}
    open_within(
        "mediation", step.actor, title=kept.origin.title, place=handover.place, home=body.unit, facts=facts, at=step.at,
    )  # fmt: skip
