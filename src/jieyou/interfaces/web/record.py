"""办理记录: the events of a case as a person reads them, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jieyou.interfaces.web import facts
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop.models import Case, Event

#: Words of the notes that the software writes (``kernel.loop.remark``) and that no ask explains.
NOTES = {
    "title": "事项", "why": "原因", "clock": "时限", "before": "原定", "after": "现定", "day": "日期", "from": "来自",
    "to": "去向", "reports": "反映件数", "task": "任务", "words": "说明", "paper": "文件",
}  # fmt: skip
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


def entries(case: Case, events: list[Event]) -> list[Entry]:
    """The events of a case as they are read, in the given order. One query for the words."""
    payloads = chain.read_many(events)
    asked = facts.labels(case.declared)
    return [_entry(case, e, payloads.get(e.pk), asked.get(e.transition, {})) for e in events]


def _entry(case: Case, event: Event, payload: dict[str, Any] | None, asks: dict[str, Any]) -> Entry:
    if payload is None:
        return Entry(event.title, event.actor, event.at, said=ERASED, tone=_tone(case, event))
    data = payload.get("data", {})
    said, lines = "", []
    for name, value in data.items():
        if value in (None, "", [], {}) or (name not in asks and name not in NOTES):
            continue
        if name in asks:
            label, words = asks[name].label, facts.words_of(asks[name], value)
        else:
            label, words = NOTES[name], facts.named(value)
        if not said and len(data) <= 3 and name in ("words", "opinion", "progress", "reason"):
            said = words
        else:
            lines.append(facts.Line(label, words))
    return Entry(event.title, event.actor, event.at, lines, said, _tone(case, event))


def _tone(case: Case, event: Event) -> str:
    """``back`` when the step went back along the ribbon, ``quiet`` when the software made it, ``end`` when it ended the case."""
    stages = case.declared.stages
    source, target = stages.get(event.source), stages.get(event.target)
    if target is not None and target.ended:
        return "end"
    if source is not None and target is not None and target.number < source.number:
        return "back"
    return "quiet" if event.person == "system" else ""


def since(case: Case, turn: int) -> list[Event]:
    """Events that came after the page was looked at."""
    return list(Event.objects.filter(case=case, seq__gt=turn).order_by("seq"))
