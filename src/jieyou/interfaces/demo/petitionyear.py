"""The article's year of petitions: 1983 mediated, 1244 with success; five rule documents; a leader on every working day.

The thousands go by the bulk path (``histories``), as a city's own list would; rule documents, rota and the recent weeks of
宝塔区 walk through the real doors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import Told
from jieyou.interfaces.demo.city import City
from jieyou.interfaces.demo.papers import completion_sheet
from jieyou.interfaces.demo.petitions import Bureau, Bureaus
from jieyou.interfaces.demo.year import communities, on
from jieyou.kernel import statements
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import histories, opening
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.histories import History, Made
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.petitions import sitting
from jieyou.mechanisms.petitions.models import DOMAINS, PetitionMediation

YEAR = (date(2024, 4, 22), date(2025, 4, 22))
MEDIATED, SUCCEEDED = 1983, 1244
BATCH = 500
#: What people of the demo petition about: invented. (title, request, facts, category, kind of bureau)
MATTERS = (
    ("{p}征地补偿款拖欠", "请求兑付拖欠的征地补偿款。", "2021年征地，协议约定的补偿款还有一部分没有付清。", "urban", "住建"),
    ("{p}农民工工资拖欠", "请求支付被拖欠的工资。", "2023年在工地干活，工程结束后工资一直没有结清。", "labour", "住建"),
    ("{p}邻里宅基地界址纠纷", "请求明确宅基地界址。", "邻居翻建房屋时占用了公共通道，双方多次争执。", "neighbour", "街道"),
    ("{p}物业服务收费争议", "请求物业公司公示收支并退还多收的费用。", "物业费上调没有征求业主意见。", "estate", "住建"),
    ("{p}道路施工损坏房屋", "请求赔偿施工造成的房屋裂缝损失。", "门前道路施工后墙体出现裂缝，施工单位不认可。", "traffic", "交通"),
    ("{p}土地承包合同纠纷", "请求确认承包地面积。", "二轮延包登记面积与实际耕种面积不符。", "other", "街道"),
)  # fmt: skip
OPINION = "经调查核实并组织双方协商，责成有关单位按协议履行，期限内落实到位。"
FINDINGS = "经查阅协议、现场核实并听取双方陈述，信访人反映的情况属实。"
BASIS = "《信访工作条例》第三十二条、《中华人民共和国民法典》第五百零九条"
LEADERS = (
    ("王建国", "市委副书记、市长", "市政府全面工作"), ("李志强", "市委副书记", "党的建设、群众工作"),
    ("张海燕", "市委常委、组织部部长", "组织、社会工作"),
    ("刘文博", "市委常委、常务副市长", "发展改革、财政"), ("陈晓梅", "市委常委、政法委书记", "政法、信访"), ("杨卫东", "副市长", "住建、交通"),
    ("赵丽娟", "副市长", "教育、卫生"), ("黄志远", "副市长", "农业农村、水务"), ("周海涛", "副市长、公安局局长", "公安、信访"),
)  # fmt: skip
PLACE = "市人民来访接待中心一号接访室"


@dataclass
class Year:
    """Writes the year. ``luck`` is seeded: the same city, the same petitions."""

    city: City
    bureaus: Bureaus
    luck: Random

    def load(self, mediated: int = MEDIATED, succeeded: int = SUCCEEDED, receptions: bool = True) -> int:
        """Everything of the year; returns the number of petitions."""
        self._rules()
        self._rotas(receptions)
        places = {code: communities(code) for code in self.bureaus.by_code if code != self.city.code}
        won = {*self.luck.sample(range(mediated), succeeded)}
        for start in range(0, mediated, BATCH):
            with transaction.atomic():
                self._write(
                    [
                        self._history(n, mediated, n in won, places)
                        for n in range(start, min(start + BATCH, mediated))
                    ]
                )
        return mediated

    # 五个法治化实施办法
    def _rules(self) -> None:
        office = self.bureaus.by_code[self.city.code]
        for n, (domain, title) in enumerate(DOMAINS, 1):
            at = clock.at(date(2024, 6, 3 + n), 9)
            case = self._begin(
                "petition_rule",
                office,
                at,
                title=f"延安市信访工作{title}实施办法",
                domain=domain,
                version="2024年版",
            )
            with clock.moved(at):
                completion_sheet(case, self.city.actor(office.clerk))
            self._do(case, "enact", office.chief, at + timedelta(days=20), paper_no=f"延信联办发〔2024〕{n}号",
                     in_force_from=date(2024, 7, 1))  # fmt: skip

    # 领导接访
    def _rotas(self, received: bool) -> None:
        first = YEAR[0]
        while first <= YEAR[1]:
            last = min(
                (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1), YEAR[1]
            )
            self.rota(first, last, received)
            first = last + timedelta(days=1)

    def rota(self, first: date, last: date, received: bool = False) -> Case:
        """One period: planned and published in time, kept day by day."""
        office, at = self.bureaus.by_code[self.city.code], clock.at(first - timedelta(days=4), 9)
        title = f"市级领导接访安排（{first:%Y年%m月}）"
        case = self._begin("petition_rota", office, at, title=title, first_day=first, last_day=last)
        days = sitting.missing(first, last, set())
        rows = [self._sitting(day, n) for n, day in enumerate(days)]
        case = self._do(case, "plan", office.clerk, at, days=rows)
        case = self._do(case, "publish", office.chief, at + timedelta(hours=6))
        for day, row in zip(days, rows, strict=True) if received else ():
            many = self.luck.randint(2, 6)
            case = self._do(case, "receive", office.clerk, clock.at(day, 17), day=day, leader=row["leader"], batches=many,
                            visitors=many + self.luck.randint(0, 9), words="")  # fmt: skip
        return self._do(case, "close", office.clerk, clock.at(last, 18)) if received else case

    def _sitting(self, day: date, n: int) -> dict[str, Any]:
        name, post, portfolio = LEADERS[(day.toordinal() + n // 40) % len(LEADERS)]
        form = "going" if day.weekday() == 4 and day.day <= 7 else "sitting"
        place = "宝塔区枣园街道办事处" if form == "going" else PLACE
        return {
            "day": day,
            "half": "day",
            "leader": name,
            "post": post,
            "portfolio": portfolio,
            "place": place,
            "form": form,
        }

    # 访调结合, in bulk
    def _history(
        self, n: int, of: int, won: bool, places: dict[str, list[Place]]
    ) -> tuple[History, dict[str, Any]]:
        code = self.luck.choice(sorted(places))
        day = YEAR[0] + timedelta(days=2 + n * 320 // of)
        return _Way(self, code, self.luck.choice(places[code]), day, won).history()

    def _write(self, batch: list[tuple[History, dict[str, Any]]]) -> None:
        cases = histories.write([history for history, _ in batch])
        rounds = [round_ for _, round_ in batch]
        statements.load(
            [
                PetitionMediation(petition_id=case.pk, round=1, **row)
                for case, row in zip(cases, rounds, strict=True)
            ]
        )
        statements.load([self._report(history) for history, _ in batch])

    def _report(self, h: History) -> Any:
        assert h.case is not None
        told = Told(
            place=h.place, words=h.title, title=h.title, category=h.facts["category"], source="petition"
        )
        report = intake.new_report(told, h.case, h.title, h.at, False)
        report.reply, report.replied_at = OPINION, h.case.ended_at
        if self.luck.random() < 0.6:
            report.rating = self.luck.choices(("good", "fair", "bad"), (6, 3, 1))[0]
            report.rated_at = h.case.ended_at
        return report

    # doors
    def _begin(self, loop: str, office: Bureau, at: datetime, **said: Any) -> Case:
        with clock.moved(at):
            return opening.begin(loop, self.city.actor(office.clerk), said)

    def _do(self, case: Case, name: str, who: Account | Actor, at: datetime, **data: Any) -> Case:
        actor = who if isinstance(who, Actor) else self.city.actor(who)
        with clock.moved(at):
            return advance(case, name, actor, data)


def short(place: Place) -> str:
    """A community's name without its committee."""
    return re.sub("(居|村)民?委员?会$", "", place.name)


