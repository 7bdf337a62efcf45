"""Carrying the outbox out: tries again with a growing pause, gives up after ``MOST`` tries and says why."""

from __future__ import annotations

from datetime import datetime, timedelta

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.notify.drivers import Driver, drivers
from jieyou.kernel.notify.models import Delivery

MOST = 8
FIRST_PAUSE = timedelta(minutes=1)


def send_due(now: datetime | None = None) -> int:
    """Hand over every delivery that waits; returns how many were taken."""
    moment, channels, taken = now or watch.now(), drivers(), 0
    waiting = Delivery.objects.filter(done_at=None, next_try__lte=moment, tries__lt=MOST).select_related(
        "account"
    )
    for row in waiting.order_by("next_try")[:500]:
        taken += _send(row, channels.get(row.channel), moment)
    return taken


def _send(row: Delivery, driver: Driver | None, now: datetime) -> int:
    row.tries += 1
    row.next_try = now + FIRST_PAUSE * 2**row.tries
    try:
        if driver is None:
            raise OSError(f"没有配置渠道 {row.channel}")
        driver.send(row)
        row.done_at, row.error = now, ""
    except OSError as fault:
        row.error = str(fault)[:200]
    row.save(update_fields=["tries", "next_try", "done_at", "error"])
    return int(row.done_at is not None)
