"""补录台账: a running ledger is taken in, and may be taken back as long as nobody has worked on one of its rows."""

from jieyou.commons.backfill import undoing
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, home, system

#: Counts of rows, and of what they became.
COUNTS = (
    Ask("rows", "行数", "number"), Ask("accepted", "收下", "number"), Ask("returned", "退回修改", "number"),
    Ask("known", "已有", "number"), Ask("items", "事项", "number"), Ask("ended", "其中已办结", "number"),
    Ask("unsettled", "待核环节", "number"), Ask("meetings", "会议", "number"),
)  # fmt: skip


class LedgerLoop(Loop, code="backfill", title="补录台账", noun="批次", opens="开始补录", letters="-BL"):
    """One ledger's way in."""

    running = Stage("正在导入", 1)
    done = Stage("已导入", 2, ended=True)
    undone = Stage("已撤回", ended=True)

    finish = Transition(
        running >> done, "补录完成", by=system(), asks=COUNTS, outcome="done", tells=("home",),
    )  # fmt: skip
    undo = Transition(
        (running | done) >> undone, "撤回补录", by=home("经办人"), asks=(Ask("words", "原因", "words", required=False),),
        does=undoing.take_back, outcome="undone", help="把这一批补录的事项、任务、会议全部撤回；有人办理过的，不能撤回",
    )  # fmt: skip
