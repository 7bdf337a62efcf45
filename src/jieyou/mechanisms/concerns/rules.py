"""Judgements of the weekly loop: functions of a situation."""

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.declare import Guard, Situation

#: Who did it ≠ who closes ≠ who calls back.
DID = ("finish", "apply")
CLOSED = (*DID, "agree_strike")
#: Results that go to 挂账 with a date and an owner and are never “done”.
UNFINISHED = ("partly", "planned")


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


def _rounds_used(s: Situation) -> str | None:
    left = s.left("reopen")
    return f"还可以退回再办 {left} 次，用完后才能复核办结" if left else None


def _final(s: Situation) -> str | None:
    return "阶段性解决、列入计划的不能销号，请用“同意挂账”" if s.facts.result in UNFINISHED else None


def _unfinished(s: Situation) -> str | None:
    return None if s.facts.result in UNFINISHED else "办理结果不是阶段性解决或列入计划"


def _verified(s: Situation) -> str | None:
    return None if s.facts.verified else "还没有核验，请先由经办人核验"


def _other_hour(s: Situation) -> str | None:
    now = f"{clock.now().astimezone(clock.ZONE):%Y-%m-%d %H}"
    again = s.facts.visited == "unreached" and now in s.hours("call")
    return "这个钟点已经打过一次，请换个时间再联系" if again else None


def _not_theirs(s: Situation) -> str | None:
    return "责任单位及其网格员不能回访，请由其他人回访" if s.works_for("assignment") else None


def _perfected(s: Situation) -> str | None:
    if s.facts.outcome == "in_principle" and not s.times("perfect"):
        return "会议原则同意、要求完善后办，请先“完善方案”"
    return None


def _urgent(s: Situation) -> str | None:
    return None if s.times("urgent") else "不是急办事项"


def _reported(s: Situation) -> str | None:
    return "急办事项还没有补会" if s.times("urgent") and not s.times("confirm_meeting") else None


def _raised(s: Situation) -> str | None:
    return None if s.facts.source == "county" else "不是县（市、区）提请的事项"


def _of_a_county(s: Situation) -> str | None:
    return None if s.home_level() != "city" else "本单位就是市级，不用提请"


def _of_the_city(s: Situation) -> str | None:
    return None if s.home_level() == "city" else "只有市级可以交县办理"


def _at_other_door(s: Situation) -> str | None:
    loop, kind, outcome = s.last_child("handover", "jieyou")
    if loop != "handover" or kind == "government":
        return "不是转给其他渠道的"
    return None if outcome == "answered" else "对方还没有反馈结果"


def _at_government(s: Situation) -> str | None:
    loop, kind, outcome = s.last_child("handover", "jieyou")
    if (loop, kind) != ("handover", "government"):
        return "没有提请政府常务会议"
    return None if outcome == "answered" else "常务会议还没有结果"


def _at_other_level(s: Situation) -> str | None:
    loop, _, outcome = s.last_child("handover", "jieyou")
    if loop != "jieyou":
        return "没有提请市级或交县办理"
    return None if outcome else "上（下）级事项还没有办结"


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
rounds_used = Guard("rounds_used", _rounds_used, "退回再办次数已用完")
final_result = Guard("final_result", _final, "办理结果是已解决或解释说明")
unfinished = Guard("unfinished", _unfinished, "办理结果是阶段性解决或列入计划")
verified = Guard("verified", _verified, "已核验")
other_hour = Guard("other_hour", _other_hour, "换一个钟点")
not_theirs = Guard("not_theirs", _not_theirs, "不是责任单位的人")
perfected = Guard("perfected", _perfected, "原则同意的已完善方案")
urgent_only = Guard("urgent_only", _urgent, "是急办事项")
reported = Guard("reported", _reported, "急办事项已补会")
raised_only = Guard("raised_only", _raised, "是县（市、区）提请的")
of_a_county = Guard("of_a_county", _of_a_county, "是县级事项")
of_the_city = Guard("of_the_city", _of_the_city, "是市级事项")
at_other_door = Guard("at_other_door", _at_other_door, "其他渠道已反馈")
at_government = Guard("at_government", _at_government, "常务会议已有结果")
at_other_level = Guard("at_other_level", _at_other_level, "另一级已办结")
in_principle = _decided("in_principle")
to_government = _decided("to_government")
deferred = _decided("deferred")
