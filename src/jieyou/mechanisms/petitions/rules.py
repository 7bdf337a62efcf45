"""Judgements of a petition's loop: functions of a situation. Articles are those of 《信访工作条例》."""

from __future__ import annotations

from datetime import date

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Guard, Situation
from jieyou.kernel.loop.models import Clock
from jieyou.kernel.people.models import Unit


def last_day(case: object, code: str) -> date | None:
    """The last day of the newest round of a clock of a case; ``None`` where it never ran."""
    rows = Clock.objects.filter(case=case, code__startswith=code).order_by("started", "pk")
    found = [row.due for row in rows if row.code.partition("@")[0] == code]
    return clock.local(found[-1]) if found else None


def within(code: str, sentence: str) -> Guard:
    """The clock has not run out: ``sentence`` gets its last day."""

    def judge(s: Situation) -> str | None:
        last = last_day(s.facts.pk, code)
        return sentence.format(last) if last and clock.today() > last else None

    return Guard(f"within:{code}", judge, "在期限内")


def not_ahead(name: str, label: str, after: str = "", earlier: str = "") -> Guard:
    """A day that has happened: not in the future, not before the day that the fact ``after`` holds."""

    def judge(s: Situation) -> str | None:
        day, first = s.data.get(name), getattr(s.facts, after, None) if after else None
        if day is None:
            return None
        if day > clock.today():
            return f"{label}不能晚于今天"
        return f"{label}不能早于{earlier}（{first}）" if first and day < first else None

    return Guard(f"not_ahead:{name}", judge, f"{label}已经发生")


def _plain(s: Situation) -> str | None:
    return "这是密封件，只能由密件专办处理" if s.sealed else None


def _sealed(s: Situation) -> str | None:
    return None if s.sealed else "不是密封件"


def _registered(s: Situation) -> str | None:
    return None if s.facts.purpose and s.facts.request else "请先登记要素"


def _of(purpose: str, sentence: str) -> Guard:
    def judge(s: Situation) -> str | None:
        return None if s.facts.purpose == purpose else sentence

    return Guard(f"purpose:{purpose}", judge, sentence)


def _no_accusation(s: Situation) -> str | None:
    return "检举控告不能转给被反映的单位，请先“密封”" if s.facts.purpose == "accusation" else None


def _joint(s: Situation) -> str | None:
    people, named = s.data.get("people") or 1, s.data.get("representatives") or 0
    most, joint = s.dial("petition.representatives", 5), s.dial("petition.joint_from", 5)
    if named > most:
        return f"代表不得超过 {most} 人（条例第二十条）"
    if people >= joint and s.data.get("channel") == "visit" and not named:
        return f"{people} 人走访，请推选代表并填写代表人数（不超过 {most} 人）"
    return "代表人数不能多于总人数" if named > people else None


def _repeat(s: Situation) -> str | None:
    old = s.data.get("repeats")
    if s.data.get("first") == "repeat" and old is None:
        return "重复信访的，请填写原事项编号"
    if old is not None and (old.loop != "petition" or old.sealed or old.pk == s.facts.pk):
        return "原事项编号不对，请核对"
    return None


def _may_object(s: Situation) -> str | None:
    if s.facts.objection == "asked":
        return "已经提出异议，等对方答复"
    return "已经指定由本单位办理，不能再提异议" if s.facts.objection == "designated" else None


def _objected(s: Situation) -> str | None:
    return None if s.facts.objection == "asked" else "没有提出异议"


def _settled(s: Situation) -> str | None:
    return "管辖异议还没有答复" if s.facts.objection == "asked" else None


def _no_hearing(s: Situation) -> str | None:
    return "听证还没有结束" if s.facts.hearing else None


def _hearing(s: Situation) -> str | None:
    return None if s.facts.hearing else "没有正在进行的听证"


def superior(upper: Unit, lower: Unit) -> bool:
    """Whether ``upper`` is the next authority above ``lower``: its parent unit, or an office of a wider place."""
    if upper.pk == lower.parent_id:
        return True
    return lower.place.code.startswith(upper.place.code) and len(upper.place.code) < len(lower.place.code)


def _above(name: str, other: str, below: str, words: str) -> Guard:
    def judge(s: Situation) -> str | None:
        unit, lower = s.data.get(name), getattr(s.facts, below)
        if unit is None:
            return None if s.data.get(other) else "请选择机关，或者写明不在本系统的机关名称"
        return None if lower is None or superior(unit, lower) else words

    return Guard(f"above:{name}", judge, "是上一级机关")


def _by_office(unit: str) -> Guard:
    """Whose reviewing body is not in the system: the petition office enters its word; else that body itself does."""

    def judge(s: Situation) -> str | None:
        outside = getattr(s.facts, f"{unit}_id") is None
        return None if not outside or s.holds("经办人") else "由信访部门按对方文书登记"

    return Guard(f"by_office:{unit}", judge, "由有权的机关作出")


def _mediated(s: Situation) -> str | None:
    started, ended = s.data.get("started_on"), s.data.get("ended_on")
    if s.data.get("mediation_result") == "success" and not s.data.get("document"):
        return "调解成功的，要有调解协议书或和解协议书附卷（条例第三十三条）"
    if ended and ended > clock.today():
        return "结束日期不能晚于今天"
    return "结束日期不能早于开始日期" if started and ended and ended < started else None


def _most_days(s: Situation) -> str | None:
    most = s.dial("petition.extend_most", 30)
    return f"最多延长 {most} 日（条例第三十四条）" if (s.data.get("days") or 0) > most else None


def _evaluable(s: Situation) -> str | None:
    if s.facts.first == "repeat":
        return "重复信访不重复评价"
    return None if not s.facts.route else "应当走其他法定途径的不在评价范围"


plain_only = Guard("plain_only", _plain, "不是密封件")
sealed_only = Guard("sealed_only", _sealed, "是密封件")
registered = Guard("registered", _registered, "已登记要素")
no_accusation = Guard("no_accusation", _no_accusation, "不是检举控告")
accusation = _of("accusation", "不是检举控告")
advice = _of("advice", "不是意见建议")
lawsuit = _of("lawsuit", "不是涉法涉诉")
appeal = _of("appeal", "不是申诉求决")
joint = Guard("joint", _joint, "代表不超过 5 人")
repeat = Guard("repeat", _repeat, "重复的已关联原件")
may_object = Guard("may_object", _may_object, "可以提异议")
objected = Guard("objected", _objected, "已提出异议")
settled = Guard("settled", _settled, "异议已答复")
no_hearing = Guard("no_hearing", _no_hearing, "没有正在进行的听证")
in_hearing = Guard("in_hearing", _hearing, "正在听证")
above_handler = _above("review_unit", "review_name", "handler", "复查机关应当是原办理机关的上一级")
above_reviewer = _above("recheck_unit", "recheck_name", "review_unit", "复核机关应当是复查机关的上一级")
by_reviewer, by_rechecker = _by_office("review_unit"), _by_office("recheck_unit")
mediated = Guard("mediated", _mediated, "调解成功的有协议附卷")
most_days = Guard("most_days", _most_days, "不超过 30 日")
evaluable = Guard("evaluable", _evaluable, "在评价范围内")
