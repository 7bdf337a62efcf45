"""What numbers of days depend on beside the case itself. Pure: the triggers are made elsewhere (:mod:`.watching`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Moment = Literal["opened_at", "ended_at"]


@dataclass(frozen=True)
class Watched:
    """A column of another table whose change puts its case into another sum, on the day of ``moment``."""

    table: str
    column: str
    moment: Moment
    key: str = "case_id"


_watched: list[Watched] = []


def watch(table: str, column: str, moment: Moment) -> None:
    """A declaration: numbers of days depend on this column of a facts table. Called where they are declared."""
    one = Watched(table, column, moment)
    if one not in _watched:
        _watched.append(one)


def watched() -> list[Watched]:
    """All that was declared."""
    return list(_watched)
