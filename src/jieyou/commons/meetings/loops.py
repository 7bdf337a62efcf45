"""筹备 → 定题 → 召开 → 成文签发 → 印发. Papers' sequence: nothing goes out unsigned. Beside it 参会回执, one per invited unit."""

from dataclasses import replace

from jieyou.commons.approvals import signing
from jieyou.commons.meetings import agenda, replies
from jieyou.commons.meetings.models import Reply
from jieyou.kernel.loop.declare import (
    Ask,
    Guard,
    Loop,
    Situation,
    Stage,
    Transition,
    holder,
    home,
    system,
    within,
)
from jieyou.kernel.loop.guards import signed

HELD_ON = Ask("held_on", "会议日期", "day")
STARTS = Ask("starts_at", "时间", "line", required=False, at_most=20)
ROOM = Ask("room", "地点", "line", required=False, at_most=80)
CHAIR = Ask("chair", "主持人（职务、姓名）", "line", required=False, at_most=60)
ATTENDANCE = Ask(
    "attendance", "出席情况", "rows", keep=False,
    rows=(
        Ask("unit", "单位", "unit"),
        Ask("state", "出席", "choice", choices=(("present", "出席"), ("stand_in", "委托代会"), ("leave", "请假"), ("absent", "缺席"))),
        Ask("person", "姓名", "line", required=False, at_most=60),
    ),
)  # fmt: skip
UNITS = Ask("units", "参会单位", "units", keep=False, help="议题的牵头、配合单位已经选好，可以增减")
REPLY_BY = Ask(
    "reply_by", "回执截止", "day", required=False, keep=False, help="到这一天还没有回执的，待办上显示超期；会议召开前都可以回执、修改"
)  # fmt: skip
EARLIER = Ask("reply_by", "回执截止", "due", required=False, keep=False, clock="meeting.reply")

ANSWER = (
    Ask("answer", "怎么答复", "choice", choices=Reply.ANSWERS),
    Ask("person", "姓名", "line", at_most=60, help="谁来参加；代会的写代会人，请假的写请假人"),
    Ask("post", "职务", "line", at_most=60),
    Ask("phone", "联系电话", "line", required=False, keep=False, at_most=40, help="封存保管，只有会务人员联系时查看"),
    Ask("words", "代会或请假的原因", "line", required=False, at_most=200, help="参加的不用写；请假不等于委托代会"),
)  # fmt: skip


def _has_items(s: Situation) -> str | None:
    return None if agenda.count(s.facts.pk) else "还没有议题，请先在事项页面“提请上会”"


def _all_decided(s: Situation) -> str | None:
    left = agenda.undecided(s.facts.pk)
    return f"还有 {left} 项议题没有记录会议决定" if left else None


def _day_came(s: Situation) -> str | None:
    return agenda.day_came(s.facts.held_on)


def _agenda_signed(s: Situation) -> str | None:
    wanted = signing.chain_for("agenda", s.facts.unit.place.code) is not None or s.children("approval")
    return (
        None if not wanted or s.signed("agenda", "") else "议题还没有经主持领导审定，请先“议题报主持领导审定”"
    )


def _to_hand_out(s: Situation) -> str | None:
    return None if agenda.to_hand_out(s.facts.pk) else "没有等着交办的议定事项"


