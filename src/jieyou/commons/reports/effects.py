"""What steps of a case do to its reports: join and undo, each reporter's own answer, rating, call-back, withdrawal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.reports import deadlines, telling
from jieyou.commons.reports.intake import SEALED_TITLE, SEALED_WORDS
from jieyou.commons.reports.models import CallBack, Report
from jieyou.commons.reports.words import first_words
from jieyou.kernel import statements
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.privacy import looks, masking
from jieyou.kernel.statements import kept

PASSED_ON = "您反映的情况已按规定移送有权处理的机关。按照保密要求，办理过程不在网上显示。"


def join(step: Any) -> None:
    """并件: the reports move to the other case; that case's record says so."""
    into: Case = step.data["into"]
    if into.pk == step.case.pk or into.loop != step.case.loop:
        raise Refused("不能并入这件事，请核对编号", "into")
    if not into.open or into.sealed or into.home_id != step.case.home_id:
        raise Refused("只能并入本单位正在办理的事项", "into")
    moved = Report.objects.filter(case=step.case).update(case=into)
    told = {"from": step.case.number, "reports": moved}
    deadlines.write(remark(into.pk, "joined_here", "并入反映", step.actor, told, step.at), step.at)
    telling.follow([step.case, into])


def unjoin(step: Any) -> None:
    """撤销并件: reports that came in here come back."""
    mine = Report.objects.filter(first_case=step.case).exclude(case=step.case)
    others = list(Case.objects.filter(pk__in=mine.values("case")))
    for into in others:
        if not into.open:
            raise Refused(f"{into.number} 已经办结，不能再撤销并件")
        remark(
            into.pk,
            "left_here",
            "撤回并入",
            step.actor,
            {"to": step.case.number, "reports": mine.count()},
            step.at,
        )
    mine.update(case=step.case)
    for case in others:
        deadlines.write(case, step.at)
    deadlines.follow(step.case, step.at)
    telling.follow([step.case, *others])


def answer(step: Any) -> None:
    """Each reporter gets the reply and may rate it, after a second round anew; whoever was content is not asked again."""
    words = step.data.get("reply") or step.facts.reply
    anew = {"reply": words, "replied_at": step.at, "rating": "", "rating_words": "", "rated_at": None}
    for key, rating in _ratings(step.case.pk):
        if rating not in ("good", "fair"):
            statements.update(Report, {"id": key}, anew)


def tell(step: Any, words: str) -> None:
    """告知: a word on the way (it was passed to another door; it goes on a dated list). Nobody is asked to rate it."""
    Report.objects.filter(case=step.case, withdrawn_at=None).update(reply=words, replied_at=step.at)


def tell_reply(step: Any) -> None:
    """告知 with the reply that was drafted for the case."""
    tell(step, step.facts.reply)


def answer_passed_on(step: Any) -> None:
    """移送: the reporter learns that it was passed on, and nothing else."""
    Report.objects.filter(case=step.case).update(reply=PASSED_ON, replied_at=step.at)


def seal(step: Any) -> None:
    """密封: what was told moves under seal, with nobody at work on it; who keeps it then, and the facts to be blanked, the mechanism says."""
    for report in Report.objects.filter(case=step.case):
        report.told_words = report.told_words or report.words
        report.words, report.title, report.where, report.accused = SEALED_WORDS, SEALED_TITLE, "", True
        report.save(update_fields=["told_words", "words", "title", "where", "accused"])
    step.case.sealed, step.case.title, step.case.holder = True, SEALED_TITLE, None


def unseal(step: Any) -> None:
    """解除密封: what was told is an ordinary report's words from now on; the keeper's look at it is on the record."""
    for report in Report.objects.filter(case=step.case):
        text = looks.reveal(step.actor, report, "told_words", "解除密封")
        report.words = masking.mask(text)
        report.told_words = text if report.words != text else ""
        report.accused = False
        report.title = step.case.title = first_words(report.words)
        report.save(update_fields=["words", "told_words", "accused", "title"])
    telling.follow([step.case])


def rate(step: Any) -> None:
    """群众评价: on the reporter's own report; one unhappy voice keeps the case from being archived as it is."""
    Report.objects.filter(pk=step.actor.report, case=step.case).update(
        rating=step.data["rating"], rating_words=step.data["words"] or "", rated_at=step.at
    )
    _sum_up(step)


def called(step: Any) -> None:
    """登记回访: one try, with each of the reporters who have not rated by themselves."""
    person = step.actor.person
    statements.insert_all(
        CallBack(report_id=key, by_id=person, at=step.at, method=step.data["method"], result=step.data["visited"],
                 words=step.data["words"] or "")
        for key in _to_call(step)
    )  # fmt: skip
    _sum_up(step, said=step.data["satisfied"] or "")


def _to_call(step: Any) -> list[UUID]:
    """Who has not rated; of a sample those who have not been tried yet come first."""
    unrated = [key for key, rating in _ratings(step.case.pk) if not rating]
    most = step.data.get("households")
    if not most:
        return unrated
    tried = set(CallBack.objects.filter(report__in=unrated).values_list("report_id", flat=True))
    return sorted(unrated, key=lambda key: key in tried)[:most]


def voices(case_id: Any) -> tuple[int, int]:
    """How many reporters a case has, and how many of them rated by themselves."""
    found = _ratings(case_id)
    return len(found), sum(1 for _, rating in found if rating)


def _sum_up(step: Any, said: str = "") -> None:
    """The case's own word: unhappy if anybody is, else what was said."""
    ratings = {rating for _, rating in _ratings(step.case.pk)} | {said}
    step.facts.satisfied = next((word for word in ("bad", "fair", "good") if word in ratings), "")


@kept
def _ratings(case: UUID) -> QuerySet[Any]:
    return Report.objects.filter(case_id=case, withdrawn_at=None).values_list("pk", "rating")


def withdraw(step: Any) -> None:
    """撤回导入: the reports of a batch that is taken back."""
    withdraw_all([step])


def withdraw_all(steps: list[Any]) -> None:
    """The same for many cases at once; what they were known by is free again."""
    rows = Report.objects.filter(case__in=[step.case.pk for step in steps])
    rows.update(withdrawn_at=steps[0].at, fingerprint="", source_no="")
    telling.follow([step.case for step in steps])
