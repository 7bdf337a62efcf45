"""What can be chosen in a field: declared pairs, lists kept as rows, and cases of one's own office."""

from __future__ import annotations

from collections.abc import Callable

from jieyou.commons.meetings.models import Meeting
from jieyou.interfaces.web.days import day_words
from jieyou.kernel.loop import options
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import Case

Pairs = list[tuple[str, str]]


def of(ask: Ask, case: Case | None) -> Pairs:
    """(stored value, words) pairs of a ``choice`` or a ``case`` that is chosen from a list."""
    if ask.kind == "case":
        return _CASES[ask.choices_from](case) if case is not None and ask.choices_from in _CASES else []
    return options.of(ask)


def meetings(case: Case) -> Pairs:
    """Meetings of the case's own office that still take items."""
    open_ = Meeting.objects.filter(case__stage="preparing", case__open=True, unit=case.home_id)
    rows = open_.select_related("case").order_by("held_on")
    return [(m.case.number, f"{m}　{day_words(m.held_on)}") for m in rows]


_CASES: dict[str, Callable[[Case], Pairs]] = {"meetings": meetings}


def words_of(ask: Ask, value: object) -> str:
    """The words of a stored choice; the stored value itself where the list no longer has it."""
    return dict(options.of(ask)).get(str(value), str(value))
