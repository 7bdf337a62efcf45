"""待反馈 → 已反馈. A case of its own, not a child: the concern has ended, and its end waits for no letter."""

from jieyou.commons.feedback.models import WAYS
from jieyou.commons.feedback.rules import not_ahead, numbered
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, home, within

CONTENT = Ask(
    "content", "反馈内容", "words", at_least=10, help="办理结果、答复群众的情况；不写反映人的姓名、电话"
)
HOW = Ask("how", "反馈方式", "choice", choices=tuple(WAYS))
LETTER_NO = Ask("letter_no", "函号", "line", required=False, at_most=60, help="发函的必填")
SENT_ON = Ask("sent_on", "反馈日期", "day")
EVIDENCE = Ask("evidence", "反馈函、回执", "evidence", required=False, keep=False)
WORDS = Ask("words", "理由", "words", keep=False)


class FeedbackLoop(
    Loop, code="feedback", title="反馈来件单位", facts="feedback.Feedback", noun="反馈件", opens="待反馈", letters="-FK",
    due_clock="report.source_due",
):  # fmt: skip
    """What the source of one report is owed when the matter has ended, whatever its end."""

    waiting = Stage("待反馈", 1, clock="report.feedback", waits=home("经办人"))
    fed_back = Stage("已反馈", 2, ended=True)
    excused = Stage("不用反馈", ended=True)

    write = Transition(
        within(waiting), "起草反馈函", by=home("经办人", "密件专办"), asks=(CONTENT,), drafts=("feedback",),
    )  # fmt: skip
    send = Transition(
        waiting >> fed_back, "登记已反馈", by=home("经办人", "密件专办"), asks=(HOW, LETTER_NO, SENT_ON, CONTENT, EVIDENCE),
        needs=(numbered, not_ahead), outcome="fed_back", main=True,
    )  # fmt: skip
    excuse = Transition(
        waiting >> excused, "不用反馈", by=home("部领导", "密件专办"), asks=(WORDS,), outcome="excused", tells=("home",),
        help="来件单位已经知道结果，或者明确表示不用反馈",
    )  # fmt: skip
