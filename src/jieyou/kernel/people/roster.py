"""Who holds a post today, kept for a few seconds: every step of every case asks it, appointments change once a month.

A term holds from a day, so some seconds' delay in another process harms nobody; in this process a change is seen at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_save

from jieyou.kernel.people.models import Account, Deputy, Post

KEPT = 5.0  # seconds
MOST = 5_000  # pairs kept
_found: dict[tuple[UUID, str], tuple[float, list[tuple[date, date | None, Account]]]] = {}


def holding(pairs: Iterable[tuple[UUID | None, str]], on: date) -> list[Account]:
    """Everybody who can act in one of these (unit, role) posts on the day, deputies included, each once."""
    people: dict[UUID, Account] = {}
    for unit, role in pairs:
        if unit is None:
            continue
        for since, until, account in _terms(unit, role):
            if since <= on and (until is None or on < until):
                people[account.pk] = account
    return list(people.values())


def forget(**_: Any) -> None:
    """Somebody was appointed here: look again."""
    _found.clear()


def _terms(unit: UUID, role: str) -> list[tuple[date, date | None, Account]]:
    kept = _found.get((unit, role))
    if kept is not None and time.monotonic() - kept[0] <= KEPT:
        return kept[1]
    rows = _read(unit, role)
    if len(_found) >= MOST:
        _found.clear()
    _found[unit, role] = (time.monotonic(), rows)
    return rows


def _read(unit: UUID, role: str) -> list[tuple[date, date | None, Account]]:
    posts = Post.objects.filter(unit=unit, role=role, account__is_active=True).select_related("account")
    lent = Deputy.objects.filter(post__unit=unit, post__role=role, account__is_active=True).select_related(
        "account"
    )
    return [(row.since, row.until, row.account) for row in (*posts, *lent)]


for _model in (Post, Deputy, Account):
    post_save.connect(forget, sender=_model)
    post_delete.connect(forget, sender=_model)
