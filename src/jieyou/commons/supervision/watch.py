"""What time and steps mean for supervision: receivers of the loop's signals."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from jieyou.commons.supervision import escalating, ownerless, reminders
from jieyou.commons.supervision.models import Escalation, Letter
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.loop import rules
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.statements import kept

#: Working days after which a task or a matter that is late is proposed for escalation; at most so many proposals of the
#: software lie open in one office (the others stay on the list of what is late).
PROPOSE, MOST = "supervision.propose", "supervision.proposals"
_LATE = ("assignment", settings.INTAKE_LOOP)


def on_ticked(sender: object, at: datetime, **_: Any) -> int:
    """Receiver of ``ticked``."""
    return reminders.remind(at) + ownerless.look(at) + propose_late(at)


def on_advanced(sender: object, case: Case, step: Any, **_: Any) -> None:
    """Receiver of ``advanced``: what was asked for about a case that has ended is not needed any more."""
    if case.open:
        return
    keys = _open_about(case.pk, case.pk)  # nearly always none
    for one in Case.objects.filter(pk__in=keys).select_related("home", "holder", "place") if keys else ():
        _close_papers(one, step)
        advance(one, "lapse", SYSTEM, {}, step.case.moved_at)


@kept
def _open_about(origin: UUID, same: UUID) -> QuerySet[Any]:
    """Proposals of escalation and letters about a case that lie open, each by its own index."""
    proposals = Escalation.objects.filter(origin_id=origin, case__open=True).values_list("case_id", flat=True)
    return proposals.union(
        Letter.objects.filter(origin_id=same, case__open=True).values_list("case_id", flat=True)
    )


def _close_papers(case: Case, step: Any) -> None:
    """A paper that still waits for a signature is taken back with what it is about."""
    for paper in Case.objects.filter(parent=case, open=True, loop="approval").select_related(
        "home", "holder", "place"
    ):
        advance(paper, "lapse", SYSTEM, {}, step.case.moved_at)


def propose_late(at: datetime) -> int:
    """提请提级 of what is late beyond measure. Proposed once; a person decides."""
    days, today, open_now, made = store.days(), watch.local(at), Counter(_open_proposals()), 0
    late = Case.objects.filter(open=True, sealed=False, loop__in=_LATE, due__lt=at, escalations=None)
    for key, home, due, *codes in late.order_by("due", "pk").values_list(
        "pk", "home", "due", "l5", "l4", "l3", "l2"
    ):
        code, passed = next(filter(None, codes), ""), days.between(watch.local(due), today)
        limit = rules.dial(PROPOSE, code, today, 5)
        if not limit or passed < limit or open_now[home] >= rules.dial(MOST, code, today, 20):
            continue
        case = Case.objects.select_related("home__place", "place").get(pk=key)
        escalating.propose(case, "overdue", f"超期 {passed} 个工作日还没有办结", SYSTEM, at)
        open_now[home] += 1
        made += 1
    return made


def _open_proposals() -> list[UUID]:
    rows = Escalation.objects.filter(case__open=True, cause="overdue").values_list("origin__home", flat=True)
    return list(rows)
