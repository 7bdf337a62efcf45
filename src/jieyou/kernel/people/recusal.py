"""回避: who may not see a case. Few rows, asked for at every step, so kept for a few seconds like the roster."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models.signals import post_delete, post_save

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Account, Recusal, Unit
from jieyou.kernel.people.terms import in_force

KEPT = 5.0  # seconds
_kept: tuple[float, date, list[Recusal]] | None = None


def recuse(
    subject: UUID, by: str, why: str, account: Account | None = None, unit: Unit | None = None
) -> Recusal:
    """From today this person, or this unit, does not see the case; on the record. A second time changes nothing."""
    found = Recusal.objects.filter(in_force(clock.today()), subject=subject, account=account, unit=unit)
    old = found.first()
    if old is not None:
        return old
    row = Recusal(subject=subject, account=account, unit=unit, why=why, since=clock.today())
    tracked.save(row, by, why, force_insert=True)
    return row


def end(row: Recusal, by: str, why: str) -> None:
    """From today the case is open again to whom it was shut."""
    row.until = clock.today()
    tracked.save(row, by, why, update_fields=["until"])


def of_person(account: UUID, units: Iterable[UUID]) -> frozenset[UUID]:
    """The cases that somebody with posts in these units may not see today."""
    own = set(units)
    return frozenset(row.subject for row in _rows() if row.account_id == account or row.unit_id in own)


def in_case(*subjects: UUID | None) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """(accounts, units) that are shut out of one of these cases today (a case and its parent)."""
    rows = [row for row in _rows() if row.subject in subjects]
    return (
        frozenset(row.account_id for row in rows if row.account_id),
        frozenset(row.unit_id for row in rows if row.unit_id),
    )


def forget(**_: object) -> None:
    """A recusal was entered in this process: look again."""
    global _kept
    _kept = None


def _rows() -> list[Recusal]:
    global _kept
    today = clock.today()
    if _kept is None or time.monotonic() - _kept[0] > KEPT or _kept[1] != today:
        _kept = (time.monotonic(), today, list(Recusal.objects.filter(in_force(today))))
    return _kept[2]


post_save.connect(forget, sender=Recusal)
post_delete.connect(forget, sender=Recusal)
