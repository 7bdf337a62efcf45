"""Judgements of the feedback: functions of a situation."""

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Guard, Situation


def _numbered(s: Situation) -> str | None:
    return "发函反馈的，请填写函号" if s.data.get("how") == "letter" and not s.data.get("letter_no") else None


def _not_ahead(s: Situation) -> str | None:
    day = s.data.get("sent_on")
    return "反馈日期还没有到，请核对" if day and day > clock.today() else None


numbered = Guard("numbered", _numbered, "发函的填了函号")
not_ahead = Guard("not_ahead", _not_ahead, "反馈日期不晚于今天")
