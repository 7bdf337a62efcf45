"""Papers of a mediation: 权利义务告知书, 调解协议书, 回访记录.

On the office's own paper names are masked; :func:`whole` prints them in full, and each name that it opens is on the record.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from jieyou.commons.meetings.agenda import due_words
from jieyou.commons.papers.declare import BODY, TITLE, PaperKind, Part, Values
from jieyou.commons.papers.layouts import form, ruled
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Line, Para, Sheet, Title, Written
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.roles import MEDIATOR
from jieyou.kernel.privacy import looks
from jieyou.mechanisms.mediation import asks, lists
from jieyou.mechanisms.mediation.models import Mediation, Party
from jieyou.mechanisms.mediation.rules import SIDE_NAMES

OF, BY = ("mediation",), (MEDIATOR,)
#: 人民调解法: 一 = 第二十三条, 二 = 第二十四条, 三 = 第四、二十九、三十、三十一、三十二、三十三、三、二十六条. Its 2 is no national law
#: (深圳经济特区人民调解条例第二十三条): an office that wants other words uploads a template of its own.
RIGHTS = """一、当事人的权利
1. 选择或者接受人民调解员；
2. 接受调解、拒绝调解或者要求终止调解；
3. 要求调解公开进行或者不公开进行；
4. 自主表达意愿、自愿达成调解协议。
二、当事人的义务
1. 如实陈述纠纷事实；
2. 遵守调解现场秩序，尊重人民调解员；
3. 尊重对方当事人行使权利。
三、其他事项
1. 人民调解不收取任何费用。
2. 调解员与纠纷有利害关系、与当事人有亲属关系的，应当在调解前说明，当事人可以要求更换。
3. 调解协议书自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效；口头协议自达成之日起生效。
4. 协议有法律约束力，当事人应当按照约定履行；对履行或者内容发生争议的，可以向人民法院起诉。
5. 双方当事人认为有必要的，可以自协议生效之日起三十日内共同向人民法院申请司法确认。
6. 调解不成的，可以依法通过仲裁、行政、司法等途径维护权利，不得因调解而阻止当事人依法维护权利。"""
CASE_NO, SIGNED = Part("case_no", "案件编号"), Part("signed", "签名")


def rights() -> list[str]:
    """The notice of rights, line by line, as the phone shows it."""
    return [str(line) for line in RIGHTS.splitlines()]


def _facts(case: Case) -> Mediation:
    return Mediation.objects.get(pk=case.pk)


def _masked(case: Case) -> dict[str, dict[str, str]]:
    return {
        one.side: {"name": one.shown, "phone": "", "id_no": "", "address": ""} for one in case.parties.all()
    }


def _opened(case: Case, actor: Actor, why: str) -> dict[str, dict[str, str]]:
    """Who the parties are in full; each field that is opened is a look on the record."""
    found: dict[str, dict[str, str]] = {}
    for one in Party.objects.filter(case=case):
        fields = [name for name in ("name", "phone", "id_no", "address") if getattr(one, name)]
        found[one.side] = dict.fromkeys(("phone", "id_no", "address"), "") | {
            name: looks.reveal(actor, one, name, why) for name in fields
        }
    return found


def _when(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(clock.ZONE):%Y年%-m月%-d日}" if text else ""


def _agreement(case: Case, people: dict[str, dict[str, str]] | None = None) -> Values:
    facts, who = _facts(case), people or _masked(case)
    lead = lists.mediator(facts.mediator)
    signed = [
        (SIDE_NAMES[x], f"{who[x]['name']}　{_when(side['signed'])}" if side.get("signed") else "（签名、盖章或按指印）　　　年　月　日")
        for x, side in sorted(facts.sides.items())
    ]  # fmt: skip
    by = (
        f"{lead.name}　{_when(facts.mediator_signed)}"
        if lead and facts.mediator_signed
        else "（签名）　　　年　月　日"
    )
    seal = f"{case.home.name}　{_when(facts.sealed_on)}" if facts.sealed_on else "（印章）　　　年　月　日"
    invited = f"受邀参加：{facts.invited}。" if facts.invited else ""
    return {
        "title": "人民调解协议书", "agreement_no": facts.agreement_no, "parties": "\n".join(_party_lines(who)),
        "body": "\n".join(filter(None, [
            "一、纠纷主要事实、争议事项", facts.facts, "二、各方责任" if facts.liability else "", facts.liability,
            "三、协议内容" if facts.liability else "二、协议内容", facts.terms,
            "四、履行方式、期限" if facts.liability else "三、履行方式、期限",
            f"{facts.how.rstrip('。')}。履行期限：{due_words(facts.perform_by) if facts.perform_by else '即时履行'}。{invited}",
            "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效。本协议一式"
            f"{'二三四五六七'[max(0, len(who) - 1)]}份，各方当事人各执一份，人民调解委员会留存一份。",
        ])),
        "signed": "\n".join(f"{label}：{words}" for label, words in [*signed, ("人民调解员", by), ("记录人", _writer(case)), ("委员会印章", seal)]),
    }  # fmt: skip


def _writer(case: Case) -> str:
    """Who wrote the text down."""
    event = Event.objects.filter(case=case, transition="draft").order_by("-seq").first()
    return _name(event) if event else "（签名）"


def _party_lines(who: dict[str, dict[str, str]]) -> list[str]:
    lines: list[str] = []
    for letter, one in sorted(who.items()):
        more = [
            f"{label}{one[name]}"
            for name, label in (("phone", "电话"), ("id_no", "公民身份号码"), ("address", "住址"))
            if one[name]
        ]
        lines.append("，".join([f"{SIDE_NAMES[letter]}：{one['name']}", *more]))
    return lines


def _agreement_sheet(v: Values) -> Sheet:
    page = Written().add(
        Title(v["title"]), Line(v["unit"], v.get("agreement_no") or v.get("case_no", ""), "")
    )
    for line in str(v.get("parties", "")).splitlines():
        page.add(Para(line, indent=False))
    page.body(v.get("body", ""))
    rows = [tuple(line.split("：", 1)) for line in str(v.get("signed", "")).splitlines() if "：" in line]
    page.add(ruled([(10, [(label, words)]) for label, words in rows]))  # type: ignore[misc]
    return page.sheet(v["title"], v["draft"])


def _notice(case: Case, people: dict[str, dict[str, str]] | None = None) -> Values:
    facts, who = _facts(case), people or _masked(case)
    signed = [
        f"{SIDE_NAMES[x]}：{who[x]['name']}，{_told(side['consent'])}已阅知并同意调解" if side.get("consent") else f"{SIDE_NAMES[x]}："
        for x, side in sorted(facts.sides.items())
    ]  # fmt: skip
    return {"title": "人民调解当事人权利义务告知书", "body": RIGHTS, "signed": "\n".join(signed)}


def _told(day: str) -> str:
    return day_words(date.fromisoformat(day))


def _notice_sheet(v: Values) -> Sheet:
    """One page: a cell for each section of the text, one for who has read it."""
    cells = [
        (_height(words), [(head.split("、", 1)[-1].replace("当事人的", ""), words)])
        for head, words in _sections(v.get("body", ""))
    ]
    return form(v, [*cells, (34, [("当事人\n签名", str(v.get("signed", "")))])])


def _sections(text: str) -> list[tuple[str, str]]:
    """The text by its headings 一、二、三、."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line[1:2] == "、" or not found:
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return [(head, "\n".join(lines)) for head, lines in found]


