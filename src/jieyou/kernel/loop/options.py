"""Lists of choices that are kept as rows: a floor above provides them by name, forms and validation read them."""

from __future__ import annotations

from collections.abc import Callable

from jieyou.kernel.loop.declare import Ask

Pairs = list[tuple[str, str]]
_lists: dict[str, Callable[[], Pairs]] = {}


def provide(name: str) -> Callable[[Callable[[], Pairs]], Callable[[], Pairs]]:
    """Register a list: a function that answers (stored value, words) pairs."""

    def keep(read: Callable[[], Pairs]) -> Callable[[], Pairs]:
        _lists[name] = read
        return read

    return keep


def of(ask: Ask) -> Pairs:
    """The choices of an ask, from its own declaration or from rows."""
    return _lists[ask.choices_from]() if ask.choices_from in _lists else list(ask.choices)
