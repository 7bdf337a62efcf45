"""Accounts: opening, renaming and closing them, one-time passwords, and who stands behind an API key."""

import re
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.people import posts
from jieyou.kernel.people.models import Account, ApiKey, Deputy, Post
from jieyou.kernel.people.passwords import one_time
from jieyou.kernel.people.terms import BadPost

#: So long an administrator's one-time password opens the door.
ONCE = timedelta(days=7)
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@transaction.atomic
def open_with_once(username: str, name: str, by: str, why: str = "开通账号") -> tuple[Account, str]:
    """A new account and its one-time password, which nobody can read again. Raises BadPost."""
    login, plain = clean(username).strip().lower(), clean(name).strip()
    if not USERNAME.fullmatch(login):
        raise BadPost("用户名用 2 到 40 个小写字母、数字（可以有点、横线），以字母或数字开头。")
    if Account.objects.filter(username=login).exists():
        raise BadPost(f"已有用户名“{login}”，请换一个，例如在后面加数字。")
    if not 0 < len(plain) <= 40:
        raise BadPost("请填写姓名（不超过40字）。")
    text = one_time()
    account = Account(username=login, name=plain, once=clock.now() + ONCE)
    account.set_password(text)
    tracked.save(account, by, why, force_insert=True)
    return account, text


@transaction.atomic
def give_once(account: Account, by: str) -> str:
    """A new one-time password instead of a forgotten one; sessions of the account end. On the record."""
    text = one_time()
    account.set_password(text)
    account.once = clock.now() + ONCE
    account.save(update_fields=["password", "once"])
    chain.append("password", f"account:{account.pk.hex}", {"person": by})
    return text


@transaction.atomic
def reopen(account: Account, by: str, why: str) -> Account:
    """He is back: the account opens again; posts must be given anew. Raises BadPost."""
    if account.is_active:
        raise BadPost(f"{account.name}的账号没有停用。")
    account.is_active = True
    tracked.save(account, by, why, update_fields=["is_active"])
    return account


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
    return account_of_hash(ApiKey.hash_of(text), on or clock.today())


def account_of_hash(value: str, on: date) -> Account | None:
    """The same for who keeps the hash of a key instead of the key."""
    open_end = Q(until__isnull=True) | Q(until__gt=on)
    found = ApiKey.objects.filter(open_end, hash=value, account__is_active=True)
    row = found.select_related("account").first()
    return row.account if row else None


def end_key(key: ApiKey, on: date, by: str, why: str = "停用接口密钥") -> ApiKey:
    """The key works no more from the day on."""
    key.until = on
    tracked.save(key, by, why, update_fields=["until"])
    return key
