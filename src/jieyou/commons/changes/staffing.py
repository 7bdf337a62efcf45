"""People and posts as an office admin keeps them: each act is one change, with the doors of ``kernel.people`` inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from jieyou.commons.changes import making
from jieyou.commons.changes.models import Change
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.notify.outbox import tell_of
from jieyou.kernel.people import accounts, posts
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, ApiKey, Deputy, Post, Unit
from jieyou.kernel.people.roles import ADMIN, AUDITOR, CLEARED, of_kind
from jieyou.kernel.people.terms import in_force

WHAT = "people"
#: Posts of which the 安全审计员 hears when they are given.
WATCHED = frozenset({CLEARED, ADMIN, AUDITOR})


def add(
    username: str, name: str, unit: Unit, role: str, since: date, actor: Actor, why: str
) -> tuple[Account, str]:
    """A new person in his first post, and the one-time password. Raises :class:`Refused` or ``BadPost``."""
    title = f"开通账号：{name}，任{unit.name}{role}"
    with making.change(WHAT, title, actor, why, unit.place) as made:
        account, text = accounts.open_with_once(username, name, actor.person, made.why)
        made.subject = account.pk.hex
        check(account, unit, role, actor)
        posts.appoint(account, unit, role, since, actor.person, why=made.why)
        if role in WATCHED:
            _tell_auditors(made)
    return account, text


def appoint(
    account: Account, unit: Unit, role: str, since: date, until: date | None, actor: Actor, why: str
) -> Change:
    """One more post for a person, with or without an end."""
    check(account, unit, role, actor)
    term = f"从{since}起" + (f"到{until}前" if until else "")
    with making.change(
        WHAT, f"任职：{account.name}，{unit.name}{role}，{term}", actor, why, unit.place, account.pk.hex
    ) as made:
        posts.appoint(account, unit, role, since, actor.person, until, made.why)
        if role in WATCHED:
            _tell_auditors(made)
    return made


def _tell_auditors(made: Change) -> None:
    """Who watches the keepers hears of what gives access to what is sealed, or to somebody else's account."""
    holding = Post.objects.filter(in_force(clock.today()), role=AUDITOR, account__is_active=True)
    auditors = Account.objects.filter(pk__in=holding.values("account")).exclude(pk__in=_person(made))
    tell_of(
        auditors, f"{made.pk.hex}:audit", f"账号、岗位变动：{made.title}", f"{made.who}，{made.why}", made.at
    )


def _person(made: Change) -> list[UUID]:
    return [UUID(made.person)] if len(made.person) == 32 else []


def check(account: Account, unit: Unit, role: str, actor: Actor) -> None:
    """What must not be whatever the dates: a post that the unit does not have, one's own promotion, keeper and auditor in one."""
    if role not in of_kind(unit.kind):
        raise Refused(f"{unit.name}没有“{role}”这个岗位，可选：{'、'.join(of_kind(unit.kind))}", "role")
    if account.pk.hex == actor.person:
        raise Refused("不能给自己任职，请另一位系统管理员办理")
    keeps_apart(account, role)


def keeps_apart(account: Account, role: str) -> None:
    """Who keeps the settings and who audits them are two people, also for a while."""
    other = {ADMIN: AUDITOR, AUDITOR: ADMIN}.get(role)
    held = Post.objects.filter(in_force(clock.today()), account=account, role=other or "")
    if other and held.exists():
        raise Refused(f"{account.name}是{other}，不能同时任{role}", "role")


def end(post: Post, on: date, actor: Actor, why: str) -> Change:
    """The holder leaves the post on the day, and his deputies with him."""
    title = f"离任：{post.account.name}，{post}，{on}起"
    with making.change(WHAT, title, actor, why, post.unit.place, post.account_id.hex) as made:
        posts.end(post, on, actor.person, made.why)
    return made


def deputise(
    held: Sequence[Post], deputy: Account, since: date, last: date, actor: Actor, why: str
) -> Change:
    """Somebody does the work of one or more posts of a person from ``since`` to ``last``, both included (外出、休假)."""
    if not held:
        raise Refused("请选择要代理的岗位", "posts")
    if deputy.pk.hex == actor.person:
        raise Refused("不能指定自己代理，请另一位系统管理员办理", "account")
    for post in held:
        keeps_apart(deputy, post.role)
    who = held[0].account
    title = f"代理：{deputy.name}代{who.name}，{'、'.join(str(post) for post in held)}，{since}至{last}"
    with making.change(WHAT, title, actor, why, held[0].unit.place, who.pk.hex) as made:
        for post in held:
            posts.name_deputy(post, deputy, since, last + timedelta(days=1), actor.person, made.why)
    return made


def end_deputy(row: Deputy, actor: Actor, why: str) -> Change:
    """The deputyship ends today; one that has not begun never does."""
    today = max(clock.today(), row.since)
    title = f"代理提前结束：{row.account.name}代{row.post.account.name}，{row.post}"
    with making.change(WHAT, title, actor, why, row.post.unit.place, row.post.account_id.hex) as made:
        posts.end_deputy(row, today, actor.person, made.why)
    return made


def rename(account: Account, name: str, actor: Actor, why: str, unit: Unit | None) -> Change:
    """Another name; the record keeps the old one."""
    title = f"更正姓名：{account.name} → {name}"
    with making.change(WHAT, title, actor, why, unit.place if unit else None, account.pk.hex) as made:
        accounts.rename(account, name, actor.person, made.why)
    return made


def close(account: Account, on: date, actor: Actor, why: str, unit: Unit | None) -> Change:
    """He has left: no login, posts and deputyships end."""
    if account.pk.hex == actor.person:
        raise Refused("不能停用自己的账号")
    with making.change(
        WHAT, f"停用账号：{account.name}", actor, why, unit.place if unit else None, account.pk.hex
    ) as made:
        accounts.close(account, on, actor.person, made.why)
    return made


def reopen(account: Account, actor: Actor, why: str, unit: Unit | None) -> Change:
    """He is back."""
    with making.change(
        WHAT, f"启用账号：{account.name}", actor, why, unit.place if unit else None, account.pk.hex
    ) as made:
        accounts.reopen(account, actor.person, made.why)
    return made


def give_once(account: Account, actor: Actor, why: str, unit: Unit | None) -> str:
    """A new one-time password; the old one and all sessions are over."""
    if not account.is_active:
        raise Refused("账号已经停用，请先启用")
    title = f"重发一次性密码：{account.name}"
    place = unit.place if unit else None
    with making.change(WHAT, title, actor, why, place, account.pk.hex, final=True) as made:
        _tell_auditors(made)
        return accounts.give_once(account, actor.person)


def end_key(key: ApiKey, actor: Actor, why: str, unit: Unit | None) -> Change:
    """The API key works no more."""
    title = f"停用接口密钥：{key.account.name}，{key.label}"
    place = unit.place if unit else None
    with making.change(WHAT, title, actor, why, place, key.account_id.hex) as made:
        accounts.end_key(key, clock.today(), actor.person, made.why)
    return made
