"""Papers that steps draft (``Transition.drafts``): the floor above says which kinds there are, `jieyou check` asks by name."""

from __future__ import annotations

from collections.abc import Callable

_knows: list[Callable[[str], bool]] = []


def provide(knows: Callable[[str], bool]) -> None:
    """Whoever makes papers registers a function: is there such a kind?"""
    if knows not in _knows:
        _knows.append(knows)


def known(kind: str) -> bool:
    """Is there such a kind of paper?"""
    return any(knows(kind) for knows in _knows)
