"""The small city with its 信访局, and a petition's way by the real doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from support.city import Town

from jieyou.commons.reports.intake import PUBLIC, Receipt, Told
from jieyou.interfaces.demo import petitions
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock
from jieyou.mechanisms.petitions import taking
from jieyou.mechanisms.petitions.rules import last_day

FIRST = date(2024, 5, 20)  # a Monday
ELEMENTS = {
    "title": "要求兑付拖欠的征地补偿款", "channel": "letter", "purpose": "appeal", "category": "urban", "request": "请求兑付补偿款",
    "told_facts": "2021年征地，协议约定的补偿款还差一半", "people": 1, "first": "first", "urgency": "normal",
}  # fmt: skip
TELL = "您的信访事项已转有权处理的机关，十五日内书面告知是否受理。"
OPINION = {"result": "supported", "findings": "经核查协议和付款凭证，差额属实", "opinion": "由镇政府于年底前付清差额",
           "basis": "《土地管理法》第四十八条"}  # fmt: skip
UNIT = "宝塔区住房和城乡建设局"


@dataclass
class Letters:
    """宝塔区信访局 and what it does. People: ``petition`` (clerk), ``petition-head-610602``, ``bureau`` (handler)."""

    town: Town
    bureaus: petitions.Bureaus

    def come(self, day: date = FIRST, hour: int = 9, **told: Any) -> Receipt:
        """A petition comes in and its elements are not written down yet."""
        place = self.town.item().place
        facts = {name: told.pop(name) for name in ("channel", "external_no") if name in told}
        with clock.moved(clock.at(day, hour)):
            said = Told(place=place, words="征地补偿款还差一半，找了几次都没有结果。", **told)
            return taking.take(said, PUBLIC, **facts)

    def do(
        self, case: Case, name: str, who: str = "petition", on: date = FIRST, hour: int = 10, **data: Any
    ) -> Case:
        """One step on a day."""
        with clock.moved(clock.at(on, hour)):
            return advance(self.town.fresh(case), name, self.town.actor(who), data)

    def refusal(self, case: Case, name: str, who: str = "petition", on: date = FIRST, **data: Any) -> str:
        return self.town.refusal(case, name, who, clock.at(on, 9), **data)

    def registered(self, on: date = FIRST, **more: Any) -> Case:
        return self.do(self.come(on).case, "register", on=on, **(ELEMENTS | more))

    def sent(self, on: date = FIRST, **more: Any) -> Case:
        case = self.registered(on, **more)
        return self.do(
            case, "forward", on=on, hour=11, handler=self.town.unit(), words="请依法办理", tell=TELL
        )

    def accepted(self, on: date = FIRST) -> Case:
        return self.do(
            self.sent(on),
            "accept",
            "bureau",
            on,
            14,
            accepted_on=on,
            tell="现予受理，自受理之日起六十日内书面答复您。",
        )

    def opined(self, on: date = FIRST) -> Case:
        return self.do(self.accepted(on), "opine", "bureau", on, 15, **OPINION)

    def answered(self, on: date = FIRST) -> Case:
        case = self.opined(on)
        return self.do(case, "deliver", "bureau", on, 16, deliver_how="direct", delivered_on=on)

    def due(self, case: Case, code: str) -> date | None:
        """The last day of a clock."""
        return last_day(case.pk, code)

    def running(self, case: Case) -> set[str]:
        rows = Clock.objects.filter(case=case, stopped_at=None, paused_at=None)
        return set(rows.values_list("code", flat=True))


def staff(letters: Letters, who: str) -> Client:
    """This person's browser, logged in."""
    client = Client()
    client.force_login(letters.town.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client
