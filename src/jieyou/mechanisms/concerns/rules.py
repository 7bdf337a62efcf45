"""Judgements of the weekly loop: functions of a situation."""

from jieyou.kernel.loop.declare import Guard, Situation

#: Who did it ≠ who closes ≠ who calls back.
DID = ("finish", "apply")
CLOSED = (*DID, "agree_strike")


def _one_lead(s: Situation) -> str | None:
    rows = s.data.get("assignments")
    if not rows and s.data.get("outcome") not in ("resolved", "in_principle"):
        return None  # nothing is handed out (暂缓再议 …), or the table is still to be filled in
    leads = sum(1 for row in rows or [] if row["kind"] == "lead")
    return None if leads == 1 else "交办任务里要有且只有一家牵头单位"


def _decided(*outcomes: str) -> Guard:
    def judge(s: Situation) -> str | None:
        return None if s.facts.outcome in outcomes else "会议决定还没有记录，或不是这个结论"

    return Guard(f"decided:{','.join(outcomes)}", judge, "会议已有相应结论")


def _answered(s: Situation) -> str | None:
    return None if s.times("call") or s.times("rate") else "还没有回访，也没有群众评价"


def _not_unhappy(s: Situation) -> str | None:
    return "群众不满意：请退回再办，次数用完的由部领导复核" if s.facts.satisfied == "bad" else None


def _unhappy(s: Situation) -> str | None:
    return None if s.facts.satisfied == "bad" else "群众没有表示不满意"


def _tried(s: Situation) -> str | None:
    if s.facts.visited == "unreached" and s.times("call") < 3 and not s.times("rate"):
        return f"未联系上的，要在不同时间回访三次，已回访 {s.times('call')} 次"
    return None


def _plain(s: Situation) -> str | None:
    return "这是密封件，只能由密件专办处理" if s.sealed else None


def _sealed(s: Situation) -> str | None:
    return None if s.sealed else "不是密封件"


def _registered(s: Situation) -> str | None:
    return None if s.times("register") else "还没有登记就并入的，撤销后退回线索征集"


def _unregistered(s: Situation) -> str | None:
    return "登记以后并入的，撤销后退回综合研判" if s.times("register") else None


def _harmful(s: Situation) -> str | None:
    return None if s.facts.harm else "没有涉及人身安全的内容"


registered = Guard("registered", _registered, "已登记")
unregistered = Guard("unregistered", _unregistered, "未登记")
harmful = Guard("harmful", _harmful, "涉及人身安全")
one_lead = Guard("one_lead", _one_lead, "有且只有一家牵头单位")
resolved = _decided("resolved", "in_principle")
put_off = _decided("deferred", "to_government")
dismissed = _decided("dismissed")
answered = Guard("answered", _answered, "已回访或群众已评价")
not_unhappy = Guard("not_unhappy", _not_unhappy, "群众没有表示不满意")
unhappy = Guard("unhappy", _unhappy, "群众不满意")
tried = Guard("tried", _tried, "未联系上的回访满三次")
plain_only = Guard("plain_only", _plain, "不是密封件")
sealed_only = Guard("sealed_only", _sealed, "是密封件")
