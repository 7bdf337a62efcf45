"""What a number should come to: the narrowest place's row in force."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Q

from jieyou.kernel.indicator.declare import Computed
from jieyou.kernel.indicator.models import Target
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.seeds import SINCE
from jieyou.kernel.people.posts import SYSTEM


def in_force(keys: Iterable[str], scope: Scope) -> dict[str, Target]:
    """Key → its target at the place on the last day. One query for all."""
    rows = Target.objects.filter(
        Q(until=None) | Q(until__gt=scope.last), key__in=list(keys), since__lte=scope.last
    )
    found: dict[str, Target] = {}
    for row in rows.select_related("place"):
        code = row.place.code if row.place else ""
        if scope.place.code.startswith(code) and _narrower(code, found.get(row.key)):
            found[row.key] = row
    return found


def _narrower(code: str, than: Target | None) -> bool:
    return than is None or len(code) >= len(than.place.code if than.place else "")


def met(target: Target, number: Computed) -> bool | None:
    """Is the target reached? ``None`` where there is no number."""
    if not number.value:
        return None
    value = Decimal(number.value)
    return value >= target.value if target.sense == "at_least" else value <= target.value


def seed(sender: Any, **_: Any) -> None:
    """Every app's ``data/targets.csv``, once; a city changes them afterwards."""
    known = set(Target.objects.values_list("key", flat=True))
    fresh = [
        row for config in apps.get_app_configs() for row in _read(Path(config.path) / "data/targets.csv")
    ]
    fresh = [row for row in fresh if row.key not in known]
    if fresh:
        Target.objects.bulk_create(fresh)
        tracked.adopt(fresh, SYSTEM.person, "随软件提供的默认值，可修改")


def _read(path: Path) -> list[Target]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Target(key=r["key"], sense=r["sense"], value=Decimal(r["value"]), basis=r["basis"], since=SINCE)
            for r in csv.DictReader(lines)
        ]
