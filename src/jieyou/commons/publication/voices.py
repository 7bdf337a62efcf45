"""「本社区已有 n 人反映」: how many people, when that may be said."""

from __future__ import annotations

from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import rules
from jieyou.kernel.loop.models import Case

FEWEST = 5
"""Fewer are never shown, whatever the dial says: among four one could guess who."""


def count(case: Case) -> int:
    """People who reported it: one telephone is one person, a report without a telephone is one."""
    rows = Report.objects.filter(case=case, withdrawn_at=None, accused=False)
    return len({blind or key.hex for blind, key in rows.values_list("phone_blind", "pk")})


def floor(case: Case) -> int:
    """From how many people on (the dial of the place, never below ``FEWEST``)."""
    return max(FEWEST, rules.dial("publication.floor", case.l3 or case.l2, clock.today(), default=FEWEST))


def shown(case: Case) -> int | None:
    """The number that may be shown now, or ``None``."""
    return None if refusal(case) else count(case)


def refusal(case: Case) -> str | None:
    """Why the number may not be said, as a sentence."""
    if not case.l5:
        return "这件事没有落到社区（村），不能公开反映人数"
    few = floor(case)
    return f"反映的不到 {few} 人，不能公开人数" if count(case) < few else None
