"""Rules that hold from a day: clock rules, dials, chains. A change ends the row that held and begins another; none is edited.

A row says for which place it holds (none: everywhere). Cases keep what held when their clock began, so a new rule moves no
running clock; a rule that begins in the past is entered only when the one who does it says so.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F, Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places.models import Place
from jieyou.kernel.places.words import said

M = TypeVar("M", bound=models.Model)


def rows_at(model: type[M], key: dict[str, str], place: Place | None) -> models.QuerySet[M]:
    """The rows of one rule at exactly this place that hold or held on some day, the newest first."""
    ever = Q(until=None) | Q(until__gt=F("since"))
    return model._default_manager.filter(ever, **key, place=place).order_by("-since", "-pk")


@transaction.atomic
def amend(
    model: type[M], key: dict[str, str], place: Place | None, since: date, by: str, why: str, values: dict[str, Any],
    back: bool = False,
) -> M:  # fmt: skip
    """From ``since`` these values hold at the place. ``back``: a day in the past is meant. Raises :class:`Refused`."""
    _check_day(since, back)
    held = rows_at(model, key, place)
    _refuse_later(held, since)
    now = held.filter(Q(until=None) | Q(until__gt=since)).first()
    if now is not None and all(getattr(now, name) == value for name, value in values.items()):
        raise Refused("没有变化，和现在的规定一样")
    if now is not None:
        now.until = since
        tracked.save(now, by, why, update_fields=["until"])
    row = model(**key, place=place, since=since, **values)
    tracked.save(row, by, why, force_insert=True)
    return row


@transaction.atomic
def end(model: type[M], key: dict[str, str], place: Place | None, on: date, by: str, why: str) -> M:
    """From the day the place has no rule of its own: the one of the wider place holds again."""
    _check_day(on, back=False)
    held = rows_at(model, key, place)
    now = held.filter(until=None).first()
    if now is None:
        raise Refused("这里没有单独的规定")
    if now.since > on:
        on = now.since
    now.until = on
    tracked.save(now, by, why, update_fields=["until"])
    return now


def _check_day(since: date, back: bool) -> None:
    today = clock.today()
    if since < today and not back:
        raise Refused(
            f"起用日期{said(since)}已经过去。正在计时的不会变；确实要从过去的日期起用，请勾选“从过去的日期起”",
            "since",
        )
    if since.year > today.year + 5:
        raise Refused("起用日期太远了，请核对年份", "since")


def _refuse_later(held: models.QuerySet[M], since: date) -> None:
    later = held.filter(since__gt=since).first()
    if later is not None:
        raise Refused(f"已有一条从{said(later.since)}起的规定，请先撤销它，或者写更晚的日期", "since")
