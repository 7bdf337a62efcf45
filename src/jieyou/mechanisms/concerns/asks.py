"""What the eight stages ask for."""

from jieyou.commons.meetings.models import OUTCOMES
from jieyou.kernel.loop.declare import Ask

TITLE = Ask("title", "事项名称", "line", keep=False, help="地点＋问题，不写姓名、电话、门牌号")
CATEGORY = Ask("category", "类别", "choice", choices_from="category")
WORDS = Ask("words", "说明", "words", keep=False)
REACH = Ask("reach", "涉及人数（户数）", "number", required=False)
URGENCY = Ask(
    "urgency", "紧急程度", "choice", choices=(("normal", "一般"), ("pressing", "较急"), ("urgent", "紧急"))
)
LEVEL = Ask("level", "办理层级", "choice", choices=(("county", "县级"), ("city", "市级"), ("bureau", "部门")))
POLICY = Ask("policy", "政策依据", "words", required=False)
RECOMMENDATIONS = (
    ("meeting", "提请上会"), ("direct", "直接转办"), ("join", "并件"), ("suggestion", "转人民建议"),
    ("decline", "不予采纳并告知"), ("file", "存查"),
)  # fmt: skip
RECOMMEND = Ask("recommend", "研判建议", "choice", choices=RECOMMENDATIONS)
REASON = Ask("reason", "研判意见", "words", help="问题是什么、归谁管、为什么这样建议")
LEAD = Ask("lead", "牵头单位", "unit", becomes="holder", grants="co")
CO_UNITS = Ask("co_units", "配合单位", "units", required=False, grants="co")
PLAN = Ask("plan", "拟解决方案", "words")
FUNDING = Ask("funding", "资金及来源", "line", required=False)
BASIS = Ask("basis", "法律政策依据", "words", required=False)
DISAGREEMENT = Ask("disagreement", "分歧点", "words", required=False)
AGREES = Ask(
    "agrees",
    "意见",
    "choice",
    keep=False,
    choices=(("yes", "同意"), ("partly", "部分同意"), ("no", "不同意")),
)
OPINION = Ask("opinion", "协商意见", "words", keep=False)
MEETING = Ask("meeting", "排入会议", "case", keep=False, choices_from="meetings")
OUTCOME = Ask("outcome", "会议结论", "choice", choices=tuple(OUTCOMES))
DECISION = Ask("decision", "会议决定", "words")
RESULT = Ask(
    "result", "办理结果", "choice",
    choices=(("solved", "已解决"), ("partly", "阶段性解决"), ("planned", "列入计划"), ("explained", "解释说明")),
)  # fmt: skip
REPLY = Ask("reply", "答复群众", "words", at_least=20, help="写清做了什么、什么时候完成；“已收悉”不算答复")
EVIDENCE = Ask("evidence", "办理依据", "evidence", required=False, keep=False)
INTO = Ask("into", "并入事项", "case", keep=False, help="填写要并入的事项编号")
RATINGS = (("good", "满意"), ("fair", "基本满意"), ("bad", "不满意"))
RATING = Ask("rating", "您满意吗", "choice", choices=RATINGS, keep=False)
METHOD = Ask(
    "method",
    "回访方式",
    "choice",
    keep=False,
    choices=(("phone", "电话"), ("visit", "上门"), ("message", "短信或网上")),
)
VISITED = Ask(
    "visited",
    "联系情况",
    "choice",
    choices=(("reached", "已联系上"), ("unreached", "未联系上"), ("unwilling", "不愿评价")),
)
SATISFIED = Ask("satisfied", "是否满意", "choice", required=False, choices=RATINGS)
SOLVED = Ask("solved", "问题是否解决", "yes", required=False)
