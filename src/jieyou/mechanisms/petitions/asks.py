"""What the steps of a petition ask for."""

from jieyou.commons.reports.models import RATINGS
from jieyou.kernel.loop.declare import Ask
from jieyou.mechanisms.petitions.models import MEDIATED

#: 信访工作条例第十七条.
CHANNELS = (("net", "信息网络"), ("letter", "书信"), ("phone", "电话"), ("fax", "传真"), ("visit", "走访"))
#: 第二十二条、第二十八条至第三十一条.
PURPOSES = (
    ("appeal", "申诉求决"),
    ("advice", "意见建议"),
    ("accusation", "检举控告"),
    ("lawsuit", "涉法涉诉"),
)
#: 第三十一条第一项至第五项; the sixth is the petition procedure itself.
ROUTES = (
    ("lawsuit", "诉讼、检察、公安法律程序"), ("arbitration", "仲裁"), ("party", "党员申诉、申请复审"),
    ("administrative", "行政复议、裁决、确认、许可、处罚"), ("duty", "申请查处、履行职责"),
)  # fmt: skip
#: 第三十二条.
RESULTS = (
    ("supported", "请求有依据，予以支持"),
    ("explained", "请求合理但缺乏依据，做好解释"),
    ("rejected", "请求没有依据，不予支持"),
)
ADOPTED = (("adopted", "采纳"), ("partly", "部分采纳"), ("planned", "纳入研究"), ("not", "不予采纳"))
GROUNDS = (
    ("pending", "同一事项正在受理、办理期限内"), ("final", "已经复核终结，事实和理由没有变化"), ("review_lapsed", "期满没有申请复查、复核"),
    ("other_channel", "应当通过诉讼、仲裁、行政复议等途径解决"), ("not_public", "不属于本机关职权范围"),
)  # fmt: skip
REVIEWED = (
    ("upheld", "维持原处理意见"),
    ("changed", "变更原处理意见"),
    ("revoked", "撤销原处理意见，责令重新办理"),
)
RECHECKED = REVIEWED[:2]

TITLE = Ask("title", "事项名称", "line", keep=False, help="诉求的要点，不写姓名、电话、门牌号")
CHANNEL = Ask("channel", "信访形式", "choice", choices=CHANNELS)
VIA = Ask(
    "via", "具体渠道", "line", required=False, at_most=60, help="如：领导信箱、网民留言、12345 转入、视频信访"
)
EXTERNAL_NO = Ask("external_no", "国家信访信息系统编号", "line", required=False, at_most=60)
PURPOSE = Ask("purpose", "目的分类", "choice", choices=PURPOSES)
CATEGORY = Ask("category", "内容分类", "choice", choices_from="category")
REQUEST = Ask("request", "请求", "words", at_least=4, help="信访人要求什么；姓名、住址、电话不写在这里")
TOLD_FACTS = Ask("told_facts", "反映的事实", "words")
TOLD_REASONS = Ask("told_reasons", "理由", "words", required=False)
PEOPLE = Ask("people", "人数", "number", at_least=1, at_most=100_000)
REPRESENTATIVES = Ask(
    "representatives", "代表人数", "number", required=False, at_most=99, help="集体访推选代表，不超过 5 人"
)
FIRST = Ask("first", "初次或重复", "choice", choices=(("first", "初次"), ("repeat", "重复")))
REPEATS = Ask("repeats", "原信访事项", "case", required=False, help="重复信访的，填写原事项编号")
URGENCY = Ask(
    "urgency",
    "紧急程度",
    "choice",
    choices=(("normal", "一般"), ("important", "重要"), ("major", "重大紧急")),
)
WORDS = Ask("words", "说明", "words", keep=False)
REPLY = Ask(
    "reply",
    "告知信访人",
    "words",
    at_least=15,
    help="为什么、该找哪里、有什么权利；信访人查询时看到的就是这段话",
)
TELL = Ask(
    "tell",
    "告知信访人",
    "words",
    at_least=15,
    keep=False,
    help="转到哪里、途径和程序；信访人查询时看到的就是这段话",
)
HANDLER = Ask("handler", "有权处理的机关、单位", "unit", becomes="holder", grants="co")
FEEDBACK_DUE = Ask(
    "feedback_due",
    "反馈时限",
    "due",
    clock="petition.feedback",
    help="要求什么时候前提交办结报告，写日期或工作日数",
)
EVIDENCE = Ask("evidence", "材料", "evidence", required=False, keep=False)
GROUND = Ask("ground", "不予受理理由", "choice", choices=GROUNDS)
ACCEPTED_ON = Ask(
    "accepted_on", "受理日期", "day", clock="petition.close", help="作出受理告知的日期，六十日从第二天起算"
)
ROUTE = Ask("route", "法定途径", "choice", choices=ROUTES)
DAYS = Ask("days", "延长（日）", "number", at_least=1, at_most=30)
DAYS_REASON = Ask("days_reason", "延期理由", "words", at_least=8, help="书面告知信访人的理由")
RESULT = Ask("result", "处理结论", "choice", choices=RESULTS)
FINDINGS = Ask("findings", "查明的事实和理由", "words", at_least=10)
OPINION = Ask("opinion", "处理意见", "words", at_least=10)
BASIS = Ask("basis", "法律法规依据", "words", at_least=4, help="法律、法规、规章和政策的名称、条款")
HOWS = (
    ("direct", "直接送达"),
    ("mail", "邮寄送达"),
    ("net", "网上送达"),
    ("left", "留置送达"),
    ("notice", "公告送达"),
)
DELIVER_HOW = Ask("deliver_how", "送达方式", "choice", choices=HOWS)
DELIVERED_ON = Ask(
    "delivered_on",
    "送达日期",
    "day",
    clock="petition.appeal",
    help="信访人收到的日期，申请复查的三十日从第二天起算",
)
ADOPTION = Ask("adopted", "采纳情况", "choice", choices=ADOPTED)
REVIEW_UNIT = Ask("review_unit", "复查机关", "unit", required=False, becomes="holder", grants="co",
                  help="原办理机关的上一级；不在本系统的留空，写在下一栏")  # fmt: skip
