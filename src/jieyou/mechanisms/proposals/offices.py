"""Who keeps the proposals of a place: the row of the narrowest place, else the 社会工作部 there."""

from __future__ import annotations

from typing import Any

from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.shortly import shortly
from jieyou.mechanisms.proposals.models import ProposalOffice


def keeps(unit: Unit | None) -> bool:
    """Whether a unit keeps proposals: it has a row, or it is the 社会工作部 of a place that has none."""
    return unit is not None and _keeps(unit.pk, unit.kind, unit.place.code)


def keeper(actor: Actor) -> Holding | None:
    """The clerk's post of this actor in a unit that keeps proposals."""
    posts = (h for h in actor.holdings if h.role == CLERK)
    return next((h for h in posts if _keeps(h.unit, h.unit_kind, h.place_code)), None)


def _keeps(unit: Any, kind: str, code: str) -> bool:
    rows = _rows()
    return unit == rows[code] if code in rows else kind == "office"


@shortly(ProposalOffice, Unit)
def _rows() -> dict[str, Any]:
    """Place code → unit: few rows, asked for on every page."""
    return dict(ProposalOffice.objects.filter(unit__until=None).values_list("place__code", "unit"))


def office_for(place: Place, sealed: bool = False) -> Unit:
    """The office of the county, else of the city; what is sealed goes to the city's 社会工作部, which has a keeper."""
    levels = tree.levels_of(place)
    for code in filter(None, [levels["l2"]] if sealed else [levels["l3"], levels["l2"]]):
        row = None if sealed else _row(code)
        unit = row.unit if row else Unit.objects.filter(kind="office", place__code=code, until=None).first()
        if unit is not None:
            return unit
    raise Refused("这个地方还没有设置人民建议征集单位，请拨打 12345", "place")


def _row(code: str) -> ProposalOffice | None:
    rows = ProposalOffice.objects.filter(place__code=code, unit__until=None)
    return rows.select_related("unit__place").first()


def appoint(place: Place, unit: Unit, by: str, why: str, basis: str = "机构职能") -> ProposalOffice:
    """From now on this unit keeps the proposals of the place, on the record."""
    row = ProposalOffice.objects.filter(place=place).first() or ProposalOffice(place=place)
    fresh, row.unit, row.basis = row._state.adding, unit, basis
    tracked.save(row, by, why, **({"force_insert": True} if fresh else {}))
    return row
