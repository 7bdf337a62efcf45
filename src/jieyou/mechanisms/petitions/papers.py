"""Papers of a petition: of the petition office (转送函, 移送函), of whoever handles it (告知书, 意见书), of those above (复查, 复核)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from jieyou.commons.papers.declare import BODY, CC, TITLE, TO, PaperKind, Part, Values
from jieyou.commons.papers.layouts import letter
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Cell, Form, Line, Mark, Sheet, Title, Written
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.calendar import store
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.rules import rule_for
from jieyou.kernel.loop.timing import tree_code
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLEARED, CLERK, HEAD, OFFICER, UNIT_HEAD
from jieyou.mechanisms.petitions import asks, sitting
from jieyou.mechanisms.petitions.models import FORMS, Petition, PetitionAdvice, Rota, RotaDay
from jieyou.mechanisms.petitions.rules import last_day

OF = ("petition",)
LETTER = (TITLE, TO, BODY, CC)
OFFICE, HANDLERS = (CLERK, HEAD, UNIT_HEAD), (OFFICER, CLERK, UNIT_HEAD, HEAD)
LAW = "《信访工作条例》"
PERSON = "信访人"
#: Where the regulation itself says why a matter is not taken; of the other grounds the clerk writes the basis into his reply.
ARTICLES = {"final": "第三十六条第三款", "other_channel": "第三十一条"}


def _facts(case: Case) -> Petition:
    return Petition.objects.select_related("handler__place", "review_unit", "recheck_unit").get(pk=case.pk)


def _handler(case: Case) -> Unit:
    return _facts(case).handler or case.home


def _reviewer(case: Case) -> Unit:
    return _facts(case).review_unit or case.home


def _rechecker(case: Case) -> Unit:
    return _facts(case).recheck_unit or case.home


def _day(day: date | None) -> str:
    return day_words(day) if day else "　　年　月　日"


def _received(case: Case, facts: Petition) -> str:
    channel = dict(asks.CHANNELS).get(facts.channel, "来访")
    return f"你于{_day(facts.received_on)}通过{channel}提出的“{case.title}”信访事项（编号：{case.number}）"


def _body(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _found(result: str, opinion: str) -> str:
    """The conclusion and what is said of it; a draft made too early leaves room for both."""
    return f"{result}。{opinion}" if result else opinion or "　"


def _transfer(case: Case) -> Values:
    facts, due = _facts(case), last_day(case.pk, "petition.feedback")
    return {
        "title": f"关于{'交办' if due else '转送'}“{case.title}”信访事项的函", "to": facts.handler.name if facts.handler else "", "cc": "",
        "body": _body(
            f"{_day(facts.received_on)}，我单位收到信访事项“{case.title}”（编号：{case.number}）。"
            f"根据{LAW}第二十二条，现{'交' if due else '转送'}你单位办理。",
            "一、主要诉求", facts.request or "见附件。",
            "二、有关要求",
            "（一）请自收到之日起十五日内书面告知信访人接收情况以及处理途径和程序（第二十三条）。",
            "（二）认为不属于本单位职权范围的，请自收到之日起五个工作日内提出异议并说明理由，未经我单位同意不得自行退回。",
            f"（三）请于{_day(due)}前反馈办理结果，并提交办结报告。" if due else "（三）请依法按程序办理，结果直接答复信访人。",
            "（四）检举、控告材料不得透露给被反映的人员和单位。",
        ),
    }  # fmt: skip


def _acceptance(case: Case) -> Values:
    facts = _facts(case)
    if facts.purpose == "advice":
        how = "本单位将认真研究论证，并把采纳情况回复你（第二十九条）。"
    elif facts.route:
        how = f"该事项应当通过“{dict(asks.ROUTES)[facts.route]}”途径处理，本单位将依照相应的程序和期限办理（第三十一条）。"
    else:
        close = last_day(case.pk, "petition.close")
        how = (
            f"本单位将依照信访程序办理，自受理之日起六十日内办结，即{_day(close)}前书面答复你；"
            "情况复杂的，经本机关、单位负责人批准可以适当延长，延期理由另行告知（第三十四条）。"
        )
    return {
        "title": "信访事项受理告知书", "to": PERSON, "cc": "",
        "body": _body(f"{_received(case, facts)}收悉。根据{LAW}第二十三条，决定予以受理。", how, "你可以凭查询编号在网上查询办理进度。",
                      "特此告知。"),
    }  # fmt: skip


def _refusal(case: Case) -> Values:
    facts = _facts(case)
    ground = f"{dict(asks.GROUNDS)[facts.ground]}，" if facts.ground else ""
    article = ARTICLES.get(facts.ground, "有关规定")
    return {
        "title": "信访事项不予受理告知书", "to": PERSON, "cc": "",
        "body": _body(f"{_received(case, facts)}收悉。经审查，{ground}根据{LAW}{article}，决定不予受理。", facts.reply, "特此告知。"),
    }  # fmt: skip


def _refuser(case: Case) -> Unit:
    return _facts(case).handler or case.home


def _extension(case: Case) -> Values:
    facts, till = _facts(case), last_day(case.pk, "petition.close")
    rule = rule_for("petition.close", tree_code(case), facts.accepted_on or watch.today())
    first = facts.accepted_on + timedelta(days=rule.length) if facts.accepted_on and rule else None
    first = store.days().roll(first) if first and rule and rule.roll else first
    return {
        "title": "信访事项延期办理告知书", "to": PERSON, "cc": "", "till": _day(till),
        "body": _body(
            f"{_received(case, facts)}，我单位于{_day(facts.accepted_on)}受理，原定{_day(first)}前办结。",
            f"因{facts.days_reason.rstrip('。')}，情况复杂，根据{LAW}第三十四条，"
            f"经本机关负责人批准，延长办理期限{facts.days or 0}日，至{_day(till)}。",
            "特此告知。",
        ),
    }  # fmt: skip


def _opinion(case: Case) -> Values:
    facts = _facts(case)
    upper = "原办理机关、单位的上一级机关、单位"
    return {
        "title": "信访事项处理意见书", "to": PERSON, "cc": "",
        "body": _body(
            f"{_received(case, facts)}，我单位于{_day(facts.accepted_on)}受理。经调查核实，现提出处理意见如下：",
            "一、投诉请求", facts.request,
            "二、查明的事实和理由", facts.findings,
            "三、处理意见", _found(dict(asks.RESULTS).get(facts.result, ""), facts.opinion),
            "四、法律法规依据", f"{facts.basis.rstrip('。')}。" if facts.basis else "　",
            f"如不服本处理意见，可以自收到本意见书之日起三十日内请求{upper}复查（{LAW}第三十五条）。",
        ),
    }  # fmt: skip


def _review(case: Case) -> Values:
    facts = _facts(case)
    return _again(case, "复查", facts.review_asked_on, f"{_handler(case).name}的处理意见", facts.review_findings, facts.review_result,
                  facts.review_opinion, "如不服本复查意见，可以自收到之日起三十日内请求复查机关、单位的上一级机关、单位复核"
                  f"（{LAW}第三十六条）。")  # fmt: skip


def _recheck(case: Case) -> Values:
    facts = _facts(case)
    reviewer = facts.review_name or _reviewer(case).name
    return _again(case, "复核", facts.recheck_asked_on, f"{reviewer}的复查意见", facts.recheck_findings, facts.recheck_result,
                  facts.recheck_opinion,
                  f"本意见为信访终结意见。对复核意见不服，仍然以同一事实和理由提出投诉请求的，不再受理（{LAW}第三十六条第三款）。")  # fmt: skip


def _again(
    case: Case,
    which: str,
    asked: date | None,
    earlier: str,
    findings: str,
    result: str,
    opinion: str,
    after: str,
) -> Values:
    return {
        "title": f"信访事项{which}意见书", "to": PERSON, "cc": "",
        "body": _body(
            f"你因不服{earlier}（“{case.title}”，编号：{case.number}），于{_day(asked)}请求{which}。经审查，现提出{which}意见如下：",
            f"一、{which}请求", _facts(case).request,
            "二、审查认定的事实和理由", findings,
            f"三、{which}意见", _found(dict(asks.REVIEWED).get(result, ""), opinion),
            after,
        ),
    }  # fmt: skip


def _report(case: Case) -> Values:
    facts = _facts(case)
    return {
        "title": f"关于“{case.title}”信访事项的请示", "to": "", "cc": "",
        "body": _body(f"{_day(facts.received_on)}，我单位收到信访事项“{case.title}”（编号：{case.number}）。", "一、主要诉求",
                      facts.request or "见附件。",
                      "二、涉及单位和人数", f"涉及{facts.people}人。{facts.told_facts}",
                      "三、建议", f"该事项涉及面广、情况重大，根据{LAW}第二十二条，建议由党委、政府研究决定办理单位和办理要求。", "妥否，请批示。"),
    }  # fmt: skip


def _discipline(case: Case) -> Values:
    """Only numbers: what was told stays under seal and goes along in a closed envelope."""
    return {
        "title": "关于移送检举控告件的函", "to": "纪检监察机关", "cc": "",
        "body": _body(f"我单位收到检举控告1件（编号：{case.number}），根据{LAW}第三十条，现按规定移送你单位。",
                      "一、原件及附件密封随函移送，我单位不留存副本、不传阅。", "二、请签收后将回执退我单位存档。"),
    }  # fmt: skip


def _advice(case: Case) -> Values:
    facts = PetitionAdvice.objects.get(pk=case.pk)
    kind = {"improve": "改进工作", "policy": "完善政策", "blame": "追究责任"}.get(facts.advice, "")
    due = last_day(case.pk, "petition_advice.reply")
    return {
        "title": f"{kind}建议书", "to": facts.to.name if facts.to else "", "cc": "",
        "body": _body(f"我单位在办理信访事项中发现下列问题，根据{LAW}第四十条，提出{kind}的建议。", "一、发现的问题", facts.found,
                      "二、建议", facts.proposal,
                      f"三、请认真研究办理，于{_day(due)}前书面反馈采纳情况。"),
    }  # fmt: skip


def _rota(case: Case) -> Values:
    facts = Rota.objects.get(pk=case.pk)
    rows = list(RotaDay.objects.filter(rota=facts))
    lack = sitting.missing(facts.first_day, facts.last_day, sitting.covered(facts))
    forms, halves = dict(FORMS), dict(sitting.HALVES)
    return {
        "title": "领导接访安排公示", "body": "",
        "period": f"{day_words(facts.first_day)}至{facts.last_day.month}月{facts.last_day.day}日",
        "items": [
            {"day": f"{row.day.month}月{row.day.day}日{halves.get(row.half, '')}", "leader": row.substitute or row.leader,
             "post": row.post if not row.substitute else f"（替{row.leader}）", "portfolio": row.portfolio, "place": row.place,
             "form": forms.get(row.form, "")}
            for row in rows
        ],
        "missing": "、".join(f"{day.month}月{day.day}日" for day in lack),
    }  # fmt: skip


#: Column widths of the rota in mm.
ROTA = (("day", "时间", 25.0), ("leader", "姓名", 16.0), ("post", "职务", 38.0), ("portfolio", "分管工作", 30.0), ("place", "地点", 29.0),
        ("form", "形式", 18.0))  # fmt: skip
#: Height of a row in mm and size of its words in points: a month of working days on two pages.
ROW, SMALL = 8.0, 9.0


def _rota_sheet(v: Values) -> Sheet:
    head = (10.0, tuple(Cell(label, label=True) for _, label, _ in ROTA))
    rows = [
        (ROW, tuple(Cell(str(one.get(name, "")), size=SMALL) for name, _, _ in ROTA))
        for one in v.get("items", [])
    ]
    page = Written().add(
        Mark(v["unit"]),
        Line("", v.get("number") or "", "red"),
        Title(v["title"]),
        Line(v.get("period", ""), "", ""),
    )
    page.add(Form(tuple(width for _, _, width in ROTA), (head, *rows), fixed=False))
    if v.get("missing"):
        page.body(f"下列工作日的接访领导另行公布：{v['missing']}。")
    return page.add(Line(v["unit"], v["day"], "")).sheet(v["title"], v["draft"])


def _signed_again(case: Case) -> str | None:
    made = Event.objects.filter(case=case, transition="opine").exists()
    return None if made else "还没有出具处理意见"


def _of_handler(code: str, title: str, fields: Callable[[Case], Values], whose: Callable[[Case], Unit] = _handler,
                ready: Callable[[Case], str | None] | None = None, more: tuple[Part, ...] = ()) -> PaperKind:  # fmt: skip
    return PaperKind(
        code, title, OF, fields, letter, LETTER, by=HANDLERS, whose=whose, ready=ready, more=more
    )


transfer = PaperKind("petition_transfer", "转送（交办）函", OF, _transfer, letter, LETTER, by=OFFICE)
acceptance = _of_handler("petition_acceptance", "受理告知书", _acceptance)
refusal = _of_handler("petition_refusal", "不予受理告知书", _refusal, _refuser)
extension = _of_handler("petition_extension", "延期告知书", _extension, more=(Part("till", "延至"),))
opinion = _of_handler("petition_opinion", "处理意见书", _opinion, ready=_signed_again)
review = _of_handler("petition_review", "复查意见书", _review, _reviewer)
recheck = _of_handler("petition_recheck", "复核意见书", _recheck, _rechecker)
report = PaperKind("petition_report", "报请决定的请示", OF, _report, letter, LETTER, by=OFFICE, inner=True)
discipline = PaperKind(
    "petition_discipline", "移送函（检举控告）", OF, _discipline, letter, LETTER, by=(CLEARED,), inner=True, sealed=True,
)  # fmt: skip
advice = PaperKind("petition_advice", "三项建议书", ("petition_advice",), _advice, letter, LETTER, by=OFFICE)
rota = PaperKind(
    "petition_rota", "接访安排公示", ("petition_rota",), _rota, _rota_sheet, (TITLE,), by=OFFICE,
    more=(Part("items", "安排", "rows", tuple(Part(name, label) for name, label, _ in ROTA)), Part("missing", "另行公布的日期"),
          Part("period", "起止日期")),
)  # fmt: skip
