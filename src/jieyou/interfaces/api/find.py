"""Finding cases for somebody. Sealed cases are not there, for nobody: they are handled in the pages only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import finding, seen
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places import codes
from jieyou.kernel.statements import kept

GONE = "没有这件事，或者不归您看"
LONGEST = 40
#: What the engine looks at.
NEEDED = ("home", "holder", "place")


def case(number: str, loop: str = "", related: tuple[str, ...] = NEEDED) -> Case:
    """The case of a number, not yet asked who may see it. One query."""
    if len(number) > LONGEST or not number.isprintable():
        raise Http404(GONE)
    rows = _numbered(related)(number)
    if not rows or rows[0].sealed or loop not in ("", rows[0].loop):
        raise Http404(GONE)
    return rows[0]


@cache
def _numbered(related: tuple[str, ...]) -> Callable[[str], list[Case]]:
    """The query for a case by its number, with these beside it."""

    @kept
    def cases(number: str) -> QuerySet[Case]:
        return Case.objects.select_related(*related).filter(number=number)

    return cases


def seen_case(request: Any, number: str, loop: str = "", related: tuple[str, ...] = NEEDED) -> Case:
    """The case of a number if the one who asks may see it; else it is not there."""
    return admitted(request.actor, case(number, loop, related))


def admitted(actor: Actor, found: Case) -> Case:
    """The case itself if the actor may see it."""
    if not seen.may_see(actor, found):
        raise Http404(GONE)
    return found


def narrowed(
    loop: str,
    stage: str | None,
    is_open: bool | None,
    place: str | None,
    due_before: date | None,
    q: str | None,
    actor: Actor,
) -> QuerySet[Case]:
    """The cases of a loop that fit the filters, whoever may see them."""
    rows = Case.objects.filter(loop=loop, sealed=False)
    if stage is not None:
        rows = rows.filter(stage=stage)
    if is_open is not None:
        rows = rows.filter(open=is_open)
    if place is not None:
        code = codes.plain(place)
        rows = rows.filter(**{codes.column_of(code): code})
    if due_before is not None:
        rows = rows.filter(due__lt=clock.at(due_before, 0))
    if q:
        rows = rows.filter(pk__in=finding.keys(actor, q, loop, bool(is_open)))
    return rows
