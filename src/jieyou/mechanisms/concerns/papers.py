"""Papers of a concern: for the meeting, for its closing, and a letter for each way out of 综合研判."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.commons.papers.declare import BODY, CC, TITLE, TO, PaperKind, Part, Values
from jieyou.commons.papers.layouts import form, item_sheet, items_book, letter
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Sheet
from jieyou.commons.reports.models import CallBack, Report
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CALLER, CLEARED, CLERK, HEAD
from jieyou.kernel.statements import kept
from jieyou.mechanisms.concerns.asks import METHOD, RESULT, URGENCY, VISITED
from jieyou.mechanisms.concerns.models import Concern

OF = ("jieyou",)
#: To whom an answer goes, by the source of the report.
SENDERS = {
    "hotline": "12345政务服务便民热线", "petition": "信访局", "suggestion": "人民建议征集办公室", "inspection": "巡察、督查机构",
    "assigned": "上级交办单位", "media": "网信办", "grid": "网格管理机构", "deputies": "人大常委会办公室、政协办公室",
}  # fmt: skip
AGREES = {"yes": "同意", "partly": "部分同意", "no": "不同意"}
MATTER, CASE_NO = Part("matter", "事项名称"), Part("case_no", "事项编号")
SITUATION, CRUX = Part("situation", "基本情况", "words"), Part("crux", "症结", "words")
ITEM = (
    MATTER, Part("reporter", "汇报单位"), SITUATION, CRUX, Part("policy", "政策依据", "words"),
    Part("opinions", "各方意见", "words"), Part("plan", "方案", "words"), Part("funding", "资金"),
    Part("decide", "需会议决定的事项", "words"),
)  # fmt: skip


def _facts(case: Case) -> Concern:
    return _concern(case.pk)[0]


@kept
def _concern(key: UUID) -> QuerySet[Concern]:
    return Concern.objects.select_related("lead", "meeting").filter(pk=key)


@kept
def _tasks(loop: str, parent: UUID) -> QuerySet[Case]:
    return Case.objects.filter(parent_id=parent, loop=loop).select_related("holder").order_by("number")


@kept
def _files(subject: UUID) -> QuerySet[Any]:
    return Attachment.objects.filter(subject=subject).values_list("pk", flat=True)


def _reach(case: Case, facts: Concern) -> str:
    count = Report.objects.filter(case=case, withdrawn_at=None).count()
    said = [f"{count}人反映" if count else "", f"涉及约{facts.reach}人（户）" if facts.reach else ""]
    urgency = dict(URGENCY.choices).get(facts.urgency, "")
    return "，".join(filter(None, [*said, f"紧急程度：{urgency}" if urgency else ""]))


def opinions(case: Case) -> str:
    """各方意见: what each unit wrote in 会前协商, its last word each."""
    events = list(Event.objects.filter(case=case, transition="opine").order_by("seq"))
    payloads = chain.read_many(events)
    said: dict[str, str] = {}
    for event in events:
        data = payloads.get(event.pk, {}).get("data", {})
        said[event.actor.rsplit(" ", 1)[0]] = (
            f"{AGREES.get(data.get('agrees', ''), '')}。{data.get('opinion', '')}"
        )
    return "\n".join(f"{unit}：{words}" for unit, words in said.items())


# For the meeting
def item_values(case: Case) -> Values:
    """What the meeting must know of one item. The clerk's words, never the resident's."""
    facts = _facts(case)
    return {
        "matter": case.title, "case_no": case.number, "reporter": facts.lead.name if facts.lead else "",
        "situation": "。".join(filter(None, [_reach(case, facts), facts.reason.rstrip("。")])) + "。",
        "crux": facts.disagreement, "policy": "\n".join(filter(None, [facts.policy, facts.basis])), "opinions": opinions(case),
        "plan": facts.plan, "funding": facts.funding, "decide": "1. 是否同意上述方案；\n2. 明确牵头单位、配合单位和完成时限。",
    }  # fmt: skip


def _item_sheet(case: Case) -> Values:
    return {"title": "服务群众周“解忧”议题单", **item_values(case)}


def _items_book(case: Case) -> Values:
    meeting = Meeting.objects.get(pk=case.pk)
    rows = AgendaItem.objects.filter(meeting=meeting, case__sealed=False, case__loop="jieyou").order_by(
        "position"
    )
    return {
        "title": f"{meeting}议题汇编",
        "body": "",
        "items": [item_values(row.case) for row in rows.select_related("case")],
    }


# Closing and after
def _strike(case: Case) -> Values:
    facts, tasks = _facts(case), _tasks("assignment", case.pk)
    done = [
        f"{task.holder.name if task.holder else ''}：{task.title}（{task.at_stage.title}）" for task in tasks
    ]
    files = sum(len(_files(one.pk)) for one in (case, *tasks))
    return {
        "title": "销号审批表", "matter": case.title, "case_no": case.number, "lead": facts.lead.name if facts.lead else "",
        "result": dict(RESULT.choices).get(facts.result, ""), "tasks": "\n".join(done), "body": facts.reply,
        "evidence": f"办理依据{files}份，见系统附件" if files else "",
    }  # fmt: skip


def _strike_sheet(v: Values) -> Sheet:
    sign = "　　　　　　　　（签字、盖章）　　　　　年　　月　　日"
    return form(v, [
        (15, [("事项名称", v.get("matter", ""))]),
        (12, [("事项编号", v.get("case_no", "")), ("办理结果", v.get("result", ""))]),
        (26, [("责任分工", v.get("tasks", ""))]),
        (38, [("办理情况", v.get("body", ""))]),
        (11, [("办理依据", v.get("evidence", ""))]),
        (22, [("承办单位\n负责人", f"{v.get('lead', '')}\n{sign}")]),
        (22, [("牵头部门审核", sign)]),
        (22, [("实地核验", sign)]),
        (22, [("部领导意见", sign)]),
    ])  # fmt: skip


def _callback(case: Case) -> Values:
    facts = _facts(case)
    rows = CallBack.objects.filter(report__case=case).order_by("at", "pk")
    method, result = dict(METHOD.choices), dict(VISITED.choices)
    tries = dict.fromkeys(
        f"{day_words(watch.local(row.at))} {watch.local(row.at) and row.at.astimezone(watch.ZONE):%H:%M}，"
        f"{method.get(row.method, '')}回访，{result.get(row.result, '')}。{row.words}"
        for row in rows
    )
    said = {"good": "满意", "fair": "基本满意", "bad": "不满意"}.get(facts.satisfied, "")
    count = Report.objects.filter(case=case, withdrawn_at=None).count()
    return {
        "title": "事后回访记录", "matter": case.title, "case_no": case.number, "reply": facts.reply,
        "tries": "\n".join(f"{n}. {line}" for n, line in enumerate(tries, 1)), "count": f"{count}人",
        "satisfied": said or "未评价", "body": "",
    }  # fmt: skip


def _callback_sheet(v: Values) -> Sheet:
    return form(v, [
        (16, [("事项名称", v.get("matter", ""))]),
        (12, [("事项编号", v.get("case_no", "")), ("反映人数", v.get("count", ""))]),
        (42, [("答复群众", v.get("reply", ""))]),
        (60, [("回访情况", v.get("tries", ""))]),
        (12, [("满意情况", v.get("satisfied", ""))]),
        (28, [("回访人意见", v.get("body", ""))]),
        (14, [("回访人", "　　　　　　　　　　　　　　　　　　　年　　月　　日")]),
    ])  # fmt: skip


def _feedback(case: Case) -> Values:
    facts, source = _facts(case), _source(case)
    channel = SENDERS.get(source.source, "来件单位") if source else "来件单位"
    number = source.source_no if source else ""
    body = "\n".join([
        f"你单位转来的“{case.title}”{f'（原编号：{number}）' if number else ''}收悉（我部编号：{case.number}）。现将办理情况反馈如下：",
        "一、办理情况", facts.reply or "正在办理。",
        "二、办理结果", f"{dict(RESULT.choices).get(facts.result, '按程序办理')}。",
        "特此反馈。",
    ])  # fmt: skip
    return {
        "title": f"关于{case.title}办理情况的反馈函",
        "to": channel,
        "original": number,
        "body": body,
        "cc": "",
    }


def _source(case: Case) -> Report | None:
    """The report that came from elsewhere and awaits an answer there."""
    rows = Report.objects.filter(case=case, withdrawn_at=None).order_by("registered_at")
    return (
        rows.exclude(source_no="").first()
        or rows.exclude(source__in=["phone_page", "on_behalf"]).first()
        or rows.first()
    )


# Ways out of 综合研判
def _passed_to(channel: str, ask: str, unit: str = "") -> Callable[[Case], Values]:
    """A letter that passes the matter on, with its numbers and what was found."""

    def fields(case: Case) -> Values:
        facts, source = _facts(case), _source(case)
        day = day_words(watch.local(case.opened_at))
        original = f"，原编号：{source.source_no}" if source and source.source_no else ""
        body = "\n".join(filter(None, [
            f"{day}，我部收到群众反映“{case.title}”（编号：{case.number}{original}）。经研判，该事项属于{channel}范围，现转送你单位办理。",
            "一、基本情况", f"{_reach(case, facts)}。{facts.reason}",
            "二、有关要求", ask,
        ]))  # fmt: skip
        return {"title": f"关于转送{case.title}的函", "to": unit or channel, "body": body, "cc": ""}

    return fields


def _discipline(case: Case) -> Values:
    """Only numbers: what was told stays under seal and goes along in a closed envelope."""
    body = "\n".join([
        f"我部收到涉及单位或干部的反映1件（编号：{case.number}），不属于我部职责范围，现按规定移送你单位。",
        "一、反映原件及附件密封随函移送，我部不留存副本、不传阅。",
        "二、请签收后将回执退我部存档。",
    ])  # fmt: skip
    return {"title": "关于移送反映件的函", "to": "纪检监察机关", "body": body, "cc": ""}


# Levels
def _county(case: Case) -> str:
    """The county's office for the place where the matter lies."""
    found = (
        Unit.objects.filter(kind="office", until=None, place__code=case.l3).exclude(pk=case.home_id).first()
    )
    return found.name if found else "有关县（市、区）委社会工作部"