REVIEW_NAME = Ask("review_name", "复查机关（不在本系统的）", "line", required=False, at_most=80)
REVIEW_ASKED_ON = Ask("review_asked_on", "收到复查请求日期", "day", clock="petition.review")
REVIEW_RESULT = Ask("review_result", "复查结论", "choice", choices=REVIEWED[:2])
REVIEW_FINDINGS = Ask("review_findings", "复查认定的事实和理由", "words", at_least=10)
REVIEW_OPINION = Ask("review_opinion", "复查意见", "words", at_least=10)
REVIEW_DELIVERED_ON = Ask("review_delivered_on", "送达日期", "day", clock="petition.appeal_again")
RECHECK_UNIT = Ask("recheck_unit", "复核机关", "unit", required=False, becomes="holder", grants="co",
                   help="复查机关的上一级；不在本系统的留空，写在下一栏")  # fmt: skip
RECHECK_NAME = Ask("recheck_name", "复核机关（不在本系统的）", "line", required=False, at_most=80)
RECHECK_ASKED_ON = Ask("recheck_asked_on", "收到复核请求日期", "day", clock="petition.recheck")
RECHECK_RESULT = Ask("recheck_result", "复核结论", "choice", choices=RECHECKED)
RECHECK_FINDINGS = Ask("recheck_findings", "复核认定的事实和理由", "words", at_least=10)
RECHECK_OPINION = Ask("recheck_opinion", "复核意见", "words", at_least=10)
RECHECK_DELIVERED_ON = Ask("recheck_delivered_on", "送达日期", "day")
RATING = Ask("rating", "您对承办单位满意吗", "choice", choices=tuple(RATINGS), keep=False)
OFFICE_RATING = Ask(
    "office_rating", "您对信访部门满意吗", "choice", required=False, choices=tuple(RATINGS), keep=False
)
SPONSOR = Ask("sponsor", "包案领导（职务、姓名）", "line", at_most=60)
SPONSORED_TILL = Ask("sponsored_till", "化解期限", "day")
#: 第二十七条.
CARE = Ask("care", "做了哪一项", "choice", keep=False, choices=(
    ("solve", "诉求合理的解决问题到位"), ("explain", "诉求无理的思想教育到位"), ("help", "生活困难的帮扶救助到位"),
    ("law", "行为违法的依法处理"),
))  # fmt: skip
MEDIATOR = Ask(
    "to_unit",
    "调解组织",
    "unit",
    required=False,
    keep=False,
    help="对方不在本系统的留空，由本单位跟进、登记结果",
)
MEDIATION_RESULT = Ask("mediation_result", "调解结果", "choice", choices=tuple(MEDIATED), keep=False)
STARTED_ON = Ask("started_on", "开始日期", "day", required=False, keep=False)
ENDED_ON = Ask("ended_on", "结束日期", "day", keep=False)
DOCUMENT = Ask("document", "附卷文书", "choice", required=False, keep=False,
               choices=(("agreement", "调解协议书"), ("reconciliation", "和解协议书")), help="调解成功的必须附卷")  # fmt: skip
INTO = Ask("into", "并入事项", "case", keep=False, help="填写要并入的信访事项编号")
