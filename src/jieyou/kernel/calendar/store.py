"""The calendar that is kept: read as ``Days``, changed by ``add_notice``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from jieyou.kernel.calendar import notices, packaged, pasted
from jieyou.kernel.calendar.models import Day, Edition, Notice
from jieyou.kernel.calendar.notices import Arranged, BadNotice
from jieyou.kernel.calendar.signals import calendar_changed
from jieyou.kernel.calendar.workdays import Days

__all__ = ["BadNotice", "add_notice", "catch_up", "days", "marks", "parse_notice"]

parse_notice = pasted.parse


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: UUID | None
    days: Days


_held: _Held | None = None  # of this process


def days() -> Days:
    """The calendar as it stands; one tiny query sees whether it changed. Take it once for bulk work."""
    global _held
    while (held := _held) is None or held.stamp != Edition.current():
        _held = _Held(Edition.current(), _read())  # looked at again: it may change while being read
    return held.days


def marks(first: date, last: date) -> dict[date, Arranged]:
    """The arranged days from ``first`` to ``last`` with their festivals, for a calendar on a page."""
    rows = Day.objects.filter(day__range=(first, last)).order_by("notice__published_on", "notice_id")
    return {row.day: Arranged(row.day, row.works, row.name) for row in rows}


def add_notice(
    year: int,
    number: str,
    title: str,
    published_on: date,
    source: str,
    days: Iterable[tuple[date, bool, str]],
    *,
    note: str = "",
    by: str = "",
) -> Notice:
    """Enters a notice: a new year's, or a later one that corrects (only the days it names).

    The same year and number again puts right what was mistyped: it replaces the days of that notice.
    Raises ``BadNotice`` and keeps nothing; sends ``calendar_changed`` in the transaction.
    """
    with transaction.atomic():
        before = _read()
        notice = _enter(year, number, title, published_on, source, days, note)
        _tell(notice, before, by)
    return notice


def foresee(
    year: int, number: str, title: str, published_on: date, source: str, days: Iterable[tuple[date, bool, str]]
) -> tuple[Days, Days]:  # fmt: skip
    """The calendar as it is and as this notice would make it; nothing is kept. Raises ``BadNotice``."""
    with transaction.atomic():
        before = _read()
        _enter(year, number, title, published_on, source, days, "")
        after = _read()
        transaction.set_rollback(True)
    return before, after


def may_withdraw(notice: Notice) -> str:
    """Why this notice cannot be taken out again; "" when it can."""
    if (notice.year, notice.number) in {(given.year, given.number) for given in packaged.notices()}:
        return "随软件提供的通知不能撤回；有更正的，另录一份更正通知"
    first = Notice.objects.filter(year=notice.year).first()
    if notice == first and Notice.objects.filter(year=notice.year).exclude(pk=notice.pk).exists():
        return f"{notice.year}年还有后来的通知，请先撤回后来的"
    return ""


def withdraw(notice: Notice, by: str) -> None:
    """Take out a notice that was entered by mistake; open deadlines move back. Raises ``BadNotice``."""
    with transaction.atomic():
        if why := may_withdraw(notice):
            raise BadNotice(why + "。")
        before = _read()
        _tell_without(notice, before, _read(without=notice), by)


def _tell_without(notice: Notice, before: Days, after: Days, by: str) -> None:
    year = notice.year
    notice.delete()
    changed = {day: after.works(day) for day in sorted((before.off | before.on) ^ (after.off | after.on))}
    calendar_changed.send(
        sender=Notice, year=year, notice=notice, published=False, changed=changed, by=by
    )  # fmt: skip


def _enter(
    year: int, number: str, title: str, published_on: date, source: str, days: Iterable[tuple[date, bool, str]], note: str
) -> Notice:  # fmt: skip
    """Keep a notice that can stand. Only inside a transaction."""
    rows = [Arranged(*row) for row in days]
    number = _bracketed(number)
    _check_head(number, title, source, note)
    notice = _find(year, number, title) or Notice(year=year, number=number)
    notices.check(year, published_on, rows, _read(without=notice), _must_be_whole(year, notice))
    notice.title, notice.published_on, notice.source = title.strip(), published_on, source.strip()
    notice.note = note if number else f"文号待核 {note}".strip()
    _keep(notice, rows)
    return notice


def catch_up(by: str = "系统") -> list[int]:
    """Enters the packaged notices that the database does not have, as after an upgrade: their years."""
    have = set(Notice.objects.values_list("year", "number"))
    missing = [given for given in packaged.notices() if (given.year, given.number) not in have]
    for given in missing:
        add_notice(given.year, given.number, given.title, given.published_on, given.source, given.days, by=by)
    return sorted({given.year for given in missing})


def _read(without: Notice | None = None) -> Days:
    kept = Day.objects.order_by("notice__published_on", "notice_id")
    published = Notice.objects.all()
    if without:
        kept, published = kept.exclude(notice=without), published.exclude(pk=without.pk)
    works = dict(kept.values_list("day", "works"))  # a later notice overwrites
    return Days(
        off=frozenset(day for day, on in works.items() if not on and day.weekday() < 5),
        on=frozenset(day for day, on in works.items() if on and day.weekday() >= 5),
        years=frozenset(published.values_list("year", flat=True)),
    )


def _find(year: int, number: str, title: str) -> Notice | None:
    same = {"number": number} if number else {"number": "", "title": title.strip()}
    return Notice.objects.filter(year=year, **same).first()


def _must_be_whole(year: int, notice: Notice) -> bool:
    """The first notice of a year arranges all of it, and so must its correction by the same number."""
    first = Notice.objects.filter(year=year).first()
    return first is None or first == notice


def _keep(notice: Notice, rows: list[Arranged]) -> None:
    try:
        with transaction.atomic():
            notice.save()  # turns the edition for its days too: all of it is one transaction
    except IntegrityError as clash:
        raise BadNotice("刚刚有人登记了同一份通知，请刷新后核对。") from clash
    Day.objects.filter(notice=notice).delete()
    Day.objects.bulk_create(
        Day(notice=notice, day=row.day, works=row.works, name=row.name.strip()) for row in rows
    )


def _tell(notice: Notice, before: Days, by: str) -> None:
    after = days()
    moved = (before.off | before.on) ^ (after.off | after.on)
    calendar_changed.send(
        sender=Notice,
        year=notice.year,
        notice=notice,
        published=notice.year not in before.years,
        changed={day: after.works(day) for day in sorted(moved)},
        by=by,
    )


def _check_head(number: str, title: str, source: str, note: str) -> None:
    faults = [f"请填写{what}。" for what, text in (("标题", title), ("出处", source)) if not text.strip()]
    limits = ("文号", number, 40), ("标题", title, 120), ("出处", source, 200), ("备注", note, 180)
    faults += [f"{what}太长，最多{most}个字。" for what, text, most in limits if len(text.strip()) > most]
    if faults:
        raise BadNotice(*faults)


def _bracketed(number: str) -> str:
    """``国办发明电[2026]9号`` → ``国办发明电〔2026〕9号``."""
    return re.sub(r"[\[［【(（]\s*(\d{4})\s*[\]］】)）]", r"〔\1〕", number).replace(" ", "").strip()
