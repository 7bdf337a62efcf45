"""Who stands behind a key, remembered for a moment: asking the database costs more than many a step.

A key, account, post, deputy or unit that changes in this process is forgotten at once; one that changes in
another process is noticed after `SECONDS`. Only keys that are in force are remembered.
"""

from __future__ import annotations

from datetime import date
from time import monotonic
from typing import Any

from django.db.models.signals import post_delete, post_save

from jieyou.kernel.calendar import clock
from jieyou.kernel.people.accounts import account_of_key
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, ApiKey, Deputy, Post, Recusal, Unit
from jieyou.kernel.people.posts import actor_of

SECONDS = 3.0
_actors: dict[tuple[str, date], tuple[float, Actor]] = {}


def actor(key: str) -> Actor | None:
    """The actor of a key that is in force today, or ``None``. Three queries, mostly none."""
    about = ApiKey.hash_of(key), clock.today()
    until, found = _actors.get(about, (0.0, None))
    return found if monotonic() < until else _ask(key, about)


def _ask(key: str, about: tuple[str, date]) -> Actor | None:
    account = account_of_key(key)
    _actors.pop(about, None)
    if account is None:
        return None
    found = actor_of(account)
    _actors[about] = monotonic() + SECONDS, found
    return found


def forget(sender: object = None, **_: Any) -> None:
    """Ask anew, whoever comes."""
    _actors.clear()


def connect() -> None:
    """Called once, when all apps are loaded."""
    for model in (Account, ApiKey, Deputy, Post, Recusal, Unit):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid=f"api.known.{model.__name__}")
