"""转人民建议 of another mechanism begins here as a proposal, and its answer goes back; a 解忧 item that a proposal became reports its end.

Receiver of ``advanced``.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from jieyou.commons.handovers.models import Handover
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_within
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.loop.signals import advanced
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.statements import kept
from jieyou.mechanisms.proposals.models import ADOPTED, NOT_ADOPTED, Proposal
from jieyou.mechanisms.proposals.offices import keeps

ENDINGS = {"join": "已并入同类建议办理，结果一并答复。", "withdraw": "建议已撤回，终止办理。"}
ANSWERS = ("adopt", "not_adopt", "answer_outside", *ENDINGS)


def connect() -> None:
    """Called once, when all apps are loaded."""
    advanced.connect(_advanced, dispatch_uid="proposals.following")


def _advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    if transition is None:
        return
    if case.loop == "handover" and case.kind == "suggestion" and transition.name == "receive":
        _begin(case, step)
    elif case.loop == "proposal" and transition.name in ANSWERS:
        _answer(case, transition.name, step)
    elif case.loop == settings.INTAKE_LOOP and not case.open:
        _ended(case, step)


def _begin(handover: Case, step: Any) -> None:
    """接收: a proposal of the office that received it. Whoever wrote down the number of an office outside of the system keeps a
    paper; one that our own office keeps itself needs no unit."""
    unit = handover.holder or (None if step.data.get("their_no") else handover.home)
    if unit is None or not keeps(unit) or Proposal.objects.filter(origin=handover).exists():
        return
    kept = Handover.objects.select_related("origin").get(pk=handover.pk)
    facts = {"source": "handover", "origin": handover, "suggestion": kept.words}
    open_within("proposal", step.actor, title=kept.origin.title, place=handover.place, home=unit, facts=facts,
                sealed=handover.sealed, at=step.at)  # fmt: skip


def _answer(case: Case, name: str, step: Any) -> None:
    origin = step.facts.origin
    if origin is None or not origin.open or origin.stage != "working":
        return
    word = dict(ADOPTED + NOT_ADOPTED).get(step.facts.adoption, "")
    said = ENDINGS.get(name) or f"{word}{'：' if word else ''}{step.facts.reply}"
    advance(origin, "answer", SYSTEM, {"result": said, "document": case.number}, step.at)


def _ended(matter: Case, step: Any) -> None:
    """办结: the proposal's record says so and its clerk is told."""
    for key in _become(matter.pk):
        case = remark(key, "matter_ended", "解忧事项已办结", SYSTEM, {"number": matter.number}, step.at)
        told = outbox.holding({(case.home_id, CLERK)})
        outbox.tell(
            told,
            f"{matter.pk.hex}:{key.hex}",
            "解忧事项已办结",
            f"{case.number} {matter.number}",
            case,
            step.at,
        )


@kept
def _become(matter: UUID) -> QuerySet[Any]:
    """The proposals that this matter came of: mostly none."""
    return Proposal.objects.filter(matter=matter).values_list("pk", flat=True)
