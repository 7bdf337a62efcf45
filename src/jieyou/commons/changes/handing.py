"""移交: a post with its inbox goes to another person in one act, is written into every case, and can be taken back.

The inbox follows the post by itself; what is done here is the term, a line in each case's record, the unread notices and a
word to both. Cases from which the successor is recused, and what is under seal, are no part of it: they are counted, never named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.changes import making
from jieyou.commons.changes.models import Change
from jieyou.commons.changes.staffing import keeps_apart
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.notify.outbox import tell_of
from jieyou.kernel.people import posts, recusal
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Post
from jieyou.kernel.people.roles import CLEARED
from jieyou.kernel.people.terms import in_force

WHAT = "handover"
STEP, BACK = "post_handed_over", "post_handed_back"
IN_HAND = "密件专办的事不在这里移交：先给接任人任职，密封件由两个人当面交接，再给原任办离任"


@dataclass(frozen=True)
class Goes:
    """What goes over, by kind of loop: how many, how many of them late; unread notices; what stays behind."""

    kinds: list[tuple[str, int, int]]
    notices: int
    stays: int
    others: int

    @property
    def count(self) -> int:
        return sum(count for _, count, _ in self.kinds)


def preview(post: Post, heir: Account | None) -> Goes:
    """What a hand-over to this person would take along. ``others``: who else has the same inbox."""
    desk, going = _desk(post), _going(post, heir)
    late = Counter(going.filter(due__lt=clock.now()).values_list("loop", flat=True))
    count = Counter(going.values_list("loop", flat=True))
    kinds = [(registry.loop(code).title, n, late[code]) for code, n in sorted(count.items())]
    same = Post.objects.filter(in_force(clock.today()), unit=post.unit_id, role=post.role)
    return Goes(
        kinds,
        _unread(post, going).count(),
        desk.count() - sum(count.values()),
        same.exclude(pk=post.pk).count(),
    )


def _desk(post: Post) -> QuerySet[Case]:
    return Case.objects.filter(open=True, desk=post.unit_id, desk_role=post.role)


def _going(post: Post, heir: Account | None) -> QuerySet[Case]:
    """The inbox without what is sealed and what the successor may not see."""
    found = _desk(post).filter(sealed=False)
    if heir is None:
        return found
    shut = recusal.of_person(heir.pk, {post.unit_id})
    return found.exclude(pk__in=shut).exclude(parent__in=shut) if shut else found


def _unread(post: Post, going: QuerySet[Case]) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(account=post.account_id, channel="in_app", seen_at=None)
    return rows.filter(case_id__in=going.values("pk"))


def hand_over(post: Post, heir: Account, actor: Actor, why: str) -> Change:
    """From today the successor holds the post and its inbox. Raises :class:`Refused` or ``BadPost``."""
    if post.role == CLEARED:
        raise Refused(IN_HAND)
    if heir.pk.hex == actor.person:
        raise Refused("不能移交给自己，请另一位系统管理员办理", "account")
    keeps_apart(heir, post.role)
    title = f"移交：{post}，{post.account.name} → {heir.name}"
    with making.change(WHAT, title, actor, why, post.unit.place, f"{post.pk.hex}:{heir.pk.hex}") as made:
        going, at = list(_going(post, heir)), made.at
        unread = list(_unread(post, _going(post, heir)))
        _change_hands(post, heir, actor, made.why)
        for case in going:
            _write(case.pk, STEP, "岗位移交", actor, post, heir, made)
        _pass_on(unread, heir, made)
        words = f"{post}，连同待办 {len(going)} 件"
        tell_of([heir], f"{made.pk.hex}:to", f"岗位移交给您：{post.account.name}交来", words, at)
        tell_of([post.account], f"{made.pk.hex}:from", f"岗位已移交给{heir.name}", words, at)
        made.title += f"，待办 {len(going)} 件"
    return made


def _change_hands(post: Post, heir: Account, actor: Actor, why: str) -> None:
    """Who holds the same post already only loses a colleague."""
    today = clock.today()
    same = Post.objects.filter(in_force(today), account=heir, unit=post.unit_id, role=post.role)
    if same.exclude(pk=post.pk).exists():
        posts.end(post, today, actor.person, why)
    else:
        posts.hand_over(post, heir, today, actor.person, why)


def _write(key: UUID, name: str, title: str, actor: Actor, post: Post, heir: Account, made: Change) -> None:
    data = {"post": str(post), "from": post.account.name, "to": heir.name, "why": made.why}
    remark(key, name, title, actor, data, made.at if name == STEP else clock.now())


def _pass_on(unread: list[Delivery], heir: Account, made: Change) -> None:
    """Unread notices are told once more, to the successor; the old ones stay with whom they were told."""
    Delivery.objects.bulk_create(
        Delivery(
            key=f"{made.pk.hex}:{row.pk.hex}", event_id=row.event_id, case_id=row.case_id, account=heir, channel="in_app",
            title=row.title, words=row.words, number=row.number, at=made.at, next_try=made.at, done_at=made.at, urgent=row.urgent,
        )
        for row in unread
    )  # fmt: skip


@making.before_undo(WHAT)
def take_back(made: Change, actor: Actor) -> None:
    """The inbox goes back, as long as the successor has done nothing with it; each case's record says so."""
    post_key, heir_key = (UUID(key) for key in made.subject.split(":"))
    post = Post.objects.select_related("account", "unit").get(pk=post_key)
    steps = Event.objects.filter(transition=STEP, at=made.at, person=made.person)
    handed = list(steps.values_list("case", flat=True))
    if Event.objects.filter(case__in=handed, at__gte=made.at, person=heir_key.hex).exists():
        raise Refused("接任人已经办了移交来的事，不能撤销；要交回去，请再移交一次")
    told = Delivery.objects.filter(account=heir_key, channel="in_app", seen_at=None)
    told.filter(key__startswith=f"{made.pk.hex}:").update(seen_at=clock.now())
    for key in Case.objects.filter(pk__in=handed, open=True).values_list("pk", flat=True):
        _write(key, BACK, "岗位移交撤销", actor, post, post.account, made)
