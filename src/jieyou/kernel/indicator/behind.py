"""The list behind a number: exactly the records that were counted, narrowed to what its reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from jieyou.kernel.indicator.declare import Indicator, Records, size
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import BUSINESS
from jieyou.kernel.places import codes


@dataclass(frozen=True)
class Behind:
    """One page of a list. ``total`` is the number itself, ``visible`` how many of them this reader may see."""

    total: int
    visible: int
    rows: list[Any] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What a reader is told who may see fewer than were counted."""
        if self.visible >= self.total:
            return ""
        return f"这个数由 {self.total} 条记录组成，您的岗位能看到其中 {self.visible} 条，其余的不在您的知悉范围内。"


def case_path(model: type[Model]) -> str | None:
    """How a record leads to its case: ``""`` it is one, ``"case"``, ``"report__case"``; ``None``: it has none."""
    if model is Case:
        return ""
    names = {f.name: f for f in model._meta.concrete_fields if f.is_relation}
    if "case" in names:
        return "case"
    for name, one in names.items():
        below = one.related_model
        if (
            isinstance(below, type)
            and below is not Case
            and any(f.name == "case" and f.related_model is Case for f in below._meta.concrete_fields)
        ):
            return f"{name}__case"
    return None


def behind(
    indicator: Indicator, scope: Scope, actor: Actor, part: str = "", offset: int = 0, limit: int = 50
) -> Behind:
    """The list behind the number, one page of it, as this actor may read it."""
    records = indicator.behind(scope, part)
    total = size(records)
    mine = visible(records, actor)
    if isinstance(mine, list):
        return Behind(total, len(mine), mine[offset : offset + limit])
    path = case_path(mine.model)
    related = [path] if path else []
    related += (
        [f"{path}__{name}" if path else name for name in ("place", "holder")] if path is not None else []
    )
    rows = mine.select_related(*related).order_by(*_order(mine.model, path))[offset : offset + limit]
    return Behind(total, mine.count(), list(rows))


def visible(records: Records, actor: Actor) -> Records:
    """Of these records those whose case (or place) the actor may see; lines are nobody's secret."""
    if isinstance(records, list):
        return records
    path = case_path(records.model)
    if path is None:
        return _in_own_places(records, actor)
    key = f"{path}__in" if path else "pk__in"
    narrowed = Case.objects.filter(pk__in=records.values(path or "pk"))
    return records.filter(**{key: seen.seen_by(actor, narrowed).values("pk")})


def _in_own_places(records: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Rows with a place and no case: offices read what lies in theirs."""
    if actor.kind == "system":
        return records
    found = records.none()
    for h in actor.holdings:
        if h.role in BUSINESS and h.unit_kind == "office":
            low, high = codes.within(h.place_code)
            found = found | records.filter(place__code__gte=low, place__code__lt=high)
    return found


def case_of(record: Any) -> Case | None:
    """The case that a record leads to."""
    path = case_path(type(record)) if isinstance(record, Model) else None
    if path is None:
        return None
    found: Any = record
    for name in path.split("__") if path else []:
        found = getattr(found, name)
    return found


def _order(model: type[Model], path: str | None) -> tuple[str, ...]:
    """The newest first."""
    if path is None:
        return ("-pk",)
    return (f"-{path}__opened_at" if path else "-opened_at", "-pk")
