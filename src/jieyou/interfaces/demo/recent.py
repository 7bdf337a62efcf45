"""The last weeks before today, so that the desk is alive: concerns at every stage, some late, one under seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.db.models import Count

from jieyou.commons.meetings.models import Meeting
from jieyou.commons.publication import checks, keeping, voices
from jieyou.commons.reports import intake
from jieyou.interfaces.demo import exits
from jieyou.interfaces.demo.city import City
from jieyou.interfaces.demo.matters import MATTERS
from jieyou.interfaces.demo.walk import Item, Walk
from jieyou.interfaces.demo.year import back, communities, on, prepare
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.places.models import Place

#: How far the concerns of 宝塔区 have come: (stage, days ago they were told), relative to today.
SPREAD = (
    ("clue", 0), ("clue", 0), ("clue", 1), ("clue", 1), ("clue", 2), ("clue", 6), ("registered", 2), ("registered", 3),
    ("judged", 4), ("judged", 5), ("consult", 7), ("consult", 9), ("drafted", 10), ("drafted", 12),
)  # fmt: skip


def load(city: City, progress: Callable[[int, int], None]) -> int:
    """Walk the recent weeks; returns the number of items."""
    walk, luck, today = Walk(city, Random(610602)), Random(20260101), clock.today()
    jobs: list[Callable[[], int]] = [
        lambda: _meetings(walk, luck, city.home, today),
        lambda: _spread(walk, luck, today),
        lambda: _special(walk, luck, today),
        lambda: exits.load(walk, communities(city.home), today),
        lambda: _public(walk, city, today),
        *(
            lambda code=code: _meetings(walk, luck, code, today, few=True)
            for code in city.offices
            if code != city.home
        ),
    ]
    made = 0
    for n, job in enumerate(jobs):
        with transaction.atomic():
            made += job()
        progress(n + 1, len(jobs))
    tick()
    return made


def _meetings(walk: Walk, luck: Random, code: str, today: date, few: bool = False) -> int:
    """Three held meetings of the last weeks, carried to different points, and one that is being prepared."""
    staff, places = walk.city.offices[code], communities(code)
    last = (
        Meeting.objects.filter(unit=staff.unit).order_by("-seq_no").values_list("seq_no", flat=True).first()
        or 0
    )
    weeks = (4, 2) if few else (5, 3, 1)
    made = 0
    for n, week in enumerate(weeks):
        day = back(today - timedelta(weeks=week), 1)
        items = [
            Item(luck.choice(MATTERS), luck.choice(places), staff, luck.randint(2, 12))
            for _ in range(1 if few else 3)
        ]
        for item in items:
            prepare(walk, item, day, luck)
        meeting = walk.call_meeting(staff, last + n + 1, day, clock.at(back(day, 4)))
        for item in items:
            walk.table(item, meeting, clock.at(back(day, 3), 10))
        walk.invite(staff, meeting, items, clock.at(back(day, 3), 11))
        walk.reply(staff, meeting, clock.at(back(day, 2), 10))
        walk.hold(staff, meeting, day, items)
        walk.attend(staff, meeting, clock.at(day, 16, 30))
        walk.sign_minutes(staff, meeting, day)
        for k, item in enumerate(items):
            _as_far_as_today(walk, item, day, today, k)
        made += len(items)
    return made + _being_prepared(walk, luck, code, today, last + len(weeks) + 1, places, 1 if few else 3)


def _as_far_as_today(walk: Walk, item: Item, day: date, today: date, k: int) -> None:
    """Each a little further than the one before, never past today."""
    steps = [
        (on(day, 1), lambda d: walk.hand_out(item, clock.at(d, 9))),
        (on(day, 2), lambda d: walk.sign_for(item, clock.at(d, 9))),
        (on(day, 5), lambda d: walk.work(item, clock.at(d, 11), 40 + 20 * k)),
        (on(day, 9 + 3 * k), lambda d: walk.finish(item, clock.at(d, 9))),
        (on(day, 11 + 3 * k), lambda d: walk.strike(item, clock.at(d, 9))),
        (on(day, 13 + 3 * k), lambda d: walk.call(item, clock.at(d, 10))),
        (on(day, 14 + 3 * k), lambda d: walk.archive(item, clock.at(d, 10))),
    ]
    for when, make in steps:
        if when >= today:
            return
        make(when)


def _being_prepared(
    walk: Walk, luck: Random, code: str, today: date, seq_no: int, places: list[Place], count: int
) -> int:
    staff, day = walk.city.offices[code], on(today, 3)
    meeting = walk.call_meeting(staff, seq_no, day, clock.at(back(today, 2)))
    items = [
        Item(luck.choice(MATTERS), luck.choice(places), staff, luck.randint(2, 12)) for _ in range(count)
    ]
    for item in items:
        prepare(walk, item, on(today, 1), luck)
        walk.table(item, meeting, clock.at(back(today, 1), 15))
    walk.invite(staff, meeting, items, clock.at(back(today, 1), 16))
    walk.reply(staff, meeting, clock.at(back(today, 1), 17), most=2)
    return count


def _spread(walk: Walk, luck: Random, today: date) -> int:
    staff, places = walk.city.offices[walk.city.home], communities(walk.city.home)
    for n, (stage, ago) in enumerate(SPREAD):
        item = Item(MATTERS[n % len(MATTERS)], luck.choice(places), staff, luck.randint(2, 12))
        day = today - timedelta(days=ago)
        walk.tell(item, clock.at(day, 8 if ago else 0, 30 + n), name=walk.name(), phone=f"1390000{n:04d}")
        for name, after in (("registered", 1), ("judged", 2), ("consult", 3), ("drafted", 5)):
            if not _reached(stage, name):
                break
            at = clock.at(min(day + timedelta(days=after), today - timedelta(days=1)), 10 + after)
            {
                "registered": walk.register,
                "judged": walk.judge,
                "consult": walk.agree_meeting,
                "drafted": walk.consult,
            }[name](item, at)
    return len(SPREAD)


def _reached(stage: str, name: str) -> bool:
    order = ("clue", "registered", "judged", "consult", "drafted")
    return order.index(stage) >= order.index(name)


def _special(walk: Walk, luck: Random, today: date) -> int:
    """Many voices joined to one, an accusation under seal, words that call for a person at once."""
    staff, places = walk.city.offices[walk.city.home], communities(walk.city.home)
    place, yesterday = places[0], today - timedelta(days=1)
    first = Item(MATTERS[0], place, staff, 3)
    walk.tell(first, clock.at(yesterday - timedelta(days=1), 7), name=walk.name(), phone="13900009001")
    walk.register(first, clock.at(yesterday - timedelta(days=1), 10))
    for n in range(6):
        again = Item(MATTERS[0], place, staff, 3)
        walk.tell(again, clock.at(yesterday, 8 + n), name=walk.name(), phone=f"139000091{n:02d}")
        walk.step(
            again.case,
            "join",
            staff.clerk,
            clock.at(yesterday, 15, n),
            into=first.case,
            words="同一小区同一问题",
        )
    with clock.moved(clock.at(yesterday, 20)):
        intake.submit(
            intake.Told(place=place, words="社区干部在低保评定中给自己亲戚开后门，请上级查一查。", category="other", accused=True,
                        accused_words="某社区干部"), intake.PUBLIC,
        )  # fmt: skip
        intake.submit(
            intake.Told(place=place, words="隔壁经常传来打孩子的声音，孩子身上有伤，已经好几天没去上学了，请快派人去看看。", category="other"),
            intake.PUBLIC,
        )  # fmt: skip
    return 9


def _public(walk: Walk, city: City, today: date) -> int:
    """The residents' board: what many reported, and some matters that have ended."""
    staff, at = city.offices[city.home], clock.at(back(today, 1), 16)
    mine = Case.objects.filter(loop="jieyou", home=staff.unit, sealed=False).select_related("home", "place")
    many = mine.annotate(voices=Count("reports")).filter(open=True, voices__gte=voices.FEWEST)
    ended = mine.filter(stage="archived", moved_at__lt=at).order_by("-moved_at")
    for case in [*many[:1], *ended[:4]]:
        said = {
            "attribute": "active", "reason": "涉及群众切身利益，应当主动公开。", "heading": checks.without_doors(case.title)[:60],
            "problem": "部分居民反映这件事影响日常生活，希望尽快解决。", "counted": case.open,
            "result": "" if case.open else "责任单位已经办理完成，经核验恢复正常，已答复反映人。",
        }  # fmt: skip
        with clock.moved(at):
            there = keeping.propose(case, city.actor(staff.clerk), said)
        walk.step(
            there,
            "approve",
            staff.head,
            at + timedelta(hours=1),
            checked="不涉密，不涉及个人信息，同意公开。",
        )
    return 0
