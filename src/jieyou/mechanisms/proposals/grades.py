"""奖励等次: kept as rows, seeded once from ``data/award_grades.csv``; a city edits them to its own 奖励办法."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.models import Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import options
from jieyou.kernel.loop.seeds import plant
from jieyou.mechanisms.proposals.models import AwardGrade


def connect() -> None:
    """Called once, when all apps are loaded."""
    options.provide("proposal.grade")(pairs)


def pairs() -> list[tuple[str, str]]:
    """Grades in force. A proposal keeps the words themselves: what was awarded is not renamed later."""
    rows = AwardGrade.objects.filter(Q(until=None) | Q(until__gt=clock.today()))
    return [(title, title) for title in rows.values_list("title", flat=True)]


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of ``post_migrate``."""
    plant(AwardGrade, Path(sender.path) / "data/award_grades.csv", _grade)


def _grade(row: dict[str, str]) -> AwardGrade:
    return AwardGrade(code=row["code"], title=row["title"], position=int(row["position"]), basis=row["basis"])