class MeetingLoop(Loop, code="meeting", title="周“解忧”会议", facts="meetings.Meeting", noun="会议", opens="筹备会议",
                  letters="-HY", filled_at="past"):  # fmt: skip
    """The weekly meeting."""

    preparing = Stage("筹备", 1, waits=home("会务人员"))
    fixed = Stage("已定题", 2, waits=home("会务人员"))
    held = Stage("已召开", 3, waits=home("会务人员"))
    signing = Stage("待签发", 4, waits=home("会务人员"))
    issued = Stage("已印发", 5, ended=True)
    cancelled = Stage("已取消", ended=True)

    plan = Transition(
        within(preparing, fixed), "修改安排", by=home("会务人员"), asks=(HELD_ON, STARTS, ROOM, CHAIR), does=replies.tell_moved,
        help="改了日期、时间、地点，已经通知的单位会收到消息",
    )  # fmt: skip
    fix = Transition(
        preparing >> fixed, "定题", by=home("部领导"), needs=(Guard("has_items", _has_items, "已有议题"),),
        asks=(Ask("words", "意见", "words", required=False),), main=True,
    )  # fmt: skip
    submit = Transition(
        within(preparing), "议题送审", by=home("会务人员"), needs=(Guard("has_items", _has_items, "已有议题"),),
        then=home("部领导"), main=True,
    )  # fmt: skip
    unfix = Transition(
        fixed >> preparing, "调整议题", by=home("会务人员", "部领导"), asks=(Ask("words", "原因", "words"),)
    )
    send_agenda = Transition(
        within(fixed), "议题报主持领导审定", by=home("会务人员"), does=agenda.send_agenda, at_most=5, drafts=("items_book",),
        needs=(Guard("not_waiting_agenda", lambda s: "议题正在报审，请等签批" if s.open_children() else None, "没有在签批"),),
        help="部领导定题后，再报主持会议的领导审定",
    )  # fmt: skip
    invite = Transition(
        within(preparing, fixed), "通知参会单位", by=home("会务人员"), asks=(UNITS, REPLY_BY), does=replies.invite, drafts=("notice",),
        help="每个单位收到会议通知，要交参会回执；已经通知过的不再重复通知",
    )  # fmt: skip
    remind = Transition(
        within(preparing, fixed), "催回执", by=home("会务人员"), only=replies.unanswered, needs=(replies.any_to_urge,),
        does=replies.urge_all, help="提醒还没有回执的单位，一天只催一次",
    )  # fmt: skip
    attend = Transition(
        within(fixed, held), "登记出席", by=home("会务人员"), asks=(ATTENDANCE,), does=agenda.attend
    )
    hold = Transition(
        fixed >> held, "会议召开", by=home("会务人员"), main=True,
        needs=(Guard("agenda_signed", _agenda_signed, "议题已审定"), Guard("day_came", _day_came, "到了会议日期")),
        asks=(Ask("chair", "主持人（职务、姓名）", "line", at_most=60),), does=replies.close,
    )  # fmt: skip
    draft = Transition(
        held >> signing, "纪要送签", by=home("会务人员"), needs=(Guard("all_decided", _all_decided, "各议题都有决定"),),
        asks=(Ask("minutes", "会议纪要", "words", help="已按各议题的决定起草，可以修改"),), does=agenda.send_minutes, main=True, drafts=("minutes",),
    )  # fmt: skip
    redraft = Transition(
        signing >> held, "退回重拟", by=home("会务人员"), asks=(Ask("words", "原因", "words"),),
        needs=(Guard("not_waiting", lambda s: "纪要还在签批，请先由领导退回" if s.open_children() else None, "签批已退回"),),
    )  # fmt: skip
    issue = Transition(
        signing >> issued, "印发", by=home("会务人员"), needs=(signed("minutes", "会议纪要"),), outcome="held", main=True,
        asks=(Ask("minutes_no", "纪要期号", "line", at_most=60, help="如：第16期"),),
    )  # fmt: skip
    hand_out = Transition(
        within(issued), "全部交办", by=home("会务人员", "经办人"), only=Guard("to_hand_out", _to_hand_out, "有等着交办的议定事项"),
        does=agenda.hand_out, help="把纪要上议定的事项一次交办给各单位，任务、单位、时限都按纪要",
    )  # fmt: skip
    cancel = Transition(
        (preparing | fixed) >> cancelled, "取消会议", by=home("会务人员", "部领导"), asks=(Ask("words", "原因", "words"),),
        outcome="cancelled", does=replies.call_off,
        needs=(Guard("no_items", lambda s: "请先把议题撤回或改排到别的会议" if agenda.count(s.facts.pk) else None,
                                          "议题已撤回"),),
    )  # fmt: skip

    # 补录: held before the software came; whether its minutes were printed is not known
    past = Stage("已召开（补录）", ended=True)


class ReplyLoop(Loop, code="meeting_reply", title="参会回执", facts="meetings.Reply", noun="回执", opens="会议通知", letters="-HZ",
                due_clock="meeting.reply"):  # fmt: skip
    """One invited unit's answer. A case of its own, not a child: the unit sees its notice, not the meeting's whole page."""

    asked = Stage("待回执", 1, clock="meeting.reply", waits=holder("承办人"))
    answered = Stage("已回执", 2)
    closed = Stage("会议已召开", 3, ended=True)
    withdrawn = Stage("不再邀请", ended=True)
    cancelled = Stage("会议已取消", ended=True)

    answer = Transition(
        asked >> answered, "交回执", by=holder("承办人", "单位负责人"), asks=ANSWER, needs=(replies.complete,), does=replies.answer,
        main=True, help="参加、委托代会、请假，选一样；会议召开前可以修改",
    )  # fmt: skip
    enter = Transition(
        asked >> answered, "登记电话答复", aside=True, by=home("会务人员"), asks=ANSWER, needs=(replies.complete,), does=replies.answer,
        help="单位打电话、发纸质回执的，由会务人员代为登记",
    )  # fmt: skip
    change = Transition(
        within(answered), "修改回执", by=holder("承办人", "单位负责人") | home("会务人员"), asks=ANSWER, needs=(replies.complete,),
        does=replies.answer, help="会议召开前都可以修改，每次修改都有记录",
    )  # fmt: skip
    agree = Transition(
        within(answered), "同意请假", by=home("会务人员", "部领导"), only=replies.leave_waits, does=replies.agree, main=True,
        asks=(Ask("agreed_by", "谁同意的（职务、姓名）", "line", at_most=60, help="请假须经主持会议的领导同意"),), tells=("holder",),
    )  # fmt: skip
    refuse = Transition(
        answered >> asked, "不同意请假", by=home("会务人员", "部领导"), only=replies.leave_waits, does=replies.refuse,
        asks=(Ask("refused", "意见", "words", keep=False),), tells=("holder",), help="退回单位重新回执：参加或者委托代会",
    )  # fmt: skip
    urge = Transition(
        within(asked), "催回执", by=home("会务人员"), needs=(replies.not_today,), does=replies.urged, tells=("holder",),
        help="提醒这个单位，一天只催一次",
    )  # fmt: skip
    withdraw = Transition(
        (asked | answered) >> withdrawn, "不再邀请", aside=True, by=home("会务人员"), asks=(Ask("why", "原因", "words", keep=False),),
        does=replies.withdraw, tells=("holder",), outcome="withdrawn",
    )  # fmt: skip
    moved = Transition(
        within(asked, answered), "会议安排有变", by=system(), does=replies.retitle, tells=("holder",),
        asks=(replace(HELD_ON, keep=False), replace(STARTS, keep=False), replace(ROOM, keep=False), EARLIER),
    )  # fmt: skip
    close = Transition((asked | answered) >> closed, "会议召开", by=system(), outcome="held")
    call_off = Transition(
        (asked | answered) >> cancelled, "会议取消", by=system(), asks=(Ask("why", "原因", "words", keep=False),), tells=("holder",),
        outcome="cancelled",
    )  # fmt: skip
