"""From an ask to a form field, and from a POST back to what :func:`jieyou.kernel.loop.answers.clean` takes.

There is no second validation here: the sentences beside the fields are the engine's own. A form can be shown again with
everything that was typed (files excepted: browsers do not allow it, and the page says so).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from jieyou.interfaces.web import choices
from jieyou.interfaces.web.days import reckoned
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.units import current

Typed: TypeAlias = dict[str, Any]
Post: TypeAlias = "MultiValueDict[str, str]"

#: Rows that an empty table shows, and at most how many it can grow to.
BLANK_ROWS, MOST_ROWS = 3, 60
#: Up to so many choices are shown as radio buttons.
FEW = 6


@dataclass
class Field:
    """One field on the page. ``name`` is its name in the POST; ``cells`` are the rows of a small table."""

    ask: Ask
    name: str
    value: Any = ""
    error: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    cells: list[list[Field]] = field(default_factory=list)
    pattern: list[Field] = field(default_factory=list)
    in_table: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def kind(self) -> str:
        """Which template draws it."""
        if self.ask.kind == "choice" and (self.in_table or len(self.choices) > FEW):
            return "select"
        return "select" if self.ask.kind == "case" and self.ask.choices_from else self.ask.kind

    @property
    def template(self) -> str:
        return f"components/field_{self.kind}.html"

    @property
    def described(self) -> str:
        """Ids of what explains the field, for ``aria-describedby``."""
        parts = [f"{self.id}-help"] if self.ask.help and not self.in_table else []
        return " ".join([*parts, f"{self.id}-error"] if self.error else parts)

    @property
    def hint(self) -> str:
        """What a deadline works out to: the day that so many working days give."""
        return (
            reckoned(self.value.get("day", ""), self.value.get("days", "")) if self.ask.kind == "due" else ""
        )


class Form:
    """The fields of some asks, with what was typed and what was wrong with it."""

    def __init__(
        self, asks: tuple[Ask, ...], typed: Typed, case: Case | None = None, errors: Mapping[str, str] | None = None,
        blank: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        self.asks, self.typed, self.case = asks, typed, case
        self.errors, self.blank = dict(errors or {}), dict(blank or {})

    @cached_property
    def fields(self) -> list[Field]:
        return [
            self._field(ask, ask.name, self.typed.get(ask.name), self.errors.get(ask.name, ""))
            for ask in self.asks
        ]

    @property
    def wrong(self) -> list[Field]:
        """The fields with something wrong, a table's cells instead of the table, in the order of the page."""
        found: list[Field] = []
        for one in self.fields:
            cells = [cell for row in one.cells for cell in row if cell.error]
            found += cells or ([one] if one.error else [])
        return found

    @property
    def has_files(self) -> bool:
        return any(ask.kind == "evidence" for ask in self.asks)

    @property
    def has_rows(self) -> bool:
        """A table needs the whole width."""
        return any(ask.kind == "rows" for ask in self.asks)

    @cached_property
    def units(self) -> list[tuple[str, list[Unit]]]:
        """Units to choose from, by kind: those at or below the place of the case's home."""
        return by_kind(units_for(self.case))

    @property
    def asks_units(self) -> bool:
        return any(ask.kind == "unit" for one in self.asks for ask in (one, *one.rows))

    def _field(self, ask: Ask, name: str, value: Any, error: str, in_table: bool = False) -> Field:
        made = Field(ask, name, blank_of(ask) if value is None else value, error, in_table=in_table)
        if ask.kind in ("choice", "case"):
            made.choices = choices.of(ask, self.case)
        if ask.kind == "rows":
            made.cells = [self._row(ask, n, row) for n, row in enumerate(self._shown(ask, made.value))]
            made.pattern = [
                self._field(one, f"{name}-__n__-{one.name}", None, "", in_table=True) for one in ask.rows
            ]
        return made

    def _shown(self, ask: Ask, rows: list[Typed]) -> list[Typed]:
        """Typed rows and some blank ones to go on with."""
        more = self.blank.get(ask.name, 1 if rows else BLANK_ROWS)
        rows = [row for row in rows if any(_has(row.get(one.name)) for one in ask.rows)]
        return [*rows, *({} for _ in range(more))][:MOST_ROWS]

    def _row(self, ask: Ask, n: int, row: Typed) -> list[Field]:
        wrong = row_errors(ask, row) if self.errors.get(ask.name) and not is_blank(ask, row) else {}
        return [
            self._field(
                one, f"{ask.name}-{n}-{one.name}", row.get(one.name), wrong.get(one.name, ""), in_table=True
            )
            for one in ask.rows
        ]


