"""What residents said, as cases are found by it: masked words of reports that stand. What is sealed is in no index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from jieyou.commons.reports.models import Report
from jieyou.kernel.loop import words
from jieyou.kernel.loop.models import Case


def told(title: str, said: str) -> str:
    """What is kept of one report: its words, and its title where that says more than they."""
    return said if title.rstrip("…") in said else f"{title} {said}"


def said_of(keys: Sequence[UUID]) -> dict[UUID, str]:
    """Title and masked words of the reports of these cases. One query."""
    rows = Report.objects.filter(case__in=keys, withdrawn_at=None, accused=False).order_by(
        "registered_at", "pk"
    )
    found: dict[UUID, list[str]] = {}
    for case, title, said in rows.values_list("case_id", "title", "words"):
        found.setdefault(case, []).append(told(title, said))
    return {case: " ".join(dict.fromkeys(lines)) for case, lines in found.items()}


def follow(cases: Iterable[Case]) -> None:
    """Reports have come to these cases, left them or changed their words."""
    there = list(cases)
    words.say(there, said_of([case.pk for case in there]))


def after_migrate(**_: Any) -> None:
    """A database from before there was an index gets its rows; of any other nothing is missing."""
    words.fill_in(said_of)
