"""下村轮值: who of the menu goes to which village on which day; planned by the committee, shown on the phone, kept as it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.mediation.models import Body, Mediator, Visit

STATES = {"planned": "已安排", "done": "已去", "off": "没有去成"}
#: How many days back the page of the committee shows, and how many ahead may be planned.
BACK, AHEAD = 30, 366


def people(body: Body) -> QuerySet[Mediator]:
    """Those of the committee who are in office."""
    return Mediator.objects.filter(Q(until=None) | Q(until__gt=clock.today()), committee=body).order_by(
        "name"
    )


def of(body: Body) -> QuerySet[Visit]:
    """The committee's visits of late and to come, by day."""
    since = clock.today() - timedelta(days=BACK)
    rows = Visit.objects.filter(mediator__committee=body, day__gte=since)
    return rows.select_related("mediator", "place").order_by("day", "place__code")


@transaction.atomic
def plan(body: Body, key: str, place: Place | None, day: str, actor: Actor) -> Visit:
    """安排: one person, one village, one day. `Refused` with a sentence per wrong answer."""
    who = people(body).filter(pk=UUID(key)).first() if len(key) == 32 and key.isalnum() else None
    on, wrongs = _day(day), dict[str, str]()
    if who is None:
        wrongs["mediator"] = "请选谁去"
    if place is None or not place.code.startswith(body.place.code) or place.code == body.place.code:
        wrongs["place"] = "请选去哪个镇街、村（社区）"
    if on is None or not clock.today() <= on <= clock.today() + timedelta(days=AHEAD):
        wrongs["day"] = "请写日期，从今天起一年以内"
    elif who is not None and Visit.objects.filter(mediator=who, day=on).exclude(state="off").exists():
        wrongs["day"] = f"{who.name}这一天已经安排了，请换一天"
    if wrongs or who is None or place is None or on is None:
        raise Refused("；".join(wrongs.values()), errors=wrongs)
    row = Visit(mediator=who, place=place, day=on)
    tracked.save(row, actor.person, "安排下村", force_insert=True)
    return row


@transaction.atomic
def settle(row: Visit, state: str, words: str, actor: Actor) -> Visit:
    """登记去没去: what was done, or why not. A day that has not come is only called off."""
    words = clean(words).strip()[:200]
    if state not in ("done", "off"):
        raise Refused("请选“已去”或者“没有去成”", "state")
    if state == "done" and row.day > clock.today():
        raise Refused("还没有到这一天", "state")
    if state == "off" and not words:
        raise Refused("没有去成的，请写原因", "words")
    row.state, row.words = state, words
    tracked.save(row, actor.person, STATES[state], update_fields=["state", "words"])
    return row


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError:
        return None
