"""The categories and channels that come with the software; a city edits them afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import AppConfig

from jieyou.commons.reports.models import Category, Channel
from jieyou.kernel.loop.seeds import plant


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of ``post_migrate``."""
    data = Path(sender.path) / "data"
    plant(Category, data / "categories.csv", _category)
    plant(Channel, data / "channels.csv", _channel)


def _category(row: dict[str, str]) -> Category:
    return Category(
        code=row["code"],
        title=row["title"],
        icon=row["icon"],
        position=int(row["position"]),
        on_phone=row["on_phone"] == "1",
    )


def _channel(row: dict[str, str]) -> Channel:
    return Channel(
        code=row["code"],
        citywide=row["citywide"] == "1",
        answers=row["answers"] == "1",
        basis=row["basis"],
    )
