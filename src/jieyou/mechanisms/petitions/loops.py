"""信访事项 from registration to 三级终结; the three kinds of suggestion; the leaders' rota; the rule documents.

Articles are those of 《信访工作条例》 (in force 2022-05-01). Every open stage has a clock: nothing waits without a date.
"""

from jieyou.commons.reports import effects
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, co, guest, holder, home, system, within
from jieyou.kernel.loop.guards import children_ended, done, evidence, same_person
from jieyou.mechanisms.petitions import asks, does, letting, rules, sitting
from jieyou.mechanisms.petitions.asks import EVIDENCE, REPLY, TELL, WORDS

OFFICE, CHIEF = home("经办人"), home("单位负责人", "部领导")
HANDLER = holder("承办人", "经办人", "单位负责人")
OBJECTED_IN_TIME = rules.within("petition.objection", "五个工作日的异议期限到 {} 已满，请按程序受理")
READY = (rules.plain_only, rules.registered, rules.no_accusation)


class PetitionLoop(
    Loop, code="petition", title="信访事项", facts="petitions.Petition", noun="信访事项", opens="收到信访", letters="-XF", edition=1,
    own_number=True, due_clock="petition.feedback", basis="《信访工作条例》（2022年5月1日起施行）",
):  # fmt: skip
    """A petition: registered within fifteen days, accepted in writing, answered within sixty, reviewed twice at most."""

    received = Stage("登记甄别", 1, clock="petition.dispatch", waits=home("经办人"))
    sent = Stage("待受理", 2, clock="petition.notice", waits=holder("承办人"))
    working = Stage("办理", 3, clock="petition.close", waits=holder("承办人"))
    opined = Stage("待送达", 4, clock="petition.deliver", waits=holder("承办人"))
    answered = Stage("已答复", 5, clock="petition.appeal", waits=home("经办人"))
    review = Stage("复查", 6, clock="petition.review", waits=holder("承办人"))
    reviewed = Stage("已复查", 7, clock="petition.appeal_again", waits=home("经办人"))
    recheck = Stage("复核", 8, clock="petition.recheck", waits=holder("承办人"))
    reported = Stage("报请决定", clock="petition.reported", waits=home("经办人"))
    routed = Stage("其他法定途径办理", clock="petition.route", waits=holder("承办人"))
    studying = Stage("意见建议研究", clock="petition.advice", waits=holder("承办人"))
    redo = Stage("重新办理", clock="petition.redo", waits=holder("承办人"))
    concluded = Stage("已办结", ended=True)
    final = Stage("复核终结", 9, ended=True)
    refused = Stage("不予受理", ended=True)
    guided = Stage("已引导", ended=True)
    lawful = Stage("已转政法机关", ended=True)
    disciplined = Stage("已移送纪检监察", ended=True)
    joined = Stage("已并件", ended=True)
    withdrawn = Stage("信访人撤回", ended=True)

    # 登记甄别: 第十九条至第二十二条
    register = Transition(
        within(received), "登记要素", by=OFFICE, main=True, does=does.retitle, needs=(rules.plain_only, rules.joint, rules.repeat),
        asks=(asks.TITLE, asks.CHANNEL, asks.VIA, asks.EXTERNAL_NO, asks.PURPOSE, asks.CATEGORY, asks.REQUEST, asks.TOLD_FACTS,
              asks.TOLD_REASONS, asks.PEOPLE, asks.REPRESENTATIVES, asks.FIRST, asks.REPEATS, asks.URGENCY),
        help="条例第十九条：姓名、住址、联系方式在反映件里，密封保存，不写在这里",
    )  # fmt: skip
    attend_harm = Transition(
        within(received, sent, working, opined, answered, review, reviewed, recheck, reported, routed, studying, redo), "已派人处置",
        by=home("经办人", "单位负责人", "部领导", "密件专办"), asks=(WORDS,), only=sitting.harmful, stops=("report.harm",), tells=("home",),
        help="涉及人身安全的：谁去的、什么时候、怎么处置、向谁报告",
    )  # fmt: skip
    forward = Transition(
        received >> sent, "转送", by=OFFICE, asks=(asks.HANDLER, WORDS, TELL), needs=READY, does=does.sent, main=True,
        anew=("petition.notice", "petition.objection"), tells=("holder", "reporter"), drafts=("petition_transfer",),
        help="条例第二十二条：十五日内转送有权处理的机关、单位",
    )  # fmt: skip
    assign = Transition(
        received >> sent, "交办", by=OFFICE, asks=(asks.HANDLER, asks.FEEDBACK_DUE, WORDS, TELL), needs=READY, does=does.sent,
        anew=("petition.notice", "petition.objection"), tells=("holder", "reporter"), drafts=("petition_transfer",),
        help="要求反馈结果的：定反馈时限，办结后提交办结报告",
    )  # fmt: skip
    take = Transition(
        received >> sent, "本机关直接办理", by=OFFICE, asks=(WORDS, TELL), needs=READY, does=does.take, tells=("reporter",),
        help="属于本机关职权的，自收到之日起十五日内书面告知（第二十三条第二款）",
    )  # fmt: skip
    report_up = Transition(
        received >> reported, "报请党委、政府决定", by=OFFICE, asks=(WORDS, EVIDENCE), needs=READY, drafts=("petition_report",),
        help="涉及两个以上机关、重大紧急的，报请本级党委、政府决定",
    )  # fmt: skip
    decided = Transition(
        reported >> sent, "按决定交办", by=OFFICE, asks=(asks.HANDLER, asks.FEEDBACK_DUE, WORDS, TELL), needs=READY, does=does.sent,
        anew=("petition.notice", "petition.objection"), tells=("holder", "reporter"), main=True, drafts=("petition_transfer",),
    )  # fmt: skip
    to_law = Transition(
        received >> lawful, "转政法机关", by=OFFICE, asks=(WORDS, REPLY), only=rules.lawsuit, needs=READY, does=does.answer,
        outcome="lawful", tells=("reporter",), help="涉法涉诉事项，由政法机关依法处理（第二十二条、第三十一条）",
    )  # fmt: skip
    guide = Transition(
        received >> guided, "引导告知", by=OFFICE, asks=(REPLY,), needs=READY, does=does.answer, outcome="guided", tells=("reporter",),
        help="应当向其他机关、通过其他途径提出的，写明找谁、怎么提",
    )  # fmt: skip
    refuse_office = Transition(
        received >> refused, "不予受理（信访部门）", by=OFFICE, asks=(asks.GROUND, REPLY), needs=READY, does=does.answer, outcome="refused",
        tells=("reporter",), drafts=("petition_refusal",),
    )  # fmt: skip
    join = Transition(
        received >> joined, "并件", by=OFFICE, asks=(asks.INTO, WORDS.optional()), needs=(rules.plain_only,), outcome="joined",
        does=effects.join, help="同一信访人在办理期限内就同一事项再次提出的，并入原件",
    )  # fmt: skip
    unjoin = Transition(joined >> received, "撤销并件", by=OFFICE, asks=(WORDS,), does=effects.unjoin)

    # 检举控告: sealed end to end
    seal = Transition(
        within(received), "密封", by=OFFICE, only=rules.plain_only, asks=(WORDS,), does=does.seal, aside=True,
        help="属于检举控告的，马上密封，转市级密件专办；登记人和被反映的单位以后都看不到（第三十条）",
    )  # fmt: skip
    unseal = Transition(
        within(received), "解除密封", by=home("密件专办"), only=rules.sealed_only, asks=(WORDS,), does=does.unseal,
        help="核对后不属于检举控告的，转为普通信访事项",
    )  # fmt: skip
    pass_discipline = Transition(
        received >> disciplined, "移送纪检监察", by=home("密件专办"), only=rules.sealed_only, outcome="passed_on", main=True,
        asks=(Ask("paper_no", "移送函号", "line", keep=False), Ask("passed_on", "移送日期", "day", keep=False), WORDS),
        needs=(rules.not_ahead("passed_on", "移送日期"),), does=effects.answer_passed_on, drafts=("petition_discipline",),
    )  # fmt: skip

    # 管辖异议: 第二十三条第三款、第二十四条. The clocks run on whatever is said
    object_ = Transition(
        within(sent), "提出异议", by=HANDLER, needs=(rules.may_object, OBJECTED_IN_TIME),
        asks=(Ask("objection_ground", "异议理由", "words", at_least=10, help="为什么不属于本单位职权范围，写明依据"),
              Ask("instead", "应当由哪个单位办", "unit", required=False)),
        does=does.object_, stops=("petition.objection",), then=home("经办人"), tells=("home",), help="书面告知的十五日照走",
    )  # fmt: skip
    uphold = Transition(
        within(sent), "异议不成立", by=OFFICE, only=rules.objected, asks=(WORDS,), does=does.uphold, then=holder("承办人"), tells=("holder",),
    )  # fmt: skip
    agree_back = Transition(
        sent >> received, "同意退回，重新转办", by=OFFICE, only=rules.objected, asks=(WORDS,), does=does.back, tells=("holder",),
        stops=("petition.feedback", "petition.objection"), help="登记转送的十五日不重新计算",
    )  # fmt: skip
    designate = Transition(
        within(sent), "指定管辖", by=CHIEF, only=rules.objected, asks=(WORDS,), does=does.designate, then=holder("承办人"),
        tells=("holder", "home"), help="由共同的上一级机关决定（第二十四条），决定后不能再提异议",
    )  # fmt: skip

    # 受理: 第二十三条、第二十九条、第三十一条
    accept = Transition(
        sent >> working, "受理（信访程序）", by=HANDLER, only=rules.appeal, asks=(asks.ACCEPTED_ON, TELL), needs=(rules.settled,
        rules.not_ahead("accepted_on", "受理日期", "received_on", "收到日期")), does=does.tell, main=True, stops=("petition.objection",),
        tells=("home", "reporter"), drafts=("petition_acceptance",), help="不能走其他法定途径的申诉求决事项，六十日内办结（第三十四条）",
    )  # fmt: skip
    accept_route = Transition(
        sent >> routed, "按其他法定途径受理", by=HANDLER, only=rules.appeal, asks=(asks.ROUTE, TELL), needs=(rules.settled,), does=does.tell,
        stops=("petition.objection",), tells=("home", "reporter"), drafts=("petition_acceptance",),
        help="诉讼、仲裁、党员申诉、行政复议等、申请查处履职，依各自的程序和期限办理（第三十一条）",
    )  # fmt: skip
    accept_advice = Transition(
        sent >> studying, "受理意见建议", by=HANDLER, only=rules.advice, asks=(TELL,), needs=(rules.settled,), does=does.tell, main=True,
        stops=("petition.objection",), tells=("home", "reporter"), drafts=("petition_acceptance",),
    )  # fmt: skip
    refuse = Transition(
        sent >> refused, "不予受理", by=HANDLER, asks=(asks.GROUND, REPLY), needs=(rules.settled,), does=does.answer, outcome="refused",
        tells=("home", "reporter"), drafts=("petition_refusal",), help="书面告知理由和正确途径",
    )  # fmt: skip

    # 办理: 第二十七条至第三十四条
    progress = Transition(
        within(sent, working, routed, studying, review, recheck, redo), "反馈进展", by=HANDLER | co("承办人", "经办人"),
        asks=(Ask("words", "进展", "words", keep=False), EVIDENCE), tells=("home",),
    )  # fmt: skip
    urge = Transition(
        within(sent, working, opined, routed, studying, review, recheck, redo), "催办", by=OFFICE, asks=(WORDS,), tells=("holder",),
    )  # fmt: skip
    sponsor = Transition(
        within(received, reported, sent, working, opined, answered, review, reviewed, recheck, routed, studying, redo), "领导包案",
        by=home("经办人", "单位负责人", "部领导"), asks=(asks.SPONSOR, asks.SPONSORED_TILL, WORDS.optional()), tells=("holder",),
        help="包掌握情况、包思想教育、包解决化解、包息诉息访",
    )  # fmt: skip
    to_mediation = Transition(
        within(working, redo), "先行调解", by=HANDLER, asks=(asks.MEDIATOR, WORDS, TELL.optional()), does=does.to_mediation,
        tells=("home",), help="在裁量范围内、双方自愿的先行调解；六十日照走（第三十三条）",
    )  # fmt: skip
    come_back = Transition(
        within(working, redo), "调解件退回", by=system(), asks=(WORDS.optional(),), tells=("holder", "home")
    )
    mediate = Transition(
        within(working, redo), "登记调解结果", by=HANDLER | OFFICE, does=does.mediated, needs=(rules.mediated,),
        asks=(asks.STARTED_ON, asks.ENDED_ON, asks.MEDIATION_RESULT, asks.DOCUMENT, WORDS.optional(), EVIDENCE), tells=("home",),
    )  # fmt: skip
    hear = Transition(
        within(working, redo), "决定听证", by=HANDLER, only=rules.no_hearing, asks=(WORDS,), does=does.hearing, starts=("petition.hearing",),
        tells=("home",), help="办理阶段的听证时间计入六十日；条例只在复核时不计入（第三十六条）",
    )  # fmt: skip
    hear_again = Transition(
        within(recheck), "复核听证", by=HANDLER | OFFICE, only=rules.no_hearing, asks=(WORDS,), does=does.hearing,
        starts=("petition.hearing",), pauses=("petition.recheck",), tells=("home",), help="听证所需时间不计入三十日（第三十六条第二款）",
    )  # fmt: skip
    heard = Transition(
        within(working, redo), "听证结束", by=HANDLER, only=rules.in_hearing, does=does.heard, stops=("petition.hearing",),
        asks=(Ask("hearing_record", "听证笔录要点", "words", at_least=10, help="参加人、争议点、各方陈述、结论"), EVIDENCE),
    )  # fmt: skip
    heard_again = Transition(
        within(recheck), "复核听证结束", by=HANDLER | OFFICE, only=rules.in_hearing, does=does.heard, stops=("petition.hearing",),
        resumes=("petition.recheck",), main=True,
        asks=(Ask("hearing_record", "听证笔录要点", "words", at_least=10, help="参加人、争议点、各方陈述、结论"), EVIDENCE),
    )  # fmt: skip
    extend = Transition(
        within(working), "延长办理期限", by=holder("单位负责人") | CHIEF, asks=(asks.DAYS, asks.DAYS_REASON), at_most=1, does=does.extend,
        needs=(rules.most_days, rules.within("petition.close", "办结时限到 {} 已满，不能再延期")), extends=("petition.close",),
        tells=("home", "reporter"), drafts=("petition_extension",), help="本机关负责人批准，只能延一次，不超过三十日，书面告知理由（第三十四条）",
    )  # fmt: skip
    opine = Transition(
        (working | redo) >> opined, "出具处理意见书", by=HANDLER, asks=(asks.RESULT, asks.FINDINGS, asks.OPINION, asks.BASIS, EVIDENCE), main=True,
        needs=(children_ended, rules.no_hearing), tells=("home",), drafts=("petition_opinion",),
        help="投诉请求、事实和理由、处理意见及依据（第三十二条），并写明复查的权利和期限",
    )  # fmt: skip
    deliver = Transition(
        opined >> answered, "送达", by=HANDLER, asks=(asks.DELIVER_HOW, asks.DELIVERED_ON, EVIDENCE), does=does.deliver, main=True,
        needs=(rules.not_ahead("delivered_on", "送达日期", "accepted_on", "受理日期"),), stops=("petition.feedback",),
        tells=("home", "reporter"),
    )  # fmt: skip
    route_done = Transition(
        routed >> concluded, "登记法定途径办理结果", by=HANDLER, asks=(Ask("findings", "结果和文书", "words", at_least=10), REPLY, EVIDENCE),
        needs=(children_ended,), does=does.answer, outcome="routed", main=True, tells=("home", "reporter"),
    )  # fmt: skip
    advice_done = Transition(
        studying >> concluded, "答复意见建议", by=HANDLER, asks=(asks.ADOPTION, REPLY, EVIDENCE), needs=(children_ended,), does=does.answer,
        outcome="advised", main=True, tells=("home", "reporter"),
    )  # fmt: skip
    withdraw = Transition(
        (received | reported | sent | working | routed | studying | redo) >> withdrawn, "信访人撤回", by=OFFICE,
        needs=(rules.plain_only, children_ended, evidence), asks=(WORDS, EVIDENCE), outcome="withdrawn", aside=True, tells=("holder",),
        help="附信访人的书面撤回材料",
    )  # fmt: skip

    # 复查、复核: 第三十五条、第三十六条
    ask_review = Transition(
        answered >> review, "申请复查", by=OFFICE | holder("承办人"), asks=(asks.REVIEW_UNIT, asks.REVIEW_NAME, asks.REVIEW_ASKED_ON),
        needs=(rules.within("petition.appeal", "申请复查的三十日到 {} 已满"), rules.above_handler, done("opine", "没有处理意见书，不能复查"),
               rules.not_ahead("review_asked_on", "收到复查请求日期", "delivered_on", "送达日期")),
        does=does.to_reviewer, tells=("holder", "home"),
    )  # fmt: skip
    lapse = Transition(
        answered >> concluded, "期满未申请复查", by=system(), after="petition.appeal", does=does.conclude
    )
    review_done = Transition(
        review >> reviewed, "出具复查意见", by=HANDLER | OFFICE, unless=(same_person("opine", words="原办理人应当回避（第二十八条）"),), main=True,
        asks=(asks.REVIEW_RESULT, asks.REVIEW_FINDINGS, asks.REVIEW_OPINION, asks.REVIEW_DELIVERED_ON), does=does.reviewed,
        needs=(rules.by_reviewer, letting.not_revoked, rules.not_ahead("review_delivered_on", "送达日期", "review_asked_on", "收到复查请求日期")),
        tells=("home", "reporter", "co"), drafts=("petition_review",),
    )  # fmt: skip
    revoke = Transition(
        review >> redo, "撤销，责令重新办理", by=HANDLER | OFFICE, unless=(same_person("opine", words="原办理人应当回避（第二十八条）"),),
        asks=(asks.REVIEW_FINDINGS, asks.REVIEW_OPINION), needs=(rules.by_reviewer,), does=does.revoked, anew=("petition.redo",),
        tells=("holder", "home", "reporter"), drafts=("petition_review",),
    )  # fmt: skip
    ask_recheck = Transition(
        reviewed >> recheck, "申请复核", by=OFFICE | holder("承办人"), asks=(asks.RECHECK_UNIT, asks.RECHECK_NAME, asks.RECHECK_ASKED_ON),
        needs=(rules.within("petition.appeal_again", "申请复核的三十日到 {} 已满"), rules.above_reviewer,
               rules.not_ahead("recheck_asked_on", "收到复核请求日期", "review_delivered_on", "复查意见送达日期")),
        does=does.to_rechecker, tells=("holder", "home"),
    )  # fmt: skip
    lapse_again = Transition(
        reviewed >> concluded, "期满未申请复核", by=system(), after="petition.appeal_again", does=does.conclude,
    )  # fmt: skip
    recheck_done = Transition(
        recheck >> final, "出具复核意见", by=HANDLER | OFFICE, main=True, needs=(rules.by_rechecker, rules.no_hearing,
        rules.not_ahead("recheck_delivered_on", "送达日期", "recheck_asked_on", "收到复核请求日期")),
        unless=(same_person("opine", "review_done", words="原办理人、复查人应当回避（第二十八条）"),), outcome="final", does=does.rechecked,
        asks=(asks.RECHECK_RESULT, asks.RECHECK_FINDINGS, asks.RECHECK_OPINION, asks.RECHECK_DELIVERED_ON),
        tells=("home", "reporter", "co"), drafts=("petition_recheck",), help="复核意见是信访终结意见（第三十六条第三款）",
    )  # fmt: skip

    # 以后
    rate = Transition(
        within(answered, reviewed, concluded, final), "群众评价", by=guest(), asks=(asks.RATING, asks.OFFICE_RATING, WORDS.optional()),
        needs=(rules.evaluable,), does=does.rate, tells=("home",),
    )  # fmt: skip
    care = Transition(
        within(answered, reviewed, concluded, final), "落实和疏导帮扶", by=HANDLER | OFFICE | co("承办人", "经办人"),
        asks=(asks.CARE, WORDS, EVIDENCE), tells=("home",), help="三到位一处理（第二十七条）；终结后的教育帮扶（第三十七条）",
    )  # fmt: skip


