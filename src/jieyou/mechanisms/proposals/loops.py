"""人民建议 from receipt to archive, and the topics by which they are solicited.

Limits are “方案默认值，可修改”: 信访工作条例第二十九条 asks for study, adoption and reply and names no days.
"""

from jieyou.commons.reports import effects
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, co, guest, holder, home, system, within
from jieyou.kernel.loop.guards import children_ended, done, evidence, same_person
from jieyou.mechanisms.proposals import asks, does, rules
from jieyou.mechanisms.proposals.asks import EVIDENCE, REPLY, TELL, WORDS

OFFICE, CHIEF = home("经办人"), home("部领导", "单位负责人")
HANDLER = holder("承办人", "经办人", "单位负责人")
STUDIED = done("opine", "还没有论证意见")
NOT_STUDIED_BY = same_person("opine", words="论证的人不能自己审定")


class ProposalLoop(
    Loop, code="proposal", title="人民建议", facts="proposals.Proposal", noun="建议", opens="收到建议", letters="-RMJY",
    own_number=True, opened_by=OFFICE, asks=(asks.SUGGESTION, asks.SUGGESTER, asks.CATEGORY, asks.TOPIC),
    basis="《信访工作条例》第二十九条",
):  # fmt: skip
    """One proposal: told that it came, studied, decided, answered in time, turned into something, rewarded, filed."""

    received = Stage("登记", 1, clock="proposal.notice", waits=OFFICE)
    assess = Stage("研判", 2, clock="proposal.assess", waits=OFFICE)
    study = Stage("论证", 3, clock="proposal.study", waits=holder("承办人") | OFFICE)
    decide = Stage("审定答复", 4, clock="proposal.decide", waits=home("部领导"))
    convert = Stage("转化落实", 5, clock="proposal.convert", waits=holder("承办人") | OFFICE)
    value = Stage("评价奖励", 6, clock="proposal.award", waits=OFFICE)
    vetting = Stage("奖励审核", 7, clock="proposal.vet", waits=home("部领导"))
    noticing = Stage("奖励公示", 8, clock="proposal.public", waits=OFFICE)
    granting = Stage("决定奖励", 9, clock="proposal.grant", waits=home("部领导"))
    outside = Stage("其他渠道办理", clock="proposal.outside", waits=OFFICE)
    archived = Stage("已归档", 10, ended=True)
    joined = Stage("已并件", ended=True)
    elsewhere = Stage("已由其他渠道答复", ended=True)
    withdrawn = Stage("建议人撤回", ended=True)
    disciplined = Stage("已移送纪检监察", ended=True)

    # 登记、合并
    register = Transition(
        received >> assess, "登记告知", by=OFFICE, main=True, does=does.register, asks=(asks.TITLE, asks.CATEGORY, asks.TOPIC, TELL.optional()),
        needs=(rules.plain_only, rules.of_topic), starts=("proposal.reply",), tells=("reporter",), drafts=("proposal_receipt",),
        help="告知建议人已经收到、怎么办理；没有查询编号的，用《收到建议告知书》",
    )  # fmt: skip
    attend_harm = Transition(
        within(received, assess, study, decide, convert, value, vetting, noticing, granting, outside), "已派人处置",
        by=home("经办人", "部领导", "单位负责人", "密件专办"), asks=(WORDS,), only=rules.harmful, stops=("report.harm",), tells=("home",),
        help="涉及人身安全的：谁去的、什么时候、怎么处置、向谁报告",
    )  # fmt: skip
    join = Transition(
        (received | assess) >> joined, "并件", by=OFFICE, asks=(asks.INTO, WORDS.optional()), needs=(rules.plain_only,), outcome="joined",
        does=effects.join, help="同类建议并案办理，每位建议人分别得到答复",
    )  # fmt: skip
    unjoin = Transition(joined >> received, "撤销并件", by=OFFICE, asks=(WORDS,), does=effects.unjoin)

    # 不是建议的: sealed, or to the door that it belongs to
    seal = Transition(
        within(received, assess), "密封", by=OFFICE, only=rules.plain_only, asks=(WORDS,), does=does.seal, aside=True,
        help="反映单位或干部问题的，马上密封，转市级密件专办；登记人和被反映的单位以后都看不到",
    )  # fmt: skip
    unseal = Transition(
        within(received, assess), "解除密封", by=home("密件专办"), only=rules.sealed_only, asks=(WORDS,), does=does.unseal,
        help="核对后不涉及单位或干部的，转为普通建议",
    )  # fmt: skip
    pass_discipline = Transition(
        (received | assess) >> disciplined, "移送纪检监察", by=home("密件专办"), only=rules.sealed_only, outcome="passed_on", main=True,
        asks=(Ask("paper_no", "移送函号", "line", keep=False), Ask("passed_on", "移送日期", "day", keep=False), WORDS),
        needs=(rules.happened,),
        does=effects.answer_passed_on,
    )  # fmt: skip
    to_petition = Transition(
        assess >> outside, "转信访", by=OFFICE, asks=(asks.TO_UNIT, WORDS, TELL), needs=(rules.plain_only,), does=does.to("petition"),
        tells=("reporter",), aside=True, help="属于申诉求决的，转信访部门；对方办结后答复建议人",
    )  # fmt: skip
    to_hotline = Transition(
        assess >> outside, "转12345", by=OFFICE, asks=(asks.TO_UNIT, WORDS, TELL), needs=(rules.plain_only,), does=does.to("hotline"),
        tells=("reporter",), aside=True, help="属于咨询、求助、投诉的，转政务服务热线",
    )  # fmt: skip
    come_back = Transition(
        outside >> assess, "转出件退回", by=system(), asks=(WORDS.optional(),), tells=("home",)
    )
    answer_outside = Transition(
        outside >> elsewhere, "按对方结果答复", by=OFFICE, asks=(REPLY,), needs=(children_ended,), does=does.answer, outcome="elsewhere",
        stops=("proposal.reply",), tells=("reporter",), main=True,
    )  # fmt: skip

    # 研判、论证
    assign = Transition(
        assess >> study, "分办", by=OFFICE, asks=(asks.JUDGED, asks.HANDLER, asks.HELPERS), needs=(rules.plain_only,), main=True,
        tells=("holder", "co"), drafts=("proposal_order",), help="定主办单位和会办单位，主办单位汇总论证意见",
    )  # fmt: skip
    study_here = Transition(
        assess >> study, "本单位论证", by=OFFICE, asks=(asks.JUDGED,), needs=(rules.plain_only,), does=does.here,
    )  # fmt: skip
    note = Transition(
        within(study, convert), "反馈进展", by=HANDLER | co("承办人", "经办人"), asks=(Ask("words", "进展", "words", keep=False), EVIDENCE),
        tells=("home",),
    )  # fmt: skip
    urge = Transition(within(study, convert), "催办", by=OFFICE, asks=(WORDS,), tells=("holder",))
    hand_back = Transition(
        study >> assess, "不属本单位，退回", by=HANDLER, asks=(WORDS,), does=does.hand_back, tells=("home",), at_most=2,
        help="写明依据；答复的时限不重新计算",
    )  # fmt: skip
    opine = Transition(
        study >> decide, "提交论证意见", by=HANDLER, asks=(asks.ADVISED, asks.OPINION, asks.BENEFIT, EVIDENCE), main=True, tells=("home",),
    )  # fmt: skip
    rethink = Transition(
        decide >> study, "退回重新论证", by=CHIEF, asks=(WORDS,), tells=("holder",), at_most=2
    )

    # 四种结论, 答复
    adopt = Transition(
        decide >> convert, "采纳并答复", by=CHIEF, asks=(asks.ADOPT, REPLY), needs=(STUDIED,), unless=(NOT_STUDIED_BY,), does=does.answer,
        stops=("proposal.reply",), tells=("reporter", "holder"), drafts=("proposal_answer",), main=True,
    )  # fmt: skip
    not_adopt = Transition(
        decide >> value, "不采纳、留作参考并答复", by=CHIEF, asks=(asks.NOT_ADOPT, REPLY), needs=(STUDIED,), unless=(NOT_STUDIED_BY,),
        does=does.answer, stops=("proposal.reply",), tells=("reporter", "holder"), drafts=("proposal_answer",),
    )  # fmt: skip
    rate = Transition(
        within(convert, value, vetting, noticing, granting), "建议人评价", by=guest(), asks=(asks.RATING, WORDS.optional()), does=effects.rate,
        tells=("home",),
    )  # fmt: skip

    # 转化
    to_jieyou = Transition(
        within(assess, study, convert), "转为解忧线索", by=OFFICE, asks=(asks.PROBLEM,), needs=(rules.plain_only, rules.no_matter),
        does=does.to_jieyou, help="需要周“解忧”解决的，登记为线索；两边互相链接，办结时这里得到通知",
    )  # fmt: skip
    record = Transition(
        within(convert, value), "登记转化成果", by=HANDLER | OFFICE, asks=(asks.KIND, asks.NAME, asks.ON, asks.EFFECT, asks.LINK, EVIDENCE),
        needs=(rules.happened, rules.linked), does=does.result, tells=("home",), main=True, help="印发的文件、立项的项目、施行的制度、办成的解忧事项",
    )  # fmt: skip
    converted = Transition(
        convert >> value, "转化完成", by=OFFICE, asks=(WORDS.optional(),), needs=(rules.has_result,), help="成果都登记了，转入评价",
    )  # fmt: skip
    not_converted = Transition(
        convert >> value, "未能转化", by=OFFICE, asks=(WORDS, TELL), does=does.tell, tells=("reporter",), aside=True,
        help="采纳后因故没有落实的，如实登记并告知建议人",
    )  # fmt: skip

    # 奖励、归档
    propose_award = Transition(
        value >> vetting, "拟奖励", by=OFFICE, needs=(rules.plain_only, rules.named, rules.clean_award),
        asks=(asks.GRADE, asks.AWARDEE, asks.AWARD_WHY, asks.AWARD_BASIS), help="另一人审核同意后，在人民建议页面公示",
    )  # fmt: skip
    approve_award = Transition(
        vetting >> noticing, "同意公示", by=home("部领导", "单位负责人", "经办人"), asks=(asks.CHECKED,), does=does.notice, main=True,
        unless=(same_person("propose_award", words="提出奖励的人不能自己审核"),), tells=("home",), drafts=("proposal_award",),
    )  # fmt: skip
    refuse_award = Transition(
        vetting >> value, "不同意奖励", by=CHIEF, asks=(WORDS,), does=does.drop_award, tells=("home",)
    )
    dissent = Transition(
        noticing >> value, "异议成立，撤回公示", by=OFFICE, asks=(WORDS,), does=does.drop_award, help="公示期内有异议、核实成立的",
    )  # fmt: skip
    over = Transition(noticing >> granting, "公示期满", by=system(), after="proposal.public", tells=("home",))
    grant = Transition(
        granting >> archived, "决定奖励，归档", by=CHIEF, asks=(WORDS.optional(), EVIDENCE), does=does.grant,
        unless=(same_person("propose_award", words="提出奖励的人不能自己决定"),), main=True, tells=("home",),
    )  # fmt: skip
    no_grant = Transition(
        granting >> value, "不予奖励", by=CHIEF, asks=(WORDS,), does=does.drop_award, tells=("home",)
    )
    archive = Transition(
        value >> archived, "归档", by=OFFICE, asks=(WORDS.optional(),), does=does.conclude, main=True
    )
    withdraw = Transition(
        (received | assess | study | decide) >> withdrawn, "建议人撤回", by=OFFICE, asks=(WORDS, EVIDENCE), needs=(rules.plain_only, evidence),
        outcome="withdrawn", aside=True, tells=("holder",), help="附建议人的撤回材料",
    )  # fmt: skip


