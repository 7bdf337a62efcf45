"""Who acts, in which posts, where (pure). Built once per request or run, and handed down as it is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

Kind: TypeAlias = Literal["staff", "guest", "system"]


@dataclass(frozen=True)
class Holding:
    """A post in force: a role in a unit, and where the unit is. ``deputy_for``: the holder's name, or ''."""

    unit: UUID
    unit_name: str
    unit_kind: str
    role: str
    place_code: str
    place_level: str
    deputy_for: str = ""

    def title(self, name: str) -> str:
        """宝塔区委社会工作部 经办人 李明; with （代王强） when it is done for somebody."""
        words = f"{self.unit_name} {self.role} {name}"
        return f"{words}（代{self.deputy_for}）" if self.deputy_for else words


@dataclass(frozen=True)
class Actor:
    """One human (or the system). ``person`` is what separation of duties compares, also for a deputy.

    ``person``: the account's id in hex · ``guest:<report hex>`` · ``system``. ``holdings``: own posts first.
    ``report``, ``cases``: what a guest may reach by his link, nothing else. ``through``: how the step came in, where another
    person entered it for the actor (线下签批补录). ``recused``: cases that he may not see (回避).
    """

    kind: Kind
    person: str
    name: str
    holdings: tuple[Holding, ...] = ()
    report: UUID | None = None
    cases: frozenset[UUID] = frozenset()
    through: str = ""
    recused: frozenset[UUID] = frozenset()

    def holds(self, role: str, unit: UUID | None = None) -> Holding | None:
        """The post with this role (in this unit), own before deputised; None when there is none."""
        held = (h for h in self.holdings if h.role == role and unit in (None, h.unit))
        return min(held, key=lambda h: h.deputy_for != "", default=None)

    @property
    def units(self) -> frozenset[UUID]:
        """The units in which some post is held."""
        return frozenset(h.unit for h in self.holdings)

    @property
    def title(self) -> str:
        """“单位 岗位 姓名” of the first post; only the name when there is none."""
        return self.holdings[0].title(self.name) if self.holdings else self.name

    def titled(self, role: str, unit: UUID | None = None) -> str:
        """The title in that post; the plain title when it is not held."""
        held = self.holds(role, unit)
        return held.title(self.name) if held else self.title
