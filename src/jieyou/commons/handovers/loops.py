"""待接收 → 对方办理 → 已反馈; or back, when it is not theirs. The other side steps itself, or our clerk enters what it said."""

from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, holder, home, system, within

WORDS = Ask("words", "原因", "words", keep=False)
THEIR_NO = Ask("their_no", "对方受理编号", "line", required=False, at_most=80)
RECEIVED_ON = Ask("received_on", "接收日期", "day", required=False)
RESULT = Ask("result", "办理结果", "words", at_least=10, help="对方怎么办的、结论是什么；“已收悉”不算结果")
DOCUMENT = Ask("document", "转化成果（文号、项目或制度）", "line", required=False, help="有的写，没有不写")
EVIDENCE = Ask("evidence", "对方的复函或材料", "evidence", required=False, keep=False)
THEIRS = holder("承办人", "经办人", "单位负责人") | home("经办人")


class HandoverLoop(
    Loop,
    code="handover",
    title="转出件",
    facts="handovers.Handover",
    noun="转出件",
    opens="转出",
    letters="-ZC",
):
    """One matter at another door."""

    sent = Stage("待接收", 1, clock="handover.receive", waits=holder("承办人") | home("经办人"))
    working = Stage("对方办理中", 2, clock="handover.answer", waits=holder("承办人") | home("经办人"))
    answered = Stage("已反馈", 3, ended=True)
    refused = Stage("对方退回", ended=True)
    recalled = Stage("已收回", ended=True)

    receive = Transition(
        sent >> working, "接收", by=THEIRS, asks=(THEIR_NO, RECEIVED_ON), tells=("home",), main=True,
        help="对方在线下接收的，由我方经办人按回执登记",
    )  # fmt: skip
    note = Transition(
        within(sent, working),
        "跟进",
        by=THEIRS,
        asks=(Ask("words", "跟进情况", "words", keep=False),),
        tells=("home", "holder"),
    )
    answer = Transition(
        working >> answered, "反馈结果", by=THEIRS | system(), asks=(RESULT, DOCUMENT, EVIDENCE), outcome="answered", tells=("home",), main=True,
    )  # fmt: skip
    refuse = Transition(
        (sent | working) >> refused, "不属本渠道，退回", by=THEIRS, asks=(WORDS,), outcome="refused", tells=("home",), returns="come_back",
    )  # fmt: skip
    recall = Transition(
        (sent | working) >> recalled, "收回", by=home("经办人"), asks=(WORDS,), outcome="recalled", tells=("holder",), returns="come_back",
    )  # fmt: skip
