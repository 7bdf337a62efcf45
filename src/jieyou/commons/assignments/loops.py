"""交办 → 签收 → 办理 → 反馈 → 审核; beside it 退办 (bounded, with a ground, ends in a ruling) and 延期 (once)."""

from dataclasses import replace

from jieyou.commons.assignments import extension, handing_back
from jieyou.commons.supervision import escalating, letters
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, holder, home, within
from jieyou.kernel.loop.guards import done, evidence, same_person

UNIT = Ask("unit", "责任单位", "unit")
TASK = Ask("task", "任务", "line", help="一句话说清做什么")
KIND = Ask("kind", "分工", "choice", choices=(("lead", "牵头"), ("co", "配合")))
DUE = Ask("due", "办理时限", "due", help="写日期，如 2026-11-23；或写工作日数，如 7", clock="assignment.due")
#: The table that a decision fills in: one row, one unit, one task.
ASSIGNMENTS = Ask("assignments", "交办任务", "rows", keep=False, rows=(TASK, KIND, UNIT, DUE))

WORDS = Ask("words", "说明", "words")
REPORT = Ask(
    "report", "办理结果", "words", at_least=10, help="做了什么、解决到什么程度；“已收悉”不算办理结果"
)
EVIDENCE = Ask("evidence", "办理依据", "evidence", required=False, keep=False)
GROUND = Ask(
    "bounce_ground", "退办理由", "words", at_least=10,
    help="按职责清单说明为什么不归本单位：写清哪一条，或者清单里没有、依据是什么",
)  # fmt: skip
DUTY = Ask(
    "duty", "职责清单条目编号", "line", required=False, at_most=40,
    help="清单里有的写编号，如 ZJ-12；“职责清单”页面能查。清单里没有的不填，把依据写进退办理由",
)  # fmt: skip
INSTEAD = Ask("instead", "应当由哪个单位办", "unit")
OTHER = Ask("unit", "改由哪个单位办", "unit", keep=False)
ANSWER = Ask("words", "意见和依据", "words", keep=False)
DAYS = Ask("days", "申请延长（工作日）", "number", at_least=1, at_most=250)
DAYS_REASON = Ask(
    "days_reason", "延期原因", "choice", choices=extension.REASONS, help="这一项群众查进度时看得到；下面的理由只给主办单位看"
)  # fmt: skip
GRANTED = Ask("days", "延长（工作日）", "number", keep=False, at_least=1, at_most=250)


