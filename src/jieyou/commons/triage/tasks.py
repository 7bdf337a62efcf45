"""What the desk assistant does in the worker. The web process only puts these tasks into the queue; it imports nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django_tasks import task

from jieyou.commons.triage import pending
from jieyou.kernel.late import late

if TYPE_CHECKING:
    from jieyou.commons.triage import proposing, teaching
else:
    proposing, teaching = late("jieyou.commons.triage.proposing"), late("jieyou.commons.triage.teaching")

CHUNK = 500


@task()
def catch_up() -> dict[str, Any]:
    """Propose for every report that nothing was proposed for yet."""
    done, after = 0, None
    while rows := pending.reports(CHUNK, after):
        done, after = done + proposing.propose_safely(rows), rows[-1].pk
    return {"proposed": done}


@task()
def propose_case(case: str) -> dict[str, Any]:
    """Propose for the reports of one case, whose seal was taken off."""
    rows = list(pending.plain().filter(case=UUID(case), suggestion=None))
    return {"proposed": proposing.propose_safely(rows)}


@task()
def learn(person: str) -> dict[str, Any]:
    """Train a new version from the city's decided cases. A refusal is the answer."""
    try:
        made = teaching.learn(person)
    except teaching.TooLittle as no:
        return {"refused": str(no)}
    return {"version": made.version, **made.figures}