def _city(case: Case) -> str:
    found = (
        Unit.objects.filter(kind="office", until=None, place__code=case.l2).exclude(pk=case.home_id).first()
    )
    return found.name if found else "市委社会工作部"


def _raise(case: Case) -> Values:
    facts = _facts(case)
    body = "\n".join([
        f"“{case.title}”（编号：{case.number}）经县级研究仍难以解决，现提请市级研究。",
        "一、县级已做工作", facts.plan or facts.reason or "（请补充）",
        "二、症结", facts.disagreement or facts.policy or "（请补充）",
        "三、请求事项", "（请补充：需要市级协调解决的具体事项）",
        "妥否，请批示。",
    ])  # fmt: skip
    return {"title": f"关于提请市级研究{case.title}的请示", "to": _city(case), "body": body, "cc": ""}


def _return(case: Case) -> Values:
    body = "\n".join([
        f"你部提请市级研究的“{case.title}”（编号：{case.number}）收悉。经研究，该事项属于县级职责范围，现退回你部办理。",
        "一、退回理由", _facts(case).reason or "（请补充）",
        "二、请按程序办理，结果报我部。",
    ])  # fmt: skip
    return {"title": f"关于退回{case.title}的函", "to": _county(case), "body": body, "cc": ""}


def _hand(case: Case) -> Values:
    facts = _facts(case)
    body = "\n".join([
        f"“{case.title}”（市级编号：{case.number}）已经研究，现交你部办理。",
        "一、办理事项", facts.decision or facts.plan or case.title,
        "二、有关要求", "请登记县级编号后按程序办理，办结前报送进展，办结后将结果及办理依据报我部；市级事项待县级办结后销号。",
    ])  # fmt: skip
    return {"title": f"关于交办{case.title}的通知", "to": _county(case), "body": body, "cc": ""}


