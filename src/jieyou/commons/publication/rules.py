"""Judgements of the publication: functions of a situation."""

from __future__ import annotations

from jieyou.commons.publication import checks, voices
from jieyou.commons.reports.models import Report
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.privacy import sealing

WORDED = (("heading", "标题"), ("problem", "反映的问题"), ("result", "办理结果"))


def _open_matter(s: Situation) -> str | None:
    about = s.facts.about
    if about.sealed or Report.objects.filter(case=about, accused=True).exists():
        return "密封件、涉及单位或干部的反映，一律不公开"
    return None


def _clean(s: Situation) -> str | None:
    """The clerk's own words, without anybody's name, number or door."""
    for name, title in WORDED:
        text = s.data.get(name) or ""
        sentence = checks.fault(text) or _reporter_in(text, s)
        if sentence:
            return f"“{title}”{sentence}"
    return None


def _reporter_in(text: str, s: Situation) -> str:
    """The name of somebody who reported it, found by its blind index: nobody has to unseal it."""
    rows = Report.objects.filter(case=s.facts.about).exclude(name_blind="")
    blinds = set(rows.values_list("name_blind", flat=True)) if text else set()
    named = blinds and any(sealing.blind(piece, "name") in blinds for piece in checks.pieces(text))
    return "里有反映人的姓名，请删去" if named else ""


def _complete(s: Situation) -> str | None:
    """What is to be public must say what it is about; what is not needs only its ground."""
    if s.data.get("attribute") != "active":
        return None
    missing = [title for name, title in WORDED[:2] if not s.data.get(name)]
    return f"主动公开的，请补充：{'、'.join(missing)}" if missing else None


def _enough(s: Situation) -> str | None:
    if not s.data.get("counted"):
        return None
    return voices.refusal(s.facts.about)


def _active(s: Situation) -> str | None:
    return None if s.facts.attribute == "active" else "公开属性不是“主动公开”"


def _kept(s: Situation) -> str | None:
    return "公开属性是“主动公开”" if s.facts.attribute == "active" else None


open_matter = Guard("open_matter", _open_matter, "不是密封件")
clean = Guard("clean", _clean, "没有人名、电话、门牌号")
complete = Guard("complete", _complete, "写了标题和问题")
enough = Guard("enough", _enough, "公开人数的，满 5 人")
active = Guard("active", _active, "主动公开")
kept = Guard("kept", _kept, "不主动公开")
