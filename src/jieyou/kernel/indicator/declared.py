"""The indicators that are installed: found in ``<app>/indicators.py``."""

from __future__ import annotations

import csv
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from jieyou.kernel.indicator.declare import Fact, Indicator, Ratio, Span, Tally

#: The article's figures: id, phrase, unit. Never a value: those come from records only.
ARTICLE = Path(__file__).parent / "data/article.csv"


@cache
def sections() -> dict[str, list[Indicator]]:
    """The indicators by the name of the app that declares them: mechanisms first, then what they share."""
    found: dict[str, list[Indicator]] = {}
    for config in sorted(apps.get_app_configs(), key=lambda one: ".mechanisms." not in one.name):
        name = f"{config.name}.indicators"
        if config.name.startswith("jieyou.") and find_spec(name):
            values = vars(import_module(name)).values()
            found[str(config.verbose_name)] = [v for v in values if isinstance(v, (Tally, Fact, Ratio, Span))]
    return found


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by key. Two with one key: ``ValueError``."""
    found: dict[str, Indicator] = {}
    for i in (one for mine in sections().values() for one in mine):
        if found.setdefault(i.key, i) is not i:
            raise ValueError(f"two indicators are called {i.key}")
    return found


def indicator(key: str) -> Indicator | None:
    """One indicator by its key."""
    return indicators().get(key)


@cache
def _article() -> dict[str, str]:
    with ARTICLE.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["phrase"] for row in csv.DictReader(lines)}


def figure_ids() -> tuple[str, ...]:
    """Ids of the article's figures; those that nothing computes yet are answered «not built»."""
    return tuple(_article())


def readings_of(figure: str) -> list[Indicator]:
    """All indicators that compute a figure: one, or one for each honest reading of it (``reading`` says which)."""
    return [i for i in indicators().values() if figure in i.ids]


def by_figure(figure: str) -> Indicator | None:
    """The indicator that computes a figure, in its first reading."""
    return next(iter(readings_of(figure)), None)


def figure_title(figure: str) -> str:
    """A title for a figure that nothing computes yet: the article's own phrase."""
    return f"{_article()[figure]}（尚未建设）"
