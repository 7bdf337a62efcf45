"""领导接访: days planned and published, substitutions, receptions; every working day covered or shown as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from jieyou.kernel.calendar import clock, store
from jieyou.kernel.calendar.notices import say
from jieyou.kernel.loop.declare import Ask, Guard, Situation
from jieyou.kernel.loop.refused import Refused
from jieyou.mechanisms.petitions.models import FORMS, RotaDay

HALVES = (("day", "全天"), ("am", "上午"), ("pm", "下午"))
DAY = Ask("day", "日期", "day")
LEADER = Ask("leader", "接访领导", "line", at_most=40, keep=False)
OPENING = (Ask("first_day", "起始日期", "day"), Ask("last_day", "截止日期", "day"))
DAYS = Ask("days", "接访安排", "rows", rows=(
    DAY, Ask("half", "时间", "choice", choices=HALVES), Ask("leader", "姓名", "line", at_most=40), Ask("post", "职务", "line", at_most=60),
    Ask("portfolio", "分管工作", "line", at_most=120), Ask("place", "地点", "line", at_most=80),
    Ask("form", "形式", "choice", choices=tuple(FORMS)),
))  # fmt: skip
MORE_DAYS = replace(DAYS, keep=False)
SUBSTITUTE = (DAY, LEADER, Ask("substitute", "改由（姓名、职务）", "line", at_most=80, keep=False),
              Ask("reason", "换班原因", "line", at_most=200, keep=False))  # fmt: skip
RECEPTION = (DAY, LEADER, Ask("batches", "接待批次", "number", at_most=1000, keep=False),
             Ask("visitors", "接待人次", "number", at_most=100_000, keep=False),
             Ask("words", "领导意见、责任单位和时限", "words", required=False, keep=False))  # fmt: skip
ABSENCE = (DAY, LEADER, Ask("reason", "缺席原因", "line", at_most=200, keep=False))
_KEPT = ("half", "leader", "post", "portfolio", "place", "form")


def missing(first: date, last: date, covered: set[date]) -> list[date]:
    """Working days on which nobody receives."""
    days, span = store.days(), (last - first).days + 1
    every = (first + timedelta(days=n) for n in range(span))
    return [day for day in every if days.works(day) and day not in covered]


def covered(rota: Any) -> set[date]:
    """Days on which somebody sits, as it stands now: an absence without a substitute leaves a gap."""
    rows = RotaDay.objects.filter(rota=rota, absent=False)
    return set(rows.values_list("day", flat=True))


def keep(step: Any) -> None:
    """排定: as it was typed; nothing is public yet."""


def publish(step: Any) -> None:
    """公示: the days become rows."""
    step.facts.published_on = clock.local(step.at)
    _rows(step, step.facts.days)


def add(step: Any) -> None:
    """补排: days that were missing."""
    fresh = [_plain(row) for row in step.data["days"]]
    step.facts.days = [*step.facts.days, *fresh]
    _rows(step, fresh)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"day": str(row["day"])}


def _rows(step: Any, days: list[dict[str, Any]]) -> None:
    known = set(RotaDay.objects.filter(rota=step.facts).values_list("day", "half", "leader"))
    rows = [
        RotaDay(rota=step.facts, day=date.fromisoformat(str(row["day"])), **{k: row[k] for k in _KEPT})
        for row in days
    ]
    twice = {(r.day, r.half, r.leader) for r in rows} & known or len(
        {(r.day, r.half, r.leader) for r in rows}
    ) < len(rows)
    if twice:
        raise Refused("同一位领导在同一天排了两次，请核对", "days")
    RotaDay.objects.bulk_create(rows)


def _find(step: Any) -> RotaDay:
    row = RotaDay.objects.filter(rota=step.facts, day=step.data["day"], leader=step.data["leader"]).first()
    if row is None:
        raise Refused(f"{say(step.data['day'])}没有排{step.data['leader']}，请核对日期和姓名", "leader")
    return row


def substitute(step: Any) -> None:
    """换班: who stands in and why; the day is covered again."""
    row = _find(step)
    row.substitute, row.reason, row.absent = step.data["substitute"], step.data["reason"], False
    row.save(update_fields=["substitute", "reason", "absent"])


def receive(step: Any) -> None:
    """登记接访: 批 and 人次 of one day."""
    row = _find(step)
    if step.data["day"] > clock.local(step.at):
        raise Refused("还没有到这一天", "day")
    if step.data["visitors"] < step.data["batches"]:
        raise Refused("人次不能少于批次", "visitors")
    row.received, row.batches, row.visitors = True, step.data["batches"], step.data["visitors"]
    row.save(update_fields=["received", "batches", "visitors"])


def miss(step: Any) -> None:
    """登记缺席: shown as missing until somebody stands in."""
    row = _find(step)
    row.absent, row.reason, row.received = True, step.data["reason"], False
    row.save(update_fields=["absent", "reason", "received"])


def _inside(s: Situation) -> str | None:
    first, last = s.facts.first_day, s.facts.last_day
    outside = [row["day"] for row in s.data.get("days") or [] if not first <= row["day"] <= last]
    return f"{say(outside[0])}不在这份安排的起止日期内" if outside else None


def _planned(s: Situation) -> str | None:
    return None if s.facts.days else "还没有排定"


def _ahead(s: Situation) -> str | None:
    days = s.dial("petition_rota.ahead", 2)
    first = min((date.fromisoformat(row["day"]) for row in s.facts.days), default=None)
    if first is None or (first - clock.today()).days >= days:
        return None
    return f"应当提前 {days} 日公示：最早的接访日是{say(first)}。来不及的日子请移到下一份安排"


def _over(s: Situation) -> str | None:
    return None if clock.today() >= s.facts.last_day else f"这份安排到{say(s.facts.last_day)}才结束"


def _harmful(s: Situation) -> str | None:
    return None if s.facts.harm else "没有涉及人身安全的内容"


inside = Guard("inside", _inside, "在起止日期内")
planned = Guard("planned", _planned, "已排定")
ahead = Guard("ahead", _ahead, "提前公示")
over = Guard("over", _over, "已经结束")
harmful = Guard("harmful", _harmful, "涉及人身安全")
