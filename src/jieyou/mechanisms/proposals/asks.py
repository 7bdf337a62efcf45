"""What the steps of a proposal and of a topic ask for."""

from jieyou.commons.reports.models import RATINGS
from jieyou.kernel.loop.declare import Ask
from jieyou.mechanisms.proposals.models import ADOPTED, CONVERTED, NOT_ADOPTED

WORDS = Ask("words", "说明", "words", keep=False)
TITLE = Ask("title", "建议名称", "line", keep=False, help="建议的要点，不写姓名、电话、门牌号")
CATEGORY = Ask("category", "涉及领域", "choice", choices_from="category")
SUGGESTION = Ask(
    "suggestion", "建议内容", "words", at_least=10, help="问题、建议、预期效益；建议人姓名、电话不写在这里"
)
SUGGESTER = Ask("suggester", "建议人（称呼或单位）", "line", required=False, at_most=60,
                help="书面、当面提的，写称呼或单位名称；电话、证件号不写")  # fmt: skip
TOPIC = Ask(
    "topic", "响应的征集议题", "case", required=False, help="集中征集收到的，填议题编号；日常建议留空"
)
TELL = Ask(
    "tell",
    "告知建议人",
    "words",
    at_least=10,
    keep=False,
    help="已收到、怎么办理、什么时候答复；建议人查询时看到的就是这段话",
)
JUDGED = Ask("judged", "研判意见", "words", at_least=4, help="是否属于建议、有没有同类、由谁论证")
HANDLER = Ask("handler", "主办单位", "unit", becomes="holder", grants="co")
HELPERS = Ask("helpers", "会办单位", "units", required=False, grants="co", keep=False)
TO_UNIT = Ask(
    "to_unit",
    "对方单位",
    "unit",
    required=False,
    keep=False,
    help="对方不在本系统的留空，由本单位跟进、登记结果",
)
INTO = Ask("into", "并入建议", "case", keep=False, help="填写要并入的建议编号；并案办理，每位建议人分别答复")
ADVISED = Ask("advised", "论证结论", "choice", choices=(*ADOPTED, *NOT_ADOPTED))
OPINION = Ask(
    "opinion", "论证意见", "words", at_least=10, help="科学性、可行性、政策依据、经费；不采纳的写明理由"
)
BENEFIT = Ask("benefit", "预期效益", "words", required=False)
ADOPT = Ask("adoption", "采纳情况", "choice", choices=tuple(ADOPTED))
NOT_ADOPT = Ask("adoption", "采纳情况", "choice", choices=tuple(NOT_ADOPTED))
REPLY = Ask(
    "reply",
    "答复建议人",
    "words",
    at_least=20,
    help="采纳了哪些、怎么落实，不采纳的说明理由；“感谢您的建议”不算答复",
)
KIND = Ask("kind", "转化形式", "choice", choices=tuple(CONVERTED), keep=False)
NAME = Ask(
    "called", "文号或名称", "line", at_most=120, keep=False, help="如：延社工发〔2026〕8号、某某改造项目"
)
ON = Ask("on", "日期", "day", keep=False, help="印发、立项、施行或办结的日期")
EFFECT = Ask("effect", "社会效益", "words", required=False, keep=False)
LINK = Ask("link", "关联事项", "case", required=False, keep=False, help="转化为解忧事项的，填写事项编号")
PROBLEM = Ask(
    "problem",
    "要解决的问题",
    "words",
    at_least=10,
    keep=False,
    help="作为解忧线索登记的内容，不写建议人姓名、电话",
)
GRADE = Ask(
    "grade", "奖励等次", "choice", choices_from="proposal.grade", help="等次按本地奖励办法，在“设置”里改"
)
AWARDEE = Ask("awardee", "公示的姓名", "line", at_most=40, help="本人不同意公开姓名的，写“建议人”")
AWARD_WHY = Ask(
    "award_why",
    "奖励理由",
    "words",
    at_least=10,
    help="采纳和转化的情况、社会效益；公示时群众看到的就是这段话",
)
AWARD_BASIS = Ask("award_basis", "奖励依据", "line", at_most=120, help="奖励办法的名称、文号")
EVIDENCE = Ask("evidence", "材料", "evidence", required=False, keep=False)
RATING = Ask("rating", "您对答复满意吗", "choice", choices=tuple(RATINGS), keep=False)

TOPIC_WORDS = Ask(
    "words", "征集内容", "words", at_least=20, at_most=2000, help="向群众征集什么、为什么；公开的就是这段话"
)
CONTACT = Ask(
    "contact",
    "其他提交方式",
    "line",
    required=False,
    at_most=120,
    help="如：来信地址、办公电话；网上提交不用写",
)
ENDS = Ask("ends", "征集截止", "due", clock="proposal_topic.open", help="写日期，或者工作日数")
RESULT = Ask(
    "result",
    "采纳情况公告",
    "words",
    at_least=20,
    at_most=3000,
    help="收到多少、采纳哪些、怎么落实；公开的就是这段话",
)
CHECKED = Ask(
    "checked", "保密审查意见", "words", keep=False, help="是否涉密、涉工作秘密、涉个人信息，能否公开"
)
