"""信访局 of the demo city: a petition office beside each 社会工作部, its people, the city's keeper of sealed petitions."""

from __future__ import annotations

from dataclasses import dataclass, field

from jieyou.interfaces.demo.city import BY, City, Founding, prefix_of
from jieyou.kernel import shortly
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.people.roles import CLEARED, CLERK, HEAD, OFFICER
from jieyou.kernel.places import tree
from jieyou.mechanisms.petitions.models import PetitionOffice


@dataclass
class Bureau:
    """One 信访局: its clerk and its chief."""

    unit: Unit
    clerk: Account
    chief: Account


@dataclass
class Bureaus:
    """All of them by place code, and who keeps what is sealed."""

    by_code: dict[str, Bureau] = field(default_factory=dict)
    keeper: Account | None = None


def found(city: City, password: str) -> Bureaus:
    """Units, people and the rows that say who keeps the petitions of a place."""
    make, bureaus = Founding(password), Bureaus()
    make.names.reverse()  # other names than those of the offices
    for code in city.offices:
        _found(bureaus, code, make, city)
    make.keep()
    rows = [
        PetitionOffice(place=b.unit.place, unit=b.unit, basis="演示数据") for b in bureaus.by_code.values()
    ]
    PetitionOffice.objects.bulk_create(rows)
    tracked.adopt(rows, BY, "演示数据")
    shortly.forget()
    return bureaus


def _found(bureaus: Bureaus, code: str, make: Founding, city: City) -> None:
    place = tree.by_code(code)
    unit = make.unit(f"{place.name}信访局", "bureau", place, f"{place.name}信访局", prefix_of(code))
    ours = {city.code: "petition-city", city.home: "petition"}.get(code, "")
    clerk, chief = make.person(ours or f"petition-{code}", bool(ours)), make.person(f"petition-head-{code}")
    make.post(clerk, unit, CLERK, OFFICER)
    make.post(chief, unit, HEAD)
    if code == city.code:
        bureaus.keeper = make.person("petition-sealed", True)
        make.post(bureaus.keeper, unit, CLEARED)
    bureaus.by_code[code] = Bureau(unit, clerk, chief)
