"""回避: a person or a unit is shut out of a case, with the reason in its record. What is under seal leaves no line in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from jieyou.commons.changes import making
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people import recusal, roster
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Recusal, Unit

WHAT = "recusals"


def enter(case: Case, account: Account | None, unit: Unit | None, actor: Actor, why: str) -> Recusal:
    """From today the person (or everybody of the unit) does not see the case and what hangs on it. Raises :class:`Refused`."""
    subject, ground = case.parent if case.parent_id and case.parent else case, making.reason(why)
    _may_be_shut_out(subject, account, unit)
    name = account.name if account else unit.name if unit else ""
    with _change(subject, f"登记回避：{subject.number}，{name}", actor, ground):
        row = recusal.recuse(subject.pk, actor.person, ground, account=account, unit=unit)
        words = {"words": f"{name}回避：{ground}"}
        remark(subject.pk, "recused", "登记回避", actor, words, clock.now())
    return row


def end(row: Recusal, case: Case, actor: Actor, why: str) -> None:
    """From today the case is open again to whom it was shut."""
    name = row.account.name if row.account else row.unit.name if row.unit else ""
    with _change(case, f"解除回避：{case.number}，{name}", actor, making.reason(why)):
        recusal.end(row, actor.person, why)
        remark(
            case.pk, "unrecused", "解除回避", actor, {"words": f"{name}不再回避：{why}"}, clock.now()
        )  # fmt: skip


@contextmanager
def _change(case: Case, title: str, actor: Actor, why: str) -> Iterator[None]:
    """A change that the settings' record shows; of a sealed case only the ledger knows."""
    if case.sealed:
        with transaction.atomic():
            yield
    else:
        with making.change(WHAT, title, actor, why, case.place, case.pk.hex, final=True):
            yield


def _may_be_shut_out(case: Case, account: Account | None, unit: Unit | None) -> None:
    if (account is None) == (unit is None):
        raise Refused("请选一个人，或者写一个单位，只写一样", "person")
    if unit is not None and unit.pk == case.home_id:
        raise Refused("主办的社会工作部不能整个回避；要由上级办的，请提请提级", "unit")
    if unit is not None and unit.pk == case.holder_id:
        raise Refused(f"这件事正在{unit.name}手里，请先改派，再登记回避", "unit")
    if account is not None and case.open and case.desk_id:
        able = roster.holding([(case.desk_id, case.desk_role)], clock.today())
        left = [one for one in able if one.pk != account.pk and one.pk not in recusal.in_case(case.pk)[0]]
        if account in able and not left:
            raise Refused(f"这件事现在只有{account.name}能办，请先指定代理人，再登记回避", "person")
