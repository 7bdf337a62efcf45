"""周“解忧”的八个环节. Further exits (转12345、转信访、转调解、转人民建议、急办、提请市级) leave from ``assess``."""

from jieyou.commons.assignments.loops import ASSIGNMENTS
from jieyou.commons.meetings import agenda
from jieyou.commons.reports import effects
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, co, guest, holder, home, system, within
from jieyou.kernel.loop.guards import children_ended, done, fact, no_child_in, same_person, signed
from jieyou.mechanisms.concerns import does, filled
from jieyou.mechanisms.concerns.asks import (
    AGREES,
    BASIS,
    CATEGORY,
    CO_UNITS,
    DECISION,
    DISAGREEMENT,
    EVIDENCE,
    FUNDING,
    INTO,
    LEAD,
    LEVEL,
    MEETING,
    METHOD,
    OPINION,
    OUTCOME,
    PLAN,
    POLICY,
    RATING,
    REACH,
    REASON,
    RECOMMEND,
    REPLY,
    RESULT,
    SATISFIED,
    SOLVED,
    TITLE,
    URGENCY,
    VISITED,
    WORDS,
)  # fmt: skip
from jieyou.mechanisms.concerns.rules import (
    CLOSED,
    DID,
    answered,
    dismissed,
    harmful,
    not_unhappy,
    one_lead,
    plain_only,
    put_off,
    resolved,
    sealed_only,
    tried,
    unhappy,
)  # fmt: skip