class AssignmentLoop(Loop, code="assignment", title="交办任务", facts="assignments.Assignment", noun="任务", opens="交办",
                     due_clock="assignment.due"):  # fmt: skip
    """One unit's part of a decision."""

    sent = Stage("待签收", 1, clock="assignment.sign", waits=holder("承办人"))
    working = Stage("办理中", 2, waits=holder("承办人"))
    review = Stage("待审核", 3, clock="assignment.review", waits=home("经办人"))
    ended = Stage("已办结", 4, ended=True)
    taken_back = Stage("已收回", ended=True)
    returned = Stage("已退办", ended=True)

    sign_for = Transition(
        sent >> working, "签收", by=holder("承办人"), needs=(handing_back.settled,),
        asks=(Ask("officer", "具体承办人", "line", required=False, at_most=60),), tells=("home",), main=True,
    )  # fmt: skip
    progress = Transition(
        within(working), "反馈进展", by=holder("承办人"),
        asks=(Ask("progress", "进展", "words"), Ask("percent", "完成比例（%）", "number", required=False, keep=False, at_most=100), EVIDENCE),
        tells=("home",),
    )  # fmt: skip
    finish = Transition(
        working >> review, "提交办结", by=holder("承办人", "单位负责人"), asks=(REPORT, EVIDENCE), needs=(handing_back.settled, evidence),
        tells=("home",), main=True,
    )  # fmt: skip
    accept = Transition(
        review >> ended, "审核通过", by=home("经办人"), unless=(same_person("finish"),),
        asks=(WORDS.optional(),), tells=("holder",), outcome="done", main=True,
    )  # fmt: skip
    send_back = Transition(review >> working, "退回补办", by=home("经办人"), asks=(WORDS,), tells=("holder",))
    urge = Transition(
        within(sent, working), "催办", by=home("经办人"), asks=(WORDS.optional(),), tells=("holder",)
    )
    letter = Transition(
        within(sent, working, review), "拟督办文书", by=home("经办人"), does=letters.draft,
        asks=(letters.KIND, replace(letters.GROUND, keep=False), replace(letters.DEMAND, keep=False)),
        help="督办函由部领导签发后才发出；约谈、通报签发后转督查室",
    )  # fmt: skip
    escalate = Transition(
        within(sent, working, review), "提请提级", by=home("经办人"), asks=(escalating.ASK,), needs=(escalating.plain,),
        does=escalating.by_hand, help="部领导批准后，待办和查看权才交上去；时限不变",
    )  # fmt: skip

    # 延期: asked once, answered once, counted, and told to the residents
    ask_days = Transition(
        within(working), "申请延期", by=holder("承办人", "单位负责人"), at_most=1, tells=("home",), then=home("部领导"),
        asks=(DAYS, DAYS_REASON, Ask("ground", "理由", "words")), help="办理时限照走，批准了才顺延；只能申请一次",
    )  # fmt: skip
    grant_days = Transition(
        within(working), "同意延期", by=home("部领导"), at_most=1, tells=("holder", "home"), extends=("assignment.due",),
        needs=(done("ask_days", "承办单位没有申请延期"), extension.unanswered), asks=(GRANTED, WORDS.optional()),
        does=extension.grant, then=holder("承办人"),
    )  # fmt: skip
    deny_days = Transition(
        within(working), "不同意延期", by=home("部领导"), at_most=1, tells=("holder", "home"), asks=(WORDS,),
        needs=(done("ask_days", "承办单位没有申请延期"), extension.unanswered), then=holder("承办人"),
    )  # fmt: skip

    # 退办: the clocks run on whatever is said; bounded; the last one ends in a ruling
    bounce = Transition(
        within(sent, working), "申请退办", by=holder("承办人", "单位负责人"), asks=(DUTY, GROUND, INSTEAD), does=handing_back.ask,
        needs=(handing_back.settled, handing_back.not_ruled, handing_back.in_time), then=home("经办人"), tells=("home",),
        help="时限不停、不重算。要有职责清单上的依据，写明应当由谁办",
    )  # fmt: skip
    unbounce = Transition(
        within(sent, working), "撤回退办申请", by=holder("承办人", "单位负责人"), only=handing_back.asked, does=handing_back.close,
        then=holder("承办人"), tells=("home",),
    )  # fmt: skip
    uphold = Transition(
        within(sent, working), "维持交办", by=home("经办人", "部领导"), only=handing_back.answerable, asks=(ANSWER,), does=handing_back.close,
        then=holder("承办人"), tells=("holder",),
    )  # fmt: skip
    rebut = Transition(
        (sent | working) >> returned, "同意退办", by=home("经办人", "部领导"), only=handing_back.answerable, asks=(OTHER, ANSWER),
        does=handing_back.pass_on, gate="duty_list", tells=("holder",), outcome="returned", returns="repoint",
        help="任务改派给另一单位，原时限接着走",
    )  # fmt: skip
    rule = Transition(
        within(sent, working), "裁定由本单位承办", by=home("部领导"), only=handing_back.for_ruling, asks=(ANSWER,), does=handing_back.rule,
        then=holder("承办人"), tells=("holder", "home"), help="裁定后不能再退办",
    )  # fmt: skip
    rule_over = Transition(
        (sent | working) >> returned, "裁定改由其他单位承办", by=home("部领导"), only=handing_back.for_ruling, asks=(OTHER, ANSWER),
        does=handing_back.rule_over, gate="duty_list", tells=("holder", "home"), outcome="returned", returns="repoint",
        help="裁定后接办的单位不能再退办",
    )  # fmt: skip
    take_back = Transition(
        (sent | working) >> taken_back, "收回任务", by=home("经办人", "部领导"), asks=(WORDS,), tells=("holder",),
        outcome="taken_back", help="交办错了单位时用；收回后在事项上“补充交办”",
    )  # fmt: skip
