"""Gapless numbers that people see. Taken inside the step's transaction: a step that fails gives its number back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from jieyou.kernel.loop.models import Series


def take(key: str, many: int = 1) -> int:
    """The first of ``many`` new numbers of a series; the caller's transaction holds the row until it ends."""
    with transaction.atomic():
        Series.objects.get_or_create(key=key)
        Series.objects.filter(key=key).update(last=F("last") + many)
        return Series.objects.values_list("last", flat=True).get(key=key) - many + 1


def number(prefix: str, year: int, n: int) -> str:
    """``BT-2026-0412``: whose, which year, the how-manieth."""
    return f"{prefix}-{year}-{n:04d}"