def blank_of(ask: Ask) -> Any:
    """The value of a field that nothing was typed into."""
    return {"due": {}, "units": [], "rows": [], "yes": False}.get(ask.kind, "")


def read(asks: tuple[Ask, ...], post: Post, prefix: str = "") -> Typed:
    """What was typed, as it was typed (files are taken from the request by the view)."""
    return {ask.name: _typed(ask, prefix + ask.name, post) for ask in asks if ask.kind != "evidence"}


def _typed(ask: Ask, name: str, post: Post) -> Any:
    if ask.kind == "due":
        return {"day": post.get(f"{name}-day", "").strip(), "days": post.get(f"{name}-days", "").strip()}
    if ask.kind == "units":
        return [key for key in post.getlist(name) if key]
    if ask.kind == "yes":
        return post.get(name) == "on"
    if ask.kind == "rows":
        rows = [read(ask.rows, post, f"{name}-{n}-") for n in range(_row_count(name, post))]
        touched = [row for row in rows if any(_has(value) for value in row.values())]
        return sorted(
            touched, key=lambda row: is_blank(ask, row)
        )  # rows that count first: so they are numbered
    return post.get(name, "").strip()


def _row_count(name: str, post: Post) -> int:
    """How many rows came: the page says at least how many it had, a script may have added some."""
    wanted = f"{name}-"
    numbers = {key[len(wanted) :].split("-")[0] for key in post if key.startswith(wanted)}
    return min(max((int(n) + 1 for n in numbers if n.isdecimal()), default=0), MOST_ROWS)


def is_blank(ask: Ask, row: Typed) -> bool:
    """Nobody filled this row in: a choice or a unit alone, which may be preset, does not count where there is more to say."""
    preset = (
        ("choice", "unit") if any(one.kind == "line" and one.required for one in ask.rows) else ("choice",)
    )
    return not any(_has(row.get(one.name)) for one in ask.rows if one.kind not in preset)


def _has(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def raw(asks: tuple[Ask, ...], typed: Typed) -> dict[str, Any]:
    """What the engine takes. Raises :class:`Refused` where one field was filled in two ways."""
    return {ask.name: _raw(ask, typed.get(ask.name)) for ask in asks if ask.name in typed}


def _raw(ask: Ask, value: Any) -> Any:
    if ask.kind == "due":
        if value.get("day") and value.get("days"):
            sentence = f"{ask.label}：日期和工作日数只填一样"
            raise Refused(sentence, ask.name)
        return value.get("day") or value.get("days")
    if ask.kind == "rows":
        return [_raw_row(ask, n, row) for n, row in enumerate(value, 1) if not is_blank(ask, row)]
    return value


def _raw_row(ask: Ask, n: int, row: Typed) -> dict[str, Any]:
    try:
        return raw(ask.rows, row)
    except Refused as no:
        raise Refused(f"{ask.label}第 {n} 行：{no.sentence}", ask.name) from None


def row_errors(ask: Ask, row: Typed) -> dict[str, str]:
    """Which cells of one row are wrong, in the engine's words."""
    try:
        answers.clean(ask.rows, raw(ask.rows, row))
    except Refused as no:
        return no.errors
    return {}


def units_for(case: Case | None) -> list[Unit]:
    """Units that can be named: those in force whose place lies in the home's territory (all, without a case)."""
    found = current().select_related("place").order_by("kind", "place__code", "name")
    if case is not None:
        code = case.home.place.code
        found = found.filter(Q(place__code__startswith=code) | Q(pk=case.home_id))
    return list(found)


def by_kind(units: list[Unit]) -> list[tuple[str, list[Unit]]]:
    """Units under the words for their kind, in the order of the declaration."""
    groups = [(title, [u for u in units if u.kind == kind]) for kind, title in Unit.KINDS]
    return [(title, members) for title, members in groups if members]


def retyped(ask: Ask, value: Any) -> Any:
    """A kept value (of a facts row, or its JSON) as it would be typed: what a form is filled in with beforehand."""
    if value in (None, "", [], {}):
        return blank_of(ask)
    if ask.kind == "due":
        return {"day": str(value.get("day") or ""), "days": str(value.get("workdays") or "")}
    if ask.kind == "units":
        return [_key(one) for one in value]
    if ask.kind == "rows":
        return [{one.name: retyped(one, row.get(one.name)) for one in ask.rows} for row in value]
    if ask.kind == "unit":
        return value["name"] if isinstance(value, dict) else value.name
    if ask.kind == "case":
        return value["number"] if isinstance(value, dict) else value.number
    if ask.kind == "yes":
        return bool(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _key(unit: Any) -> str:
    return unit["id"] if isinstance(unit, dict) else unit.pk.hex
