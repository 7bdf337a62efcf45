"""Judgements of proposals and topics: functions of a situation."""

from __future__ import annotations

from jieyou.commons.publication import checks
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Guard, Situation

NO_NAME = "建议人"


def _plain(s: Situation) -> str | None:
    return "这是密封件，只能由密件专办处理" if s.sealed else None


def _sealed(s: Situation) -> str | None:
    return None if s.sealed else "不是密封件"


def _harmful(s: Situation) -> str | None:
    return None if s.facts.harm else "没有涉及人身安全的内容"


def _of_topic(s: Situation) -> str | None:
    topic = s.data.get("topic")
    good = topic is None or (topic.loop == "proposal_topic" and not topic.sealed)
    return None if good else "填写的不是征集议题的编号，请核对"


def _linked(s: Situation) -> str | None:
    link = s.data.get("link")
    if s.data.get("kind") == "jieyou" and link is None and s.facts.matter_id is None:
        return "转化为解忧事项的，请填写事项编号，或者先“转为解忧线索”"
    return None if link is None or not link.sealed else "事项编号不对，请核对"


def _happened(s: Situation) -> str | None:
    day = s.data.get("on") or s.data.get("passed_on")
    return "日期不能晚于今天" if day and day > clock.today() else None


def _no_matter(s: Situation) -> str | None:
    return "已经转为解忧线索" if s.facts.matter_id else None


def _has_result(s: Situation) -> str | None:
    return None if s.times("record") else "还没有登记转化成果；确实没有转化的，用“未能转化”"


def _named(s: Situation) -> str | None:
    told = s.data.get("awardee")
    return (
        None
        if told in (None, NO_NAME) or s.facts.named
        else f"建议人没有同意公开姓名，公示的姓名请写“{NO_NAME}”"
    )


def _clean(*names: str) -> Guard:
    """Words that the public will read hold no telephone, number or door."""

    def judge(s: Situation) -> str | None:
        said = (s.data.get(name) or getattr(s.facts, name, "") for name in names)
        return next((fault for text in said if (fault := checks.fault(text or ""))), None)

    return Guard(f"clean:{','.join(names)}", judge, "没有电话、证件号、门牌号")


plain_only = Guard("plain_only", _plain, "不是密封件")
sealed_only = Guard("sealed_only", _sealed, "是密封件")
harmful = Guard("harmful", _harmful, "涉及人身安全")
of_topic = Guard("of_topic", _of_topic, "是征集议题")
linked = Guard("linked", _linked, "关联的事项编号对")
happened = Guard("happened", _happened, "日期已经到了")
no_matter = Guard("no_matter", _no_matter, "还没有转为解忧线索")
has_result = Guard("has_result", _has_result, "已登记转化成果")
named = Guard("named", _named, "公开姓名经本人同意")
clean_award, clean_topic, clean_result = _clean("award_why"), _clean("words"), _clean("result")
