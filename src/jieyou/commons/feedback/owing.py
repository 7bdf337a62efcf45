"""When a case ends, each of its reports whose source must be answered opens a feedback, once. Receiver of ``advanced``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.feedback.models import Feedback
from jieyou.commons.reports import channels
from jieyou.commons.reports.intake import SEALED_TITLE
from jieyou.commons.reports.models import Report
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.statements import kept


def on_advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    """Every ending counts, those by an exit of 研判 as well. A joined case has no reports left; what is withdrawn owes none."""
    if case.open or transition is None or case.loop == "feedback":
        return
    owed = {report.pk: report for report in _to_answer(case.pk)}
    known = [key for (key,) in _answering(case.pk)] if owed else ()
    for key in owed.keys() - set(known):
        owe(owed[key], case, step.at)


@kept
def _to_answer(case: UUID) -> QuerySet[Report]:
    return Report.objects.filter(case_id=case, must_answer=True, withdrawn_at=None)


@kept
def _answering(case: UUID) -> QuerySet[Any]:
    """Reports of the case that have a feedback, whichever case that was opened for."""
    owed = Report.objects.filter(case_id=case, must_answer=True, withdrawn_at=None).values("pk")
    return Feedback.objects.filter(told__in=owed).values_list("told")


def owe(report: Report, case: Case, at: Any) -> Case:
    """The open item for the clerk (under seal: for the keeper). Due by the rule, or by the source's own deadline if earlier."""
    facts = {
        "about": case, "told": report.pk, "source": report.source, "source_no": report.source_no,
        "source_name": report.source_name,
    }  # fmt: skip
    title = SEALED_TITLE if case.sealed else f"反馈{channels.title(report.source)}：{case.title}"
    due = {"day": report.source_due} if report.source_due else None
    return open_case(
        "feedback", SYSTEM, title=title, place=case.place, home=case.home, facts=facts, sealed=case.sealed, at=at, due=due,
    )  # fmt: skip


def open_for(case: Case) -> list[Feedback]:
    """The feedbacks of a case, with their own cases: for its page."""
    return list(Feedback.objects.filter(about=case).select_related("case").order_by("case__opened_at", "pk"))
