"""What a reporter is told of his case: plain words for its stage, the day that was promised. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from jieyou.commons.assignments.extension import REASONS
from jieyou.commons.assignments.models import Assignment
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.models import Case, Clock, Event

STEPS = ("已收到", "研判", "办理", "答复", "评价")
_RECEIVED, _JUDGED, _WORKED, _ANSWERED, _RATED, _DONE = range(6)


@dataclass(frozen=True)
class Plain:
    """A stage in a resident's words. ``step``: where in ``STEPS``; ``until``: what its day is for."""

    step: int
    now: str
    more: str = ""
    until: str = ""


@dataclass(frozen=True)
class Promise:
    """The day by which the next thing is promised. ``extended``: working days added to the first date, ``why``: for which class
    of reason; ``asked``: more days were asked for and nobody has answered yet."""

    what: str
    day: date
    provisional: bool
    extended: int
    late: bool
    why: str = ""
    asked: bool = False


_STAGES = {
    "clue": Plain(_RECEIVED, "已收到", "正在等待登记。", "登记"),
    "assess": Plain(_JUDGED, "正在研判", "正在核对情况，确定由哪个单位、怎样办理。", "研判完"),
    "consult": Plain(_WORKED, "正在协商", "正在和有关单位商量解决办法，准备提交周“解忧”会议。", "协商完"),
    "meeting": Plain(_WORKED, "等待会议研究", "这件事已列入周“解忧”会议。", "上会"),
    "outside": Plain(
        _WORKED, "正在由有关单位办理", "这件事转给了有权处理的单位，结果出来后答复您。", "有结果"
    ),
    "shelved": Plain(_WORKED, "定了日期办", "一时办不完，已经定下日期和责任单位，到期接着办。", "接着办"),
    "handed": Plain(_WORKED, "已经交办", "已定下承办单位，正在签收。", "办结"),
    "tracked": Plain(_WORKED, "正在办理", "承办单位正在办理。", "办结"),
    "strike": Plain(_WORKED, "正在核验", "承办单位报告已经办完，正在核对是不是真办好了。", "核验完"),
    "visit": Plain(_RATED, "已经答复", "答复在下面。办得好不好，请您评价。"),
    "archived": Plain(_DONE, "已经办结"),
    "declined": Plain(_DONE, "已经答复", "研判后没有采纳，理由写在答复里。"),
    "handed_over": Plain(_DONE, "已经答复", "有关单位办理的结果写在答复里。"),
    "filed": Plain(_DONE, "已经答复", "已经记录备查，说明写在答复里。"),
    "passed_on": Plain(_DONE, "已移送"),
}
#: Of a petition (信访事项), by the same names of stages as its loop has.
_PETITION = {
    "received": Plain(_RECEIVED, "已收到", "信访部门正在登记，确定由哪个机关处理。", "转送"),
    "reported": Plain(_JUDGED, "正在报请决定", "情况比较复杂，正在报请党委、政府决定由谁办理。"),
    "sent": Plain(
        _JUDGED, "已转有权处理的机关", "收到的机关会书面告知您是否受理、怎么办理。", "告知是否受理"
    ),
    "working": Plain(_WORKED, "已经受理，正在办理", "", "书面答复"),
    "routed": Plain(_WORKED, "按其他法定途径办理", "依照相应的法律程序和期限办理。"),
    "studying": Plain(_WORKED, "正在研究您的建议", "", "答复"),
    "redo": Plain(_WORKED, "正在重新办理", "复查机关撤销了原来的处理意见，责令重新办理。", "书面答复"),
    "opined": Plain(_WORKED, "处理意见书已出具", "正在送达。", "送达"),
    "answered": Plain(_RATED, "已经书面答复", "不服的，可以在期限内请上一级机关复查。", "可以申请复查"),
    "review": Plain(_WORKED, "正在复查", "", "出具复查意见"),
    "reviewed": Plain(_RATED, "已经复查", "不服的，可以在期限内请复查机关的上一级机关复核。", "可以申请复核"),
    "recheck": Plain(_WORKED, "正在复核", "听证的时间不计算在内。", "出具复核意见"),
    "concluded": Plain(_DONE, "已经办结"),
    "final": Plain(_DONE, "已经复核终结", "复核意见是信访终结意见。"),
    "refused": Plain(_DONE, "不予受理", "理由和正确途径写在答复里。"),
    "guided": Plain(_DONE, "已经告知途径", "该找哪里、怎么提，写在答复里。"),
    "lawful": Plain(_DONE, "已转政法机关", "由政法机关依法处理。"),
    "disciplined": Plain(_DONE, "已移送"),
    "withdrawn": Plain(_DONE, "已经撤回"),
}
#: Of a 人民建议.
_PROPOSAL = {
    "received": Plain(_RECEIVED, "已收到", "正在登记，会告知您怎么办理。", "告知"),
    "assess": Plain(_JUDGED, "正在研判", "正在确定由哪个单位论证。", "答复"),
    "study": Plain(_WORKED, "正在论证", "有关单位正在论证能不能做、怎么做。", "答复"),
    "decide": Plain(_WORKED, "正在审定", "论证意见已经提交，正在审定。", "答复"),
    "outside": Plain(_WORKED, "正在由其他渠道办理", "这件事转给了有权处理的单位，结果出来后答复您。"),
    "convert": Plain(_RATED, "已经答复，正在落实", "答复在下面。答复得好不好，请您评价。", "落实"),
    "value": Plain(_RATED, "已经答复", "答复在下面。答复得好不好，请您评价。"),
    "vetting": Plain(_RATED, "已经答复", "答复在下面。答复得好不好，请您评价。"),
    "noticing": Plain(_RATED, "拟给予奖励，正在公示", "公示内容在“人民建议”页面。"),
    "granting": Plain(_RATED, "奖励公示期满", "正在决定。"),
    "archived": Plain(_DONE, "已经办结", "结果写在答复里。"),
    "elsewhere": Plain(_DONE, "已经答复", "有关单位办理的结果写在答复里。"),
    "withdrawn": Plain(_DONE, "已经撤回"),
    "disciplined": Plain(_DONE, "已移送"),
}
_BY_LOOP = {"petition": _PETITION, "proposal": _PROPOSAL}
_SEALED = Plain(
    _RECEIVED, "已收到", "这是密封件，只由市里专人处理，被反映的单位和所在镇街看不到。办理过程不在网上显示。"
)
_PASSED_ON = Plain(_RECEIVED, "已移送", "已按规定移送有权处理的机关。按照保密要求，办理过程不在网上显示。")
_UNHAPPY = Plain(_DONE, "已经答复", "您评价不满意，回访人员正在安排退回再办。")
_RATED_WELL = Plain(_DONE, "已经答复", "已经收到您的意见，正在归档。")
_UNSATISFIED = Plain(_DONE, "已经办结", "已依规办结。您表示不满意，已经如实记录。")
_UNKNOWN_OPEN, _UNKNOWN_ENDED = Plain(_WORKED, "正在办理"), Plain(_DONE, "已经办结")


