"""办理记录: the events of a case as a person reads them, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from jieyou.interfaces.web import facts
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.models import Account

#: Words of the notes that the software writes (``kernel.loop.remark``) and that no ask explains.
NOTES = {
    "title": "事项", "why": "原因", "clock": "时限", "before": "原定", "after": "现定", "day": "日期", "from": "来自",
    "to": "去向", "reports": "反映件数", "about": "事项", "task": "任务", "words": "说明", "paper": "文件",
    "told": "台账原话", "source_no": "原编号", "meeting": "会议", "post": "岗位",
}  # fmt: skip
#: Which answer is shown as what the person said, without a label.
SAID = ("words", "opinion", "progress", "report", "decision", "plan", "reason", "minutes")
ERASED = "（内容已依法删除）"


@dataclass(frozen=True)
class Entry:
    """One event: what, who, when, and what was said. ``quiet``: written by the software; ``back``: it went back."""

    title: str
    actor: str
    at: datetime
    lines: list[facts.Line] = field(default_factory=list)
    said: str = ""
    tone: str = ""


def entries(case: Case, events: list[Event], hidden: frozenset[str] = frozenset()) -> list[Entry]:
    """The events of a case as they are read, in the given order. Of an event with a hidden answer only the title is shown.

    Two queries: the words, the names."""
    payloads = chain.read_many(events)
    asked, names = facts.labels(case.declared), names_of(events)
    return [
        replace(_entry(case, e, payloads.get(e.pk), asked.get(e.transition, {}), hidden), actor=who(e, names))
        for e in events
    ]


def names_of(events: Iterable[Event]) -> dict[str, str]:
    """Person → name, of those who have accounts: the record itself keeps posts only. One query."""
    keys = {UUID(e.person) for e in events if len(e.person) == 32}
    return {key.hex: name for key, name in Account.objects.filter(pk__in=keys).values_list("pk", "name")}


def who(event: Event, names: dict[str, str]) -> str:
    """“单位 岗位 姓名”."""
    return " ".join(filter(None, (event.actor, names.get(event.person, ""))))


def _entry(
    case: Case, event: Event, payload: dict[str, Any] | None, asks: dict[str, Ask], hidden: frozenset[str]
) -> Entry:
    if payload is None:
        return Entry(event.title, event.actor, event.at, said=ERASED, tone=_tone(case, event))
    given = payload.get("data", {})
    if hidden & given.keys():  # what else was said would give the answer away
        return Entry(event.title, event.actor, event.at, tone=_tone(case, event))
    data = {k: v for k, v in given.items() if v not in (None, "", [], {}, False)}
    said = next((name for name in SAID if name in data), "")
    lines = [line for name, value in data.items() if name != said and (line := _line(name, value, asks))]
    return Entry(event.title, event.actor, event.at, lines, str(data.get(said, "")), _tone(case, event))


def _line(name: str, value: Any, asks: dict[str, Ask]) -> facts.Line | None:
    if name in asks:
        return facts.Line(asks[name].label, facts.words_of(asks[name], value))
    return facts.Line(NOTES[name], facts.named(value)) if name in NOTES else None


def _tone(case: Case, event: Event) -> str:
    """``back`` when the step went back along the ribbon, ``quiet`` when the software made it, ``end`` when it ended the case."""
    stages = case.declared.stages
    source, target = stages.get(event.source), stages.get(event.target)
    if target is not None and target.ended:
        return "end"
    if source is not None and target is not None and 0 < target.number < source.number:
        return "back"
    return "quiet" if event.person == "system" else ""


def since(case: Case, turn: int) -> list[Entry]:
    """What happened after the page was looked at, without the words."""
    events = list(Event.objects.filter(case=case, seq__gt=turn).order_by("seq"))
    names = names_of(events)
    return [Entry(e.title, who(e, names), e.at) for e in events]
