"""上一件、下一件 along the list that somebody came from, in its own order."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict

from jieyou.interfaces.web import listing
from jieyou.interfaces.web.casepage import Neighbours
from jieyou.interfaces.web.listing import PAGE, Filters
from jieyou.interfaces.web.tabs import MINE, tabs_of
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor


def in_list(case: Case, actor: Actor, query: str, now: datetime) -> Neighbours | None:
    """The cases before and after it in the list of this query; ``None`` where it is not (any more) on that page."""
    get = QueryDict(query.lstrip("?"))
    loop = registry.loops().get(get.get("loop") or case.loop)
    if loop is None:
        return None
    filters = Filters.read(loop, get.get("tab") or MINE, get)
    if filters.tab not in {tab.key for tab in tabs_of(loop)}:
        return None
    rows = [one.number for one in listing.cases_of(filters, actor, now)]
    if case.number not in rows[:PAGE]:
        return None
    at, page = rows.index(case.number), filters.page
    before = rows[at - 1] if at else _last_of(filters, page - 1, actor, now)
    after = rows[at + 1] if at + 1 < len(rows) else ""
    return Neighbours(
        before,
        after,
        tail(filters, page if at else page - 1),
        tail(filters, page if at + 1 < PAGE else page + 1),
    )


def _last_of(filters: Filters, page: int, actor: Actor, now: datetime) -> str:
    """The last case of a page before; empty where there is none."""
    rows = listing.cases_of(filters.on(page), actor, now)[:PAGE] if page else []
    return rows[-1].number if rows else ""


def tail(filters: Filters, page: int) -> str:
    """What a link to a case carries, so that the list's order goes with it."""
    return "?" + urlencode({"list": filters.address(page=page if page > 1 else "").lstrip("?")})
