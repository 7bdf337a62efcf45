"""无主事项: a desk whose post nobody holds, a task that nobody signed for. Found by the clock, told once, shown until it is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from jieyou.commons.supervision import escalating, offices
from jieyou.commons.supervision.models import Escalation, Finding
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.posts import SYSTEM

Desk = tuple[UUID, str]


def look(at: datetime) -> int:
    """Open findings for what nobody owns now, and end those that are over. Returns how many changed."""
    vacant = _vacant()
    unsigned = set(_unsigned(at).values_list("pk", flat=True))
    return _end(vacant, unsigned, at) + _vacancies(vacant, at) + _overlooked(unsigned, at)


def unsealed() -> QuerySet[Case]:
    """What lies on anybody's desk, but for sealed cases: those are nobody's business here."""
    return Case.objects.filter(open=True, sealed=False, desk__isnull=False)


def _vacant() -> set[Desk]:
    """Desks with something on them and nobody behind them."""
    desks = unsealed().order_by().values_list("desk", "desk_role").distinct()
    return {(unit, role) for unit, role in desks if not offices.held([(unit, role)])}


def _unsigned(at: datetime) -> QuerySet[Case]:
    return Case.objects.filter(
        loop="assignment", stage="sent", open=True, sealed=False, holder__isnull=False,
        clocks__code="assignment.sign", clocks__stopped_at=None, clocks__due__lt=at,
    )  # fmt: skip


def _end(vacant: set[Desk], unsigned: set[UUID], at: datetime) -> int:
    over = 0
    for row in Finding.objects.filter(over_at=None):
        here = row.case_id in unsigned if row.case_id else (row.unit_id, row.role) in vacant
        if not here:
            over += Finding.objects.filter(pk=row.pk, over_at=None).update(over_at=at)
            over += _lapse(row, at)
    return over


def _lapse(row: Finding, at: datetime) -> int:
    """The post is held again (or its desk is empty): a proposal that still waits is not needed any more."""
    if row.kind != "vacant":
        return 0
    rows = Escalation.objects.filter(desk=row.unit_id, role=row.role, case__stage="proposed")
    waiting = list(Case.objects.filter(pk__in=rows.values("pk")).select_related("home", "holder", "place"))
    for case in waiting:
        advance(case, "lapse", SYSTEM, {}, at)
    return len(waiting)


def _vacancies(vacant: set[Desk], at: datetime) -> int:
    known = set(Finding.objects.filter(kind="vacant", over_at=None).values_list("unit", "role"))
    return sum(_vacancy(unit, role, at) for unit, role in sorted(vacant - known, key=str))


def _vacancy(unit_id: UUID, role: str, at: datetime) -> int:
    unit = Unit.objects.select_related("place").get(pk=unit_id)
    lying = (
        unsealed()
        .filter(desk=unit_id, desk_role=role)
        .select_related("home__place", "place")
        .order_by("opened_at", "pk")
    )
    first, count = lying.first(), lying.count()
    if first is None or not _keep(Finding(kind="vacant", unit=unit, role=role, found_at=at)):
        return 0
    words = f"{unit.name} {role}没有人，{count} 件待办没有人接"
    key = f"vacant{unit_id.hex}{role}@{at:%Y%m%d%H%M}"
    outbox.tell(offices.told(unit), key, "岗位空缺", words, first, at, urgent=True)
    if not Escalation.objects.filter(desk=unit, role=role, case__open=True).exists():
        escalating.propose_desk(unit, role, first, words, SYSTEM, at)
    return 1


def _overlooked(unsigned: set[UUID], at: datetime) -> int:
    known = set(Finding.objects.filter(kind="unsigned", over_at=None).values_list("case", flat=True))
    fresh = Case.objects.filter(pk__in=unsigned - known).select_related("home__place", "holder")
    return sum(_not_signed(case, at) for case in fresh.order_by("opened_at", "pk"))


def _not_signed(case: Case, at: datetime) -> int:
    assert case.holder is not None
    row = Finding(kind="unsigned", unit=case.holder, role=case.desk_role, case=case, found_at=at)
    if not _keep(row):
        return 0
    words = f"{case.number} {case.title}：{case.holder.name}超时没有签收"
    outbox.tell(offices.told(case.home), f"unsigned{row.pk.hex}", "任务没有人签收", words[:300], case, at)
    return 1


def _keep(row: Finding) -> bool:
    """Mark first, tell then: two ticks at once tell once."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
