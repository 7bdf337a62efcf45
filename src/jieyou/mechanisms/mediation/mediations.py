"""访调结合: the mediations that came of a matter, for the page of the matter."""

from __future__ import annotations

from jieyou.kernel.loop.models import Case


def of(case: Case) -> list[Case]:
    """Mediations begotten by a hand-over, or by the hand-overs of a matter that is no hand-over itself. Nothing for others."""
    if case.loop not in ("handover", "jieyou", "petition"):
        return []
    rows = Case.objects.filter(loop="mediation").select_related("home", "holder").order_by("opened_at")
    return list(rows.filter(pk__in=_begotten(case)))


def _begotten(case: Case) -> list[object]:
    if case.loop == "handover":
        return list(case.mediations.values_list("pk", flat=True))  # type: ignore[attr-defined]
    hands = Case.objects.filter(parent=case, loop="handover", kind="mediation")
    return [key for hand in hands for key in hand.mediations.values_list("pk", flat=True)]  # type: ignore[attr-defined]
