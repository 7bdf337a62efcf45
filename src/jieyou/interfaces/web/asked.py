"""For which place and which days a page of figures is asked: read from the address, within what the reader's office oversees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from jieyou.interfaces.web.staff import StaffRequest, holding, holding_or_404
from jieyou.kernel.calendar import clock, periods
from jieyou.kernel.calendar.periods import Period
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.people.roles import BUSINESS
from jieyou.kernel.places import codes, tree
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.petitions import offices

#: Kind of period → (this one, the one before).
SPANS = {
    "week": ("本周", "上周"),
    "month": ("本月", "上月"),
    "quarter": ("本季度", "上季度"),
    "year": ("本年", "上年"),
}
_OF = {
    "week": periods.week_of,
    "month": periods.month_of,
    "quarter": periods.quarter_of,
    "year": periods.year_of,
}
USUAL = "month"


@dataclass(frozen=True)
class Asked:
    """A place, a period, and the one before it to compare with. ``span`` is ``days`` for any day to any day."""

    scope: Scope
    before: Scope
    span: str
    back: int
    own: str

    @property
    def title(self) -> str:
        """What the page calls the period."""
        if self.span != "days" and self.back < 2:
            return SPANS[self.span][self.back]
        return periods.span(self.scope.first, self.scope.last).title

    @property
    def compared(self) -> str:
        """What the one before is called; an unfinished period is compared with as many days."""
        return "上期" if self.span == "days" or self.back else f"{SPANS[self.span][1]}同期"

    @property
    def days(self) -> str:
        """The days in words."""
        return periods.span(self.scope.first, self.scope.last).title

    def address(self, **changes: Any) -> str:
        """The query string with something changed (place, span, back, from, to, part, page)."""
        words: dict[str, Any] = {"place": self.scope.place.code} | self._period() | changes
        return "?" + urlencode({k: v for k, v in words.items() if v not in ("", None)})

    def _period(self) -> dict[str, Any]:
        if self.span == "days":
            return {"from": self.scope.first.isoformat(), "to": self.scope.last.isoformat()}
        return {"span": self.span, "back": self.back or ""}

    @property
    def fixed(self) -> str:
        """The query string with the days written out: the same number tomorrow."""
        return self.fixed_at("")

    def fixed_at(self, code: str) -> str:
        """The same at another place."""
        days = {"from": self.scope.first.isoformat(), "to": self.scope.last.isoformat()}
        return "?" + urlencode({"place": code or self.scope.place.code, **days})

    @property
    def places(self) -> list[Place]:
        """The line from the reader's own place down to this one."""
        return [
            p
            for p in tree.chain(self.scope.place)
            if p.code.startswith(self.own) or self.own.startswith(p.code)
        ]

    @property
    def below(self) -> list[Place]:
        """The places right below."""
        return list(tree.children(self.scope.place))


def read(request: StaffRequest, key: str = "") -> Asked:
    """What the address asks for; 404 for a place that is neither within the reader's office's nor above it.

    ``key``: the indicator or report that is read. Numbers are the offices'; those of petitions also a 信访局's.
    """
    keeper = offices.keeper(request.actor) if key.startswith("petitions") else None
    post = (
        holding(request.actor, *BUSINESS, kind="office")
        or keeper
        or holding_or_404(request, *BUSINESS, kind="office")
    )
    get = request.GET
    place = _place(get.get("place", ""), post.place_code)
    first, last = _day(get.get("from", "")), _day(get.get("to", ""))
    if first and last and first <= last:
        length = last - first
        now, before = (first, last), (first - length - timedelta(days=1), first - timedelta(days=1))
        return Asked(Scope(place, *now), Scope(place, *before), "days", 0, post.place_code)
    return _by_span(place, get, post.place_code)


def _by_span(place: Place, get: QueryDict, own: str) -> Asked:
    span = get.get("span", USUAL)
    span = span if span in SPANS else USUAL
    back = get.get("back", "0")
    back_by = int(back) if back.isdecimal() and len(back) < 3 else 0
    today = clock.today()
    period = stepped(span, today, back_by)
    last = min(period.last, today)
    before = stepped(span, today, back_by + 1)
    same = min(before.last, before.first + (last - period.first)) if last < period.last else before.last
    return Asked(Scope(place, period.first, last), Scope(place, before.first, same), span, back_by, own)


def stepped(span: str, day: date, back: int) -> Period:
    """The period of a kind that holds the day, so many periods back."""
    period = _OF[span](day)
    for _ in range(back):
        period = _OF[span](period.first - timedelta(days=1))
    return period


def _place(code: str, own: str) -> Place:
    try:
        place = tree.by_code(code or own)
    except tree.UnknownPlace as unknown:
        raise Http404(unknown.sentence) from None
    if not (place.code.startswith(own) or own.startswith(place.code)):
        raise Http404("这个辖区不归本单位看")
    return place


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def next_level(place: Place) -> codes.Level | None:
    """The level right below a place's."""
    at = codes.LEVELS.index(codes.level_of(place.code))
    return codes.LEVELS[at + 1] if at + 1 < len(codes.LEVELS) else None
