"""The indicators that are installed: found in ``<app>/indicators.py``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from jieyou.kernel.indicator.declare import Fact, Indicator, Ratio, Tally

#: Every figure of the article, by its id; those that nothing computes yet are answered «not built».
FIGURES = (
    *(f"N{n:02}" for n in range(1, 41)), *(f"T{n:02}" for n in range(1, 12)), *(f"E{n:02}" for n in range(1, 29)),
)  # fmt: skip


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by key. Two with one key: ``ValueError``."""
    found: dict[str, Indicator] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.indicators"
        if not config.name.startswith("jieyou.") or not find_spec(name):
            continue
        for value in vars(import_module(name)).values():
            if isinstance(value, (Tally, Fact, Ratio)) and found.setdefault(value.key, value) is not value:
                raise ValueError(f"two indicators are called {value.key}")
    return found


def figure_ids() -> tuple[str, ...]:
    """Ids of the article's figures."""
    return FIGURES


def by_figure(figure: str) -> Indicator | None:
    """The indicator that computes a figure."""
    return next((i for i in indicators().values() if figure in i.ids), None)


def figure_title(figure: str) -> str:
    """A title for a figure that nothing computes yet."""
    return f"{figure}（尚未建设）"
