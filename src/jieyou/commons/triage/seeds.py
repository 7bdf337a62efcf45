"""The routing rules that come with the software; a city edits them afterwards and they are never written over."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.apps import AppConfig

from jieyou.commons.reports.models import Category
from jieyou.commons.triage.models import RoutingRule
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.posts import SYSTEM


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of ``post_migrate``: into an empty table only."""
    if RoutingRule.objects.exists():
        return
    codes = {row.code: row for row in Category.objects.all()}
    with (Path(sender.path) / "data" / "routing_rules.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["category"] in ("", *codes)]
    fresh = [
        RoutingRule(
            position=int(row["position"]), category=codes.get(row["category"]), words=row["words"], but=row["but"],
            unit=row["unit"], level=row["level"], basis=row["basis"],
        )
        for row in rows
    ]  # fmt: skip
    RoutingRule.objects.bulk_create(fresh)
    tracked.adopt(fresh, SYSTEM.person, "随软件提供的默认值，可修改")
