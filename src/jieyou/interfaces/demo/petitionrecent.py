"""The last weeks of 宝塔区信访局: a petition at every turn of the way, one late, one under seal, and the rota of today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from jieyou.commons.reports.intake import PUBLIC, Told
from jieyou.interfaces.demo.petitions import Bureau
from jieyou.interfaces.demo.petitionyear import BASIS, FINDINGS, MATTERS, OPINION, Year, short
from jieyou.interfaces.demo.year import back, communities
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Unit
from jieyou.mechanisms.petitions import taking

TELL = "您的信访事项已转有权处理的机关，十五日内书面告知是否受理。"
ACCEPTED = "您的信访事项现予受理，自受理之日起六十日内书面答复您。"
#: How far each has come, and how many calendar days ago it came.
SPREAD = (
    ("come", 0), ("come", 3), ("come", 20), ("registered", 5), ("sent", 6), ("sent", 12), ("objected", 9), ("accepted", 20),
    ("mediating", 24), ("extended", 62), ("opined", 40), ("answered", 50), ("review", 70), ("joint", 4), ("advice", 15),
)  # fmt: skip
ORDER = ("come", "registered", "sent", "accepted", "opined", "answered", "review")


@dataclass
class Recent:
    """Walks them through the real doors."""

    year: Year
    today: date = field(default_factory=clock.today)

    def load(self) -> int:
        """Returns the number of petitions."""
        with transaction.atomic():
            for n, (stage, days) in enumerate(SPREAD):
                _Petition(self, n, self.today - timedelta(days=days)).walk(stage)
            self._sealed()
            self._advise()
            self._rotas()
        return len(SPREAD) + 1

    def office(self) -> Bureau:
        return self.year.bureaus.by_code[self.year.city.home]

    def do(self, case: Case, name: str, who: Account | Actor, at: datetime, **data: Any) -> Case:
        actor = who if isinstance(who, Actor) else self.year.city.actor(who)
        with clock.moved(min(at, clock.now())):
            return advance(case, name, actor, data)

    def _sealed(self) -> None:
        place = communities(self.year.city.home)[5]
        told = Told(
            place=place, words="村干部在惠农补贴发放中优亲厚友。", accused=True, accused_words="某村干部"
        )
        with clock.moved(clock.at(back(self.today, 3), 20)):
            taking.take(told, PUBLIC)

    def _advise(self) -> None:
        """三项建议: one waits for the written answer."""
        office, at = self.office(), clock.at(back(self.today, 8), 10)
        with clock.moved(at):
            case = opening.begin("petition_advice", self.year.city.actor(office.clerk), {
                "title": "关于规范征地补偿款兑付的建议", "advice": "improve", "found": "近三个月征地补偿款拖欠类信访事项集中，兑付台账不公开。",
                "proposal": "建立补偿款兑付台账并在村务公开栏按月公示。",
            })  # fmt: skip
        self.do(
            case,
            "send",
            office.chief,
            at + timedelta(hours=4),
            to=self.year.city.units[self.year.city.home, "住建"],
        )

    def _rotas(self) -> None:
        """This month's rota is kept day by day; next month's is planned and has a gap."""
        first = self.today.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        self.year.rota(first, after - timedelta(days=1))


@dataclass
class _Petition:
    """One of them."""

    recent: Recent
    n: int
    day: date

    def walk(self, stage: str) -> None:
        title, request, facts, category, _ = MATTERS[self.n % len(MATTERS)]
        place = communities(self.recent.year.city.home)[self.n]
        name = short(place)
        told = Told(place=place, words=f"{facts}{request}", name="王女士", phone=f"1390000{self.n:04d}")
        with clock.moved(min(clock.at(self.day, 8), clock.now())):
            case = taking.take(told, PUBLIC, "net", f"XF6106{self.day:%Y%m%d}{self.n:03d}").case
        if stage == "come":
            return
        purpose, people = ("advice" if stage == "advice" else "appeal"), (12 if stage == "joint" else 1)
        case = self._clerk(case, "register", 1, title=title.format(p=name), channel="visit" if stage == "joint" else "net", purpose=purpose,
                           category=category, request=request, told_facts=facts, people=people, first="first", urgency="normal",
                           representatives=3 if people > 1 else None)  # fmt: skip
        if stage in ("registered", "joint"):
            return
        case = self._clerk(case, "forward", 2, handler=self._unit(), words="请依法办理", tell=TELL)
        if stage == "objected":
            self._unit_does(
                case, "object_", 3, objection_ground="界址纠纷属于自然资源部门职权，不属于本单位。"
            )
        elif stage == "advice":
            self._unit_does(case, "accept_advice", 4, tell="您的建议已收到，正在研究，采纳情况书面告知您。")
        elif stage != "sent":
            self._on(case, stage)

    def _on(self, case: Case, stage: str) -> None:
        accepted = self.day + timedelta(days=4)
        case = self._unit_does(case, "accept", 4, accepted_on=accepted, tell=ACCEPTED)
        if stage == "mediating":
            self._unit_does(case, "to_mediation", 6, words="双方愿意调解，请先行调解。")
        if stage == "extended":
            self._unit_does(case, "extend", 50, days=30, days_reason="需要委托第三方重新测绘面积")
        if stage in ORDER[4:]:
            case = self._unit_does(
                case, "opine", 30, result="supported", findings=FINDINGS, opinion=OPINION, basis=BASIS
            )
        if stage in ORDER[5:]:
            day = self.day + timedelta(days=32)
            case = self._unit_does(case, "deliver", 32, deliver_how="direct", delivered_on=day)
        if stage == "review":
            city = self.recent.year.bureaus.by_code[self.recent.year.city.code].unit
            self._clerk(
                case, "ask_review", 45, review_unit=city, review_asked_on=self.day + timedelta(days=45)
            )

    def _unit(self) -> Unit:
        return self.recent.year.city.units[self.recent.year.city.home, "住建"]

    def _clerk(self, case: Case, name: str, after: int, **data: Any) -> Case:
        return self.recent.do(case, name, self.recent.office().clerk, self._at(after), **data)

    def _unit_does(self, case: Case, name: str, after: int, **data: Any) -> Case:
        return self.recent.do(
            case,
            name,
            self.recent.year.city.bureaus[self.recent.year.city.home, "住建"],
            self._at(after),
            **data,
        )

    def _at(self, after: int) -> datetime:
        return clock.at(self.day + timedelta(days=after), 10)
