"""宝塔区's 人民建议 desk: the county's office, 住建 as the unit that studies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from support.city import Town

from jieyou.commons.reports.intake import PUBLIC, Receipt, Told
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.models import Case
from jieyou.mechanisms.proposals import taking
from jieyou.mechanisms.proposals.taking import Said

DAY = date(2024, 5, 20)
SAID = Said(
    "老旧小区没有地方停放和充电。",
    "在闲置空地上统一建电动自行车停车充电棚。",
    "减少飞线充电。",
    original=True,
)
REPLY = "您的建议已经采纳，今年在三个老旧小区先建，资金列入年度改造计划。"
AWARD = {
    "grade": "优秀建议",
    "award_why": "建议转化为年度改造项目，减少了安全隐患。",
    "award_basis": "人民建议奖励办法（示例）",
}
RESULT = {"kind": "project", "called": "老旧小区充电棚建设项目", "on": "2024-06-03"}


@dataclass
class Proposed:
    """One proposal by the doors."""

    town: Town

    def come(self, said: Said = SAID, **told: Any) -> Receipt:
        with clock.moved(clock.at(DAY, 9)):
            return taking.take(Told(place=self.town.item().place, words="", **told), said, PUBLIC)

    def assessed(self, receipt: Receipt | None = None) -> Case:
        case = (receipt or self.come()).case
        said = {
            "title": "建电动自行车充电棚",
            "category": "estate",
            "tell": "已经收到，六十日内答复您采纳情况。",
        }
        return self.town.act(case, "register", "county", **said)

    def studied(self, advised: str = "adopted", receipt: Receipt | None = None) -> Case:
        case = self.assessed(receipt)
        case = self.town.act(case, "assign", "county", judged="可行，请住建论证。", handler=self.town.unit())
        return self.town.act(
            case, "opine", "bureau", advised=advised, opinion="场地和电源具备条件，符合改造政策。"
        )

    def adopted(self, receipt: Receipt | None = None) -> Case:
        return self.town.act(
            self.studied(receipt=receipt), "adopt", "leader", adoption="adopted", reply=REPLY
        )

    def valued(self) -> Case:
        case = self.adopted()
        case = self.town.act(case, "record", "bureau", clock.at(date(2024, 6, 4), 9), **RESULT)
        return self.town.act(case, "converted", "county")

    def topic(self, days: str = "20") -> Case:
        """A topic that is open."""
        told = {
            "title": "我为老旧小区改造献一策",
            "words": "请您说说老旧小区改造最该先改什么、怎样改，越具体越好。",
        }
        with clock.moved(clock.at(DAY, 8)):
            case = opening.begin("proposal_topic", self.town.actor("county"), told)
        at = clock.at(DAY, 8) + timedelta(minutes=10)
        case = self.town.act(case, "submit", "county", at, ends=days)
        return self.town.act(case, "publish", "leader", at, checked="不涉密，可以公开。")


@pytest.fixture
def desk(town: Town) -> Proposed:
    return Proposed(town)
