"""Giving and taking the right to see a case. Rows only: what they mean is for whoever lists cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from jieyou.kernel import statements
from jieyou.kernel.calendar import clock
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy.models import Access
from jieyou.kernel.privacy.signals import granted

_KEY = ("subject", "unit", "why", "role")
_TERM = ("since", "until")


def in_force(on: date | None = None) -> Q:
    """Rows that hold on the day (today)."""
    day = on or clock.today()
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def grant(
    subject: UUID,
    unit: Unit | UUID,
    why: str,
    role: str = "",
    since: date | None = None,
    until: date | None = None,
) -> None:
    """The unit may see the case from ``since`` (today). Given again, the row gets the new term."""
    bulk_grants([build(subject, unit, why, role, since, until)])


def build(
    subject: UUID,
    unit: Unit | UUID,
    why: str,
    role: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Access:
    """An unsaved row, for `bulk_grants`."""
    key = unit.pk if isinstance(unit, Unit) else unit
    return Access(subject=subject, unit_id=key, why=why, role=role, since=since or clock.today(), until=until)


def bulk_grants(rows: Iterable[Access]) -> int:
    """Many at once (no two of the same subject, unit, why and role); returns how many."""
    given = list(rows)
    statements.insert_all(given, clash=(_KEY, _TERM))
    granted.send(Access, rows=given)
    return len(given)


def withdraw(subject: UUID, unit: Unit | UUID, why: str) -> int:
    """From today the unit no longer sees the case for this reason; returns how many rows ended."""
    today = clock.today()
    return Access.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today), subject=subject, unit=unit, why=why
    ).update(until=today)


def units_with(subject: UUID, on: date | None = None) -> frozenset[UUID]:
    """The units that may see the case on the day (today)."""
    return frozenset(Access.objects.filter(in_force(on), subject=subject).values_list("unit", flat=True))