def plain(report: Report) -> Plain:
    """The case's stage in plain words. A sealed one has two words only: 已收到, 已移送."""
    case = report.case
    if case.sealed:
        return _SEALED if case.open else _PASSED_ON
    if case.loop in _BY_LOOP:
        return _BY_LOOP[case.loop].get(case.stage) or (_UNKNOWN_OPEN if case.open else _UNKNOWN_ENDED)
    if case.outcome == "unsatisfied" and report.rating == "bad":
        return _UNSATISFIED
    if case.stage == "visit" and report.rated_at:
        return _UNHAPPY if report.rating == "bad" else _RATED_WELL
    return _STAGES.get(case.stage) or (_UNKNOWN_OPEN if case.open else _UNKNOWN_ENDED)


def course(words: Plain, report: Report) -> list[tuple[str, str, date | None]]:
    """The steps as (title, "done"/"now"/"", day if the reporter may know it)."""
    days = {_RECEIVED: report.registered_at, _ANSWERED: report.replied_at, _RATED: report.rated_at}
    return [(title, _state(n, words.step), _day(days.get(n))) for n, title in enumerate(STEPS)]


def _state(step: int, now: int) -> str:
    """What is received is done at once; every other step goes on until the next begins."""
    return "done" if step < now or step == now == _RECEIVED else "now" if step == now else ""


def _day(at: datetime | None) -> date | None:
    return watch.local(at) if at else None


def promise(report: Report) -> Promise | None:
    """By when the next thing is promised: the stage's own clock, or the latest of the open tasks."""
    case, words = report.case, plain(report)
    if case.sealed or not case.open or not words.until:
        return None
    row = _stage_clock(case) or _task_clock(case)
    if row is None:
        return None
    why, asked = _extension(row)
    return Promise(
        words.until, watch.local(row.due), row.provisional, row.extended, row.due < watch.now(), why, asked
    )


def _extension(row: Clock) -> tuple[str, bool]:
    """The class of reason of an extension in the residents' words, and whether one waits for an answer. No internal words."""
    task = Assignment.objects.filter(pk=row.case_id).first()
    if task is None or not task.days_reason:
        return "", False
    answered = Event.objects.filter(case=row.case_id, transition__in=("grant_days", "deny_days")).exists()
    return dict(REASONS).get(task.days_reason, ""), not answered


#: Stages whose promise is the day of the reply, whatever clock of its own the stage has.
_REPLY = {("proposal", stage): "proposal.reply" for stage in ("assess", "study", "decide")}


def _stage_clock(case: Case) -> Clock | None:
    code = _REPLY.get((case.loop, case.stage)) or case.at_stage.clock
    rows = Clock.objects.filter(Q(code=code) | Q(code__startswith=f"{code}@"), case=case, stopped_at=None)
    return rows.order_by("-started").first() if code else None


def _task_clock(case: Case) -> Clock | None:
    open_tasks = [task for task in case.children.filter(open=True) if hasattr(task.declared, "due_clock")]
    codes = {opening.due_code(task.declared) for task in open_tasks}
    rows = Clock.objects.filter(case__in=open_tasks, code__in=codes, stopped_at=None)
    return rows.order_by("-due").first()


def office(report: Report) -> str:
    """Who has it in hand now: the unit that works on it, else the receiving office; nobody when sealed."""
    case, words = report.case, plain(report)
    if case.sealed:
        return ""
    unit = case.holder if case.holder and words.step >= _WORKED else case.home
    return unit.name
