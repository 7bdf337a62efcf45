"""交办 → 签收 → 办理 → 反馈 → 审核."""

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


class AssignmentLoop(Loop, code="assignment", title="交办任务", facts="assignments.Assignment", noun="任务", opens="交办",
                     due_clock="assignment.due"):  # fmt: skip
    """One unit's part of a decision."""

    sent = Stage("待签收", 1, clock="assignment.sign", waits=holder("承办人"))
    working = Stage("办理中", 2, waits=holder("承办人"))
    review = Stage("待审核", 3, clock="assignment.review", waits=home("经办人"))
    ended = Stage("已办结", 4, ended=True)
    taken_back = Stage("已收回", ended=True)

    sign_for = Transition(
        sent >> working, "签收", by=holder("承办人"),
        asks=(Ask("officer", "具体承办人", "line", required=False, at_most=60),), tells=("home",), main=True,
    )  # fmt: skip
    progress = Transition(
        within(working), "反馈进展", by=holder("承办人"),
        asks=(Ask("progress", "进展", "words"), Ask("percent", "完成比例（%）", "number", required=False, keep=False, at_most=100), EVIDENCE),
        tells=("home",),
    )  # fmt: skip
    finish = Transition(
        working >> review, "提交办结", by=holder("承办人", "单位负责人"), asks=(REPORT, EVIDENCE), needs=(evidence,),
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
    ask_days = Transition(
        within(working), "申请延期", by=holder("承办人", "单位负责人"), at_most=1, tells=("home",),
        asks=(Ask("days", "申请延长（工作日）", "number", at_least=1, at_most=250), Ask("ground", "理由", "words")),
    )  # fmt: skip
    grant_days = Transition(
        within(working), "同意延期", by=home("部领导"), at_most=1, tells=("holder",), extends=("assignment.due",),
        needs=(done("ask_days", "承办单位没有申请延期"),), asks=(Ask("days", "延长（工作日）", "number", at_least=1, at_most=250), WORDS.optional()),
    )  # fmt: skip
    deny_days = Transition(
        within(working), "不同意延期", by=home("部领导"), at_most=1, tells=("holder",), asks=(WORDS,),
        needs=(done("ask_days", "承办单位没有申请延期"),),
    )  # fmt: skip
    take_back = Transition(
        (sent | working) >> taken_back, "收回任务", by=home("经办人", "部领导"), asks=(WORDS,), tells=("holder",),
        outcome="taken_back", help="交办错了单位时用；收回后可以另行交办",
    )  # fmt: skip
