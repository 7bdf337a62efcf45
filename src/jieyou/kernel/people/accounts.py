"""Accounts: renaming and closing them, and who stands behind an API key."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.people import posts
from jieyou.kernel.people.models import Account, ApiKey, Deputy, Post
from jieyou.kernel.people.terms import BadPost


@transaction.atomic
def rename(account: Account, name: str, by: str, why: str = "更正姓名") -> Account:
    """Another name, on the record; the old one stays in the history."""
    if not 0 < len(plain := clean(name).strip()) <= 40:
        raise BadPost("请填写姓名（不超过40字）。")
    account.name = plain
    tracked.save(account, by, why, update_fields=["name"])
    return account


@transaction.atomic
def close(account: Account, on: date, by: str, why: str) -> Account:
    """He has left: no login from now on, posts, deputyships and keys end on the day. Nothing is deleted."""
    rest = Q(until__isnull=True) | Q(until__gt=on)
    for post in Post.objects.filter(rest, account=account):
        posts.end(post, max(on, post.since), by, why)
    for deputy in Deputy.objects.filter(rest, account=account):
        posts.end_deputy(deputy, max(on, deputy.since), by, why)
    for key in ApiKey.objects.filter(rest, account=account):
        end_key(key, on, by, why)
    account.is_active = False
    tracked.save(account, by, why, update_fields=["is_active"])
    return account


def account_of_key(text: str, on: date | None = None) -> Account | None:
    """The active account behind a key that is in force; None otherwise. One query."""
    open_end = Q(until__isnull=True) | Q(until__gt=on or clock.today())
    found = ApiKey.objects.filter(open_end, hash=ApiKey.hash_of(text), account__is_active=True)
    row = found.select_related("account").first()
    return row.account if row else None


def end_key(key: ApiKey, on: date, by: str, why: str = "停用接口密钥") -> ApiKey:
    """The key works no more from the day on."""
    key.until = on
    tracked.save(key, by, why, update_fields=["until"])
    return key
