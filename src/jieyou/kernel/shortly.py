"""Rows that every step asks for and somebody changes once a month: kept by this process for a few seconds.

``@shortly(Post, Deputy)`` keeps what a function answered, for each of its arguments, until one of these models is
saved or deleted in this process, or `SECONDS` have gone (that is how another process's change comes in). It fits
what holds from a day on, never what must be true to the second. ``None`` is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

P = ParamSpec("P")
R = TypeVar("R")
SECONDS = 5.0
MOST = 5_000  #: answers of one function
_all: list[dict[tuple[Hashable, ...], tuple[float, Any]]] = []


def shortly(*models: type[Model]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The decorator. Arguments are positional and hashable; what is answered is shared, so nobody may change it."""

    def decorate(read: Callable[P, R]) -> Callable[P, R]:
        known: dict[tuple[Hashable, ...], tuple[float, Any]] = {}
        _all.append(known)

        @wraps(read)
        def answer(*about: P.args, **none: P.kwargs) -> R:
            until, found = known.get(about, (0.0, None))
            if monotonic() < until:
                return found
            fresh = read(*about, **none)
            _keep(known, about, fresh)
            return fresh

        def forget(**_: Any) -> None:
            known.clear()

        for model in models:
            for signal in (post_save, post_delete):
                signal.connect(forget, sender=model, weak=False)
        return answer

    return decorate


def forget() -> None:
    """Everything is asked anew: rows were written past the models, or a transaction was taken back."""
    for known in _all:
        known.clear()


def _keep(known: dict[tuple[Hashable, ...], tuple[float, Any]], about: tuple[Any, ...], found: Any) -> None:
    if len(known) >= MOST:
        known.clear()
    if found is None:
        known.pop(about, None)
    else:
        known[about] = (monotonic() + SECONDS, found)
