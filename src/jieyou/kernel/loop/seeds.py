"""Rows that come with the software: clock rules and dials of every loop, from ``data/*.csv`` beside its ``loops.py``.

Written once, on the record, after ``migrate``; a city changes them afterwards and they are never written over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import models

from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import ClockRule, Dial
from jieyou.kernel.people.posts import SYSTEM

SINCE = date(2024, 1, 1)


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of the loop's own ``post_migrate``: every app's ``data/clock_rules.csv`` and ``data/dials.csv``.

    (Django sends ``post_migrate`` for no app without models, and a small mechanism has none.)
    """
    for config in apps.get_app_configs():
        data = Path(config.path) / "data"
        plant(ClockRule, data / "clock_rules.csv", _rule)
        plant(Dial, data / "dials.csv", _dial)


def plant(model: type[models.Model], path: Path, make: Any, key: str = "code") -> None:
    """Add those rows of a seed file whose key is not there yet."""
    if not path.exists():
        return
    known = set(model._default_manager.values_list(key, flat=True))
    fresh = [make(row) for row in _read(path) if row[key] not in known]
    if fresh:
        model._default_manager.bulk_create(fresh)
        tracked.adopt(fresh, SYSTEM.person, "随软件提供的默认值，可修改")


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _rule(row: dict[str, str]) -> ClockRule:
    return ClockRule(
        code=row["code"], title=row["title"], length=int(row["length"]), unit=row["unit"], roll=row["roll"] == "1",
        starts=row["starts"], stops=row["stops"], basis=row["basis"], since=SINCE,
    )  # fmt: skip


def _dial(row: dict[str, str]) -> Dial:
    return Dial(
        code=row["code"], title=row["title"], value=int(row["value"]), basis=row["basis"], since=SINCE
    )
