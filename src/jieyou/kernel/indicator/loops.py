"""数据核定: the numbers of a period are checked by one person, approved by another, and frozen. From the county up only.

A correction is a new sheet for the same period, with its reason; what was frozen before stays readable beside it.
"""

from jieyou.kernel.indicator import freezing
from jieyou.kernel.loop.declare import Ask, Guard, Loop, Stage, Transition, home, within
from jieyou.kernel.loop.guards import same_person

FIRST = Ask("first", "起始日期", "day")
LAST = Ask("last", "截止日期", "day")
REASON = Ask(
    "reason", "更正原因", "words", required=False, help="同一报告期已经核定过的，写明为什么更正；原核定数保留"
)


class ReadingLoop(
    Loop, code="reading", title="数据核定", facts="indicator.Sheet", noun="核定表", opens="提出核定", letters="-HD",
    opened_by=home("经办人"), asks=(FIRST, LAST, REASON),
):  # fmt: skip
    """Live numbers become numbers of record."""

    checking = Stage("待核对", 1, waits=home("经办人"))
    waiting = Stage("待核定", 2, waits=home("部领导"))
    frozen = Stage("已核定", 3, ended=True)
    dropped = Stage("已作废", ended=True)

    send = Transition(
        checking >> waiting, "核对无误，送核定", by=home("经办人"), main=True,
        needs=(Guard("period", freezing.period, "报告期填写正确"), Guard("reasoned", freezing.reasoned, "更正的写明了原因")),
        help="对照清单逐项核对过的，送部领导核定；数字在核定那一刻从记录计算",
    )  # fmt: skip
    mend = Transition(within(checking), "修改报告期", by=home("经办人"), asks=(FIRST, LAST, REASON))
    approve = Transition(
        waiting >> frozen, "核定", by=home("部领导"), main=True, does=freezing.freeze, outcome="frozen", tells=("home",),
        needs=(Guard("below", freezing.below, "下级已核定"),), unless=(same_person("send", words="核对的人不能自己核定"),),
        asks=(Ask("words", "意见", "words", required=False),),
    )  # fmt: skip
    send_back = Transition(
        waiting >> checking,
        "退回核对",
        by=home("部领导"),
        asks=(Ask("words", "原因", "words"),),
        tells=("home",),
    )
    drop = Transition(
        (checking | waiting) >> dropped,
        "作废",
        by=home("经办人"),
        asks=(Ask("words", "原因", "words"),),
        outcome="dropped",
    )
