"""What a register is. Label, kind, choices, length and whether a column is required are said by its model; here stands what
one does with it: which columns a list shows, which narrow it, which are searched. Everything else is read off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import BUSINESS, CLERK, OFFICER

Check = Callable[[Any], Any]
Roles = Mapping[str, frozenset[str]]
#: Who reads and who keeps a register unless it says otherwise: kind of unit → roles, in the unit's own place and below.
READERS: Roles = {"office": BUSINESS, "township": BUSINESS, "community": BUSINESS}
KEEPERS: Roles = {"office": frozenset({CLERK}), "township": frozenset({OFFICER}), "community": frozenset({OFFICER})}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column by the name of its model field. ``check`` answers the value as it is kept, or raises ``Refused``;
    ``also``: other headings that a workbook may have for it; ``places``: its words may say where a row of a workbook lies."""

    name: str
    listed: bool = False
    narrows: bool = False
    searched: bool = False
    help: str = ""
    check: Check | None = None
    also: tuple[str, ...] = ()
    places: bool = False


@dataclass(frozen=True)
class Part:
    """Several answers that become one row of another table (name, telephone, number → a person), told apart by ``keep``.

    ``keep(answers, by, why)`` answers that row, or ``None`` when nothing was filled in. In lists it shows as ``str(row)``;
    its sealed columns are shown masked and unmasked one by one, with a reason. ``sought(words)``: by which blind index rows of
    it are found again (column → value).
    """

    name: str
    label: str
    asks: tuple[Ask, ...]
    keep: Callable[[dict[str, Any], str, str], models.Model | None]
    filled: Callable[[models.Model], dict[str, str]]
    sought: Callable[[str], dict[str, str]]
    listed: bool = False

    def ask_name(self, ask: Ask) -> str:
        return f"{self.name}-{ask.name}"


@dataclass(frozen=True)
class Register:
    """A register (台账). ``key``: the column that no two rows share, where it is filled in; ``title_of`` names a row.

    ``kept(rows, by, why)`` is called inside the transaction that saved rows, for what follows from them.
    ``story``: the title of a list beside a row and what makes it, as (when, what) in words.
    """

    code: str
    title: str
    noun: str
    does: str
    model: type[Any]
    columns: tuple[Column | Part, ...]
    name: str = "name"
    key: str = ""
    readers: Roles = field(default_factory=lambda: READERS)
    keepers: Roles = field(default_factory=lambda: KEEPERS)
    kept: Callable[[Sequence[Any], str, str], None] | None = None
    story: tuple[str, Callable[[Any], list[tuple[str, str]]]] | None = None

    @cached_property
    def plain(self) -> list[Column]:
        """The columns of the model's own."""
        return [one for one in self.columns if isinstance(one, Column)]

    @cached_property
    def parts(self) -> list[Part]:
        return [one for one in self.columns if isinstance(one, Part)]

    @cached_property
    def tracked(self) -> list[str]:
        """What stands in the ledger."""
        return ["place", "until", *(one.name for one in self.columns)]

    @cached_property
    def narrowing(self) -> list[Column]:
        return [one for one in self.plain if one.narrows]

    @cached_property
    def searched(self) -> list[str]:
        return [one.name for one in self.plain if one.searched]

    @property
    def searches(self) -> str:
        """In which columns words are looked for, as a list says it."""
        return "、".join(str(self.field(name).verbose_name) for name in self.searched)

    def label(self, column: Column | Part) -> str:
        """What the column is called."""
        return column.label if isinstance(column, Part) else str(self.field(column.name).verbose_name)

    def field(self, name: str) -> Any:
        """The model's field."""
        return self.model._meta.get_field(name)

    def words(self, row: Any, column: Column | Part) -> str:
        """A value as a person reads it; nothing is "". A part shows its row, masked as it is."""
        value = getattr(row, column.name)
        if isinstance(column, Part):
            return str(value) if value else ""
        found = self.field(column.name)
        if found.choices:
            return str(dict(found.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "是" if value else "否"
        return "" if value is None else str(value)


def reach(actor: Actor, roles: Roles) -> tuple[str, ...]:
    """Codes of the places in which the actor's posts allow it, without those that lie in another of them."""
    codes = {h.place_code for h in actor.holdings if h.role in roles.get(h.unit_kind, frozenset())}
    return tuple(sorted(one for one in codes if not any(one != two and one.startswith(two) for two in codes)))


def may_read(register: Register, actor: Actor) -> bool:
    return actor.kind == "system" or bool(reach(actor, register.readers))


def may_keep(register: Register, actor: Actor, code: str = "") -> bool:
    """May the actor write rows of this place (without one: of any place at all)?"""
    if actor.kind == "system":
        return True
    places = reach(actor, register.keepers)
    return any(code.startswith(one) for one in places) if code else bool(places)
