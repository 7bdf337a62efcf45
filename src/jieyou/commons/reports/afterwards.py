"""What a reporter adds afterwards, by the query number: more words, a rating."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from jieyou.commons.reports.intake import SEALED_WORDS, call_a_person, guest_of, harmful
from jieyou.commons.reports.models import Report, Supplement
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import engine
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.roles import CLEARED, CLERK
from jieyou.kernel.privacy import masking

LONGEST = 2000


@dataclass(frozen=True)
class Added:
    """A supplement that came in. ``harm``: a person has been called."""

    supplement: Supplement
    harm: bool


def add(report: Report, words: str) -> Added:
    """补充. The same words twice in a row come in once. `Refused`: empty, too long, the case has ended."""
    words = words.replace("\x00", "").strip()
    _check(report, words)
    now, harm, hidden = watch.now(), harmful(words), report.case.sealed or report.accused
    masked = SEALED_WORDS if hidden else masking.mask(words)
    last = report.supplements.order_by("at").last()
    if last is not None and not hidden and last.words == masked:
        return Added(last, harm)
    with transaction.atomic():
        case = remark(report.case_id, "supplement", "群众补充", guest_of(report), {"words": masked}, now)
        row = Supplement(report=report, words=masked, at=now, told_words=words if masked != words else "")
        row.save(force_insert=True)
        if harm:
            call_a_person(report, case, now)
        desk = (case.home_id, CLEARED) if case.sealed else (case.desk_id, case.desk_role)
        also = set() if case.sealed else {(case.home_id, CLERK)}
        outbox.tell(
            outbox.holding({desk, *also}), row.pk.hex, "群众补充", f"{case.number} {case.title}", case, now
        )
    return Added(row, harm)


def _check(report: Report, words: str) -> None:
    if not report.case.open:
        raise Refused("这件事已经办结，有新情况请重新反映")
    if len(words) < 2:
        raise Refused("请写一下要补充什么")
    if len(words) > LONGEST:
        raise Refused(f"最多 {LONGEST} 个字，现在 {len(words)} 个字")


def may_rate(report: Report) -> bool:
    """Whether an answer waits for this reporter's word: the loop has such a step now, and it is unused."""
    case = report.case
    step = case.declared.transitions.get("rate")
    here = step is not None and any(s.name == case.stage for s in step.sources)
    return here and not case.sealed and report.replied_at is not None and report.rated_at is None


def _asked(report: Report, more: dict[str, str]) -> dict[str, str]:
    names = {ask.name for ask in report.case.declared.transitions["rate"].asks}
    return {name: value for name, value in more.items() if value and name in names}


def rate(report: Report, rating: str, words: str, **more: str) -> bool:
    """评价 (`good`, `fair`, `bad`; `none` is an answer too). Says whether the words call for a person.

    ``more``: further answers, where the loop's step asks for them (信访部门的评价); blank ones are left out.
    """
    words = words.replace("\x00", "").strip()
    if not may_rate(report):
        raise Refused("现在不用评价：还没有答复，或者您已经评价过")
    if len(words) > LONGEST:
        raise Refused(f"最多 {LONGEST} 个字，现在 {len(words)} 个字")
    actor, masked, harm = guest_of(report), masking.mask(words), harmful(words)
    with transaction.atomic():
        if rating == "none":
            Report.objects.filter(pk=report.pk).update(rated_at=watch.now())
            remark(report.case_id, "unrated", "群众不愿评价", actor, {"words": masked}, watch.now())
        else:
            engine.advance(
                report.case, "rate", actor, {"rating": rating, "words": masked, **_asked(report, more)}
            )
        if harm:
            call_a_person(report, report.case, watch.now())
    return harm
