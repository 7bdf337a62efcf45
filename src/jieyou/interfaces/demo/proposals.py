"""人民建议 of 宝塔区 in the recent weeks: a topic that is open, one that is announced, a proposal at each turn of the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from jieyou.commons.reports.intake import PUBLIC, Told
from jieyou.interfaces.demo.city import City
from jieyou.interfaces.demo.year import communities
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM
from jieyou.mechanisms.proposals import taking
from jieyou.mechanisms.proposals.taking import Said

TELL = "您的建议已经收到，正在组织研究，六十日内把采纳情况答复您。"
REPLY = "您的建议已经采纳：今年先在三个社区试点，资金列入年度计划，明年全面推开。感谢您的建议。"
NO = (
    "您的建议很有意义，但现行规划没有预留用地，暂时不具备条件。已经留作下一轮规划修编时研究，理由和依据如上。"
)
#: Invented. (stage, days ago, title, problem, suggestion, category)
PROPOSALS = (
    ("come", 1, "", "学校门口放学时车辆乱停。", "在学校门口两侧设限时停车位，安排志愿者引导。", "traffic"),
    ("come", 4, "", "公园晚上没有灯，老人不敢散步。", "在公园步道安装太阳能路灯。", "urban"),
    ("assessed", 6, "社区食堂延时供餐", "社区食堂下午五点就关门。", "社区食堂延长到晚上七点半，年轻人也能吃。", "other"),
    ("studying", 15, "老旧小区建电动自行车充电棚", "老旧小区没有地方给电动车充电。", "在闲置空地统一建停车充电棚。", "estate"),
    ("deciding", 25, "公交站增设座椅和雨棚", "部分公交站没有座椅和雨棚。", "先在医院、学校附近的公交站加装。", "traffic"),
    ("converting", 40, "骑手驿站夜间开放", "外卖骑手夜里没有歇脚的地方。", "把街道便民中心一楼夜间开放给骑手休息。", "other"),
    ("noticing", 70, "背街小巷加装路灯", "背街小巷晚上太黑。", "把背街小巷路灯纳入年度改造。", "urban"),
    ("kept", 60, "城区新建室内游泳馆", "城区没有室内游泳馆。", "在新区规划建设一座室内游泳馆。", "other"),
)  # fmt: skip
TOPIC = (
    "“我为老旧小区改造献一策”",
    "今年计划改造一批老旧小区。请您说说最该先改什么、怎样改、改完怎样管，越具体越好。",
)
PAST = (
    "“办好民生实事”建议征集",
    "明年的民生实事办什么、怎么办，请您提建议。能落到具体地方、具体项目的优先研究。",
)
RESULT = "共收到建议 46 条，采纳 12 条：背街小巷路灯、公交站座椅、社区食堂延时供餐等列入年度计划，其余逐条答复了建议人。"
AWARD = {
    "grade": "优秀建议", "awardee": "建议人", "award_why": "建议已转化为背街小巷路灯改造项目，方便了居民夜间出行。",
    "award_basis": "人民建议征集奖励办法（示例）",
}  # fmt: skip


@dataclass
class Recent:
    """Walks them through the real doors."""

    city: City
    today: date = field(default_factory=clock.today)

    def load(self) -> int:
        """Returns the number of proposals."""
        with transaction.atomic():
            self._topic(*PAST, ago=75, over=True)
            topic = self._topic(*TOPIC, ago=9)
            for n, row in enumerate(PROPOSALS):
                self._walk(n, topic if row[0] == "studying" else None, *row)
        return len(PROPOSALS)

    def _topic(self, title: str, words: str, ago: int, over: bool = False) -> Case:
        day, staff = self.today - timedelta(days=ago), self.city.offices[self.city.home]
        with clock.moved(clock.at(day, 9)):
            told = {"title": title, "words": words}
            case = opening.begin("proposal_topic", self.city.actor(staff.clerk), told)
        ends = str(day + timedelta(days=30))
        case = self._do(case, "submit", staff.clerk, clock.at(day, 10), ends=ends)
        case = self._do(
            case, "publish", staff.head, clock.at(day, 11), checked="不涉密，不涉及个人信息，可以公开。"
        )
        if over:
            case = self._do(case, "shut", SYSTEM, clock.at(day + timedelta(days=31), 1))
            case = self._do(
                case, "sum_up", staff.clerk, clock.at(day + timedelta(days=49), 10), result=RESULT
            )
            case = self._do(
                case, "announce", staff.head, clock.at(day + timedelta(days=50), 10), checked="可以公开。"
            )
        return case

    def _walk(
        self,
        n: int,
        topic: Case | None,
        stage: str,
        ago: int,
        title: str,
        problem: str,
        suggestion: str,
        category: str,
    ) -> None:
        day, staff = self.today - timedelta(days=ago), self.city.offices[self.city.home]
        unit, officer = (self.city.units[self.city.home, "住建"], self.city.bureaus[self.city.home, "住建"])
        said = Said(problem, suggestion, topic=topic.number if topic else "", original=True)
        with clock.moved(min(clock.at(day, 8), clock.now())):
            case = taking.take(
                Told(place=communities(self.city.home)[n], words="", phone=f"1390912{n:04d}"), said, PUBLIC
            ).case
        steps: list[tuple[str, str, Account, int, dict[str, Any]]] = [
            ("assessed", "register", staff.clerk, 1, {"title": title, "category": category, "tell": TELL}),
            ("studying", "assign", staff.clerk, 3, {"judged": "属于建设类建议，请住建部门论证。", "handler": unit}),
            ("deciding", "opine", officer, 14, {"advised": "reference" if stage == "kept" else "adopted", "benefit": "方便群众出行。",
             "opinion": "经现场踏勘，具备实施条件，经费可从年度维护资金中列支。"}),
        ]  # fmt: skip
        if stage == "kept":
            steps.append(("kept", "not_adopt", staff.head, 20, {"adoption": "reference", "reply": NO}))
        else:
            steps += [
                ("converting", "adopt", staff.head, 20, {"adoption": "adopted", "reply": REPLY}),
                ("", "record", officer, 45, {"kind": "project", "called": f"{title}项目", "on": str(day + timedelta(days=45)),
                 "effect": "惠及周边居民约 3000 人。"}),
                ("", "converted", staff.clerk, 60, {}),
                ("", "propose_award", staff.clerk, ago - 2, AWARD),
                ("noticing", "approve_award", staff.head, ago - 1, {"checked": "不涉密，可以公示。"}),
            ]  # fmt: skip
        if stage == "come":
            return
        for reached, name, who, after, data in steps:
            case = self._do(case, name, who, clock.at(day + timedelta(days=after), 10), **data)
            if reached == stage:
                return

    def _do(self, case: Case, name: str, who: Account | Actor, at: datetime, **data: Any) -> Case:
        actor = who if isinstance(who, Actor) else self.city.actor(who)
        with clock.moved(min(at, clock.now())):
            return advance(case, name, actor, data)