class AdviceLoop(
    Loop, code="petition_advice", title="三项建议", facts="petitions.PetitionAdvice", noun="建议书", opens="拟建议", letters="-JY",
    opened_by=home("经办人"), basis="《信访工作条例》第四十条", asks=letting.ADVICE_ASKS,
):  # fmt: skip
    """改进工作、完善政策、追究责任: a suggestion to another office, which must answer in writing."""

    drafted = Stage("拟稿", 1, clock="petition_advice.check", waits=CHIEF)
    sent = Stage("待书面反馈", 2, clock="petition_advice.reply", waits=holder("承办人"))
    replied = Stage("反馈待审核", 3, clock="petition_advice.check", waits=home("经办人"))
    ended = Stage("已反馈", 4, ended=True)
    dropped = Stage("不再提出", ended=True)

    send = Transition(
        drafted >> sent, "签发送达", by=CHIEF, asks=(letting.TO, WORDS.optional()), anew=("petition_advice.reply",), tells=("holder",), main=True,
        drafts=("petition_advice",),
    )  # fmt: skip
    drop = Transition(
        drafted >> dropped,
        "不再提出",
        by=home("经办人", "单位负责人", "部领导"),
        asks=(WORDS,),
        outcome="dropped",
    )
    urge = Transition(within(sent), "催办", by=OFFICE, asks=(WORDS,), tells=("holder",))
    reply = Transition(
        sent >> replied, "书面反馈采纳情况", by=HANDLER, asks=(letting.ADOPTION, letting.ANSWER, EVIDENCE), tells=("home",), main=True,
    )  # fmt: skip
    accept = Transition(
        replied >> ended, "审核归档", by=OFFICE, unless=(same_person("reply"),), outcome="answered", main=True,
    )  # fmt: skip
    send_back = Transition(replied >> sent, "反馈不实，退回", by=OFFICE, asks=(WORDS,), tells=("holder",))


