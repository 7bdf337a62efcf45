"""What the desk assistant does in the worker. The web process only puts these tasks into the queue; it imports nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django_tasks import task

from jieyou.commons.triage import pending
from jieyou.commons.triage.models import TrainedModel, Training
from jieyou.kernel.late import late

if TYPE_CHECKING:
    from jieyou.commons.triage import learning, proposing, teaching
else:
    proposing, teaching = late("jieyou.commons.triage.proposing"), late("jieyou.commons.triage.teaching")
    learning = late("jieyou.commons.triage.learning")

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
def learn(training: str) -> dict[str, Any]:
    """Train a new version from the city's decided cases, saying how far it is. A refusal is the answer."""
    row = Training.objects.select_related("by").get(pk=UUID(training))
    try:
        made = teaching.learn(row.by.pk.hex, lambda words: _told(row, words))
    except teaching.TooLittle as no:
        return _ended(row, refused=f"没有训练：{no}")
    except Exception:
        _ended(row, refused="训练没有做完，原因在系统日志里；请再训练一次")
        raise
    return _ended(row, made=made) | {"version": made.version, **made.figures}


def _told(row: Training, words: str) -> None:
    """One step further; the first tells how many there are."""
    row.total = row.total or learning.STEPS
    row.done, row.words = min(row.done + 1, row.total), words[:80]
    row.save(update_fields=["done", "total", "words"])


def _ended(row: Training, refused: str = "", made: TrainedModel | None = None) -> dict[str, Any]:
    row.open, row.refused, row.made = False, refused, made
    row.save(update_fields=["open", "refused", "made"])
    return {"refused": refused} if refused else {}
