"""Who stands behind a key, remembered for a moment: asking the database costs more than many a step.

A key, account, post, deputy or unit that changes in this process is forgotten at once; one that changes in
another process is noticed some seconds later (`kernel.shortly`). Only keys that are in force are remembered.
"""

from __future__ import annotations

from datetime import date

from jieyou.kernel.calendar import clock
from jieyou.kernel.people.accounts import account_of_hash
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, ApiKey, Deputy, Post, Recusal, Unit
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.shortly import shortly


def actor(key: str) -> Actor | None:
    """The actor of a key that is in force today, or ``None``. Three queries, mostly none."""
    return _ask(ApiKey.hash_of(key), clock.today())


@shortly(Account, ApiKey, Deputy, Post, Recusal, Unit)
def _ask(hashed: str, on: date) -> Actor | None:
    account = account_of_hash(hashed, on)
    return None if account is None else actor_of(account)