class RotaLoop(
    Loop, code="petition_rota", title="领导接访安排", facts="petitions.Rota", noun="接访安排", opens="拟排", letters="-JF", opened_by=home("经办人"),
    asks=sitting.OPENING, basis="《信访工作条例》第十八条",
):  # fmt: skip
    """坐班接访、下访、约访: who receives on which day, published beforehand, kept as it was."""

    planned = Stage("拟排", 1, clock="petition_rota.publish", waits=home("经办人"))
    published = Stage("已公示", 2, waits=home("经办人"))
    closed = Stage("已结束", 3, ended=True)
    dropped = Stage("已作废", ended=True)

    plan = Transition(
        within(planned), "排定", by=OFFICE, asks=(sitting.DAYS,), needs=(sitting.inside,), does=sitting.keep, main=True,
        help="姓名、职务、分管工作、时间、地点、形式都要公示；没有人的工作日会列出来",
    )  # fmt: skip
    publish = Transition(
        planned >> published, "公示", by=home("单位负责人", "部领导", "经办人"), needs=(sitting.planned, sitting.ahead), does=sitting.publish,
        drafts=("petition_rota",), main=True, help="提前两日公示；有缺的工作日照样列明",
    )  # fmt: skip
    substitute = Transition(
        within(published), "换班", by=OFFICE, asks=sitting.SUBSTITUTE, does=sitting.substitute, help="写明由谁替、为什么；原来的安排留在记录里",
    )  # fmt: skip
    add_day = Transition(
        within(published), "补排", by=OFFICE, asks=(sitting.MORE_DAYS,), needs=(sitting.inside,), does=sitting.add, help="补上缺的工作日",
    )  # fmt: skip
    receive = Transition(
        within(published), "登记接访", by=OFFICE, asks=sitting.RECEPTION, does=sitting.receive, main=True, help="批次和人次是两个数，分开填",
    )  # fmt: skip
    miss = Transition(
        within(published), "登记缺席", by=OFFICE, asks=sitting.ABSENCE, does=sitting.miss,
    )  # fmt: skip
    close = Transition(published >> closed, "结束", by=OFFICE, needs=(sitting.over,), outcome="closed")
    drop = Transition(planned >> dropped, "作废", by=OFFICE, asks=(WORDS,), outcome="dropped")


class RuleLoop(
    Loop, code="petition_rule", title="信访法治化实施办法", facts="petitions.PetitionRule", noun="实施办法", opens="登记", letters="-GZ",
    opened_by=home("经办人"), asks=letting.RULE_ASKS,
):  # fmt: skip
    """One edition of one of the five rule documents."""

    drafted = Stage("待施行", 1, waits=CHIEF)
    in_force = Stage("施行中", 2, waits=home("经办人"))
    replaced = Stage("已废止", 3, ended=True)
    dropped = Stage("不再施行", ended=True)

    enact = Transition(
        drafted >> in_force, "印发施行", by=CHIEF | OFFICE, asks=(letting.PAPER_NO, letting.IN_FORCE_FROM, EVIDENCE), main=True,
        needs=(evidence,),
    )  # fmt: skip
    repeal = Transition(
        in_force >> replaced, "废止（由新版代替）", by=CHIEF | OFFICE, asks=(letting.IN_FORCE_UNTIL, WORDS), outcome="replaced",
        needs=(letting.after_start,), main=True,
    )  # fmt: skip
    drop = Transition(drafted >> dropped, "不再施行", by=OFFICE, asks=(WORDS,), outcome="dropped")
