"""Posts: who holds which on a day, and their beginnings and ends (``terms`` has the checks).

A term holds on the days ``since <= day < until``. Dates may lie ahead (an appointment from next month) or
behind (a paper entered late). ``by`` is the ``Actor.person`` of who enters it.
"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.people import recusal, terms
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.models import Account, Deputy, Post, Unit
from jieyou.kernel.people.terms import BadPost, in_force
from jieyou.kernel.readings import kept

__all__ = [
    "SYSTEM",
    "BadPost",
    "actor_of",
    "appoint",
    "end",
    "end_deputy",
    "guest",
    "hand_over",
    "holders",
    "in_force",
    "name_deputy",
]

SYSTEM = Actor(kind="system", person="system", name="系统")


def guest(report: UUID, name: str = "", cases: Iterable[UUID] = ()) -> Actor:
    """A resident who came by his link: he reaches one report and its cases, nothing else."""
    return Actor("guest", f"guest:{report.hex}", name or "反映人", report=report, cases=frozenset(cases))


def actor_of(account: Account, on: date | None = None) -> Actor:
    """The account with the posts and deputyships it holds on the day (today). Two queries.

    A closed account, a unit that is no more and a deputyship of a post that has ended give nothing.
    """
    if not account.is_active:
        return Actor("staff", account.pk.hex, account.name)
    day = on or clock.today()
    own = [_holding(post) for post in _own(day, day, day, account.pk)]
    lent = [_holding(row.post, row.post.account.name) for row in _lent(day, day, day, day, day, account.pk)]
    holdings = (*own, *lent)
    shut = recusal.of_person(account.pk, {h.unit for h in holdings})
    return Actor("staff", account.pk.hex, account.name, holdings, recused=shut)


@kept
def _own(day: date, until: date, unit: date, account: UUID) -> QuerySet[Post]:
    """Posts that hold on the day; it stands three times in the query. Every request asks this, so its text is kept."""
    rows = Post.objects.filter(in_force(day), _unit_there(day), account_id=account)
    return rows.select_related("unit__place")


@kept
def _lent(day: date, until: date, since: date, ends: date, unit: date, account: UUID) -> QuerySet[Deputy]:
    """Deputyships that hold on the day, of posts that hold on it; it stands five times in the query."""
    posts = in_force(day, "post__"), _unit_there(day, "post__")
    rows = Deputy.objects.filter(in_force(day), *posts, account_id=account)
    return rows.select_related("post__unit__place", "post__account")


def holders(unit_ids: Collection[UUID], role: str, on: date) -> list[Account]:
    """Who can act in the role for one of the units on the day: holders and deputies, by name. One query."""
    posts = Post.objects.filter(in_force(on), _unit_there(on), unit__in=list(unit_ids), role=role)
    lent = Deputy.objects.filter(in_force(on), post__in=posts.values("pk"))
    able = Q(pk__in=posts.values("account")) | Q(pk__in=lent.values("account"))
    return list(Account.objects.filter(able, is_active=True).order_by("name", "pk"))


@transaction.atomic
def appoint(
    account: Account,
    unit: Unit,
    role: str,
    since: date,
    by: str,
    until: date | None = None,
    why: str = "任职",
) -> Post:
    """A person begins in a role of a unit. Raises BadPost."""
    post = Post(account=account, unit=unit, role=clean(role).strip(), since=since, until=until)
    terms.check_post(post)
    tracked.save(post, by, why, force_insert=True)
    return post


@transaction.atomic
def end(post: Post, on: date, by: str, why: str = "离任") -> Post:
    """The holder leaves; ``on`` is the first day without him. His deputies go with him. Raises BadPost."""
    terms.check_end(post, on)
    _cut(post, on, by, why)
    for row in Deputy.objects.filter(Q(until__isnull=True) | Q(until__gt=on), post=post):
        _cut(row, max(on, row.since), by, why)
    return post


@transaction.atomic
def hand_over(post: Post, to_account: Account, on: date, by: str, why: str = "工作交接") -> Post:
    """From ``on`` another person holds the post, to the end of its term if it has one. Both are on the
    record.

    The old row keeps its history. Raises BadPost when the post has ended, or somebody just handed it over.
    """
    term = post.until
    if to_account.pk == post.account_id:
        raise BadPost("接任人与原任职人是同一人。")
    end(post, on, by, why)
    return appoint(to_account, post.unit, post.role, on, by, term, why)


@transaction.atomic
def name_deputy(
    post: Post, account: Account, since: date, until: date, by: str, why: str = "指定代理人"
) -> Deputy:
    """Somebody does the post's work from ``since`` up to the day before ``until``. Raises BadPost."""
    row = Deputy(post=post, account=account, since=since, until=until)
    terms.check_deputy(row)
    tracked.save(row, by, why, force_insert=True)
    return row


@transaction.atomic
def end_deputy(deputy: Deputy, on: date, by: str, why: str = "代理结束") -> Deputy:
    """The deputyship ends early. Raises BadPost."""
    terms.check_end(deputy, on)
    _cut(deputy, on, by, why)
    return deputy


def _cut(row: Post | Deputy, on: date, by: str, why: str) -> None:
    """End a term that nobody else has changed meanwhile."""
    there = type(row)._default_manager.filter(pk=row.pk, until=row.until)
    if not there.update(until=on):
        raise BadPost("这个岗位刚刚由别人变更过，请刷新后再办。")
    row.until = on
    tracked.save(row, by, why, update_fields=["until"])


def _unit_there(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}unit__until__isnull": True}) | Q(**{f"{prefix}unit__until__gt": day})


def _holding(post: Post, deputy_for: str = "") -> Holding:
    unit = post.unit
    place = unit.place
    return Holding(unit.pk, unit.name, unit.kind, post.role, place.code, place.level, deputy_for)
