"""The list of a register: what an actor may see, narrowed by what the address says, a page at a time. No query per row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places import codes
from jieyou.kernel.privacy import looks
from jieyou.kernel.register import words
from jieyou.kernel.register.declare import Part, Register, reach

PAGE = 50
LAST = 40
"""The last page that can be leafed to: whoever looks for something older narrows or searches."""
COUNT_CAP = 10_000


@dataclass(frozen=True)
class Asked:
    """What the address says. ``chosen``: column → value; ``place``: a code; ``gone``: the rows that have left."""

    register: Register
    q: str = ""
    place: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False
    page: int = 1

    @classmethod
    def read(cls, register: Register, get: Mapping[str, Any]) -> Asked:
        """Of a query string; what nobody can choose is left out."""
        said = {key: str(get.get(key, "")).replace("\x00", "").strip() for key in ("q", "place", "page")}
        chosen = {one.name: str(get.get(one.name, "")) for one in register.narrowing}
        known = {
            name: value
            for name, value in chosen.items()
            if value in {str(key) for key, _ in register.field(name).flatchoices}
        }
        page = int(said["page"]) if said["page"].isdecimal() and len(said["page"]) < 7 else 1
        place = said["place"] if _is_place(said["place"]) else ""
        return cls(register, said["q"][:60], place, known, get.get("gone") == "1", min(LAST, max(1, page)))

    def address(self, **changes: Any) -> str:
        """The query string with something changed; the page starts again at 1."""
        said = {"q": self.q, "place": self.place, **self.chosen, "gone": "1" if self.gone else ""} | changes
        return "?" + urlencode({key: value for key, value in said.items() if value})

    def on(self, page: int) -> Asked:
        return replace(self, page=page)


@dataclass(frozen=True)
class Page:
    """One page of rows. ``total``: how many there are in all, ``None`` for more than are counted."""

    rows: list[Any]
    number: int
    more: bool
    total: int | None

    @property
    def turns(self) -> bool:
        return self.more and self.number < LAST


def seen_by(register: Register, actor: Actor) -> QuerySet[Any]:
    """The rows that the actor may see."""
    rows = register.model.objects.all()
    if actor.kind == "system":
        return rows
    places = reach(actor, register.readers)
    return rows.filter(_within(places)) if places else rows.none()


def _within(places: tuple[str, ...]) -> Q:
    found = Q()
    for code in places:
        found |= Q(**{codes.column_of(code): code[:12]})
    return found


def narrowed(asked: Asked, actor: Actor) -> QuerySet[Any]:
    """All rows that the address asks for and the actor may see, the newest first."""
    rows = seen_by(asked.register, actor).filter(until__isnull=not asked.gone).order_by("-id")
    if asked.place:
        rows = rows.filter(**{codes.column_of(asked.place): asked.place})
    if asked.chosen:
        rows = rows.filter(**asked.chosen)
    if asked.q:
        places = (asked.place,) if asked.place else reach(actor, asked.register.readers)
        rows = rows.filter(
            pk__in=words.find(asked.register, asked.q, places, dict(asked.chosen), not asked.gone)
        )
    return rows


def page_of(asked: Asked, actor: Actor) -> Page:
    """The page that the address asks for."""
    rows, at = narrowed(asked, actor), (asked.page - 1) * PAGE
    related = [part.name for part in asked.register.parts if part.listed]
    found = list(rows.select_related("place", *related)[at : at + PAGE + 1])
    more = len(found) > PAGE
    total = at + len(found) if not more and (found or not at) else rows.order_by()[:COUNT_CAP].count()
    return Page(found[:PAGE], asked.page, more, None if total >= cap_of(asked) else total)


def cap_of(asked: Asked) -> int:
    """From how many on nobody counts: of a search, as many as it finds at most."""
    return words.MOST if asked.q else COUNT_CAP


def sought(register: Register, text: str, actor: Actor) -> list[Any]:
    """Rows that name somebody of this telephone or whole name, as many as a page; that he was looked for is on the record first."""
    if not text.strip():
        return []
    rows, found = seen_by(register, actor).filter(until=None), Q(pk__in=[])
    for part in register.parts:
        found |= Q(**{f"{part.name}__{column}": value for column, value in part.sought(text).items()})
    shown = list(
        rows.filter(found).select_related("place", *(p.name for p in register.parts)).order_by("-id")[:PAGE]
    )
    value = next(iter(register.parts[0].sought(text).values()))
    looks.searched(actor, f"{register.title}：按姓名、电话", len(shown), value)
    return shown


def count(register: Register, actor: Actor) -> int:
    """How many rows the actor sees, up to one more than ``COUNT_CAP``."""
    return seen_by(register, actor).filter(until=None).order_by()[: COUNT_CAP + 1].count()


def line(register: Register, row: Any) -> list[tuple[str, str]]:
    """(label, words) of the listed columns but the one that names the row."""
    shown = [one for one in register.columns if one.listed and one.name != register.name]
    return [(register.label(one), register.words(row, one)) for one in shown]


def name_of(register: Register, row: Any) -> str:
    """What the row is called."""
    named = next(one for one in register.columns if one.name == register.name)
    return register.words(row, named) or (named.label if isinstance(named, Part) else register.noun)


def _is_place(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) in (4, 6, 9, 12)
