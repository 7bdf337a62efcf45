"""The categories that come with the software; a city edits them afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import AppConfig

from jieyou.commons.reports.models import Category
from jieyou.kernel.loop.seeds import plant


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of ``post_migrate``."""
    plant(Category, Path(sender.path) / "data/categories.csv", _category)


def _category(row: dict[str, str]) -> Category:
    return Category(
        code=row["code"],
        title=row["title"],
        icon=row["icon"],
        position=int(row["position"]),
        on_phone=row["on_phone"] == "1",
    )
