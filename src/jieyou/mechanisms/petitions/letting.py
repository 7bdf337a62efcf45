"""What the suggestions to other offices and the rule documents ask for, and what is judged of them."""

from jieyou.kernel.loop.declare import Ask, Guard, Situation
from jieyou.mechanisms.petitions.models import DOMAINS

ADVICE_ASKS = (
    Ask("advice", "建议类别", "choice", choices=(("improve", "改进工作"), ("policy", "完善政策"), ("blame", "追究责任"))),
    Ask("found", "发现的问题", "words", at_least=10), Ask("proposal", "建议内容", "words", at_least=10),
)  # fmt: skip
TO = Ask("to", "送达机关、单位", "unit", becomes="holder", grants="co")
ADOPTION = Ask("adoption", "采纳情况", "choice",
               choices=(("adopted", "采纳"), ("partly", "部分采纳"), ("not", "不予采纳，说明理由")))  # fmt: skip
ANSWER = Ask("answer", "书面反馈", "words", at_least=20, help="采纳了哪些、怎么落实；“已收悉”不算反馈")
RULE_ASKS = (
    Ask("domain", "属于哪一个法治化", "choice", choices=tuple(DOMAINS)), Ask("version", "版本", "line", at_most=20, help="如：2024 年版"),
)  # fmt: skip
PAPER_NO = Ask("paper_no", "发文字号", "line", at_most=60)
IN_FORCE_FROM = Ask("in_force_from", "施行日期", "day")
IN_FORCE_UNTIL = Ask("in_force_until", "废止日期", "day")


def _after_start(s: Situation) -> str | None:
    first, last = s.facts.in_force_from, s.data.get("in_force_until")
    return "废止日期不能早于施行日期" if first and last and last < first else None


def _not_revoked(s: Situation) -> str | None:
    revoked = s.data.get("review_result") == "revoked"
    return "撤销原处理意见的，请用“撤销，责令重新办理”" if revoked else None


after_start = Guard("after_start", _after_start, "废止在施行之后")
not_revoked = Guard("not_revoked", _not_revoked, "不是撤销")
