"""The pages of settings there are, one declaration each."""

from __future__ import annotations

from typing import Any

from jieyou.commons.approvals.models import PAPERS, ApprovalChain
from jieyou.commons.reports import channels
from jieyou.commons.reports.models import Category, Channel
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office.declared import Setting
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.models import ClockRule, Dial
from jieyou.kernel.people.roles import CLERK, HEAD, LEADER, MEETING_CLERK
from jieyou.kernel.privacy.models import AlarmWord, Retention
from jieyou.mechanisms.proposals.models import AwardGrade

BASIS = Ask("basis", "依据", "line", at_most=120, help="哪份文件、哪一条、文号；自己定的写“本部自定”")
#: Longest and shortest that a dial may be; the others take 0 to 999.
BOUNDS = {
    "publication.floor": (5, 999), "jieyou.sample_share": (0, 100), "jieyou.reopen": (0, 9), "assignment.bounce": (0, 9),
    "assignment.bounce_days": (1, 30), "supervision.amber": (0, 60), "supervision.before": (0, 60), "supervision.after": (0, 60),
}  # fmt: skip
#: Prefixes of codes that are no loop's.
OTHERS = {"report": "来件", "publication": "信息公开", "supervision": "督办", "escalation": "提级"}
MOST = {"day": 3650, "workday": 750, "hour": 2400}
SIGNERS = ((CLERK, CLERK), (MEETING_CLERK, MEETING_CLERK), (HEAD, HEAD), (LEADER, LEADER))
STEPS = {"first": "第一位", "second": "第二位", "third": "第三位", "fourth": "第四位"}
#: What a word may warn of (the kinds of ``alarm_words.csv``).
ALARM_KINDS = tuple((kind, kind) for kind in (
    "自伤自杀", "家庭暴力", "伤害未成年人", "人身侵害", "威胁报复", "火灾爆炸", "反映干部",
))  # fmt: skip
#: Law that says how long the least is: kind → (days, words).
LEAST_KEPT = {
    "security_log": (180, "网络安全法第二十一条：网络日志留存不少于六个月"),
    "look_log": (1095, "个人信息保护法第五十六条：处理情况记录至少保存三年"),
}


def group_of(row: Any) -> str:
    """The heading of a rule: the title of the loop that its code begins with."""
    prefix = row.code.split(".")[0]
    return OTHERS.get(prefix) or (registry.loops()[prefix].title if prefix in registry.loops() else "其他")


def _clock_says(row: ClockRule) -> str:
    roll = "，最后一天是休息日的顺延" if row.roll and row.unit == "day" else ""
    return (
        f"{row.length}{'个工作日' if row.unit == 'workday' else '小时' if row.unit == 'hour' else '天'}{roll}"
    )


def _clock_fault(key: str, values: dict[str, Any]) -> dict[str, str]:
    most = MOST[values["unit"]]
    return {"length": f"时限太长了：最多 {most}"} if values["length"] > most else {}


def _dial_fault(key: str, values: dict[str, Any]) -> dict[str, str]:
    low, high = BOUNDS.get(key, (0, 999))
    return {} if low <= values["value"] <= high else {"value": f"请写 {low} 到 {high} 之间的整数"}


def _chain_typed(row: ApprovalChain) -> forms.Typed:
    roles = row.roles.split(",")
    return dict(zip(STEPS, [*roles, "", "", "", ""], strict=False)) | {"basis": row.basis}


def _chain_values(values: dict[str, Any]) -> dict[str, Any]:
    return {"roles": ",".join(values[step] for step in STEPS if values[step]), "basis": values["basis"]}


def _chain_fault(key: str, values: dict[str, Any]) -> dict[str, str]:
    roles = [values[step] for step in STEPS]
    given = [role for role in roles if role]
    if roles[: len(given)] != given:
        return {list(STEPS)[roles.index("")]: "中间不能空着，请从第一位起依次选"}
    if len(set(given)) != len(given):
        return {list(STEPS)[len(given) - 1]: "同一个岗位不用签两次"}
    return {}


def _channel_save(row: Channel, values: dict[str, Any], by: str, why: str) -> None:
    channels.change(row.code, by, why, **values)


def _retention_fault(key: str, values: dict[str, Any]) -> dict[str, str]:
    least, law = LEAST_KEPT.get(key, (0, ""))
    days = values["keep_days"]
    return {"keep_days": f"不能少于 {least} 天（{law}）"} if days is not None and days < least else {}


