"""How long things are kept (`Retention`, domain.md §7.5): data that the local archive office corrects."""

from __future__ import annotations

from datetime import date, timedelta

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy.models import Retention


def keep_until(kind: str, done_on: date) -> date | None:
    """The first day on which a thing whose purpose was done on ``done_on`` may go; None: kept for good."""
    days = Retention.objects.values_list("keep_days", flat=True).get(kind=kind)
    return None if days is None else done_on + timedelta(days=days)


def due_for_erasure(kind: str, on: date | None = None) -> date | None:
    """What of this kind was done on this day or before is due on ``on`` (today); None: nothing ever is."""
    days = Retention.objects.values_list("keep_days", flat=True).get(kind=kind)
    return None if days is None else (on or clock.today()) - timedelta(days=days)
