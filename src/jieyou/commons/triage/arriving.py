"""When something is to be proposed: a report has come in, an import has ended, a minute has passed. Never in the request.

The work is a task of the queue (:mod:`.tasks`); if it fails, the report is in all the same and the next minute asks again.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from jieyou.commons.triage import pending, tasks
from jieyou.kernel.loop.models import Case

QUIET = 2.0
"""Seconds in which one process asks only once: whatever comes in meanwhile is found by the same run or by the next tick."""
_NEWS = {(settings.INTAKE_LOOP, ""), ("import", "finish"), ("backfill", "finish")}
_asked = [float("-inf")]


def on_advanced(sender: object, case: Case, transition: Any, **_: Any) -> None:
    """Receiver of ``advanced``: a new concern, an import that has ended, a seal that was taken off."""
    step = (case.loop, transition.name if transition else "")
    if step in _NEWS and not case.sealed:
        transaction.on_commit(_ask)
    elif step == (settings.INTAKE_LOOP, "unseal"):
        key = case.pk.hex
        transaction.on_commit(lambda: tasks.propose_case.enqueue(key))


def on_ticked(sender: object, at: datetime, **_: Any) -> int:
    """Receiver of ``ticked``: what was missed is asked for again. Nothing is done here, so nothing is counted."""
    if pending.reports(1):
        _ask()
    return 0


def _ask() -> None:
    """Put the task into the queue, unless this process has just done so."""
    if time.monotonic() - _asked[0] < QUIET:
        return
    _asked[0] = time.monotonic()
    tasks.catch_up.enqueue()
