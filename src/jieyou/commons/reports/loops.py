"""导入: a workbook is taken in, and may be taken back as long as nobody has worked on one of its rows."""

from jieyou.commons.reports import undoing
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, home, system

#: Counts of rows; ``number`` asks keep them whole.
COUNTS = (
    Ask("rows", "行数", "number"), Ask("accepted", "收下", "number"), Ask("returned", "退回修改", "number"),
    Ask("known", "已有", "number"), Ask("harm", "涉及人身安全", "number"), Ask("sealed", "密封", "number"),
)  # fmt: skip


class ImportLoop(Loop, code="import", title="导入台账", noun="批次", opens="开始导入", letters="-DR"):
    """One workbook's way in."""

    running = Stage("正在导入", 1)
    done = Stage("已导入", 2, ended=True)
    undone = Stage("已撤回", ended=True)

    finish = Transition(
        running >> done, "导入完成", by=system(), asks=COUNTS, outcome="done", tells=("home",),
    )  # fmt: skip
    undo = Transition(
        (running | done) >> undone, "撤回导入", by=home("经办人"), asks=(Ask("words", "原因", "words", required=False),),
        does=undoing.take_back, outcome="undone", help="把这一批收下的反映全部撤回；有人办理过的，不能撤回",
    )  # fmt: skip
