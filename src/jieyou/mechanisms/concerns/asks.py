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
    ("meeting", "提请上会"), ("direct", "直接转办"), ("urgent", "急办"), ("hotline", "转12345"), ("petition", "转信访"),
    ("mediation", "转调解"), ("suggestion", "转人民建议"), ("raise_city", "提请市级"), ("hand_county", "市交县办"), ("join", "并件"),
    ("decline", "不予采纳并告知"), ("file", "存查"),
)  # fmt: skip
RECOMMEND = Ask("recommend", "研判建议", "choice", choices=RECOMMENDATIONS)
REASON = Ask("reason", "研判意见", "words", help="问题是什么、归谁管、为什么这样建议")
URGENT_GROUND = Ask(
    "urgent_ground",
    "急办理由",
    "words",
    help="为什么等不到会议：涉及安全、停水停暖停电等；先处置、后补会，24 小时内处置",
)
TO_UNIT = Ask(
    "to_unit",
    "转往单位",
    "unit",
    required=False,
    keep=False,
    help="对方不在本系统的留空，由本单位经办人跟进、登记结果",
)
TO_WORDS = Ask("words", "转办意见", "words", keep=False)
TELL = Ask(
    "tell",
    "告知群众",
    "words",
    at_least=15,
    keep=False,
    help="转到哪里、为什么、什么时候有结果；群众查询进度时看到的就是这段话",
)
COUNTY_WORK = Ask("county_work", "县级已做工作", "words")
CRUX = Ask("crux", "症结", "words", help="卡在哪里：权限、资金、政策还是跨区域")
REQUEST = Ask("request", "请求事项", "words", help="请市级解决什么")
COUNTY = Ask("county", "交办县（市、区）", "unit", keep=False, unit_kinds=("office",))
HAND_DUE = Ask(
    "due",
    "办理时限",
    "due",
    required=False,
    keep=False,
    help="写日期，如 2026-11-23；或写工作日数，如 7；不写的按默认时限",
)
LEADING = Ask("leading", "领衔（包抓）领导", "line", at_most=60, help="职务和姓名，如：副区长 王建国")
TO_DECIDE = Ask("to_decide", "需会议决定的事项", "words", required=False)
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
VERIFIED = Ask(
    "verified", "核验方式", "choice", choices=(("site", "实地核验"), ("phone", "电话核实"), ("papers", "材料核对")),
    help="牵头部门审核后核验；照片不作要求",
)  # fmt: skip
SHELVED_TILL = Ask(
    "shelved_till",
    "挂账到",
    "due",
    clock="jieyou.shelved",
    help="计划解决的日期，如 2027-03-31；到期自动恢复办理",
)
SHELVED_OWNER = Ask("shelved_owner", "挂账责任单位", "unit", becomes="holder", grants="co")
REPLY = Ask("reply", "答复群众", "words", at_least=20, help="写清做了什么、什么时候完成；“已收悉”不算答复")
EVIDENCE = Ask("evidence", "办理依据", "evidence", required=False, keep=False)
INTO = Ask("into", "并入事项", "case", keep=False, help="填写要并入的事项编号")
#: What a task that was handed back tells its parent: which one, and which unit has it now.
CHILD = Ask("child", "任务", "case", keep=False)
NEW_UNIT = Ask("unit", "改由", "unit", keep=False)
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
HOUSEHOLDS = Ask("households", "回访户数", "number", required=False, keep=False, at_least=1, at_most=10_000,
                 help="涉及多户的，这次联系上几户")  # fmt: skip
SATISFIED = Ask("satisfied", "是否满意", "choice", required=False, choices=RATINGS)
SOLVED = Ask("solved", "问题是否解决", "yes", required=False)
REVIEWER = Ask("reviewer", "复核领导（职务、姓名）", "line", at_most=60, keep=False)
SUGGESTION = Ask("words", "建议内容", "words", keep=False, at_least=10, help="问题、建议、理由")