class TopicLoop(
    Loop, code="proposal_topic", title="征集议题", facts="proposals.ProposalTopic", noun="议题", opens="新建议题", letters="-ZJ",
    opened_by=OFFICE, asks=(asks.TOPIC_WORDS, asks.CONTACT),
):  # fmt: skip
    """集中征集: a topic, reviewed by a second person, open until its day, then what became of it is published."""

    drafted = Stage("拟定", 1, clock="proposal_topic.draft", waits=OFFICE)
    review = Stage("保密审查", 2, clock="proposal_topic.review", waits=home("部领导"))
    soliciting = Stage("公开征集", 3, waits=OFFICE)
    summing = Stage("汇总办理", 4, clock="proposal_topic.sum", waits=OFFICE)
    announced = Stage("已公布结果", 5, ended=True)
    cancelled = Stage("已取消", ended=True)

    submit = Transition(
        drafted >> review, "提交保密审查", by=OFFICE, asks=(asks.ENDS,), needs=(rules.clean_topic,), main=True, help="议题公开前由另一人做保密审查",
    )  # fmt: skip
    revise = Transition(
        within(drafted), "修改", by=OFFICE, asks=(asks.TOPIC_WORDS, asks.CONTACT), needs=(rules.clean_topic,)
    )
    send_back = Transition(review >> drafted, "退回修改", by=CHIEF, asks=(WORDS,), tells=("home",))
    publish = Transition(
        review >> soliciting, "同意公开征集", by=home("部领导", "单位负责人", "经办人"), asks=(asks.CHECKED,), main=True, tells=("home",),
        unless=(same_person("open", "submit", "revise", words="起草的人不能自己审查"),), does=does.publish,
    )  # fmt: skip
    prolong = Transition(within(soliciting), "延长征集", by=CHIEF, asks=(asks.ENDS, WORDS), at_most=2)
    shut = Transition(
        soliciting >> summing, "征集截止", by=system(), after="proposal_topic.open", stops=("proposal_topic.open",), tells=("home",),
    )  # fmt: skip
    sum_up = Transition(
        within(summing), "拟定采纳情况公告", by=OFFICE, asks=(asks.RESULT,), needs=(rules.clean_result,), then=home("部领导"),
        help="另一人审查同意后公布",
    )  # fmt: skip
    announce = Transition(
        summing >> announced, "同意公布采纳情况", by=home("部领导", "单位负责人", "经办人"), asks=(asks.CHECKED,),
        needs=(done("sum_up", "请先拟定采纳情况公告"),), unless=(same_person("sum_up", words="起草的人不能自己审查"),),
        does=does.announce, outcome="announced", main=True, help="在人民建议页面公布",
    )  # fmt: skip
    cancel = Transition(
        (drafted | review | soliciting) >> cancelled, "取消", by=CHIEF, asks=(WORDS,), stops=("proposal_topic.open",), does=does.cancel,
        outcome="cancelled", aside=True,
    )  # fmt: skip
