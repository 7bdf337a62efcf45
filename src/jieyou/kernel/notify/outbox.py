"""Rows of the outbox, written with the event that they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from jieyou.kernel import statements
from jieyou.kernel.born import born
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people import recusal, roster
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.people.roles import CLERK, OFFICER
from jieyou.kernel.privacy.models import Access
from jieyou.kernel.statements import kept

#: Channels beside ``in_app`` that a city has configured.
OUTSIDE = "请登录查看"


def tell(
    accounts: Iterable[Account], key: str, title: str, words: str, case: Case, at: datetime, event: UUID | None = None,
    urgent: bool = False,
) -> int:  # fmt: skip
    """Write one delivery per person and channel he wants. A key told before is not told again."""
    rows = [
        born(
            Delivery, key=f"{key}:{account.pk.hex}:{channel}", event_id=event, case_id=case.pk, account=account, channel=channel,
            title=title, words=words if channel == "in_app" else OUTSIDE, number=case.number, at=at, next_try=at, urgent=urgent,
            done_at=at if channel == "in_app" else None,
        )
        for account in not_recused(accounts, case)
        for channel in channels(account)
    ]  # fmt: skip
    statements.insert_all(rows, clash=())
    return len(rows)


def tell_of(accounts: Iterable[Account], key: str, title: str, words: str, at: datetime) -> None:
    """Write one delivery per person and channel about something that is no case (a post handed over)."""
    rows = [
        Delivery(
            key=f"{key}:{account.pk.hex}:{channel}", account=account, channel=channel, title=title[:120], at=at, next_try=at,
            words=words[:300] if channel == "in_app" else OUTSIDE, done_at=at if channel == "in_app" else None,
        )
        for account in accounts
        for channel in channels(account)
    ]  # fmt: skip
    statements.insert_all(rows, clash=())


def not_recused(accounts: Iterable[Account], case: Case) -> list[Account]:
    """Those of them who may hear of the case (回避); nearly always all."""
    shut, units = recusal.in_case(case.pk, case.parent_id)
    if not shut and not units:
        return list(accounts)
    return [a for a in accounts if actor_of(a).recused.isdisjoint((case.pk, case.parent_id))]


def channels(account: Account) -> list[str]:
    """In-app always; other configured channels if the person wants them."""
    return ["in_app", *(c for c in settings.NOTIFY_DRIVERS if c in (account.wants or []))]


def holding(pairs: Iterable[tuple[UUID | None, str]]) -> list[Account]:
    """Everybody who holds one of these posts today, deputies included."""
    return roster.holding(pairs, watch.today())


def on_advanced(sender: object, event: Event, case: Case, transition: Any, step: Any, **_: Any) -> None:
    """Receiver of ``advanced``: whoever the step tells, and whoever's desk the case now lies on, but not the actor himself."""
    if transition is None and case.parent_id is None and case.desk_id is None:
        return
    people = holding(_pairs(case, step))
    others = [a for a in people if a.pk.hex != step.actor.person]
    tell(others, event.pk.hex, event.title, f"{case.number} {case.title}", case, event.at, event.pk)


def _pairs(case: Case, step: Any) -> set[tuple[UUID | None, str]]:
    tells: tuple[str, ...] = step.tells
    pairs: set[tuple[UUID | None, str]] = {(case.desk_id, case.desk_role)} if case.open else set()
    if case.sealed:
        return pairs
    if "holder" in tells:
        pairs.add((case.holder_id, OFFICER))
    if "home" in tells:
        pairs.add((case.home_id, CLERK))
    if "co" in tells:
        pairs |= {(unit, OFFICER) for unit in _co_units(case.pk, "co")}
    return pairs


@kept
def _co_units(subject: UUID, why: str) -> QuerySet[Any]:
    return Access.objects.filter(subject=subject, why=why, until=None).values_list("unit", flat=True)


def on_ran_out(sender: object, clock: Clock, at: datetime, **_: Any) -> None:
    """Receiver of ``ran_out``: the desk where the case lies hears once that the deadline has passed."""
    case = clock.case
    home = set() if case.sealed else {(case.home_id, CLERK)}
    tell(
        holding({(case.desk_id, case.desk_role), *home}),
        f"clock{clock.pk}@{clock.due:%Y%m%d%H%M}",
        f"超期提醒：{clock.title}",
        f"{case.number} {case.title}",
        case,
        at,
        urgent=True,
    )
