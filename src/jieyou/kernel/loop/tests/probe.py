"""A small loop that uses everything the engine can do, with a child loop, and a small office to run it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, co, guest, holder, home, system, within
from jieyou.kernel.loop.guards import children_ended, evidence, no_child_in, same_person
from jieyou.kernel.loop.models import Case, ClockRule
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.people import units
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.people.posts import SYSTEM, actor_of, appoint
from jieyou.kernel.places import changes, tree
from jieyou.kernel.places.changes import New

WORDS = Ask("words", "说明", "words")
PARTS = Ask("parts", "分项", "rows", rows=(Ask("task", "任务", "line"), Ask("unit", "单位", "unit"),
                                         Ask("due", "时限", "due", required=False)))  # fmt: skip
START = clock.at(date(2026, 3, 2))
FOUNDED = {"on": date(2020, 1, 1), "by": "system", "why": "建库"}
RULES = (
    ("probe.sign", 2, "workday"),
    ("probe.work", 5, "workday"),
    ("probe.rest", 4, "day"),
    ("probe.hour", 6, "hour"),
)


class Part(Loop, code="probe_part", title="分项", due_clock="probe_part.due"):
    """A child: open → shut, and open again as long as the parent is."""

    todo = Stage("待办", 1, waits=holder("承办人"))
    shut = Stage("已办", 2, ended=True)
    bounced = Stage("已退", ended=True)

    do = Transition(todo >> shut, "办好", by=holder("承办人"), outcome="done")
    again = Transition(shut >> todo, "重办", by=home("经办人"), at_most=2)
    bounce = Transition(
        todo >> bounced, "退回", by=holder("承办人"), returns="came_back", asks=(WORDS.optional(),)
    )


class Probe(Loop, code="probe", title="试验流程", noun="试验"):
    """Everything: clocks that start, stop, pause, resume and grow; children; consequences; time; separation; limits."""

    fresh = Stage("待分办", 1, clock="probe.sign", waits=home("经办人"))
    working = Stage("办理中", 2, clock="probe.work", waits=holder("承办人"))
    split = Stage("分项办理", 3, waits=home("经办人"))
    review = Stage("待审核", 4, clock="probe.rest", waits=home("部领导"))
    done = Stage("办结", 5, ended=True)
    lapsed = Stage("逾期收回", ended=True)
    dropped = Stage("撤销", ended=True)

    send = Transition(fresh >> working, "分办", by=home("经办人"), starts=("probe.hour",), tells=("holder",),
                      asks=(Ask("unit", "承办单位", "unit", becomes="holder", grants="co"),))  # fmt: skip
    note = Transition(
        within(fresh, working, review),
        "批注",
        by=home("经办人") | holder("承办人") | co("承办人"),
        asks=(WORDS,),
    )
    urge = Transition(within(working), "催办", by=home("经办人"), tells=("holder",))
    hold = Transition(within(working), "暂停", by=home("经办人"), pauses=("probe.work",))
    go_on = Transition(within(working), "恢复", by=home("经办人"), resumes=("probe.work",))
    prolong = Transition(within(working, review), "延期", by=home("部领导"), at_most=2, extends=("probe.work",),
                         asks=(Ask("days", "天数", "number", at_least=1, at_most=30),))  # fmt: skip
    answered = Transition(within(working), "先行答复", by=holder("承办人"), stops=("probe.hour",))
    divide = Transition(
        working >> split, "分项", by=home("经办人"), asks=(PARTS,), begets="probe_part", at_most=2
    )
    came_back = Transition(within(split, working), "分项退回", by=system())
    all_in = Transition(
        split >> working, "分项办齐", by=system(), when=no_child_in("probe_part", "todo", title="办好")
    )
    finish = Transition(working >> review, "提交", by=holder("承办人"), needs=(evidence, children_ended),
                        asks=(Ask("evidence", "依据", "evidence", required=False),))  # fmt: skip
    back = Transition(review >> working, "退回", by=home("部领导"), asks=(WORDS,), tells=("holder",))
    accept = Transition(review >> done, "同意", by=home("部领导"), unless=(same_person("finish"),), needs=(children_ended,),
                        outcome="done")  # fmt: skip
    lapse = Transition(fresh >> lapsed, "逾期收回", by=system(), after="probe.sign", outcome="lapsed")
    drop = Transition(
        (fresh | working | split) >> dropped, "撤销", by=home("部领导"), asks=(WORDS,), outcome="dropped"
    )
    rate = Transition(within(review), "评价", by=guest(), at_most=1)
    reopen = Transition((done | lapsed) >> working, "重启", by=home("部领导"), at_most=1,
                        asks=(Ask("unit", "承办单位", "unit", becomes="holder"),))  # fmt: skip


@dataclass(repr=False)
class Office:
    """The people of the probe's office. ``both`` holds the officer's post and the head's."""

    home: Unit
    bureau: Unit
    clerk: Actor
    head: Actor
    officer: Actor
    both: Actor
    stranger: Actor

    def everybody(self) -> list[Actor]:
        return [self.clerk, self.head, self.officer, self.both, self.stranger, SYSTEM]


def found() -> Office:
    """Places, units, people and clock rules, by the real doors."""
    changes.found(New("延安市", "6106"), **FOUNDED)
    county, other = (
        changes.found(New(n, c), **FOUNDED) for n, c in (("宝塔区", "610602"), ("安塞区", "610603"))
    )
    office = units.add("宝塔区委社会工作部", "office", county, "system", prefix="BT")
    bureau = units.add("宝塔区水务局", "bureau", county, "system")
    far = units.add("安塞区水务局", "bureau", other, "system")
    for code, length, unit in RULES:
        tracked.save(ClockRule(code=code, title=code, length=length, unit=unit, basis="试验", since=date(2020, 1, 1)),
                     "system", "试验")  # fmt: skip
    posts = {
        "clerk": [(office, "经办人")], "head": [(office, "部领导")], "officer": [(bureau, "承办人")],
        "both": [(bureau, "承办人"), (office, "部领导")], "stranger": [(far, "承办人")],
    }  # fmt: skip
    return Office(office, bureau, **{name: _person(name, held) for name, held in posts.items()})


def _person(name: str, held: list[tuple[Unit, str]]) -> Actor:
    account = Account.objects.create_user(name, name)
    for unit, role in held:
        appoint(account, unit, role, date(2020, 1, 1), "system")
    return actor_of(account)


def begin(office: Office, title: str = "试验") -> Case:
    """A case in the first stage."""
    return open_case("probe", office.clerk, title=title, place=tree.by_code("610602"), home=office.home)


def fresh(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.select_related("home", "holder", "place").get(pk=case.pk)
