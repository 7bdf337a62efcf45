"""One concern's way through the real doors: every step by the person whose post it is, at its own hour.

The demo and the stories of the tests use the same walk; nothing here touches a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from jieyou.commons.approvals.models import Approval
from jieyou.commons.feedback.models import Feedback
from jieyou.commons.meetings import agenda, replies
from jieyou.commons.meetings.models import Meeting
from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import Receipt, Told
from jieyou.interfaces.demo.city import City, Staff
from jieyou.interfaces.demo.matters import Matter
from jieyou.interfaces.demo.papers import completion_sheet, photo
from jieyou.kernel.calendar import clock, store
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.places.models import Place

#: What invited units answer, one after the other.
GUESTS: tuple[dict[str, str], ...] = (
    {"answer": "come", "person": "高建军", "post": "局长"},
    {
        "answer": "stand_in",
        "person": "白雪梅",
        "post": "副局长",
        "words": "主要负责同志到市里参加同一时间的会议",
    },
    {"answer": "come", "person": "冯志远", "post": "主要负责人"},
    {"answer": "leave", "person": "贺晓东", "post": "局长", "words": "带队在外地调研"},
)


@dataclass
class Item:
    """One concern on its way."""

    matter: Matter
    place: Place
    staff: Staff
    n: int
    receipt: Receipt | None = None
    case: Case | None = None
    asked: dict[str, Any] = field(default_factory=dict)

    def fill(self, words: str) -> str:
        return words.format(p=re.sub("(居|村)民?委员?会$", "", self.place.name), n=self.n)


class Walk:
    """Steps of the loop as an office makes them. ``city`` knows the people; ``luck`` is seeded."""

    def __init__(self, city: City, luck: Random) -> None:
        self.city, self.luck = city, luck

    def step(self, case: Case | None, name: str, who: Account, at: datetime, **data: Any) -> Case:
        """One transition at a moment; read afresh where a child's step has moved the case meanwhile."""
        assert case is not None
        with clock.moved(at):
            try:
                return advance(case, name, self.city.actor(who), data)
            except Refused:
                fresh = Case.objects.select_related("home", "holder", "place").get(pk=case.pk)
                if fresh.turn == case.turn:
                    raise
                done = advance(fresh, name, self.city.actor(who), data)
                case.__dict__.update(done.__dict__)
                return case

    # 1–3 线索征集、综合研判、会前协商
    def tell(self, item: Item, at: datetime, source: str = "phone_page", **more: Any) -> None:
        """A resident speaks up."""
        told = Told(
            place=item.place,
            words=item.fill(item.matter.words),
            category=item.matter.category,
            source=source,
            at_city=(at_city := item.staff.unit.place.level == "city"),
            **more,
        )
        by_phone = source == "phone_page" and not at_city
        with clock.moved(at):
            item.receipt = intake.submit(
                told, intake.PUBLIC if by_phone else self.city.actor(item.staff.clerk)
            )
        item.case = item.receipt.case

    def register(self, item: Item, at: datetime) -> None:
        self.step(
            item.case,
            "register",
            item.staff.clerk,
            at,
            title=item.fill(item.matter.title),
            category=item.matter.category,
        )

    def judge(self, item: Item, at: datetime, recommend: str = "meeting") -> None:
        level = "city" if item.staff.unit.place.level == "city" else "county"
        self.step(
            item.case, "judge", item.staff.clerk, at, category=item.matter.category, reach=item.n * 12, urgency="pressing",
            level=level, recommend=recommend, policy="", reason="涉及群众较多，单靠一个部门难以解决，建议按程序办理。",
        )  # fmt: skip

    def agree_meeting(self, item: Item, at: datetime) -> None:
        lead, helpers = (
            self.unit(item, item.matter.lead),
            [self.unit(item, kind) for kind in item.matter.helpers],
        )
        self.step(item.case, "to_consult", item.staff.head, at, lead=lead, co_units=helpers)

    def consult(self, item: Item, at: datetime) -> None:
        self.step(item.case, "opine", self.officer(item, item.matter.lead), at, agrees="yes",
                  opinion="经现场查看，情况属实，同意牵头办理。")  # fmt: skip
        for n, kind in enumerate(item.matter.helpers[: item.n % 2], 1):
            self.step(
                item.case,
                "opine",
                self.officer(item, kind),
                at + timedelta(hours=n),
                agrees="yes",
                opinion="同意，按职责配合。",
            )
        self.step(item.case, "draft", item.staff.clerk, at + timedelta(hours=4), plan=item.fill(item.matter.plan),
                  funding=item.matter.funding, basis="", disagreement="")  # fmt: skip

    def table(self, item: Item, meeting: Case, at: datetime) -> None:
        city = item.staff.unit.place.level == "city"
        leading = f"{'副市长' if city else '副区长' if item.staff.unit.place.name.endswith('区') else '副县长'}{self.name()}"
        self.step(item.case, "table", item.staff.clerk, at, meeting=meeting, leading=leading)

    # 4 例会解难
    def call_meeting(self, staff: Staff, seq_no: int, day: date, at: datetime) -> Case:
        with clock.moved(at):
            return agenda.call(staff.unit, seq_no, day, self.city.actor(staff.meeting_clerk), starts_at="15:00",
                               room="机关三号会议室")  # fmt: skip

    def invite(self, staff: Staff, meeting: Case, items: list[Item], at: datetime) -> None:
        """通知参会单位: those that lead or help in the items."""
        kinds = [(item, kind) for item in items for kind in (item.matter.lead, *item.matter.helpers)]
        units = dict.fromkeys(self.unit(item, kind) for item, kind in kinds)
        self.step(meeting, "invite", staff.meeting_clerk, at, units=list(units))

    def reply(self, staff: Staff, meeting: Case, at: datetime, most: int = 99) -> None:
        """回执 of the invited units, of ``most`` of them; the fourth asks for leave and the host agrees."""
        for n, row in enumerate(replies.waiting(meeting.pk)[:most]):
            case = next(iter(replies.cases([row.pk])))
            self.step(case, "answer", self.holder(case), at + timedelta(minutes=n), **GUESTS[n % len(GUESTS)])
            if GUESTS[n % len(GUESTS)]["answer"] == "leave":
                self.step(case, "agree", staff.meeting_clerk, at + timedelta(hours=1), agreed_by="主持领导")

    def attend(self, staff: Staff, meeting: Case, at: datetime) -> None:
        """登记出席, as the units had answered."""
        states = {"come": "present", "": "absent"}
        rows = [
            {"unit": row.unit, "state": states.get(row.answer, row.answer), "person": row.person}
            for row in replies.of(meeting.pk)
        ]
        self.step(meeting, "attend", staff.meeting_clerk, at, attendance=rows)

    def hold(self, staff: Staff, meeting: Case, day: date, items: list[Item]) -> None:
        """定题、召开、记录决定 on the day."""
        self.step(meeting, "fix", staff.head, clock.at(day - timedelta(days=1), 16))
        chair = (
            "市委常委、市委社会工作部部长" if staff.unit.place.level == "city" else "县委常委、社会工作部部长"
        )
        self.step(meeting, "hold", staff.meeting_clerk, clock.at(day, 15), chair=f"{chair}{self.name()}")
        for item in items:
            rows = self.rows(item, day)
            self.step(
                item.case, "decide", staff.meeting_clerk, clock.at(day, 16), outcome="resolved",
                decision=f"同意会前协商方案。{item.fill(item.matter.plan)}", assignments=rows,
            )  # fmt: skip

    def sign_minutes(self, staff: Staff, meeting: Case, day: date) -> None:
        """纪要送签、签发、印发."""
        text = agenda.minutes_text(Meeting.objects.get(pk=meeting.pk))
        self.step(meeting, "draft", staff.meeting_clerk, clock.at(day, 17), minutes=text)
        approval = Approval.objects.select_related("case").get(case__parent=meeting, case__open=True).case
        self.step(approval, "sign", staff.head, clock.at(day, 18), opinion="同意印发")
        number = Meeting.objects.values_list("seq_no", flat=True).get(pk=meeting.pk)
        self.step(meeting, "issue", staff.meeting_clerk, clock.at(day, 18, 30), minutes_no=f"第{number}期")

    def hand_out(self, item: Item, at: datetime) -> None:
        """会后交办, as the minutes say."""
        self.step(item.case, "resolve", item.staff.meeting_clerk, at)

    # 5–6 会后交办、跟踪督办
    def children(self, item: Item) -> list[Case]:
        assert item.case is not None
        return list(
            Case.objects.filter(parent=item.case, open=True, loop="assignment")
            .select_related("holder")
            .order_by("number")
        )

    def sign_for(self, item: Item, at: datetime) -> None:
        for n, child in enumerate(self.children(item)):
            self.step(
                child, "sign_for", self.holder(child), at + timedelta(minutes=20 * n), officer=self.name()
            )

    def work(self, item: Item, at: datetime, percent: int = 60) -> None:
        for child in self.children(item):
            with clock.moved(at):
                photo(child, self.city.actor(self.holder(child)))
            self.step(
                child,
                "progress",
                self.holder(child),
                at,
                progress="已到现场，正在施工，预计按期完成。",
                percent=percent,
            )

    def finish(self, item: Item, at: datetime) -> None:
        for n, child in enumerate(self.children(item)):
            moment = at + timedelta(hours=n)
            self.evidence(child, moment)
            self.step(child, "finish", self.holder(child), moment, report=item.fill(item.matter.done))
            self.step(child, "accept", item.staff.clerk, moment + timedelta(hours=2))

    def evidence(self, child: Case, at: datetime) -> None:
        """A page of text as the unit's completion sheet: evidence is asked for, a photo never forced."""
        with clock.moved(at):
            completion_sheet(child, self.city.actor(self.holder(child)))

    # 7–8 办结销号、事后回访
    def strike(self, item: Item, at: datetime, result: str = "solved") -> None:
        reply = f"您反映的“{item.fill(item.matter.title)}”，{item.fill(item.matter.done)}感谢您的支持。"
        self.step(item.case, "apply", self.officer_of_lead(item), at, result=result, reply=reply)
        self.verify(item, at + timedelta(hours=3))
        self.step(item.case, "agree_strike", item.staff.head, at + timedelta(hours=5), words="同意销号。")

    def verify(self, item: Item, at: datetime) -> None:
        self.step(
            item.case, "verify", item.staff.clerk, at, verified="site", words="已到现场核验，与办理结果一致。"
        )

    def rate(self, item: Item, rating: str, words: str, at: datetime) -> None:
        """The resident answers by his query secret."""
        assert item.receipt is not None and item.case is not None
        with clock.moved(at):
            report = intake.lookup(item.receipt.secret)
            assert report is not None
            case = Case.objects.select_related("home", "holder", "place").get(pk=report.case_id)
            advance(case, "rate", intake.guest_of(report), {"rating": rating, "words": words})

    def call(self, item: Item, at: datetime, satisfied: str = "good") -> None:
        self.step(item.case, "call", item.staff.caller, at, method="phone", visited="reached", satisfied=satisfied, solved=True,
                  words="电话回访，群众表示问题已解决。")  # fmt: skip

    def archive(self, item: Item, at: datetime) -> None:
        self.step(item.case, "archive", item.staff.caller, at)
        self._feed_back(item, at + timedelta(hours=2))

    def _feed_back(self, item: Item, at: datetime) -> None:
        """Whoever sent it in learns of the end; what ended in the last days still waits on the clerk's desk."""
        if at > clock.now() - timedelta(days=7):
            return
        for letter in Feedback.objects.filter(about=item.case).select_related("case__home", "case__place"):
            self.step(
                letter.case, "send", item.staff.clerk, at, how="system", sent_on=clock.local(at),
                content="事项已经办结，办理结果已经答复反映人，反映人评价已经记录。",
            )  # fmt: skip

    def reopen(self, item: Item, at: datetime) -> None:
        self.step(item.case, "reopen", item.staff.caller, at, words="群众反映部分住户仍未解决，退回再办。",
                  assignments=self.rows(item, clock.local(at))[:1])  # fmt: skip

    # who and when
    def rows(self, item: Item, day: date) -> list[dict[str, Any]]:
        """The table of assignments: lead with working days, helpers with a fixed date."""
        later = store.days().add(day, 12).day
        rows: list[dict[str, Any]] = [
            {
                "task": item.fill(item.matter.task),
                "kind": "lead",
                "unit": self.unit(item, item.matter.lead),
                "due": 15,
            }
        ]
        for kind in item.matter.helpers[: item.n % 2]:  # every second matter needs a second unit
            rows.append(
                {
                    "task": item.fill(item.matter.help_task),
                    "kind": "co",
                    "unit": self.unit(item, kind),
                    "due": later,
                }
            )
        return rows

    def unit(self, item: Item, kind: str) -> Unit:
        return self.city.units[self._key(item, kind)]

    def officer(self, item: Item, kind: str) -> Account:
        return self.city.bureaus[self._key(item, kind)]

    def officer_of_lead(self, item: Item) -> Account:
        return self.officer(item, item.matter.lead)

    def holder(self, child: Case) -> Account:
        return next(
            account
            for key, account in self.city.bureaus.items()
            if self.city.units[key].pk == child.holder_id
        )

    def _key(self, item: Item, kind: str) -> tuple[str, str]:
        if kind == "街道":
            return (item.place.code[:9], kind)
        return (item.staff.unit.place.code, kind)

    def name(self) -> str:
        return self.luck.choice("王李张刘陈杨赵黄周吴") + self.luck.choice(
            ["建国", "志强", "海燕", "文博", "晓梅"]
        )
