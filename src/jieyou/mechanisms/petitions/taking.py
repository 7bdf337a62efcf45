"""The one door by which a petition comes in: the residents' page, the counter, the national system's list, the demo.

It is the reports' own door (masking, sealing, query secret, once only), with a petition's facts beside it: the clock runs
from the day of receipt, and a number of the national system comes in once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import Receipt, Told
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.loop import timing
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.people.actor import Actor
from jieyou.mechanisms.petitions.asks import CHANNELS
from jieyou.mechanisms.petitions.models import Petition
from jieyou.mechanisms.petitions.offices import office_for

DISPATCH = "petition.dispatch"


def take(told: Told, actor: Actor, channel: str = "net", external_no: str = "", **facts: Any) -> Receipt:
    """One petition. ``told.received_at``: when it came, if not now. Raises :class:`Refused` with a sentence per field."""
    if channel not in dict(CHANNELS):
        raise Refused("请选择信访形式", "channel")
    external_no = external_no.strip()
    if not told.again:
        _once(external_no, actor)
    received = clock.local(told.received_at or clock.now())
    kept = {"channel": channel, "external_no": external_no, "received_on": received, **facts}
    here = replace(told, loop="petition", home=office_for(told.place, told.accused), facts=kept, source="petition",
                   must_answer=False)  # fmt: skip
    with transaction.atomic():
        receipt = intake.submit(here, actor)
        if told.received_at is not None:
            _from_receipt(receipt.case, told.received_at)
    return receipt


def _once(number: str, actor: Actor) -> None:
    """A number of the national system that is here already; those under seal are no answer."""
    rows = (
        Petition.objects.filter(external_no=number, case__sealed=False) if number else Petition.objects.none()
    )
    found = [row.case for row in rows.select_related("case__home", "case__holder", "case__place")[:5]]
    if found:
        there = "、".join(c.number for c in found if may_see(actor, c)) or "在别的单位"
        raise Refused(
            f"国家信访信息系统编号 {number} 已经登记过（{there}）。不是同一件的，核对后选“照样登记”",
            "external_no",
        )


def _from_receipt(case: Case, at: Any) -> None:
    """十五日 run from receipt, not from when somebody found time to type it in."""
    row = Clock.objects.filter(case=case, code=DISPATCH, started__gt=at).first()
    if row is None:
        return
    row.started = at
    timing.redo(row, store.days())
    Clock.objects.filter(pk=row.pk).update(started=row.started, due=row.due, provisional=row.provisional)
    timing.write_due(case)
