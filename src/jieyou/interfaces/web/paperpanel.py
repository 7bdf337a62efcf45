"""公文 on the page of a case: those that there are, and those that may be drafted here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jieyou.commons.meetings import agenda
from jieyou.commons.meetings.models import AgendaItem
from jieyou.commons.papers import listing, may, registry
from jieyou.commons.papers.declare import PaperKind
from jieyou.commons.papers.models import Paper
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor

#: Stages of a meeting in which there are decisions to write minutes and orders of.
DECIDED = ("held", "signing", "issued")


@dataclass(frozen=True)
class Panel:
    """``papers`` that this actor may read, ``kinds`` that he may draft; ``whole``: a meeting's papers in one click."""

    papers: list[Paper]
    kinds: list[PaperKind]
    whole: bool

    @property
    def shown(self) -> bool:
        return bool(self.papers or self.kinds)


def panel(case: Case, actor: Actor, children: Sequence[UUID]) -> Panel:
    """What the include ``components/papers.html`` shows. ``children``: keys of the case's own."""
    kinds = [kind for kind in registry.of_loop(case.loop) if drafts(case, kind, actor)]
    whole = case.loop == "meeting" and case.stage in DECIDED and bool(kinds) and not agenda.undecided(case.pk)
    return Panel(may.read_by(actor, around(case, children)), kinds, whole)


def drafts(case: Case, kind: PaperKind, actor: Actor) -> bool:
    """Is the kind offered here: a sealed case has only its transfer, an open one everything but that."""
    return kind.sealed == case.sealed and may.not_write(actor, case, kind) is None


def around(case: Case, children: Sequence[UUID] | None = None) -> list[Paper]:
    """The papers that belong on the page: the case's own and its children's; of a meeting, also its items' orders."""
    if children is None:
        children = list(Case.objects.filter(parent=case).values_list("pk", flat=True))
    if case.loop != "meeting":
        found = Paper.objects.filter(case__in=[case.pk, *children])
        return list(found.select_related(*listing.RELATED).order_by("at", "pk"))
    items = list(
        AgendaItem.objects.filter(meeting=case.pk, case__sealed=False).values_list("case", flat=True)
    )
    tasks = Case.objects.filter(parent__in=items, loop="assignment").values_list("pk", flat=True)
    found = Paper.objects.filter(case__in=[case.pk, *items, *tasks]).select_related(*listing.RELATED)
    return [
        p for p in found.order_by("at", "pk") if p.case_id == case.pk or p.kind in ("order", "item_sheet")
    ]
