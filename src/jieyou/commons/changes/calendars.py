"""A notice of days off entered on the settings pages: one change, which can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from jieyou.commons.changes import making
from jieyou.commons.changes.models import Change
from jieyou.kernel.calendar import store
from jieyou.kernel.calendar.models import Notice
from jieyou.kernel.calendar.notices import Arranged
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places.models import Place

WHAT = "calendar"


class Text(NamedTuple):
    """What stands on a notice: its year, number (may be blank), title, day of publication, source, and the days it arranges."""

    year: int
    number: str
    title: str
    published_on: date
    source: str
    days: Iterable[Arranged]


def enter(text: Text, actor: Actor, why: str, place: Place) -> Change:
    """Keep the notice; open deadlines move with it. Raises ``BadNotice`` or :class:`Refused`."""
    had = Notice.objects.filter(year=text.year, number=text.number).exclude(number="").exists()
    title = f"{text.year}年：{text.title}"
    with making.change(WHAT, title, actor, why, place, final=had) as made:
        made.subject = store.add_notice(*text, by=actor.person).pk.hex
    return made


@making.before_undo(WHAT)
def take_back(made: Change, actor: Actor) -> None:
    """The notice goes out of the calendar and open deadlines move back."""
    notice = Notice.objects.filter(pk=UUID(made.subject)).first()
    if notice is None:
        raise Refused("这份通知已经撤回")
    try:
        store.withdraw(notice, actor.person)
    except store.BadNotice as no:
        raise Refused(str(no).rstrip("。")) from no
