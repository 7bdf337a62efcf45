"""Lists of choices that are kept as rows: a floor above provides them by name, forms and validation read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from jieyou.kernel.loop.declare import Ask

Pairs = list[tuple[str, str]]
_lists: dict[str, Callable[[], Pairs]] = {}
_read: ContextVar[dict[str, Pairs] | None] = ContextVar("read", default=None)


def provide(name: str) -> Callable[[Callable[[], Pairs]], Callable[[], Pairs]]:
    """Register a list: a function that answers (stored value, words) pairs."""

    def keep(read: Callable[[], Pairs]) -> Callable[[], Pairs]:
        _lists[name] = read
        return read

    return keep


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block each list is read from the database once: for a page that shows many answers."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def of(ask: Ask) -> Pairs:
    """The choices of an ask, from its own declaration or from rows."""
    name, read = ask.choices_from, _read.get()
    if name not in _lists:
        return list(ask.choices)
    if read is None:
        return _lists[name]()
    if name not in read:
        read[name] = _lists[name]()
    return read[name]
