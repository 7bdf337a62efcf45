"""还缺什么: what keeps an office from working well, with the page where it is mended. No judgement of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from jieyou.commons.approvals import signing
from jieyou.commons.approvals.models import PAPERS
from jieyou.interfaces.web.office.calendar import unpublished
from jieyou.interfaces.web.office.territory import Keeper
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.models import ClockRule
from jieyou.kernel.people import units
from jieyou.kernel.people.models import Deputy, Post, Unit
from jieyou.kernel.people.roles import ADMIN, AUDITOR, CALLER, CLEARED, CLERK, HEAD, MEETING_CLERK
from jieyou.kernel.people.terms import in_force

#: Posts that an office cannot do without.
NEEDED = (CLERK, HEAD, MEETING_CLERK, CALLER)
SHOWN = 20
#: With more offices than this one line says it for all.
FEW = 3
ENDING = 30
CALL_BACK = (
    "同一件事，办的、销号的、回访的要三个人。自己办过或者销过号的件，回访请上级或者 12345 的人代做："
    "给他任“回访人员”，或者指定他代理。"
)


@dataclass(frozen=True)
class Finding:
    """One thing that is missing. ``tone`` colours ``word``: red is for what stops work, amber for what will."""

    word: str
    tone: str
    sentence: str
    url: str = ""
    link: str = ""
    more: str = ""


@dataclass(frozen=True)
class Staffing:
    """Who holds what in the offices of a territory today: four queries for all checks."""

    offices: list[Unit]
    posts: dict[UUID, dict[str, list[Post]]]
    deputised: frozenset[UUID]

    def held(self, office: Unit, role: str) -> list[Post]:
        return self.posts[office.pk].get(role, [])


def staffing(keeper: Keeper) -> Staffing:
    offices = list(units.current().filter(keeper.inside(), kind="office").select_related("place"))
    offices.sort(key=lambda office: office.place.code)
    held: dict[UUID, dict[str, list[Post]]] = defaultdict(lambda: defaultdict(list))
    rows = Post.objects.filter(
        in_force(clock.today()), unit__in=[o.pk for o in offices], account__is_active=True
    )
    found = list(rows.select_related("account"))
    for post in found:
        held[post.unit_id][post.role].append(post)
    lent = Deputy.objects.filter(post__in=[p.pk for p in found], until__gt=clock.today())
    return Staffing(offices, held, frozenset(lent.values_list("post", flat=True)))


def findings(keeper: Keeper) -> list[Finding]:
    """Everything that is missing in a territory, the gravest first."""
    staff = staffing(keeper)
    found = [*_calendar(), *_clocks(), *_vacant(staff), *_chains(staff), *_few(staff), *_both(staff), *_ending(keeper),
             *_no_deputy(staff), *_empty(keeper), *_defaults()]  # fmt: skip
    return sorted(found, key=lambda one: one.tone != "amber")


def _calendar() -> Iterator[Finding]:
    year = unpublished(clock.today())
    if year:
        yield Finding(
            "日历",
            "amber",
            f"{year} 年的放假安排还没有录入，落在那一年的时限都是暂定",
            _calendar_url(year),
            "去录入",
        )


def _calendar_url(year: int) -> str:
    return f"{reverse('web:calendar')}?year={year}"


def _clocks() -> Iterator[Finding]:
    known = set(ClockRule.objects.values_list("code", flat=True))
    for loop in registry.loops().values():
        given = {a.clock for t in loop.transitions.values() for a in t.asks}
        for code in sorted(loop.clocks() - known - given - {getattr(loop, "due_clock", "")}):
            yield Finding(
                "时限",
                "amber",
                f"“{loop.title}”的时限 {code} 没有规则，不计时",
                reverse("web:setting", args=["clocks"]),
                "看时限",
            )


def _vacant(staff: Staffing) -> Iterator[Finding]:
    for office in staff.offices:
        needed = (*NEEDED, CLEARED) if office.place.level == "city" else NEEDED
        missing = [role for role in needed if not staff.held(office, role)]
        if missing:
            yield Finding(
                "空岗",
                "amber",
                f"{office.name}没有{'、'.join(missing)}，到这些岗位的事没有人接",
                _unit_url(office),
                "去任命",
            )


def _unit_url(unit: Unit) -> str:
    return f"{reverse('web:people')}?unit={unit.pk.hex}"


def _chains(staff: Staffing) -> Iterator[Finding]:
    """Signatures that nobody in the office can give: one query for all offices and papers."""
    kept = list(signing.chains())
    for office in staff.offices:
        lacking: dict[str, list[str]] = {}
        for paper, title in PAPERS:
            chain = signing.narrowest([row for row in kept if row.paper == paper], office.place.code)
            for role in chain.roles.split(",") if chain else ():
                if not staff.held(office, role):
                    lacking.setdefault(role, []).append(title)
        for role, papers in lacking.items():
            yield Finding(
                "审批", "amber", f"{office.name}的审批链要{role}签，现在没有{role}", reverse("web:setting", args=["chains"]), "看审批链",
                "、".join(papers),
            )  # fmt: skip


def _few(staff: Staffing) -> Iterator[Finding]:
    """Who did it, who strikes it off and who calls back are three persons: can this office find three?"""
    for office in staff.offices:
        people = {post.account_id for role in (CLERK, HEAD, CALLER) for post in staff.held(office, role)}
        callers = {post.account_id for post in staff.held(office, CALLER)}
        others = {post.account_id for role in (CLERK, HEAD) for post in staff.held(office, role)}
        if people and not callers - others and len(people) < 3:
            yield Finding("人手", "amber", f"{office.name}的经办、销号、回访只有 {len(people)} 个人", _unit_url(office), "看人员",
                          CALL_BACK)  # fmt: skip


def _both(staff: Staffing) -> Iterator[Finding]:
    for office in staff.offices:
        keeping = {post.account for post in staff.held(office, ADMIN)}
        for one in sorted(keeping & {p.account for p in staff.held(office, AUDITOR)}, key=lambda a: a.name):
            yield Finding(
                "分权",
                "amber",
                f"{one.name}同时是系统管理员和安全审计员，请分给两个人",
                _unit_url(office),
                "看人员",
            )


def _ending(keeper: Keeper) -> Iterator[Finding]:
    day = clock.today() + timedelta(days=ENDING)
    rows = Post.objects.filter(in_force(clock.today()), keeper.inside("unit__place"), until__lte=day)
    for post in rows.select_related("unit", "account").order_by("until")[:SHOWN]:
        yield Finding(
            "到期", "", f"{post.account.name}任{post}到 {post.until} 为止", _unit_url(post.unit), "去安排"
        )


def _no_deputy(staff: Staffing) -> Iterator[Finding]:
    """Posts held by one person who has named nobody; for a whole city in one line."""
    alone = {office: roles for office in staff.offices if (roles := _alone(staff, office))}
    if len(alone) > FEW:
        names = "、".join(office.short for office in alone)
        yield Finding(
            "代理",
            "",
            f"{len(alone)} 个社会工作部的主要岗位只有一个人，没有指定代理人",
            reverse("web:settings"),
            "看人员",
            names,
        )
        return
    for office, roles in alone.items():
        yield Finding("代理", "", f"{office.name}的{'、'.join(roles)}各只有一个人，没有指定代理人", _unit_url(office), "去指定",
                      "人不在的时候，这些岗位的事会停下来；外出前指定代理人。")  # fmt: skip


def _alone(staff: Staffing, office: Unit) -> list[str]:
    held = {role: staff.held(office, role) for role in NEEDED}
    return [role for role, posts in held.items() if len(posts) == 1 and posts[0].pk not in staff.deputised]


def _empty(keeper: Keeper) -> Iterator[Finding]:
    held = Post.objects.filter(in_force(clock.today()), account__is_active=True)
    rows = units.current().filter(keeper.inside()).exclude(pk__in=held.values("unit"))
    count = rows.count()
    if count:
        names = "、".join(rows.order_by("place__code", "name").values_list("name", flat=True)[:5])
        yield Finding(
            "单位",
            "",
            f"{count} 个单位一个人都没有，交办过去没有人签收",
            f"{reverse('web:units')}?kind=empty",
            "看单位",
            names,
        )


def _defaults() -> Iterator[Finding]:
    rows = ClockRule.objects.filter(until=None, basis__contains="默认")
    count = rows.count()
    if count:
        yield Finding(
            "依据",
            "",
            f"{count} 条时限还是方案默认值，请核对后写上依据",
            reverse("web:setting", args=["clocks"]),
            "看时限",
        )
