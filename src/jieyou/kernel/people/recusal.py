"""回避: who may not see a case. Few rows, asked for at every step, so kept for a few seconds like the roster."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Account, Recusal, Unit
from jieyou.kernel.people.terms import in_force
from jieyou.kernel.shortly import shortly


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
    return frozenset(
        row.subject for row in _rows(clock.today()) if row.account_id == account or row.unit_id in own
    )


def in_case(*subjects: UUID | None) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """(accounts, units) that are shut out of one of these cases today (a case and its parent)."""
    rows = [row for row in _rows(clock.today()) if row.subject in subjects]
    return (
        frozenset(row.account_id for row in rows if row.account_id),
        frozenset(row.unit_id for row in rows if row.unit_id),
    )


@shortly(Recusal)
def _rows(on: date) -> list[Recusal]:
    return list(Recusal.objects.filter(in_force(on)))
