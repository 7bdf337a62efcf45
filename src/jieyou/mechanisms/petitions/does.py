"""What some steps do to a petition beside moving it."""

from __future__ import annotations

from typing import Any

from jieyou.commons.handovers import sending
from jieyou.commons.reports import effects
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import timing
from jieyou.mechanisms.petitions import asks
from jieyou.mechanisms.petitions.models import PetitionMediation
from jieyou.mechanisms.petitions.offices import office_for

#: What a clerk wrote down of an accusation before it was seen to be one.
WRITTEN = ("request", "told_facts", "told_reasons")


def retitle(step: Any) -> None:
    """登记要素: the clerk's name for the matter replaces the petitioner's first words."""
    step.case.title = step.data["title"]


def seal(step: Any) -> None:
    """密封: to the city's keeper at once; no word of it stays in the open."""
    effects.seal(step)
    for name in WRITTEN:
        setattr(step.facts, name, "")
    step.case.home = office_for(step.case.place, sealed=True)


def unseal(step: Any) -> None:
    """解除密封: an ordinary petition again, kept by the office of its place."""
    step.case.sealed, step.facts.purpose = False, "appeal"
    effects.unseal(step)
    step.case.home = office_for(step.case.place)


def tell(step: Any) -> None:
    """告知: a word on the way; nobody is asked to rate it."""
    words = step.data.get("tell")
    if words:
        effects.tell(step, words)


def sent(step: Any) -> None:
    """转送、交办: an objection of an earlier unit is over."""
    if step.facts.objection != "designated":
        step.facts.objection = ""
    tell(step)


def take(step: Any) -> None:
    """本机关直接办理: the fifteen days of the notice run from receipt (第二十三条第二款)."""
    step.case.holder = step.facts.handler = step.case.home
    received = clock.at(step.facts.received_on) if step.facts.received_on else step.case.opened_at
    clocks = timing.Clocks(step.case)
    clocks.anew("petition.notice", received)
    clocks.save()
    tell(step)


def object_(step: Any) -> None:
    step.facts.objection = "asked"


def uphold(step: Any) -> None:
    step.facts.objection = ""


def designate(step: Any) -> None:
    """指定管辖 (第二十四条): nobody objects a second time."""
    step.facts.objection = "designated"


def back(step: Any) -> None:
    """同意退回: the office sends it anew; its own fifteen days run on."""
    step.case.holder = step.facts.handler = None
    step.facts.objection = ""


def extend(step: Any) -> None:
    """延期: the petitioner is told the reason."""
    words = f"您的信访事项办理时限延长 {step.data['days']} 日。理由：{step.data['days_reason']}"
    effects.tell(step, words)


def to_mediation(step: Any) -> None:
    """先行调解 (第三十三条): an open item at the mediators' door; the sixty days run on."""
    sending.send(step.case, "mediation", step.data["to_unit"], step.data["words"], step.actor, step.at)
    tell(step)


def mediated(step: Any) -> None:
    """登记调解结果: one more round."""
    rows = PetitionMediation.objects.filter(petition=step.facts)
    PetitionMediation.objects.create(
        petition=step.facts, round=rows.count() + 1, started_on=step.data["started_on"], ended_on=step.data["ended_on"],
        result=step.data["mediation_result"], document=step.data["document"] or "",
    )  # fmt: skip


def hearing(step: Any) -> None:
    step.facts.hearing = True


def heard(step: Any) -> None:
    step.facts.hearing = False


def deliver(step: Any) -> None:
    """送达: the petitioner gets the opinion and may rate it."""
    facts = step.facts
    facts.reply = (
        f"处理意见：{dict(asks.RESULTS).get(facts.result, '')}。{facts.opinion}依据：{facts.basis}。"
        "如不服，可以自收到之日起三十日内请求原办理机关的上一级机关复查。"
    )
    effects.answer(step)


def answer(step: Any) -> None:
    effects.answer(step)


def to_reviewer(step: Any) -> None:
    """申请复查: whose reviewing body is not in the system, the office keeps it and enters the result."""
    if step.facts.review_unit is None:
        step.case.holder = step.case.home


def to_rechecker(step: Any) -> None:
    if step.facts.recheck_unit is None:
        step.case.holder = step.case.home


def reviewed(step: Any) -> None:
    _word(step, "复查", step.facts.review_result, step.facts.review_opinion,
          "如不服，可以自收到之日起三十日内请求复查机关的上一级机关复核。")  # fmt: skip


def revoked(step: Any) -> None:
    """责令重新办理: back to the office that answered; a time of its own runs."""
    step.case.holder = step.facts.handler
    step.facts.review_result = "revoked"
    effects.tell(step, f"复查意见：撤销原处理意见，责令重新办理。{step.data['review_opinion']}")


def rechecked(step: Any) -> None:
    _word(step, "复核", step.facts.recheck_result, step.facts.recheck_opinion,
          "本意见为信访终结意见，对同一事实和理由再提出信访的，不再受理。")  # fmt: skip


def _word(step: Any, which: str, result: str, opinion: str, after: str) -> None:
    step.facts.reply = f"{which}意见：{dict(asks.REVIEWED).get(result, '')}。{opinion}{after}"
    effects.answer(step)


def rate(step: Any) -> None:
    """群众评价, of both: the unit's in the report as everywhere, the office's beside it."""
    effects.rate(step)
    step.facts.office_satisfied = step.data["office_rating"] or ""


def conclude(step: Any) -> None:
    """期满未申请复查（复核）: how it ended is what the last word said."""
    step.case.outcome = "settled"
