"""The one door of the settings pages: a change is made in :func:`change` and taken back by :func:`undo`.

Inside the block the existing doors are called (``posts.appoint``, ``amend`` …); what they write is gathered, so that the
change can be told in one sentence and taken back in one click. Nothing is deleted: taking back is one more change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from jieyou.commons.changes.models import LONGEST, Change
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.places.models import Place

Hook = Callable[[Change, Actor], None]
_hooks: dict[str, Hook] = {}


def before_undo(what: str) -> Callable[[Hook], Hook]:
    """Register what else is asked or done when a change of this kind is taken back; it may raise :class:`Refused`."""

    def keep(hook: Hook) -> Hook:
        _hooks[what] = hook
        return hook

    return keep


@contextmanager
def change(
    what: str, title: str, actor: Actor, why: str, place: Place | None = None, subject: str = "", final: bool = False
) -> Iterator[Change]:  # fmt: skip
    """One transaction; ``title`` may be set inside the block. ``final``: cannot be taken back. Raises :class:`Refused`."""
    ground = reason(why)
    made = Change(
        at=clock.now(), person=actor.person, who=actor.title[:160], what=what, subject=subject, title=title, why=ground,
        place=place, final=final,
    )  # fmt: skip
    with transaction.atomic():
        with tracked.heard() as records:
            yield made
        made.title = made.title[:LONGEST]
        made.records = [[record.chain, record.seq] for record in records]
        tracked.save(made, actor.person, ground, force_insert=True)


def reason(why: str) -> str:
    """Why, as it is kept: something, and not longer than the column."""
    ground = clean(why).strip()
    if not ground:
        raise Refused("请写明为什么改（文件、会议或者原因）", "why")
    if len(ground) > LONGEST:
        raise Refused(f"原因太长了：最多 {LONGEST} 个字", "why")
    return ground


@transaction.atomic
def undo(made: Change, actor: Actor) -> Change:
    """Give every row of a change what it had before. Refused when it was taken back already, or changed again since."""
    made = Change.objects.select_related("place").get(pk=made.pk)
    if made.undone_by_id is not None:
        raise Refused("这一次变更已经撤销")
    if made.final:
        raise Refused("这一次变更不能撤销，请再登记一次更正")
    with change(
        made.what, f"撤销：{made.title}", actor, f"撤销{clock.local(made.at)}的变更", made.place, made.subject
    ) as back:
        if made.what in _hooks:
            _hooks[made.what](made, actor)
        for link, (first, last) in reversed(_spans(made).items()):
            _take_back(link, first, last, actor.person, back.title)
    made.undone_by = back
    tracked.save(made, actor.person, "撤销", update_fields=["undone_by"])
    return back


def _spans(made: Change) -> dict[str, tuple[int, int]]:
    """The first and the last link that the change added to each chain."""
    spans: dict[str, tuple[int, int]] = {}
    for link, seq in made.records:
        spans[link] = (spans.get(link, (seq, seq))[0], seq)
    return spans


def _take_back(link: str, first: int, last: int, by: str, why: str) -> None:
    row = tracked.row_of(link)
    if row is None or Record.objects.filter(chain=link, seq__gt=last).exists():
        raise Refused("这里后来又改过，请先撤销后来的变更")
    if first == 1:
        _void(row)
    else:
        before = tracked.history(row)[first - 2]
        if before.fields is None:
            raise Refused("原来的内容已依法删除，不能撤销")
        tracked.put_back(row, before.fields)
    try:
        tracked.save(row, by, why)
    except IntegrityError as clash:
        raise Refused("和后来登记的相冲突，不能撤销，请直接修改") from clash


def _void(row: models.Model) -> None:
    """A row that the change made: in force on no day, or shut. It stays on the record."""
    names = {field.name for field in row._meta.get_fields()}
    if {"since", "until"} <= names:
        row.until = row.since
    elif "until" in names:
        row.until = clock.today()
    elif isinstance(row, Account):
        row.is_active = False
    else:
        raise Refused("新增的这一条不能撤销，请直接修改")
