"""What a term of office must not be: each check refuses with a sentence."""

from datetime import date

from django.db.models import Q

from jieyou.kernel.people.models import Account, Deputy, Post
from jieyou.kernel.places.words import said


class BadPost(ValueError):
    """A change of posts that cannot be; ``sentence`` says so to a clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def in_force(day: date, prefix: str = "") -> Q:
    """Rows (or those behind ``prefix``) with ``since <= day < until``."""
    open_end = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    return Q(**{f"{prefix}since__lte": day}) & open_end


def check_post(post: Post) -> None:
    """A new post: a role, a term, an active person, a unit that lasts, not held by him already."""
    if not post.role:
        raise BadPost("请填写岗位。")
    if len(post.role) > 40:
        raise BadPost("岗位名称请不超过40字。")
    _check_term(post.since, post.until)
    _check_person(post.account)
    if post.unit.until is not None and post.unit.until <= post.since:
        raise BadPost(f"“{post.unit.name}”已于{said(post.unit.until)}撤销，不能任职。")
    same = Post.objects.filter(account=post.account, unit=post.unit, role=post.role)
    if (held := same.filter(_meets(post.since, post.until)).first()) is not None:
        raise BadPost(f"{post.account.name}自{said(held.since)}起已任{post.unit.name}{post.role}。")


def check_end(row: Post | Deputy, on: date) -> None:
    """An end: not of what has ended by then, not before its beginning."""
    if row.until is not None and row.until <= on:
        raise BadPost(f"该岗位（代理）已于{said(row.until)}结束，不能再变更。")
    if on < row.since:
        raise BadPost(f"日期不能早于任职（代理）日期{said(row.since)}。")


def check_deputy(row: Deputy) -> None:
    """A deputyship: another active person, within the post's term, not twice at once."""
    post = row.post
    _check_term(row.since, row.until)
    _check_person(row.account)
    if row.account_id == post.account_id:
        raise BadPost("代理人与任职人是同一人。")
    if post.until is not None and post.until <= row.since:
        raise BadPost(f"该岗位已于{said(post.until)}结束，不能指定代理人。")
    if row.since < post.since:
        raise BadPost(f"代理不能早于任职日期{said(post.since)}。")
    same = Deputy.objects.filter(post=post, account=row.account)
    if same.filter(_meets(row.since, row.until)).exists():
        raise BadPost(f"{row.account.name}在这段时间已是该岗位的代理人。")


def _check_term(since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise BadPost(f"结束日期{said(until)}应晚于开始日期{said(since)}。")


def _check_person(account: Account) -> None:
    if not account.is_active:
        raise BadPost(f"{account.name}的账号已停用。")


def _meets(since: date, until: date | None) -> Q:
    """Rows whose days overlap the given ones."""
    not_over = Q(until__isnull=True) | Q(until__gt=since)
    return not_over & Q(since__lt=until) if until else not_over
