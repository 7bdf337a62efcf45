"""The kinds of papers that are installed: found in ``<app>/papers.py``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from jieyou.commons.papers.declare import PaperKind
from jieyou.kernel.loop.refused import Refused


@cache
def kinds() -> dict[str, PaperKind]:
    """All kinds by code. Two with one code: ``ValueError``."""
    found: dict[str, PaperKind] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.papers"
        if not config.name.startswith("jieyou.") or not find_spec(name):
            continue
        for value in vars(import_module(name)).values():
            if isinstance(value, PaperKind) and found.setdefault(value.code, value) is not value:
                raise ValueError(f"two papers are called {value.code}")
    return found


def known(code: str) -> bool:
    """Is there such a kind? (``jieyou check`` asks.)"""
    return code in kinds()


def kind(code: str) -> PaperKind:
    """One kind; refused with a sentence that names those that there are."""
    if code not in kinds():
        raise Refused(f"没有名为 {code} 的公文，可选：{'、'.join(kinds())}")
    return kinds()[code]


def of_loop(loop: str) -> list[PaperKind]:
    """The kinds that a case of this loop may have."""
    return [one for one in kinds().values() if loop in one.of]


@cache
def issued_with() -> dict[tuple[str, str], tuple[str, ...]]:
    """(loop, transition) → kinds that go out with that step."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in kinds().values():
        for loop in one.of if one.issued_with else ():
            found[loop, one.issued_with] = (*found.get((loop, one.issued_with), ()), one.code)
    return found
