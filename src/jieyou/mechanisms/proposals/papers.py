"""Papers of a proposal: 收到建议告知书, 分办单, 答复函, 奖励公示."""

from __future__ import annotations

from jieyou.commons.papers.declare import BODY, CC, TITLE, TO, PaperKind, Values
from jieyou.commons.papers.layouts import letter
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.people.roles import CLERK, HEAD, UNIT_HEAD
from jieyou.mechanisms.proposals.models import ADOPTED, NOT_ADOPTED, Proposal

OF, LETTER, BY = ("proposal",), (TITLE, TO, BODY, CC), (CLERK, HEAD, UNIT_HEAD)
LAW = "《信访工作条例》第二十九条"


def _facts(case: Case) -> Proposal:
    return Proposal.objects.select_related("handler", "origin").get(pk=case.pk)


def _to(facts: Proposal) -> str:
    return facts.suggester or "建议人"


def _last(case: Case, code: str) -> str:
    row = Clock.objects.filter(case=case, code=code).order_by("-started").first()
    return day_words(clock.local(row.due)) if row else "　　年　月　日"


def _said(case: Case, facts: Proposal) -> str:
    """What was proposed, in the words that may be shown to whoever studies it."""
    rows = Report.objects.filter(case=case, withdrawn_at=None).order_by("registered_at")
    return facts.suggestion or "\n".join(rows.values_list("words", flat=True)[:5]) or "见附件。"


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _receipt(case: Case) -> Values:
    facts = _facts(case)
    return {
        "title": "收到建议告知书", "to": _to(facts), "cc": "",
        "body": _lines(
            f"您提出的“{case.title}”建议（编号：{case.number}）已于{day_words(clock.local(case.opened_at))}收到。",
            f"根据{LAW}，我单位将组织研究论证，于{_last(case, 'proposal.reply')}前把采纳情况答复您。",
            "感谢您的关心和支持。特此告知。",
        ),
    }  # fmt: skip


def _order(case: Case) -> Values:
    facts = _facts(case)
    return {
        "title": f"关于办理“{case.title}”人民建议的函", "to": facts.handler.name if facts.handler else "", "cc": "",
        "body": _lines(
            f"我单位收到人民建议“{case.title}”（编号：{case.number}），经研判，现请你单位论证办理。",
            "一、建议内容", _said(case, facts),
            "二、研判意见", facts.judged,
            "三、办理要求",
            "（一）从科学性、可行性、政策依据和经费保障论证，提出采纳、部分采纳、留作参考或者不采纳的意见并说明理由；"
            "采纳的，抓好落实，成果（文号、项目）及时登记。",
            f"（二）请于{_last(case, 'proposal.study')}前提交论证意见；答复建议人的期限是{_last(case, 'proposal.reply')}。",
        ),
    }  # fmt: skip


def _answer(case: Case) -> Values:
    facts = _facts(case)
    word = dict(ADOPTED + NOT_ADOPTED).get(facts.adoption, "")
    return {
        "title": "人民建议答复函", "to": _to(facts), "cc": "",
        "body": _lines(
            f"您提出的“{case.title}”建议（编号：{case.number}）收悉。根据{LAW}，经研究论证，现答复如下：",
            f"一、办理结果：{word}。", f"二、具体情况：{facts.reply}",
            "感谢您的建议，欢迎继续建言献策。您可以凭查询编号对本答复作出评价。",
        ),
    }  # fmt: skip


def _award(case: Case) -> Values:
    facts = _facts(case)
    return {
        "title": "人民建议奖励公示", "to": "", "cc": "",
        "body": _lines(
            f"根据{facts.award_basis}，拟对下列人民建议给予奖励，现予公示。",
            f"建议名称：{case.title}（编号：{case.number}）", f"建议人：{facts.awardee}", f"拟奖励等次：{facts.grade}",
            f"奖励理由：{facts.award_why}",
            f"公示时间：{day_words(facts.noticed_on) if facts.noticed_on else ''}至{_last(case, 'proposal.public')}。"
            "对公示内容有异议的，请在公示期内向我单位反映。",
        ),
    }  # fmt: skip


def _answered(case: Case) -> str | None:
    return None if _facts(case).adoption else "还没有审定采纳情况"


proposal_receipt = PaperKind("proposal_receipt", "收到建议告知书", OF, _receipt, letter, LETTER, by=BY)
proposal_order = PaperKind("proposal_order", "人民建议分办函", OF, _order, letter, LETTER, by=BY)
proposal_answer = PaperKind(
    "proposal_answer", "人民建议答复函", OF, _answer, letter, LETTER, by=BY, ready=_answered
)
proposal_award = PaperKind("proposal_award", "人民建议奖励公示", OF, _award, letter, LETTER, by=BY)