CLOCKS = Setting(
    "clocks", "时限规则", "clock", "每个环节多少天、依据哪条规定。改了从起用日期以后开始的计时按新的算，正在计时的不变。",
    ClockRule, "code", lambda row: row.title, _clock_says,
    (Ask("length", "多长", "number", at_least=1, at_most=3650), Ask("unit", "按什么算", "choice", choices=tuple(ClockRule.UNITS)),
     Ask("roll", "最后一天是休息日的，顺延到下一个工作日（只对按日算的有用）", "yes"), BASIS),
    grouped=group_of, judge=_clock_fault, reckons=True,
)  # fmt: skip
DIALS = Setting(
    "dials", "次数、比例和提醒", "settings", "退回几次、回访抽多少、提前几天提醒、剩几天亮黄灯。到了起用日期就按新的办。",
    Dial, "code", lambda row: row.title, lambda row: str(row.value), (Ask("value", "数值", "number", at_most=999), BASIS),
    grouped=group_of, wide=frozenset({"supervision.amber"}), judge=_dial_fault,
)  # fmt: skip
CHAINS = Setting(
    "chains", "审批链", "rubber-stamp", "一份文件依次由哪些岗位签。已经送签的按送签时的链走完。",
    ApprovalChain, "paper", lambda row: str(dict(PAPERS).get(row.paper, row.paper)), lambda row: row.roles.replace(",", " → "),
    (*(Ask(step, label, "choice", n == 0, choices=SIGNERS) for n, (step, label) in enumerate(STEPS.items())), BASIS),
    names={code: title for code, title in PAPERS if code != "step"}, unset=f"{HEAD}（默认）", judge=_chain_fault,
    typed=_chain_typed, values=_chain_values,
)  # fmt: skip
CHANNELS = Setting(
    "channels", "来源渠道", "table-import", "每种来源的编号是全市统一还是各单位各编各的，办结后要不要反馈回去。已经收到的不变。",
    Channel, "code", lambda row: channels.title(row.code),
    lambda row: f"{'全市统一编号' if row.citywide else '各单位各自编号'}，{'办结后反馈' if row.answers else '不反馈'}",
    (Ask("citywide", "编号全市统一", "yes", help="不勾就是各单位各编各的，两个县都从 1 编起也不会撞"),
     Ask("answers", "办结后要反馈给来件单位", "yes", help="反馈的时限在“时限规则”里改"), BASIS),
    dated=False, save=_channel_save,
)  # fmt: skip
CATEGORIES = Setting(
    "categories", "事项类别", "columns", "登记和群众反映时可选的类别。停用的类别，老事项还显示原来的名称。",
    Category, "code", lambda row: row.title,
    lambda row: ("群众页面可选" if row.on_phone else "只在登记时可选") + (f"，{row.until}起停用" if row.until else ""),
    (Ask("title", "名称", "line", at_most=60), Ask("position", "次序", "number", at_most=9999), Ask("on_phone", "群众页面上可以选", "yes"),
     Ask("until", "从哪天起停用", "day", required=False)),
    dated=False, fresh=(Ask("code", "代码", "line", at_most=40, help="英文小写字母，如 heating；定了不能改"),),
)  # fmt: skip
RETENTION = Setting(
    "retention", "保存期限", "lock", "各类材料保存多少天，到期依法删除并留痕。不写天数的一直保存。",
    Retention, "kind", lambda row: row.title, lambda row: f"{row.keep_days} 天" if row.keep_days is not None else "一直保存",
    (Ask("keep_days", "保存多少天", "number", required=False, at_most=36_500, help="不写就一直保存"), Ask("basis", "依据", "line")),
    dated=False, judge=_retention_fault,
)  # fmt: skip
ALARMS = Setting(
    "alarms", "警示词", "alert-triangle", "反映里说到这些词，马上请人看（涉及人身安全），或者提示可能涉及单位和干部。",
    AlarmWord, "id", lambda row: row.word,
    lambda row: (f"除了：{row.unless.replace('|', '、')}" if row.unless else "") + ("（已停用）" if row.until else ""),
    (Ask("unless", "这些说法不算", "line", required=False, at_most=400, help="用 | 隔开"), Ask("note", "说明", "line", required=False),
     Ask("until", "从哪天起停用", "day", required=False)),
    grouped=lambda row: row.kind, dated=False,
    fresh=(Ask("kind", "哪一类", "choice", choices=ALARM_KINDS),
           Ask("word", "词语", "line", at_most=40)),
)  # fmt: skip
GRADES = Setting(
    "award_grades", "人民建议奖励等次", "list-check", "拟奖励时可选的等次，照本地奖励办法改。停用的等次，以前的奖励还显示原来的名称。",
    AwardGrade, "code", lambda row: row.title, lambda row: f"{row.until}起停用" if row.until else f"第 {row.position} 位",
    (Ask("title", "名称", "line", at_most=40), Ask("position", "次序", "number", at_most=9999), BASIS,
     Ask("until", "从哪天起停用", "day", required=False)),
    dated=False, fresh=(Ask("code", "代码", "line", at_most=30, help="英文小写字母，如 first；定了不能改"),),
)  # fmt: skip
ALL = {one.slug: one for one in (CLOCKS, DIALS, CHAINS, CHANNELS, CATEGORIES, GRADES, RETENTION, ALARMS)}
