"""A page of settings is declared, never made by hand: which rows, what they say in words, what may be filled in.

``Setting`` rows that are ``dated`` hold from a day and for a place (``kernel.loop.amend``); others are simply put right
(sources, categories, terms of keeping). ``pages`` draws list and form of both kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from jieyou.interfaces.web import forms
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.declare import Ask

Row = Any


def _no_fault(key: str, values: dict[str, Any]) -> dict[str, str]:
    return {}


def _same(values: dict[str, Any]) -> dict[str, Any]:
    return values


def _save(row: Row, values: dict[str, Any], by: str, why: str) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    tracked.save(row, by, why)


@dataclass(frozen=True)
class Setting:
    """One page of settings.

    ``key``: the column that names what a row is about. ``names``: key → title of what can be set without a row there;
    ``named``, ``grouped``, ``says``: a row's title, heading and value in words; ``unset``: what holds without a row.
    ``wide``: keys that only the whole city can set. ``judge(key, values)``: faults by field. ``typed``: a row as the form
    shows it, ``values``: the form's answers as the row keeps them. ``fresh``: asks of a new row (plain
    settings only). ``reckons``: the page has a box that says when a limit ends.
    """

    slug: str
    title: str
    icon: str
    does: str
    model: type[Model]
    key: str
    named: Callable[[Row], str]
    says: Callable[[Row], str]
    asks: tuple[Ask, ...]
    grouped: Callable[[Row], str] = lambda row: ""
    dated: bool = True
    names: dict[str, str] = field(default_factory=dict)
    unset: str = ""
    wide: frozenset[str] = frozenset()
    judge: Callable[[str, dict[str, Any]], dict[str, str]] = _no_fault
    typed: Callable[[Row], forms.Typed] | None = None
    values: Callable[[dict[str, Any]], dict[str, Any]] = _same
    save: Callable[[Row, dict[str, Any], str, str], None] = _save
    fresh: tuple[Ask, ...] = ()
    reckons: bool = False

    def filled(self, row: Row | None) -> forms.Typed:
        """The form as it is first shown."""
        if row is None:
            return {}
        if self.typed is not None:
            return self.typed(row)
        return {ask.name: forms.retyped(ask, getattr(row, ask.name)) for ask in self.asks}

    def title_of(self, key: str, rows: list[Row]) -> str:
        """The title of what is set: declared, or the newest row's own."""
        return self.names.get(key) or (self.named(rows[0]) if rows else key)
