"""督办函, 约谈, 通报: drafted by the 经办人, signed by the 部领导, sent only then."""

from __future__ import annotations

from typing import Any

from jieyou.commons.approvals import signing
from jieyou.commons.supervision.models import LETTERS
from jieyou.kernel.loop.declare import Ask, Guard, Situation
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused

KIND = Ask(
    "letter", "文书", "choice", keep=False, choices=tuple(LETTERS), help="约谈、通报签发后由督查室组织"
)
GROUND = Ask("ground", "事由", "words", at_least=10, help="哪件任务、什么时候交办、现在怎样、催办过几次")
DEMAND = Ask("demand", "要求", "words", at_least=5, help="要做什么、什么时候前书面回复")
NUMBER = Ask("letter_no", "文号", "line", required=False, at_most=60)
SENT_ON = Ask("sent_on", "发出日期", "day")
VIA = Ask("via", "转交哪个督查室", "line", at_most=80, help="如：市委督查室、县政府督查室")
ANSWER = Ask("answer", "回复（结果）", "words", at_least=10)
EVIDENCE = Ask("evidence", "材料", "evidence", required=False, keep=False)


def _is_letter(s: Situation) -> str | None:
    return None if s.kind == "supervision_letter" else "这不是督办函"


def _is_interview(s: Situation) -> str | None:
    return None if s.kind in ("interview", "bulletin") else "这不是约谈、通报"


def _not_signing(s: Situation) -> str | None:
    return "文书还在签批，请等领导签发或退回" if s.open_children() else None


def _signed(s: Situation) -> str | None:
    return None if s.signed(s.kind, "") else "约谈（通报）提请还没有签发"


is_letter = Guard("is_letter", _is_letter, "是督办函")
is_interview = Guard("is_interview", _is_interview, "是约谈、通报")
not_signing = Guard("not_signing", _not_signing, "没有在签批")
signed_interview = Guard("signed_interview", _signed, "提请已签发")


def draft(step: Any) -> None:
    """拟督办函、提请约谈: about the task on whose page it is drafted. The unit hears of it when it is signed and sent."""
    task: Case = step.case
    kind, ground, demand = step.data["letter"], step.data["ground"], step.data["demand"]
    if task.holder is None:
        raise Refused("这件事还没有承办单位")
    facts = {"origin": task, "unit": task.holder, "ground": ground, "demand": demand}
    letter = open_case(
        "supervision", step.actor, title=task.title, place=task.place, home=task.home,
        kind=kind, facts=facts, at=step.at, sealed=task.sealed,
    )  # fmt: skip
    signing.send(letter, kind, text(task, ground, demand), step.actor)


def redraft(step: Any) -> None:
    """重新送签."""
    origin = step.facts.origin
    signing.send(
        step.case, step.case.kind, text(origin, step.data["ground"], step.data["demand"]), step.actor
    )


def deliver(step: Any) -> None:
    """送达: from now on the unit has it in hand."""
    step.case.holder = step.facts.unit


def text(task: Case, ground: str, demand: str) -> str:
    """What is signed."""
    name = task.holder.name if task.holder else ""
    return f"{name}：\n{ground}\n{demand}\n（{task.number} {task.title}）"