@dataclass
class _Way:
    """One petition's way: registered, forwarded, accepted, mediated, answered, ended."""

    year: Year
    code: str
    place: Place
    day: date
    won: bool

    def history(self) -> tuple[History, dict[str, Any]]:
        """The history, and the round of mediation that belongs to it."""
        office, luck = self.year.bureaus.by_code[self.code], self.year.luck
        title, request, facts, category, kind = luck.choice(MATTERS)
        key = (self.place.code[:9], kind) if kind == "街道" else (self.code, kind)
        unit, officer = self.year.city.units[key], self.year.city.actor(self.year.city.bureaus[key])
        clerk = self.year.city.actor(office.clerk)
        title = title.format(p=short(self.place))
        channel = luck.choices(("net", "letter", "phone", "visit"), (5, 2, 1, 3))[0]
        told = {
            "source": "petition",
            "channel": channel,
            "category": category,
            "received_on": self.day,
            "harm": False,
        }
        round_ = self._round()
        steps = [*self._sent(title, request, facts, clerk, unit), *self._handled(officer, round_)]
        return History(
            "petition", title, self.place, office.unit, clerk, clock.at(self.day, 9), steps, told
        ), round_

    def _round(self) -> dict[str, Any]:
        result = "success" if self.won else self.year.luck.choice(("failed", "failed", "stopped"))
        document = self.year.luck.choice(("agreement", "reconciliation")) if self.won else ""
        ended = on(self.day, self.year.luck.randint(18, 26))
        return {"started_on": on(self.day, 8), "ended_on": ended, "result": result, "document": document}

    def _sent(self, title: str, request: str, facts: str, clerk: Actor, unit: Unit) -> list[Made]:
        first = "repeat" if self.year.luck.random() < 0.08 else "first"
        kept = {"purpose": "appeal", "request": request, "told_facts": facts, "people": self.year.luck.randint(1, 4), "first": first,
                "urgency": "normal"}  # fmt: skip
        tell = {
            "words": "请依法办理",
            "tell": "已转有权处理的机关，十五日内书面告知是否受理。",
            "handler": unit,
        }
        return [
            Made("register", clerk, clock.at(on(self.day, 1), 10), {"title": title, **kept}, kept),
            Made("forward", clerk, clock.at(on(self.day, 3), 10), tell, {"handler": unit}, holder=unit),
        ]

    def _handled(self, officer: Actor, round_: dict[str, Any]) -> list[Made]:
        accepted, ended = on(self.day, 7), round_["ended_on"]
        said = {
            "result": "supported" if self.won else "explained",
            "findings": FINDINGS,
            "opinion": OPINION,
            "basis": BASIS,
        }
        answered = on(ended, 5)
        handed = {"deliver_how": "direct", "delivered_on": answered}
        return [
            Made(
                "accept",
                officer,
                clock.at(accepted, 9),
                {"accepted_on": accepted},
                {"accepted_on": accepted},
            ),
            Made("mediate", officer, clock.at(ended, 16), {**round_, "mediation_result": round_["result"]}),
            Made("opine", officer, clock.at(on(ended, 4), 10), said, said),
            Made("deliver", officer, clock.at(answered, 15), handed, {**handed, "reply": OPINION}),
            Made("lapse", SYSTEM, clock.at(answered + timedelta(days=45), 1), outcome="settled"),
        ]
