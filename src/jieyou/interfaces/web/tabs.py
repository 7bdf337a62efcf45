"""The tabs of a list: one's own desk, a tab per stage of the loop, overdue, ended. Counts are of open cases only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from jieyou.kernel.loop import seen
from jieyou.kernel.loop.declare import Loop
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor

MINE, LATE, ENDED, ALL = "mine", "late", "ended", "all"
#: What waits in a stage, in the clerks' words; a stage without an entry is called by its own title.
QUEUES = {
    ("jieyou", "clue"): "待登记", ("jieyou", "assess"): "待研判", ("jieyou", "consult"): "待协商",
    ("jieyou", "meeting"): "待上会", ("jieyou", "handed"): "待交办", ("jieyou", "tracked"): "办理中",
    ("jieyou", "strike"): "待销号", ("jieyou", "visit"): "待回访",
}  # fmt: skip


@dataclass(frozen=True)
class Tab:
    """One tab: ``count`` is ``None`` where nothing is counted (the archive)."""

    key: str
    title: str
    count: int | None = None
    tone: str = ""

    @property
    def counted(self) -> str:
        return capped(self.count)


def capped(count: int | None) -> str:
    """A count as a page shows it."""
    if count is None:
        return ""
    return "1万+" if count > seen.COUNT_CAP else str(count)


def tabs_of(loop: type[Loop]) -> list[Tab]:
    """The tabs of a loop, without counts."""
    waiting = [s for s in loop.stages.values() if not s.number and not s.ended and not s.retired]
    kept = [s for s in (*loop.ribbon(), *waiting) if not s.ended]
    stages = [Tab(s.name, QUEUES.get((loop.code, s.name), s.title)) for s in kept]
    return [
        Tab(MINE, "我的待办"),
        *stages,
        Tab(LATE, "超期", tone="red"),
        Tab(ENDED, "已办结"),
        Tab(ALL, "全部"),
    ]


def counted(tabs: list[Tab], actor: Actor, loop: type[Loop], mine: int, now: datetime) -> list[Tab]:
    """The tabs with their counts. One query: open cases are few and lie in a partial index, the archive is not counted."""
    found = seen.tally(actor, base(loop).filter(open=True), now)
    counts = {stage: many for stage, (many, _) in found.items()}
    counts |= {MINE: mine, LATE: sum(late for _, late in found.values())}
    filled = getattr(loop, "filled_at", "")  # nothing waits there but after 补录
    shown = [tab for tab in tabs if tab.key != filled or counts.get(filled)]
    return [tab if tab.key in (ENDED, ALL) else replace(tab, count=counts.get(tab.key, 0)) for tab in shown]


def base(loop: type[Loop]) -> QuerySet[Case]:
    """All cases of a loop."""
    return Case.objects.filter(loop=loop.code)


def rows_of(tab: str, loop: type[Loop], actor: Actor, now: datetime) -> QuerySet[Case]:
    """The cases of a tab before anybody's right to see them is asked for."""
    if tab == MINE:
        return seen.inbox(actor, base(loop).filter(open=True))
    if tab == LATE:
        return base(loop).filter(open=True, due__lt=now)
    if tab == ENDED:
        return base(loop).filter(open=False)
    return base(loop) if tab == ALL else base(loop).filter(open=True, stage=tab)
