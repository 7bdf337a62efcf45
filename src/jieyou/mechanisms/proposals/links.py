"""Both ways: the proposals that came of a matter, and those of which a matter came, for the page of the matter."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from jieyou.kernel.loop.models import Case


def of(case: Case) -> list[Case]:
    """Proposals begun by a hand-over, by the hand-overs of a matter (its children or drawn from it), or that became this matter."""
    if case.loop not in ("handover", settings.INTAKE_LOOP, "petition"):
        return []
    rows = Case.objects.filter(loop="proposal").select_related("home", "holder").order_by("opened_at")
    if case.loop == "handover":
        return list(rows.filter(pk__in=case.proposals.values("pk")))  # type: ignore[attr-defined]
    hands = Case.objects.filter(loop="handover", kind="suggestion")
    ours = hands.filter(Q(parent=case) | Q(pk__in=case.handed_over.values("pk")))  # type: ignore[attr-defined]
    keys = [key for hand in ours for key in hand.proposals.values_list("pk", flat=True)]  # type: ignore[attr-defined]
    return list(rows.filter(pk__in=[*keys, *case.proposed.values_list("pk", flat=True)]))  # type: ignore[attr-defined]
