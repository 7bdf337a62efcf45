"""Who keeps the petitions of a place: the row of the narrowest place, else the 社会工作部 there."""

from __future__ import annotations

from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.petitions.models import PetitionOffice


def keeps(unit: object) -> bool:
    """Whether a unit (its key) keeps petitions."""
    return PetitionOffice.objects.filter(unit=unit, unit__until=None).exists()


def office_for(place: Place, sealed: bool = False) -> Unit:
    """The office of the county, else of the city; accusations go to the city's at once."""
    levels = tree.levels_of(place)
    for code in filter(None, [levels["l2"]] if sealed else [levels["l3"], levels["l2"]]):
        row = (
            PetitionOffice.objects.select_related("unit__place")
            .filter(place__code=code, unit__until=None)
            .first()
        )
        unit = row.unit if row else Unit.objects.filter(kind="office", place__code=code, until=None).first()
        if unit is not None:
            return unit
    raise Refused("这个地方还没有设置信访登记单位，请拨打 12345", "place")


def appoint(place: Place, unit: Unit, by: str, why: str, basis: str = "机构职能") -> PetitionOffice:
    """From now on this unit keeps the petitions of the place, on the record."""
    row = PetitionOffice.objects.filter(place=place).first() or PetitionOffice(place=place)
    fresh, row.unit, row.basis = row._state.adding, unit, basis
    tracked.save(row, by, why, **({"force_insert": True} if fresh else {}))
    return row
