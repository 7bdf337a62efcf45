"""转信访 of another mechanism: what the petition office receives begins here as a petition; its end answers the hand-over.

The two link to each other: the petition keeps the hand-over, whose answer names the petition. Receiver of ``advanced``.
"""

from __future__ import annotations

from typing import Any

from jieyou.commons.handovers.models import Handover
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.people.posts import SYSTEM
from jieyou.mechanisms.petitions.models import Petition
from jieyou.mechanisms.petitions.offices import keeps

ENDINGS = {"join": "已并入同类信访事项办理，结果一并答复。", "withdraw": "信访人已撤回，信访事项终止办理。"}


def on_advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    if transition is None:
        return
    if case.loop == "handover" and case.kind == "petition" and transition.name == "receive":
        _begin(case, step)
    elif case.loop == "petition" and not case.open:
        _answer(case, transition.name, step)


def _begin(case: Case, step: Any) -> None:
    """接收: a petition of the office that received it; of a unit that keeps none the hand-over stays a paper."""
    if case.holder is None or not keeps(case.holder):
        return
    origin = Handover.objects.select_related("origin").get(pk=case.pk)
    facts = {"source": "handover", "channel": "net", "via": f"{case.home.short}转来", "received_on": clock.local(step.at),
             "origin": case, "first": "first", "told_facts": origin.words}  # fmt: skip
    open_case("petition", step.actor, title=origin.origin.title, place=case.place, home=case.holder, facts=facts,
              sealed=case.sealed, at=step.at)  # fmt: skip


def _answer(case: Case, name: str, step: Any) -> None:
    origin = Petition.objects.select_related("origin").get(pk=case.pk).origin
    if origin is None:
        return
    there = Case.objects.select_related("home", "holder", "place").get(pk=origin.pk)
    if there.open:
        words = step.facts.reply or ENDINGS.get(name) or "信访事项已依法办结。"
        advance(there, "answer", SYSTEM, {"result": words, "document": case.number}, step.at)