def _height(words: str) -> float:
    """Room for the lines of a section in mm, so that three of them and the signatures stay on one page."""
    return min(90.0, 8.0 + 7.0 * sum(1 + len(line) // 28 for line in words.splitlines()))


def _visit(case: Case, people: dict[str, dict[str, str]] | None = None) -> Values:
    facts, who = _facts(case), people or _masked(case)
    event = Event.objects.filter(case=case, transition="visit").order_by("-seq").first()
    said = chain.read_many([event]).get(event.pk, {}).get("data", {}) if event else {}
    return {
        "title": "人民调解回访记录", "who": "、".join(one["name"] for _, one in sorted(who.items())), "agreement_no": facts.agreement_no,
        "reason": "了解协议履行情况和有无激化隐患", "performed": dict(asks.PERFORMED.choices).get(facts.performed, ""),
        "satisfied": dict(asks.SATISFIED.choices).get(facts.satisfied, "未评价"), "body": said.get("hidden", ""),
        "caller": f"{_name(event)}　{day_words(clock.local(event.at))}" if event else "",
    }  # fmt: skip


def _name(event: Event) -> str:
    """Who made the step, by name: on the record there is only the post."""
    found = Account.objects.filter(pk=UUID(event.person)).first() if len(event.person) == 32 else None
    return found.name if found else event.actor.rsplit(" ", 1)[-1]


def _visit_sheet(v: Values) -> Sheet:
    return form(v, [
        (14, [("当事人", v.get("who", ""))]),
        (12, [("协议编号", v.get("agreement_no", "")), ("案件编号", v.get("case_no", ""))]),
        (16, [("回访事由", v.get("reason", ""))]),
        (16, [("履行情况", v.get("performed", ""))]),
        (14, [("满意程度", v.get("satisfied", ""))]),
        (70, [("激化隐患\n和措施", v.get("body", ""))]),
        (16, [("回访人", v.get("caller", "") or "　　　　　　　　　　　　　　　年　　月　　日")]),
    ])  # fmt: skip


mediation_notice = PaperKind(
    "mediation_notice",
    "权利义务告知书",
    OF,
    _notice,
    _notice_sheet,
    (TITLE, BODY),
    more=(CASE_NO, SIGNED),
    by=BY,
)
mediation_agreement = PaperKind(
    "mediation_agreement", "人民调解协议书", OF, _agreement, _agreement_sheet, (TITLE, BODY),
    more=(CASE_NO, SIGNED, Part("agreement_no", "协议编号"), Part("parties", "当事人")), by=BY,
    carried=lambda case: _facts(case).agreement_no,
)  # fmt: skip
mediation_visit = PaperKind(
    "mediation_visit", "人民调解回访记录", OF, _visit, _visit_sheet, (TITLE, Part("body", "激化隐患和措施", "words")),
    more=(CASE_NO, Part("who", "当事人"), Part("agreement_no", "协议编号"), Part("performed", "履行情况"), Part("satisfied", "满意程度")),
    by=BY,
)  # fmt: skip
_VALUES = {
    "notice": (_notice, _notice_sheet),
    "agreement": (_agreement, _agreement_sheet),
    "visit": (_visit, _visit_sheet),
}
#: What a party or the committee may take home in full: code → title.
WHOLE = {"notice": "权利义务告知书", "agreement": "人民调解协议书", "visit": "人民调解回访记录"}


def whole(case: Case, kind: str, actor: Actor, why: str) -> Sheet:
    """The paper with the parties' names in full. Call it outside of a transaction (each look is on the record first)."""
    fields, layout = _VALUES[kind]
    facts = _facts(case)
    day = facts.effective_at or clock.now()
    usual = {"unit": case.home.name, "case_no": case.number, "day": day_words(clock.local(day))}
    draft = kind == "agreement" and facts.effective_at is None
    return layout(usual | {"draft": draft} | fields(case, _opened(case, actor, why)))


def ready(case: Case) -> dict[str, str]:
    """Which papers there are by now: an agreement once its text is there, and then as a draft until it takes effect."""
    facts = _facts(case)
    there = (
        ["notice"]
        + (["agreement"] if facts.form == "written" else [])
        + (["visit"] if case.stage in ("filing", "closed") else [])
    )
    return {code: WHOLE[code] for code in there}
