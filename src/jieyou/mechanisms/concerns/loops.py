"""周“解忧”的八个环节, every exit of 研判, every return, the two levels.

Each exit has an owner, a clock, an answer to the resident and (by the reports' own doors) to the source. ``outside`` is where a
matter waits for another door: 12345, 信访, 调解, 人民建议, 政府常务会议, the other level. Nothing ends there: it is answered,
comes back, or goes on to 办结销号.
"""

from jieyou.commons.assignments.loops import ASSIGNMENTS
from jieyou.commons.lists import off_list
from jieyou.commons.meetings import agenda
from jieyou.commons.reports import effects
from jieyou.commons.supervision import escalating
from jieyou.commons.triage.guards import reply_says_something
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, co, guest, holder, home, system, within
from jieyou.kernel.loop.guards import children_ended, done, fact, no_child_in, same_person, signed
from jieyou.mechanisms.concerns import asks, does, filled, levels, rules
from jieyou.mechanisms.concerns.asks import EVIDENCE, REPLY, WORDS
from jieyou.mechanisms.concerns.rules import CLOSED, DID, one_lead, plain_only

JUDGED = done("judge", "请先填写研判意见")
NOT_CLOSER = same_person(*CLOSED, words="办理和销号的人不能回访")


def _elsewhere(title: str, door: str) -> dict[str, object]:
    """What the exits to other doors have in common."""
    return {
        "title": title, "by": home("部领导"), "asks": (asks.TO_UNIT, asks.TO_WORDS, asks.TELL), "does": does.to(door),
        "needs": (JUDGED, plain_only), "tells": ("reporter",), "drafts": (f"transfer_{door}",),
    }  # fmt: skip


