"""The rules of numbers and signatures that come with the software; a city edits them afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps

from jieyou.commons.papers.models import PaperRule
from jieyou.kernel.loop.seeds import plant


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of the papers' own ``post_migrate``: every app's ``data/paper_rules.csv``."""
    for config in apps.get_app_configs():
        plant(PaperRule, Path(config.path) / "data/paper_rules.csv", _rule, key="kind")


def _rule(row: dict[str, str]) -> PaperRule:
    return PaperRule(
        kind=row["kind"],
        prefix=row["prefix"],
        form=row["form"],
        signed=row["signed"] == "1",
        basis=row["basis"],
    )
