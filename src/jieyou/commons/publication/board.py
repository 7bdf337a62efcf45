"""What the public may read: published rows by place. No other table is asked, not even the tree of places."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.publication.models import Published
from jieyou.kernel.places import codes

PAGE = 20
#: Digits of a code by level, with the column that names the place.
_LEVELS = ((6, "county"), (9, "township"), (12, "community"))


@dataclass(frozen=True)
class Spot:
    """A place below, with something to read."""

    code: str
    name: str


@dataclass(frozen=True)
class Shown:
    """One page of the board: the place (``code`` "" is the whole city), where one may go on, the rows."""

    code: str
    name: str
    below: list[Spot]
    rows: list[Published]
    page: int
    more: bool


def at(code: str, page: int = 1) -> Shown:
    """What was published at the place and below. A code that nothing was published at is the whole city."""
    rows = _within(code)
    if code and not rows.exists():
        code, rows = "", _within("")
    page = max(1, page)
    found = list(rows.order_by("-updated_on", "-id")[(page - 1) * PAGE : page * PAGE + 1])
    return Shown(code, _name(code, found), _below(code), found[:PAGE], page, len(found) > PAGE)


def one(key: UUID) -> Published | None:
    """A matter that is public now."""
    return Published.objects.filter(pk=key, live=True).first()


def above(code: str) -> str:
    """The code one level up; "" is the city."""
    return code[: max((size for size, _ in _LEVELS if size < len(code)), default=0)]


def same(row: Published) -> dict[str, str]:
    """我也一样: what the report page is filled in with. The words are the resident's own, to be changed as he likes."""
    code = row.place_code
    where = {"county": code[:6], "township": code[:9], "village": code[:12]}
    sizes = {"county": 6, "township": 9, "village": 12}
    kept = {name: value if len(code) >= sizes[name] else "" for name, value in where.items()}
    return kept | {"same": row.pk.hex, "words": f"我也一样：{row.heading}。"}


def _within(code: str) -> QuerySet[Published]:
    rows = Published.objects.filter(live=True)
    if not code or not code.isdecimal():
        return rows
    low, high = codes.within(code)
    return rows.filter(place_code__gte=low, place_code__lt=high)


def _name(code: str, rows: list[Published]) -> str:
    if not code or not rows:
        return ""
    return next((getattr(rows[0], column) for size, column in _LEVELS if size >= len(code)), "")


def _below(code: str) -> list[Spot]:
    """The next level's places, of those that have something."""
    step = next(((size, column) for size, column in _LEVELS if size > len(code)), None)
    if step is None:
        return []
    size, column = step
    rows = _within(code).exclude(**{column: ""}).values_list("place_code", column).distinct()
    found = {place_code[:size]: name for place_code, name in rows if len(place_code) >= size}
    return [Spot(key, name) for key, name in sorted(found.items())]