LETTER = (TITLE, TO, BODY, CC)
WRITERS = (CLERK, HEAD)
REPLY_ASK = "请依法依规办理，办理结果请直接答复群众，并函告我部。"

item_sheet_ = PaperKind(
    "item_sheet", "议题单", OF, _item_sheet, item_sheet, (TITLE, *ITEM), more=(CASE_NO,), inner=True
)
items_book_ = PaperKind(
    "items_book", "议题汇编", ("meeting",), _items_book, items_book, (TITLE,), more=(Part("items", "议题", "rows", (*ITEM, CASE_NO)),),
    inner=True, near=lambda case: _facts(case).meeting and _facts(case).meeting.case if case.loop == "jieyou" else None,
)  # fmt: skip
strike = PaperKind(
    "strike", "销号审批表", OF, _strike, _strike_sheet, inner=True,
    parts=(TITLE, MATTER, Part("lead", "承办单位"), Part("result", "办理结果"), Part("tasks", "责任分工", "words"),
           Part("body", "办理情况", "words"), Part("evidence", "办理依据")),
)  # fmt: skip
callback = PaperKind(
    "callback", "回访记录", OF, _callback, _callback_sheet, inner=True, by=(CALLER, CLERK, HEAD),
    parts=(TITLE, MATTER, Part("count", "反映人数"), Part("reply", "答复群众", "words"), Part("tries", "回访情况", "words"),
           Part("satisfied", "满意情况"), Part("body", "回访人意见", "words")),
)  # fmt: skip
feedback = PaperKind(
    "feedback",
    "反馈函",
    OF,
    _feedback,
    letter,
    LETTER,
    more=(Part("original", "原编号"),),
    by=WRITERS,
    inner=True,
)
transfer_hotline = PaperKind(
    "transfer_hotline", "转送函（12345）", OF, _passed_to("12345政务服务便民热线", REPLY_ASK), letter, LETTER, by=WRITERS, inner=True,
)  # fmt: skip
transfer_petition = PaperKind(
    "transfer_petition", "转送函（信访）", OF, _passed_to("信访", REPLY_ASK, "信访局"), letter, LETTER, by=WRITERS, inner=True,
)  # fmt: skip
transfer_mediation = PaperKind(
    "transfer_mediation", "转送函（调解）", OF,
    _passed_to("人民调解", "请征得双方同意后组织调解，调解结果请函告我部。", "人民调解委员会"), letter, LETTER, by=WRITERS, inner=True,
)  # fmt: skip
transfer_suggestion = PaperKind(
    "transfer_suggestion", "转送函（人民建议）", OF,
    _passed_to("人民建议征集", "请按人民建议征集办法研究采纳，采纳情况请告知建议人并函告我部。", "人民建议征集办公室"), letter, LETTER,
    by=WRITERS, inner=True,
)  # fmt: skip
transfer_discipline = PaperKind(
    "transfer_discipline", "移送函（纪检监察）", OF, _discipline, letter, LETTER, by=(CLEARED,), inner=True, sealed=True,
)  # fmt: skip
raise_city = PaperKind("raise_city", "提请市级请示", OF, _raise, letter, LETTER, by=WRITERS, inner=True)
return_county = PaperKind("return_county", "退回县办函", OF, _return, letter, LETTER, by=WRITERS, inner=True)
hand_county = PaperKind("hand_county", "市交县办通知", OF, _hand, letter, LETTER, by=WRITERS, inner=True)
