"""Who holds a post today, kept for a few seconds: every step of every case asks it, appointments change once a month.

A term holds from a day, so some seconds' delay in another process harms nobody; in this process a change is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from jieyou.kernel.people.models import Account, Deputy, Post
from jieyou.kernel.shortly import shortly


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


@shortly(Post, Deputy, Account)
def _terms(unit: UUID, role: str) -> list[tuple[date, date | None, Account]]:
    posts = Post.objects.filter(unit=unit, role=role, account__is_active=True).select_related("account")
    lent = Deputy.objects.filter(post__unit=unit, post__role=role, account__is_active=True).select_related(
        "account"
    )
    return [(row.since, row.until, row.account) for row in (*posts, *lent)]
