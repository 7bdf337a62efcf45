"""What the steps of a mediation ask for."""

from jieyou.kernel.loop.declare import Ask

WORDS = Ask("words", "说明", "words", keep=False)
SIDES = tuple((letter, f"当事人{name}") for letter, name in zip("abcdef", "甲乙丙丁戊己", strict=True))
SOURCES = (("apply", "当事人申请"), ("active", "主动调解"), ("entrusted", "委托移送"))
SOURCE = Ask("source", "案件来源", "choice", choices=SOURCES)
CATEGORY = Ask("category", "纠纷类型", "choice", choices_from="mediation.dispute")
SUMMARY = Ask("summary", "纠纷简要情况", "words", at_least=5, help="不写姓名、电话、身份证号；当事人另外登记")
PEOPLE = Ask("people", "涉及人数", "number", required=False)
SIDE = Ask("side", "哪一方", "choice", choices=SIDES, keep=False)
NAME = Ask("name", "姓名", "line", keep=False, at_most=40)
TOLD = Ask("told", "已读权利义务告知书，同意由调解委员会调解", "yes", keep=False)
TOLD_ORALLY = Ask("told", "已当面告知权利义务，本人同意调解", "yes", keep=False)
PICK = Ask("pick", "菜单里的人", "choice", choices_from="mediation.people", required=False, keep=False)
OUTSIDE = Ask("outside", "菜单外的人（姓名、身份）", "line", required=False, keep=False, at_most=40,
              help="信得过的亲友、老邻居、老同事都可以；作为受邀说事人参加，协议仍由人民调解员签名、委员会盖章")  # fmt: skip
WITH = Ask("with_side", "同意哪一方提的人", "choice", choices=SIDES, keep=False)
MEDIATOR = Ask("mediator", "主持调解的人民调解员", "choice", choices_from="mediation.engaged",
               help="双方选的是说事人或菜单外的人时，另由一名人民调解员主持")  # fmt: skip
CHECKED = Ask("checked", "当事人身份已核对", "yes", keep=False)
DAY = Ask("day", "调解日期", "day", keep=False)
WHERE = Ask("where", "地点", "line", keep=False, at_most=120)
RECORD = Ask("record", "调解记录", "words", at_least=5, keep=False, help="谁在场、各方说了什么、说到哪一步")
EVIDENCE = Ask("evidence", "材料", "evidence", required=False, keep=False)
DAYS = Ask("days", "延长天数", "number", at_least=1, at_most=60, keep=False)
RISK = Ask("risk", "激化风险", "words", at_least=5)
RISK_TO = Ask("risk_to", "已报告的公安机关或有关部门", "line", keep=False, at_most=80)
FACTS = Ask("facts", "纠纷主要事实、争议事项", "words", at_least=5)
LIABILITY = Ask("liability", "各方责任", "words", required=False)
TERMS = Ask("terms", "协议内容", "words", at_least=5)
HOW = Ask("how", "履行方式、地点", "words")
PERFORM_BY = Ask(
    "perform_by", "履行期限", "due", required=False, clock="mediation.perform",
    help="写日期，如 2026-11-23；或写工作日数；当场履行的不填",
)  # fmt: skip
AMOUNT = Ask("amount", "协议涉及金额（元）", "number", required=False)
SIGN_NAME = Ask("sign_name", "签名（本人姓名）", "line", keep=False, at_most=40)
SIGN_YES = Ask("sign_yes", "我已看过协议全文，自愿签署", "yes", keep=False)
SIGNED_ON = Ask("signed_on", "签名日期", "day", keep=False)
WAYS = Ask(
    "ways",
    "已告知的法律途径",
    "words",
    at_least=4,
    help="可以依法申请仲裁、请行政机关处理，或者向人民法院起诉",
)
PERFORMED = Ask(
    "performed",
    "履行情况",
    "choice",
    choices=(("whole", "已全部履行"), ("partly", "部分履行"), ("not", "没有履行")),
)
APPLIED_ON = Ask("applied_on", "双方共同申请日期", "day")
COURT = Ask("court", "受理法院", "line", at_most=80,
            help="法院邀请调解的，向该法院；其他的，当事人住所地、标的物所在地或者调解组织所在地的基层人民法院")  # fmt: skip
JOINT = Ask("joint", "双方当事人共同申请", "yes", keep=False)
CONFIRMED = Ask(
    "confirmed",
    "法院裁定",
    "choice",
    choices=(("confirmed", "确认有效"), ("rejected", "驳回或不予受理"), ("withdrawn", "撤回申请")),
)
PLEASED = (("good", "满意"), ("fair", "基本满意"), ("bad", "不满意"), ("none", "不愿评价"))
SATISFIED = Ask("satisfied", "当事人满意程度", "choice", required=False, choices=PLEASED)
HIDDEN_RISK = Ask("hidden", "有无激化隐患、采取的措施", "words", keep=False)
PIECE = Ask("piece", "卷宗材料", "choice", choices_from="mediation.file", keep=False)
PIECE_STATE = Ask(
    "piece_state", "情况", "choice", choices=(("have", "已入卷"), ("none", "不需要")), keep=False
)