class WeeklyJieyou(
    Loop, code="jieyou", title="服务群众周“解忧”", facts="concerns.Concern", noun="事项", opens="群众反映", edition=2,
    own_number=True, due_clock="jieyou.due",
    filled_at="backfilled", filled_children={"handed": "sent", "tracked": "working"},
):  # fmt: skip
    """A resident's concern, until it is solved and the resident says so."""

    clue = Stage("线索征集", 1, clock="jieyou.clue", waits=home("经办人"))
    assess = Stage("综合研判", 2, clock="jieyou.assess", waits=home("经办人"))
    consult = Stage("会前协商", 3, clock="jieyou.consult", waits=holder("承办人"))
    meeting = Stage("例会解难", 4, clock="jieyou.meeting", waits=home("会务人员"))
    handed = Stage("会后交办", 5, waits=home("经办人"))
    tracked = Stage("跟踪督办", 6, waits=holder("承办人"))
    strike = Stage("办结销号", 7, clock="jieyou.strike", waits=home("经办人"))
    visit = Stage("事后回访", 8, clock="jieyou.visit", waits=home("回访人员"))
    outside = Stage("转出待结果", clock="jieyou.outside", waits=home("经办人"))
    shelved = Stage("挂账", clock="jieyou.shelved", waits=home("经办人"))
    archived = Stage("已归档", ended=True)
    joined = Stage("已并件", ended=True)
    declined = Stage("不予采纳", ended=True)
    filed = Stage("存查", ended=True)
    passed_on = Stage("已移送", ended=True)
    handed_over = Stage("转办已答复", ended=True)
    returned = Stage("已退回县办", ended=True)
    withdrawn = Stage("已撤回导入", ended=True)
    backfilled = Stage(
        "补录待核", waits=home("经办人")
    )  # a row of the running ledger: its stage, or what that needs, is not known

    # 1 线索征集
    register = Transition(
        clue >> assess, "登记", by=home("经办人"), asks=(asks.TITLE, asks.CATEGORY), needs=(plain_only,), does=does.retitle, main=True,
    )  # fmt: skip
    attend_harm = Transition(
        within(clue, assess, consult, meeting, handed, tracked, strike, visit, outside, shelved, backfilled), "已派人处置",
        by=home("经办人", "部领导", "密件专办"), asks=(WORDS,), only=rules.harmful, stops=("report.harm",), tells=("home",),
        help="涉及人身安全的：谁去的、什么时候、怎么处置、向谁报告",
    )  # fmt: skip
    pass_discipline = Transition(
        clue >> passed_on, "移送纪检监察", by=home("密件专办"), only=rules.sealed_only, outcome="passed_on", main=True,
        asks=(Ask("paper_no", "移送函号", "line", keep=False), Ask("passed_on", "移送日期", "day", keep=False), WORDS),
        does=effects.answer_passed_on,
    )  # fmt: skip
    unseal = Transition(
        within(clue), "解除密封", by=home("密件专办"), only=rules.sealed_only, asks=(WORDS,), does=does.unseal,
        help="核对后不涉及单位或干部的，转为普通事项，由事发地办理",
    )  # fmt: skip
    withdraw = Transition(
        clue >> withdrawn, "撤回导入", by=system(), outcome="withdrawn", does=effects.withdraw
    )

    # 2 综合研判: every exit
    judge = Transition(
        within(assess), "填写研判意见", by=home("经办人"), main=True, then=home("部领导"),
        asks=(asks.CATEGORY, asks.REACH, asks.URGENCY, asks.LEVEL, asks.POLICY, asks.RECOMMEND, asks.REASON),
    )  # fmt: skip
    rejudge = Transition(
        within(assess), "退回重新研判", by=home("部领导"), asks=(WORDS,), needs=(done("judge", "还没有研判意见"),),
        then=home("经办人"),
    )  # fmt: skip
    to_consult = Transition(
        assess >> consult, "同意上会", by=home("部领导"), asks=(asks.LEAD, asks.CO_UNITS), needs=(JUDGED, plain_only),
        tells=("holder", "co"), help="先会前协商，形成方案后提请上会",
    )  # fmt: skip
    direct = Transition(
        (assess | consult) >> handed, "转办", by=home("部领导"), asks=(ASSIGNMENTS,), begets="assignment", gate="duty_list", does=does.take_lead,
        needs=(JUDGED, one_lead, plain_only), tells=("holder", "children"), drafts=("order",), help="职责清楚、不用上会的，直接交办",
    )  # fmt: skip
    urgent = Transition(
        assess >> handed, "急办", aside=True, by=home("经办人", "部领导"), asks=(asks.URGENT_GROUND, ASSIGNMENTS), begets="assignment",
        does=does.take_lead, needs=(one_lead, plain_only), starts=("jieyou.urgent",), tells=("home", "holder", "children"),
        drafts=("order",), help="先处置、后补会：24 小时内处置，处置后在会上补报",
    )  # fmt: skip
    to_hotline = Transition(assess >> outside, **_elsewhere("转12345", "hotline"))  # type: ignore[arg-type]
    to_petition = Transition(assess >> outside, **_elsewhere("转信访", "petition"))  # type: ignore[arg-type]
    to_mediation = Transition(assess >> outside, **_elsewhere("转调解", "mediation"))  # type: ignore[arg-type]
    to_suggestion = Transition(assess >> outside, **_elsewhere("转人民建议", "suggestion"))  # type: ignore[arg-type]
    ask_city = Transition(
        within(assess, consult), "提请市级送签", by=home("经办人"), only=rules.of_a_county, needs=(JUDGED, plain_only),
        asks=(asks.COUNTY_WORK, asks.CRUX, asks.REQUEST), does=does.ask_city, drafts=("raise_city",),
        help="县级解决不了的：写清做了什么、卡在哪里、请市级做什么，由县领导签批",
    )  # fmt: skip
    raise_city = Transition(
        (assess | consult) >> outside, "提请市级", by=home("经办人"), only=rules.of_a_county, does=levels.hand_up,
        needs=(plain_only, done("ask_city", "请先“提请市级送签”"), signed("raise", "提请市级的报告")), asks=(WORDS.optional(),), tells=("reporter",),
    )  # fmt: skip
    hand_county = Transition(
        (assess | consult) >> outside, "市交县办", by=home("部领导"), only=rules.of_the_city, needs=(JUDGED, plain_only),
        asks=(asks.COUNTY, asks.HAND_DUE, asks.TO_WORDS), does=levels.hand_down, tells=("reporter",), drafts=("hand_county",),
    )  # fmt: skip
    return_county = Transition(
        (clue | assess | consult) >> returned, "退回县办", by=home("部领导"), only=rules.raised_only, asks=(WORDS,), outcome="returned",
        returns="come_back", drafts=("return_county",), help="不属市级权限或县级工作没有做到位的，写明理由退回",
    )  # fmt: skip
    join = Transition(
        (clue | assess) >> joined, "并件", by=home("经办人"), asks=(asks.INTO, WORDS.optional()), needs=(plain_only,),
        outcome="joined", does=effects.join,
    )  # fmt: skip
    unjoin = Transition(
        joined >> assess, "撤销并件", by=home("经办人"), asks=(WORDS,), only=rules.registered, does=effects.unjoin,
    )  # fmt: skip
    unjoin_clue = Transition(
        joined >> clue, "撤销并件", by=home("经办人"), asks=(WORDS,), only=rules.unregistered, does=effects.unjoin,
        help="还没有登记就并入的，退回线索征集",
    )  # fmt: skip
    decline = Transition(
        assess >> declined, "不予采纳并告知", by=home("部领导"), asks=(REPLY,), outcome="declined", does=effects.answer,
        needs=(JUDGED, plain_only, reply_says_something), tells=("reporter",),
    )  # fmt: skip
    file = Transition(
        assess >> filed, "存查", by=home("部领导"), asks=(WORDS, REPLY), outcome="filed", does=effects.answer, tells=("reporter",),
        needs=(JUDGED, plain_only, reply_says_something),
    )  # fmt: skip

    # outside: another door or another level has it
    come_back = Transition(
        outside >> assess, "退回研判", by=system(), asks=(WORDS.optional(),), tells=("home",)
    )
    close_outside = Transition(
        outside >> handed_over, "答复并办结", by=home("经办人"), asks=(REPLY,), only=rules.at_other_door,
        needs=(children_ended, reply_says_something),
        outcome="handed_over", does=effects.answer, tells=("reporter",), main=True,
    )  # fmt: skip
    apply_level = Transition(
        outside >> strike, "申请销号（另一级已办结）", by=home("经办人"), asks=(asks.RESULT, REPLY, EVIDENCE), only=rules.at_other_level,
        needs=(children_ended, reply_says_something), does=does.finished_anew, tells=("home",), main=True,
    )  # fmt: skip
    as_government = Transition(
        outside >> handed, "按常务会议结果交办", by=home("经办人", "会务人员"), asks=(asks.DECISION, ASSIGNMENTS), only=rules.at_government,
        needs=(children_ended, one_lead), begets="assignment", gate="duty_list", does=does.take_lead, tells=("holder", "children"), main=True,
        drafts=("order",),
    )  # fmt: skip
    take_back = Transition(
        outside >> assess, "重新研判", by=home("经办人"), asks=(WORDS,), needs=(children_ended,),
        help="对方有了结果但没有解决的，收回来另作研判；还没有结果的，先在转出件里收回",
    )  # fmt: skip

    # 3 会前协商
    opine = Transition(
        within(consult), "填写协商意见", by=holder("承办人", "单位负责人") | co("承办人", "单位负责人"), asks=(asks.AGREES, asks.OPINION, EVIDENCE),
        tells=("home",), main=True, then=home("经办人"),
    )  # fmt: skip
    draft = Transition(
        within(consult), "形成方案", by=home("经办人"),
        asks=(asks.CRUX.optional(), asks.PLAN, asks.FUNDING, asks.BASIS, asks.DISAGREEMENT, asks.TO_DECIDE),
        needs=(done("opine", "还没有单位填写协商意见"),), main=True,
    )  # fmt: skip
    table = Transition(
        consult >> meeting, "提请上会", by=home("经办人", "会务人员"), asks=(asks.MEETING, asks.LEADING), does=agenda.put,
        needs=(fact("plan", "请先形成方案"),), drafts=("item_sheet",),
    )  # fmt: skip
    reconsider = Transition(
        consult >> assess, "退回研判", by=home("经办人", "部领导"), asks=(WORDS,), tells=("holder", "co"),
        help="协商中发现不该上会、或者该走别的渠道的，回到研判",
    )  # fmt: skip

    # 4 例会解难: five outcomes
    decide = Transition(
        within(meeting), "记录会议决定", by=home("会务人员"), needs=(agenda.tabled, one_lead), does=agenda.record_decision, main=True,
        asks=(asks.OUTCOME, asks.DECISION, does.DRAFTED),
    )  # fmt: skip
    perfect = Transition(
        within(meeting), "完善方案", by=home("经办人", "会务人员"), asks=(asks.PLAN,), only=rules.in_principle,
        help="会议原则同意、完善后办的：把完善后的方案写下来，再交办",
    )  # fmt: skip
    resolve = Transition(
        meeting >> handed, "会后交办", by=home("会务人员", "经办人"), begets="assignment", does=does.as_decided,
        needs=(rules.resolved, rules.perfected, signed("minutes", "会议纪要", of="meeting"), agenda.minutes_issued),
        tells=("holder", "children"), drafts=("order",), help="按会议纪要上的任务、单位、时限交办，不用再填",
    )  # fmt: skip
    defer = Transition(
        meeting >> consult, "暂缓再议", by=home("会务人员", "经办人"), only=rules.deferred, asks=(WORDS,), tells=("holder", "co"),
        help="回到会前协商，补充后再提请上会",
    )  # fmt: skip
    carry = Transition(
        within(meeting), "转入下次会议", by=home("会务人员", "经办人"), only=rules.deferred, asks=(asks.MEETING, WORDS.optional()), does=does.carry,
        tells=("holder",),
    )  # fmt: skip
    to_government = Transition(
        meeting >> outside, "提请政府常务会议", by=home("会务人员", "经办人"), only=rules.to_government,
        asks=(asks.TO_UNIT, asks.TO_WORDS), does=does.to("government"), tells=("holder", "reporter"), help="涉及资金、三重一大的",
    )  # fmt: skip
    dismiss = Transition(
        meeting >> declined, "不予研究并告知", by=home("会务人员", "经办人"), only=rules.dismissed, asks=(REPLY,), outcome="declined",
        needs=(reply_says_something,), does=effects.answer, tells=("reporter",),
    )  # fmt: skip
    untable = Transition(
        meeting >> consult, "撤回议题", by=home("会务人员", "经办人"), asks=(WORDS,), does=agenda.take_off, needs=(agenda.still_open,),
        tells=("holder",),
    )  # fmt: skip

    # 5 会后交办
    all_signed = Transition(
        handed >> tracked, "全部签收", by=system(), when=no_child_in("assignment", "sent", title="签收", beside=("taken_back", "returned")),
        tells=("home",),
    )  # fmt: skip

    # 6 跟踪督办
    urge = Transition(
        within(handed, tracked),
        "催办",
        by=home("经办人"),
        asks=(WORDS,),
        tells=("holder", "children"),
        drafts=("urging",),
    )
    reassign = Transition(
        (handed | tracked) >> handed, "补充交办", by=home("经办人", "部领导"), asks=(WORDS, ASSIGNMENTS), begets="assignment",
        gate="duty_list", does=does.relead, tells=("children",), drafts=("order",),
        help="任务收回、退办以后另行交办，或者再加一家单位",
    )  # fmt: skip
    repoint = Transition(
        within(handed, tracked), "任务改派", by=system(), asks=(asks.CHILD, asks.NEW_UNIT), does=does.repoint, tells=("home", "holder"),
        drafts=("order",),
    )  # fmt: skip
    off_list = Transition(
        within(assess, consult, meeting, handed, tracked, visit, outside), "清单外交办送签", by=home("经办人", "会务人员"),
        asks=off_list.ASKS, only=off_list.listed, does=off_list.send,
        help="派给镇街、村社区的任务不在职责清单内的，先写明依据送部领导签批，签发后才能交办",
    )  # fmt: skip
    apply = Transition(
        tracked >> strike, "申请销号", by=holder("承办人", "单位负责人") | home("经办人"), asks=(asks.RESULT, REPLY, EVIDENCE),
        needs=(children_ended, does.has_evidence, reply_says_something), does=does.finished_anew, stops=("jieyou.urgent",),
        tells=("home",), main=True,
    )  # fmt: skip
    report_meeting = Transition(
        within(handed, tracked, strike, visit, shelved), "补会", by=home("经办人", "会务人员"), only=rules.urgent_only,
        asks=(asks.MEETING, asks.LEADING), does=agenda.put, at_most=1, help="急办事项处置后，排进会议补报",
    )  # fmt: skip
    confirm_meeting = Transition(
        within(handed, tracked, strike, visit, shelved), "记录补会决定", by=home("会务人员"), only=rules.urgent_only,
        asks=(asks.OUTCOME, asks.DECISION), does=agenda.record_decision,
        needs=(done("report_meeting", "还没有排进会议补会"),),
    )  # fmt: skip

    escalate = Transition(
        within(clue, assess, consult, meeting, handed, tracked, strike, visit), "提请提级", by=home("经办人"),
        asks=(escalating.ASK,), needs=(escalating.plain,), does=escalating.by_hand,
        help="部领导批准后，待办和查看权才交上去；时限不变",
    )  # fmt: skip

    # 7 办结销号
    verify = Transition(
        within(strike), "核验", by=home("经办人"), asks=(asks.VERIFIED, WORDS, EVIDENCE), then=home("部领导"), main=True,
        unless=(same_person("finish", words="办理的人不能自己核验"),), help="牵头部门审核、实地核验后，请部领导同意销号",
    )  # fmt: skip
    agree_strike = Transition(
        strike >> visit, "同意销号", by=home("部领导"), unless=(same_person(*DID, words="办理的人不能自己销号"),),
        needs=(rules.verified, rules.final_result, children_ended), asks=(WORDS.optional(),), does=effects.answer,
        tells=("reporter", "holder"), main=True, drafts=("strike",),
    )  # fmt: skip
    shelve = Transition(
        strike >> shelved, "同意挂账", by=home("部领导"), unless=(same_person(*DID, words="办理的人不能自己销号"),),
        needs=(rules.verified, children_ended), only=rules.unfinished, asks=(asks.SHELVED_TILL, asks.SHELVED_OWNER, WORDS.optional()),
        does=effects.tell_reply, tells=("reporter", "holder"), help="阶段性解决、列入计划的不算办结，定日期、定单位，到期接着办",
    )  # fmt: skip
    refuse_strike = Transition(
        strike >> tracked, "退回补办", by=home("部领导", "经办人"), asks=(WORDS,), tells=("holder",)
    )
    redate = Transition(
        within(shelved), "调整挂账日期", by=home("部领导"), asks=(asks.SHELVED_TILL, WORDS), tells=("holder", "reporter"),
    )  # fmt: skip
    resume = Transition(
        shelved >> tracked, "恢复办理", by=home("经办人", "部领导"), asks=(WORDS.optional(),), tells=("holder",), main=True,
        help="条件具备了，接着办；办完再申请销号",
    )  # fmt: skip
    wake = Transition(
        shelved >> tracked, "挂账到期", by=system(), after="jieyou.shelved", tells=("holder", "home")
    )

    # 8 事后回访
    rate = Transition(
        within(visit), "群众评价", by=guest(), asks=(asks.RATING, WORDS.optional()), does=effects.rate, tells=("home",),
    )  # fmt: skip
    reopen = Transition(
        visit >> handed, "退回再办", by=home("回访人员"), asks=(WORDS, ASSIGNMENTS), begets="assignment", gate="duty_list", at_most="jieyou.reopen",
        only=rules.unhappy, needs=(one_lead,), unless=(NOT_CLOSER,), does=does.again, main=True, tells=("holder", "children"),
        drafts=("order",),
    )  # fmt: skip
    call = Transition(
        within(visit), "登记回访", by=home("回访人员"), needs=(rules.other_hour, rules.not_theirs), does=does.called, main=True,
        asks=(asks.METHOD, asks.VISITED, asks.HOUSEHOLDS, asks.SATISFIED, asks.SOLVED, WORDS.optional()), unless=(NOT_CLOSER,),
    )  # fmt: skip
    archive = Transition(
        visit >> archived, "回访归档", by=home("回访人员"), does=does.conclude, unless=(NOT_CLOSER,),
        needs=(rules.answered, rules.not_unhappy, rules.tried, does.sampled, rules.reported),
    )  # fmt: skip
    review = Transition(
        visit >> archived, "复核办结", by=home("部领导"), asks=(asks.REVIEWER, WORDS), only=rules.unhappy, outcome="unsatisfied",
        needs=(rules.rounds_used, rules.reported),
        help="退回再办次数用完后，由指定领导复核，按“已依规办结、群众不满意”归档，如实显示",
    )  # fmt: skip
    propose = Transition(
        within(visit, archived, handed_over), "提出制度性建议", by=home("经办人", "部领导"), asks=(asks.TO_UNIT, asks.SUGGESTION),
        does=does.propose, help="从办成的事里提炼的建议，转人民建议征集；两边互相链接",
    )  # fmt: skip

    # 补录: what the running ledger did not tell is told afterwards
    settle = Transition(
        within(backfilled, meeting), "核定环节", by=home("经办人", "会务人员"), asks=filled.ASKS, begets="assignment", main=True,
        only=filled.unsettled, needs=(filled.complete, one_lead), does=filled.settle, tells=("holder", "children"),
        help="补录的事项现在到了哪一步；从这一步起按正常流程办，时限从今天算起",
    )  # fmt: skip
