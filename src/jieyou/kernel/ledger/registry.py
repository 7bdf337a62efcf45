"""What `audit verify` covers: tables of links, and checks that only their owner can make."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from jieyou.kernel.ledger.source import Broken

Link = TypeVar("Link", bound=type[Any])
"""A model class. Django's `Model` is not named here, because `models` imports this module."""
Check = Callable[[], Iterable[Broken]]

OWN_TABLES = ("ledger_payload", "ledger_checkpoint", "ledger_head")
_chained: dict[str, type[Any]] = {}
_extras: list[Check] = []


def chained(model: Link) -> Link:
    """Class decorator: this table of links is verified, checkpointed, exported and guarded by triggers."""
    _chained[model._meta.db_table] = model
    return model


def extra(check: Check) -> Check:
    """Function decorator: `check` reads the database, writes nothing, and yields the faults that it finds.

    It runs in the same snapshot as the proof. Example: a case whose turn is not the seq of its last Event.
    """
    _extras.append(check)
    return check


def chained_models() -> dict[str, type[Any]]:
    """Table → model, sorted by table."""
    return dict(sorted(_chained.items()))


def extras() -> list[Check]:
    return list(_extras)


def guarded_tables() -> list[str]:
    """All tables in which the database refuses change."""
    return [*_chained, *OWN_TABLES]
