"""Recent matters that left 研判 by another way: to 12345, urgently, to the city, onto the dated list."""

from __future__ import annotations

from datetime import date, timedelta

from jieyou.interfaces.demo.matters import MATTERS
from jieyou.interfaces.demo.walk import Item, Walk
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places.models import Place

TELL = "您反映的事情已转有权处理的单位办理，十五个工作日内有结果，到时在这里答复您。"


def load(walk: Walk, places: list[Place], today: date) -> int:
    """One matter for each way; returns how many."""
    ways = (_elsewhere, _urgent, _raised, _shelved)
    for n, way in enumerate(ways):
        way(walk, _judged(walk, places[n % len(places)], n, today - timedelta(days=8 + n)), today)
    return len(ways)


def _judged(walk: Walk, place: Place, n: int, day: date) -> Item:
    item = Item(MATTERS[n % len(MATTERS)], place, walk.city.offices[walk.city.home], 4 + n)
    walk.tell(item, clock.at(day, 9), name=walk.name(), phone=f"1390000{8000 + n}")
    walk.register(item, clock.at(day, 15))
    walk.judge(item, clock.at(day + timedelta(days=1), 10), ("hotline", "urgent", "raise_city", "direct")[n])
    return item


def _elsewhere(walk: Walk, item: Item, today: date) -> None:
    at = clock.at(today - timedelta(days=5), 11)
    walk.step(
        item.case, "to_hotline", item.staff.head, at, words="属日常服务诉求，由12345派单更快。", tell=TELL
    )
    paper = Case.objects.select_related("home", "holder", "place").get(parent=item.case, loop="handover")
    walk.step(paper, "receive", item.staff.clerk, at + timedelta(hours=4), their_no="20260001")


def _urgent(walk: Walk, item: Item, today: date) -> None:
    at = clock.at(today - timedelta(days=4), 21)
    walk.step(item.case, "urgent", item.staff.clerk, at, urgent_ground="影响居民用暖用水，等不到会议。",
              assignments=walk.rows(item, clock.local(at))[:1])  # fmt: skip
    walk.sign_for(item, at + timedelta(hours=1))


def _raised(walk: Walk, item: Item, today: date) -> None:
    at = clock.at(today - timedelta(days=4), 10)
    walk.step(item.case, "ask_city", item.staff.clerk, at, county_work="县级已召开两次协调会，完成现场查勘。",
              crux="管网权属在市级企业，县级没有调度权限。", request="请市级协调权属单位纳入年度改造。")  # fmt: skip
    paper = Case.objects.select_related("home", "holder", "place").get(parent=item.case, loop="approval")
    walk.step(paper, "sign", item.staff.head, at + timedelta(hours=5), opinion="同意提请。")
    walk.step(item.case, "raise_city", item.staff.clerk, at + timedelta(hours=6))


def _shelved(walk: Walk, item: Item, today: date) -> None:
    at = clock.at(today - timedelta(days=7), 10)
    walk.step(item.case, "direct", item.staff.head, at, assignments=walk.rows(item, clock.local(at))[:1])
    walk.sign_for(item, at + timedelta(hours=2))
    walk.finish(item, at + timedelta(days=2))
    lead = walk.officer_of_lead(item)
    walk.step(item.case, "apply", lead, at + timedelta(days=3), result="planned",
              reply="您反映的事情已列入下一年度改造计划，资金落实后开工，完成后再告知您。")  # fmt: skip
    walk.verify(item, at + timedelta(days=3, hours=4))
    walk.step(item.case, "shelve", item.staff.head, at + timedelta(days=4), shelved_till=str(today + timedelta(days=120)),
              shelved_owner=walk.unit(item, item.matter.lead))  # fmt: skip
