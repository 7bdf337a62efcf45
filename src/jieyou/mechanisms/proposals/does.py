"""What some steps do to a proposal or a topic beside moving it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from jieyou.commons.handovers import sending
from jieyou.commons.reports import effects, intake
from jieyou.commons.reports.intake import Told
from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy import masking
from jieyou.mechanisms.proposals.models import ProposalResult
from jieyou.mechanisms.proposals.offices import office_for


def register(step: Any) -> None:
    """登记告知: the clerk's name for it; whoever sent it in learns that it came."""
    step.case.title = step.data["title"]
    tell(step)


def tell(step: Any) -> None:
    """告知: a word on the way; nobody is asked to rate it."""
    if step.data.get("tell"):
        effects.tell(step, step.data["tell"])


def seal(step: Any) -> None:
    """密封: to the city's keeper at once; no word of it stays in the open."""
    effects.seal(step)
    step.facts.suggestion = step.facts.suggester = step.facts.judged = ""
    step.case.home = office_for(step.case.place, sealed=True)


def unseal(step: Any) -> None:
    """解除密封: an ordinary proposal again, kept by the office of its place."""
    step.case.sealed = False
    effects.unseal(step)
    step.case.home = office_for(step.case.place)


def to(door: str) -> Callable[[Any], None]:
    """Hand it over to the door that it belongs to."""
    return partial(_hand_over, door=door)


def _hand_over(step: Any, door: str) -> None:
    sending.send(step.case, door, step.data["to_unit"], step.data["words"], step.actor, step.at)
    tell(step)


def here(step: Any) -> None:
    """本单位论证: the office has it in hand itself."""
    step.case.holder = step.facts.handler = step.case.home


def hand_back(step: Any) -> None:
    """退回: nobody has it in hand until the office sends it anew; the clock of the reply runs on."""
    step.case.holder = step.facts.handler = None


def answer(step: Any) -> None:
    """答复: each of those who proposed it gets the words and may rate them."""
    step.facts.replied_on = clock.local(step.at)
    effects.answer(step)


def to_jieyou(step: Any) -> None:
    """转为解忧线索: it comes in by the same door as every concern, with this proposal's number as its source's."""
    words = masking.mask(step.data["problem"])
    told = Told(place=step.case.place, words=words, title=step.case.title, category=step.facts.category, source="suggestion",
                source_no=step.case.number, source_name="人民建议征集", must_answer=False)  # fmt: skip
    step.facts.matter = intake.submit(told, step.actor).case


def result(step: Any) -> None:
    """登记转化成果: one more of what came of it."""
    link = step.data["link"] or (step.facts.matter if step.data["kind"] == "jieyou" else None)
    ProposalResult.objects.create(
        proposal=step.facts, kind=step.data["kind"], name=step.data["called"], on=step.data["on"], effect=step.data["effect"] or "",
        matter=link,
    )  # fmt: skip


def notice(step: Any) -> None:
    """拟奖励: public from today for the days of the rule."""
    step.facts.noticed_on = clock.local(step.at)


def drop_award(step: Any) -> None:
    step.facts.grade = step.facts.awardee = step.facts.award_why = step.facts.award_basis = ""
    step.facts.noticed_on = None


def grant(step: Any) -> None:
    step.facts.awarded_on = clock.local(step.at)
    conclude(step)


def conclude(step: Any) -> None:
    """归档: how it ended is what the reply said."""
    step.case.outcome = step.facts.adoption


def publish(step: Any) -> None:
    """公开征集: on the residents' page from now on."""
    step.facts.published_on = clock.local(step.at)


def announce(step: Any) -> None:
    step.facts.result_on = clock.local(step.at)


def cancel(step: Any) -> None:
    """取消: the residents' page has it no longer."""
    step.facts.published_on = None
