"""Words of harm go to a person at once: everybody at the home desk and its leader, never only into a queue."""

from __future__ import annotations

from typing import Any

from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.roles import CLERK, HEAD


def on_alarmed(sender: object, report: Report, case: Case, **_: Any) -> None:
    """Receiver of ``alarmed``. A sealed report is told to cleared posts only."""
    pairs = {(case.desk_id, case.desk_role)}
    if not case.sealed:
        pairs |= {(case.home_id, CLERK), (case.home_id, HEAD)}
    people = outbox.holding(pairs)
    outbox.tell(people, f"harm{report.pk.hex}{clock.now():%m%d%H%M}", "紧急：反映中有涉及人身安全的内容", f"{case.number} 请马上看，两小时内派人处置",
                case, clock.now(), urgent=True)  # fmt: skip