class WeeklyJieyou(
    Loop, code="jieyou", title="服务群众周“解忧”", facts="concerns.Concern", noun="事项", opens="群众反映",
    filled_at="backfilled", filled_children={"handed": "sent", "tracked": "working"},
):  # fmt: skip
    """A resident's concern, until it is solved and the resident says so."""

    clue = Stage("线索征集", 1, clock="jieyou.clue", waits=home("经办人"))
    assess = Stage("综合研判", 2, clock="jieyou.assess", waits=home("经办人"))
    consult = Stage("会前协商", 3, clock="jieyou.consult", waits=holder("承办人"))
    meeting = Stage("例会解难", 4, clock="jieyou.meeting", waits=home("会务人员"))
    handed = Stage("会后交办", 5, waits=home("经办人"))
    tracked = Stage("跟踪督办", 6, waits=holder("承办人"))
    strike = Stage("办结销号", 7, clock="jieyou.strike", waits=home("部领导"))
    visit = Stage("事后回访", 8, clock="jieyou.visit", waits=home("回访人员"))
    archived = Stage("已归档", ended=True)
    joined = Stage("已并件", ended=True)
    declined = Stage("不予采纳", ended=True)
    filed = Stage("存查", ended=True)
    passed_on = Stage("已移送", ended=True)
    withdrawn = Stage("已撤回导入", ended=True)

    # 1 线索征集
    register = Transition(
        clue >> assess, "登记", by=home("经办人"), asks=(TITLE, CATEGORY), needs=(plain_only,), does=does.retitle, main=True,
    )  # fmt: skip
    attend_harm = Transition(
        within(clue, assess, consult, meeting, handed, tracked, strike, visit), "已派人处置", by=home("经办人", "部领导", "密件专办"),
        asks=(WORDS,), only=harmful,
        stops=("report.harm",),
        tells=("home",), help="涉及人身安全的：谁去的、什么时候、怎么处置、向谁报告",
    )  # fmt: skip
    pass_discipline = Transition(
        clue >> passed_on, "移送纪检监察", by=home("密件专办"), only=sealed_only, outcome="passed_on", main=True,
        asks=(Ask("paper_no", "移送函号", "line", keep=False), Ask("passed_on", "移送日期", "day", keep=False), WORDS),
        does=effects.answer_passed_on,
    )  # fmt: skip
    unseal = Transition(
        within(clue), "解除密封", by=home("密件专办"), only=sealed_only, asks=(WORDS,), does=does.unseal,
        help="核对后不涉及单位或干部的，转为普通事项，由事发地办理",
    )  # fmt: skip
    withdraw = Transition(
        clue >> withdrawn, "撤回导入", by=system(), outcome="withdrawn", does=effects.withdraw
    )

    # 2 综合研判
    judge = Transition(
        within(assess), "填写研判意见", by=home("经办人"), main=True, then=home("部领导"),
        asks=(CATEGORY, REACH, URGENCY, LEVEL, POLICY, RECOMMEND, REASON),
    )  # fmt: skip
    rejudge = Transition(
        within(assess), "退回重新研判", by=home("部领导"), asks=(WORDS,), needs=(done("judge", "还没有研判意见"),),
        then=home("经办人"),
    )  # fmt: skip
    to_consult = Transition(
        assess >> consult, "同意上会", by=home("部领导"), asks=(LEAD, CO_UNITS), needs=(done("judge", "请先填写研判意见"),),
        tells=("holder", "co"),
    )  # fmt: skip
    direct = Transition(
        assess >> handed, "转办", by=home("部领导"), asks=(ASSIGNMENTS,), begets="assignment", does=does.take_lead,
        needs=(done("judge", "请先填写研判意见"), one_lead), tells=("holder", "children"),
    )  # fmt: skip
    join = Transition(
        (clue | assess) >> joined, "并件", by=home("经办人"), asks=(INTO, WORDS.optional()), needs=(plain_only,),
        outcome="joined", does=effects.join,
    )  # fmt: skip
    unjoin = Transition(joined >> assess, "撤销并件", by=home("经办人"), asks=(WORDS,), does=effects.unjoin)
    decline = Transition(
        assess >> declined, "不予采纳并告知", by=home("部领导"), asks=(REPLY,), outcome="declined", does=effects.answer,
        needs=(done("judge", "请先填写研判意见"),), tells=("reporter",),
    )  # fmt: skip
    file = Transition(
        assess >> filed, "存查", by=home("部领导"), asks=(WORDS, REPLY), outcome="filed", does=effects.answer, tells=("reporter",),
        needs=(done("judge", "请先填写研判意见"),),
    )  # fmt: skip

    # 3 会前协商
    opine = Transition(
        within(consult), "填写协商意见", by=holder("承办人", "单位负责人") | co("承办人", "单位负责人"), asks=(AGREES, OPINION, EVIDENCE),
        tells=("home",), main=True, then=home("经办人"),
    )  # fmt: skip
    draft = Transition(
        within(consult), "形成方案", by=home("经办人"), asks=(PLAN, FUNDING, BASIS, DISAGREEMENT),
        needs=(done("opine", "还没有单位填写协商意见"),), main=True,
    )  # fmt: skip
    table = Transition(
        consult >> meeting, "提请上会", by=home("经办人", "会务人员"), asks=(MEETING,), does=agenda.put,
        needs=(fact("plan", "请先形成方案"),),
    )  # fmt: skip

    # 4 例会解难
    decide = Transition(
        within(meeting), "记录会议决定", by=home("会务人员"), needs=(one_lead,), does=agenda.record_decision, main=True,
        asks=(OUTCOME, DECISION, does.DRAFTED),
    )  # fmt: skip
    resolve = Transition(
        meeting >> handed, "会后交办", by=home("会务人员", "经办人"), asks=(DECISION, ASSIGNMENTS), begets="assignment",
        needs=(resolved, signed("minutes", "会议纪要", of="meeting"), one_lead), does=does.take_lead, tells=("holder", "children"),
    )  # fmt: skip
    defer = Transition(
        meeting >> consult, "暂缓再议", by=home("会务人员", "经办人"), only=put_off, asks=(WORDS,), tells=("holder", "co"),
    )  # fmt: skip
    dismiss = Transition(
        meeting >> declined, "不予研究并告知", by=home("会务人员", "经办人"), only=dismissed, asks=(REPLY,), outcome="declined",
        does=effects.answer, tells=("reporter",),
    )  # fmt: skip

    # 5 会后交办
    all_signed = Transition(
        handed >> tracked, "全部签收", by=system(), when=no_child_in("assignment", "sent", title="签收", beside="taken_back"), tells=("home",),
    )  # fmt: skip

    # 6 跟踪督办
    urge = Transition(
        within(handed, tracked), "催办", by=home("经办人"), asks=(WORDS,), tells=("holder", "children")
    )
    reassign = Transition(
        tracked >> handed, "补充交办", by=home("经办人", "部领导"), asks=(WORDS, ASSIGNMENTS), begets="assignment",
        tells=("children",),
    )  # fmt: skip
    apply = Transition(
        tracked >> strike, "申请销号", by=holder("承办人", "单位负责人") | home("经办人"), asks=(RESULT, REPLY, EVIDENCE),
        needs=(children_ended, does.has_evidence), tells=("home",), main=True,
    )  # fmt: skip

    # 7 办结销号
    agree_strike = Transition(
        strike >> visit, "同意销号", by=home("部领导"), unless=(same_person(*DID, words="办理的人不能自己销号"),),
        needs=(children_ended,), asks=(WORDS.optional(),), does=effects.answer, tells=("reporter", "holder"), main=True,
    )  # fmt: skip
    refuse_strike = Transition(
        strike >> tracked, "退回补办", by=home("部领导"), asks=(WORDS,), tells=("holder",)
    )

    # 8 事后回访
    rate = Transition(
        within(visit), "群众评价", by=guest(), asks=(RATING, WORDS.optional()), does=effects.rate, tells=("home",),
    )  # fmt: skip
    reopen = Transition(
        visit >> handed, "退回再办", by=home("回访人员"), asks=(WORDS, ASSIGNMENTS), begets="assignment", at_most="jieyou.reopen",
        only=unhappy,
        needs=(one_lead,), unless=(same_person(*CLOSED, words="办理和销号的人不能回访"),), does=does.again, main=True,
        tells=("holder", "children"),
    )  # fmt: skip
    call = Transition(
        within(visit), "登记回访", by=home("回访人员"), asks=(METHOD, VISITED, SATISFIED, SOLVED, WORDS.optional()),
        unless=(same_person(*CLOSED, words="办理和销号的人不能回访"),), does=effects.called, main=True,
    )  # fmt: skip
    archive = Transition(
        visit >> archived, "回访归档", by=home("回访人员"), needs=(answered, not_unhappy, tried), does=does.conclude,
        unless=(same_person(*CLOSED, words="办理和销号的人不能回访"),),
    )  # fmt: skip
    review = Transition(
        visit >> archived, "复核办结", by=home("部领导"), asks=(WORDS,), only=unhappy, outcome="unsatisfied",
        help="退回再办次数用完后，由指定领导复核，按“已依规办结、群众不满意”归档，如实显示",
    )  # fmt: skip

    # 补录: a row of the running ledger whose stage was not told, or lacks what its stage needs, waits here
    backfilled = Stage("补录待核", waits=home("经办人"))
    settle = Transition(
        within(backfilled, meeting), "核定环节", by=home("经办人", "会务人员"), asks=filled.ASKS, begets="assignment", main=True,
        only=filled.unsettled, needs=(filled.complete, one_lead), does=filled.settle, tells=("holder", "children"),
        help="补录的事项现在到了哪一步；从这一步起按正常流程办，时限从今天算起",
    )  # fmt: skip
