"""Rate limits in the database: the same for all processes, exact on both databases, no cache.

Windows are fixed (twice the limit may pass around a border, which is harmless here). Keys are kept as keyed
hashes only: they are made of addresses and secrets.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy import keys
from jieyou.kernel.privacy.models import Attempt


def allow(key: str, limit: int, per_seconds: int) -> bool:
    """Count one more attempt of ``key`` if there is room for it in this window.

    One statement counts and compares: two processes cannot both take the last place. Call it outside of the
    transaction it guards, or a rolled-back attempt is not counted.
    """
    row = {"key": keys.fingerprint("limit", key), "window_start": _window(per_seconds)}
    if _take(row, limit):
        return True
    Attempt.objects.bulk_create([Attempt(**row)], ignore_conflicts=True)
    return _take(row, limit)


def forget(older_than: timedelta = timedelta(days=1)) -> int:
    """Drop windows that began so long ago (longer than any in use); returns how many. For `tick`."""
    return Attempt.objects.filter(window_start__lt=clock.now() - older_than).delete()[0]


def _take(row: dict[str, str | datetime], limit: int) -> bool:
    return Attempt.objects.filter(**row, count__lt=limit).update(count=F("count") + 1) == 1


def _window(seconds: int) -> datetime:
    now = int(clock.now().timestamp())
    return datetime.fromtimestamp(now - now % seconds, UTC)
