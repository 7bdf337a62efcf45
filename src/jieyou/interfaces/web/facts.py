"""What is known of a case, stage by stage: the answers that its facts row keeps, under the words of their asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from jieyou.commons.meetings.agenda import due_words
from jieyou.interfaces.web import choices
from jieyou.interfaces.web.days import day_words
from jieyou.kernel.loop.declare import Ask, Loop
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit


@dataclass(frozen=True)
class Line:
    """One fact: label and words; ``wide`` when it needs the whole width."""

    label: str
    words: str
    wide: bool = False


@dataclass(frozen=True)
class Group:
    """The facts that one stage holds."""

    title: str
    lines: list[Line]


def groups(
    loop: type[Loop], facts: Any, hidden: frozenset[str] = frozenset(), made: frozenset[str] = frozenset()
) -> list[Group]:
    """Kept answers by the stage in which they were given; stages without any, and hidden answers, are left out.

    ``made``: names of the steps that were made; what several steps ask for stands with the one that was.
    """
    found: list[Group] = []
    for title, asks in _by_stage(loop, made):
        shown = (ask for ask in asks if ask.name not in hidden)
        lines = [line for ask in shown if (line := line_of(ask, getattr(facts, ask.name, None)))]
        found += [Group(title, lines)] if lines else []
    return found


def _by_stage(loop: type[Loop], made: frozenset[str]) -> list[tuple[str, list[Ask]]]:
    steps = list(loop.transitions.values())
    given: dict[str, tuple[str, Ask]] = {}
    for t in sorted(steps, key=lambda t: t.name not in made):
        for ask in t.asks:
            if ask.keep:
                given.setdefault(ask.name, (t.name, ask))
    found: dict[str, list[Ask]] = {}
    for t in steps:
        if mine := [ask for name, ask in given.values() if name == t.name]:
            found.setdefault(t.sources[0].title, []).extend(mine)
    return list(found.items())


def line_of(ask: Ask, value: Any) -> Line | None:
    """A fact as a line, or ``None`` for what was left blank and for tables (they are cases of their own)."""
    if ask.kind == "rows" or value in (None, "", [], {}):
        return None
    words = words_of(ask, value)
    return Line(ask.label, words, ask.kind == "words" or len(words) > 30) if words else None


def words_of(ask: Ask, value: Any) -> str:
    """One answer in words, from a value or from its JSON form."""
    if ask.kind == "choice":
        return choices.words_of(ask, value)
    if ask.kind == "yes":
        return "是" if value else "否"
    if ask.kind == "due":
        return due_words(value)
    if ask.kind == "evidence":
        return f"附件 {len(value)} 份"
    if ask.kind == "rows":
        return "\n".join(_row_words(ask, row) for row in value)
    if ask.kind == "day" and isinstance(value, str):
        value = date.fromisoformat(value)
    return named(value)


def _row_words(ask: Ask, row: dict[str, Any]) -> str:
    parts = (words_of(one, row[one.name]) for one in ask.rows if row.get(one.name) not in (None, "", [], {}))
    return "　".join(parts)


def named(value: Any) -> str:
    """Units, cases, days and lists of them, as words."""
    if isinstance(value, dict):
        return str(
            value.get("name") or value.get("number") or "、".join(f"{k} {named(v)}" for k, v in value.items())
        )
    if isinstance(value, list):
        return "、".join(named(one) for one in value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Unit | Model):
        return str(value)
    return str(value)


def labels(loop: type[Loop]) -> dict[str, dict[str, Ask]]:
    """The asks of each transition by name, to read old events with."""
    return {t.name: {ask.name: ask for ask in t.asks} for t in loop.transitions.values()}


def tags(case: Case, facts: Any) -> list[str]:
    """Short words beside the title: the category, where the facts have one."""
    asked = {ask.name: ask for t in case.declared.transitions.values() for ask in t.asks}
    value = getattr(facts, "category", "")
    return [choices.words_of(asked["category"], value)] if value and "category" in asked else []
