"""Both ways: the proposals that came of a matter, and those of which a matter came, for the page of the matter."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from jieyou.commons.handovers.models import Handover
from jieyou.kernel.loop.models import Case
from jieyou.mechanisms.proposals.models import Proposal


def of(case: Case) -> list[Case]:
    """Proposals begun by a hand-over, by the hand-overs of a matter (its children or drawn from it), or that became this matter."""
    if case.loop not in ("handover", settings.INTAKE_LOOP, "petition"):
        return []
    ours = (
        Q(origin=case)
        | Q(origin__parent=case)
        | Q(origin__in=Handover.objects.filter(origin=case).values("case"))
        | Q(matter=case)
    )
    found = Case.objects.filter(pk__in=Proposal.objects.filter(ours).values("case"))
    return list(found.select_related("home", "holder").order_by("opened_at"))
