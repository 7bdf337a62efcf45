"""What the public reads: topics that are open or announced, rewards under notice, what came of proposals."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from jieyou.commons.publication.models import Published
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.mechanisms.proposals.models import Proposal, ProposalTopic

#: Rewards that were decided stay on the page for so many days.
SHOWN = 180


def soliciting() -> QuerySet[ProposalTopic]:
    """Topics that take proposals now, the newest first."""
    rows = ProposalTopic.objects.filter(
        case__stage="soliciting", case__sealed=False, published_on__isnull=False
    )
    return rows.select_related("case__home", "case__place").order_by("-published_on", "-pk")


def announced(most: int = 10) -> list[ProposalTopic]:
    """Topics whose result is public, the newest first."""
    rows = ProposalTopic.objects.filter(case__stage="announced", case__sealed=False, result_on__isnull=False)
    return list(rows.select_related("case__home").order_by("-result_on", "-pk")[:most])


def last_day(case: Case) -> date | None:
    """Until when a topic is open."""
    row = Clock.objects.filter(case=case, code="proposal_topic.open").order_by("-started").first()
    return clock.local(row.due) if row else None


def noticed() -> list[tuple[Proposal, date | None]]:
    """Rewards under public notice, each with the last day on which one may object."""
    rows = list(
        Proposal.objects.filter(
            case__loop="proposal", case__stage="noticing", case__sealed=False
        ).select_related("case__home")
    )
    clocks = Clock.objects.filter(case__in=[row.pk for row in rows], code="proposal.public").order_by(
        "started"
    )
    last = {row.case_id: clock.local(row.due) for row in clocks}
    return [(row, last.get(row.pk)) for row in rows]


def awarded(most: int = 20) -> list[Proposal]:
    """Rewards decided of late."""
    rows = Proposal.objects.filter(awarded_on__gte=clock.today() - timedelta(days=SHOWN), case__sealed=False)
    return list(rows.select_related("case__home").order_by("-awarded_on", "-pk")[:most])


def published(most: int = 20) -> list[Published]:
    """Proposals that were made public after review, the newest first."""
    mine = Case.objects.filter(loop="proposal", sealed=False).values("pk")
    return list(Published.objects.filter(live=True, matter__in=mine).order_by("-updated_on", "-id")[:most])
