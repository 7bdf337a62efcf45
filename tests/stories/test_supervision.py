"""Supervision in the words of an office: reminders once, work that nobody owns, letters that are signed, escalation proposed."""

from __future__ import annotations

from datetime import date, datetime

from support.city import HOME_COUNTY, Told, Town

from jieyou.commons.approvals.models import Approval
from jieyou.commons.supervision.models import Escalation, Finding, Letter
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case, Clock, Dial, Event
from jieyou.kernel.loop.permit import open_to
from jieyou.kernel.loop.seen import inbox, may_see
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.people import recusal
from jieyou.kernel.people.models import Post
from jieyou.kernel.people.posts import appoint, end, hand_over, name_deputy

SINCE = date(2024, 4, 22)
LETTER = {
    "letter": "supervision_letter",
    "ground": "交办已满十个工作日，催办两次没有进展",
    "demand": "三个工作日内书面回复",
}


def june(day: int, hour: int = 9) -> datetime:
    return clock.at(date(2024, 6, day), hour)


def at(moment: datetime) -> int:
    with clock.moved(moment):
        return tick(moment)


def leave(town: Town, username: str, role: str, on: date, unit: str = "office") -> Post:
    post = Post.objects.get(account=town.account(username), role=role, unit=town.unit(unit))
    return end(post, on, "system")


def task_of(town: Town, upto: str = "tracked") -> Case:
    return town.walk.children(town.concern(upto))[0]


def proposal(case: Case) -> Case:
    return Escalation.objects.get(origin=case).case


# 提醒
def test_before_a_deadline_and_after_it_each_is_reminded_once(town: Town, told_to: Told) -> None:
    task = task_of(town)  # handed out on the 4th with 15 working days: due on the 26th
    assert clock.local(Clock.objects.get(case=task, code="assignment.due").due) == date(2024, 6, 26)
    for day in (20, 24, 24, 25, 26):
        at(june(day))
    before = [words for words in told_to("bureau", task) if words.startswith(("还剩", "今天"))]
    assert before == ["还剩 2 个工作日：办理时限"]
    for moment in (june(27), june(28), clock.at(date(2024, 7, 1)), clock.at(date(2024, 7, 2))):
        at(moment)
    assert [w for w in told_to("bureau", task) if "超期" in w] == [
        "超期提醒：办理时限",
        "超期 3 个工作日：办理时限",
    ]
    assert "超期 3 个工作日：办理时限" in told_to("leader", task)


def test_a_city_says_itself_how_early(town: Town, told_to: Told) -> None:
    task = task_of(town)
    Dial.objects.filter(code="supervision.before").update(value=5)
    at(june(19))
    assert "还剩 5 个工作日：办理时限" in told_to("bureau", task)


def test_more_days_are_reminded_of_anew(town: Town, told_to: Told) -> None:
    task = task_of(town)
    at(june(24))
    town.act(task, "ask_days", "bureau", june(24, 10), days=5, days_reason="weather", ground="连阴雨")
    town.act(task, "grant_days", "leader", june(24, 11), days=5, words="同意")
    at(june(25))
    at(clock.at(date(2024, 7, 1)))
    assert len([w for w in told_to("bureau", task) if w.startswith("还剩 2")]) == 2


def test_on_leave_the_deputy_has_the_inbox_and_the_reminders(town: Town, told_to: Told) -> None:
    task = task_of(town)
    helper = town.city.bureaus[HOME_COUNTY, "热力"]
    with clock.moved(june(10)):
        post = Post.objects.get(account=town.account("bureau"), role="承办人")
        name_deputy(post, helper, date(2024, 6, 11), date(2024, 7, 1), "system")
    at(june(24))
    assert any("还剩" in words for words in told_to(helper.username, task))
    with clock.moved(june(24)):
        assert task.pk in inbox(town.actor(helper.username)).values_list("pk", flat=True)
        assert {d.transition.name for d in open_to(town.fresh(task), town.actor(helper.username))} >= {
            "finish",
            "ask_days",
        }


# 无主
def test_a_vacant_post_is_found_told_and_proposed_for_escalation(town: Town, told_to: Told) -> None:
    item = town.concern("assess")
    leave(town, "county", "经办人", date(2024, 5, 22))
    moment = clock.at(date(2024, 5, 22), 10)
    at(moment)
    assert at(moment) == 0, "once"
    assert "岗位空缺" in told_to("leader") and told_to("city") == []
    assert Escalation.objects.get().case.desk_role == "部领导"
    assert town.fresh(item.case).desk == town.unit("office"), "only proposed"


def test_once_approved_inbox_and_right_to_see_go_to_the_office_above(town: Town, told_to: Told) -> None:
    item = town.concern("assess")
    due = town.fresh(item.case).due
    leave(town, "county", "经办人", date(2024, 5, 22))
    at(clock.at(date(2024, 5, 22), 10))
    up = town.act(
        Escalation.objects.get().case,
        "approve",
        "leader",
        clock.at(date(2024, 5, 22), 11),
        to="office",
        words="",
    )
    case = town.fresh(item.case)
    assert (up.stage, case.desk, case.desk_role, case.due) == (
        "up",
        town.unit("office", "6106"),
        "经办人",
        due,
    )
    assert "提级接办" in told_to("city", case)
    assert case.pk in inbox(town.actor("city")).values_list("pk", flat=True)
    judged = town.act(case, "judge", "city", clock.at(date(2024, 5, 22), 15), category="heating", urgency="normal",
                      level="county", recommend="meeting", reason="需要多个部门研究")  # fmt: skip
    assert judged.desk_role == "部领导"


def test_when_somebody_is_appointed_it_comes_back(town: Town) -> None:
    item = town.concern("assess")
    leave(town, "county", "经办人", date(2024, 5, 22))
    at(clock.at(date(2024, 5, 22), 10))
    up = town.act(
        Escalation.objects.get().case,
        "approve",
        "leader",
        clock.at(date(2024, 5, 22), 11),
        to="post",
        words="",
    )
    assert town.fresh(item.case).desk_role == "部领导"
    appoint(town.account("caller"), town.unit("office"), "经办人", date(2024, 5, 23), "system")
    town.act(up, "hand_back", "leader", clock.at(date(2024, 5, 23)), words="新经办人到岗")
    assert (town.fresh(item.case).desk_role, town.fresh(item.case).desk) == ("经办人", town.unit("office"))
    at(clock.at(date(2024, 5, 23), 10))
    assert Finding.objects.get(kind="vacant").over_at is not None


def test_a_proposal_is_not_needed_any_more_when_the_post_is_held_again(town: Town) -> None:
    town.concern("assess")
    leave(town, "county", "经办人", date(2024, 5, 22))
    at(clock.at(date(2024, 5, 22), 10))
    appoint(town.account("caller"), town.unit("office"), "经办人", date(2024, 5, 23), "system")
    at(clock.at(date(2024, 5, 23), 10))
    assert Escalation.objects.get().case.stage == "lapsed"


def test_where_the_leader_is_missing_too_the_office_above_hears_and_decides(
    town: Town, told_to: Told
) -> None:
    town.concern("assess")
    for username, role in (("county", "经办人"), ("leader", "部领导")):
        leave(town, username, role, date(2024, 5, 22))
    at(clock.at(date(2024, 5, 22), 10))
    assert "岗位空缺" in told_to("city-head")
    assert Escalation.objects.get(role="经办人").case.home == town.unit("office", "6106")


def test_a_task_that_nobody_signs_for_is_told_to_the_leader(town: Town, told_to: Told) -> None:
    task = task_of(town, "handed")
    at(june(5))
    assert "任务没有人签收" not in told_to("leader")
    at(june(6))
    assert "任务没有人签收" in told_to("leader", task)
    town.act(task, "sign_for", "bureau", june(6, 10))
    at(june(6, 11))
    assert not Finding.objects.filter(kind="unsigned", case=task, over_at=None).exists()


# 提级
def test_what_is_late_for_a_week_is_proposed_once_and_decided_by_a_person(town: Town) -> None:
    task = task_of(town)
    at(clock.at(date(2024, 7, 2)))
    assert not Escalation.objects.filter(origin=task).exists()
    at(clock.at(date(2024, 7, 4)))
    found = proposal(task)
    assert (found.stage, found.home) == ("proposed", town.unit("office"))
    town.act(found, "decline", "leader", clock.at(date(2024, 7, 4), 10), words="继续督办")
    at(clock.at(date(2024, 7, 12)))
    assert Escalation.objects.filter(origin=task).count() == 1


def test_an_escalation_of_a_task_moves_no_clock(town: Town) -> None:
    task = task_of(town)
    before = list(Clock.objects.filter(case=task).order_by("pk").values())
    town.act(task, "escalate", "county", june(20), escalate="两家单位说法不一，县级协调不下来")
    town.act(proposal(task), "approve", "leader", june(20, 15), to="office", words="请市里协调")
    assert list(Clock.objects.filter(case=task).order_by("pk").values()) == before
    assert [e.transition for e in town.events(task)][-1] == "escalated"
    assert {"urge", "take_back"} <= {d.transition.name for d in open_to(town.fresh(task), town.actor("city"))}


def test_when_the_matter_ends_the_proposal_ends_with_it(town: Town) -> None:
    item = town.concern("tracked")
    task = town.walk.children(item)[0]
    town.act(task, "escalate", "county", june(10), escalate="两家单位说法不一，县级协调不下来")
    town.walk.finish(item, june(18))
    assert (town.fresh(task).stage, proposal(task).stage) == ("ended", "lapsed")


def test_a_sealed_matter_is_never_handed_over(town: Town) -> None:
    item = town.item()
    town.walk.tell(item, clock.at(date(2024, 5, 20)), accused=True, accused_words="某干部")
    assert "没有这个动作" in town.refusal(item.case, "escalate", "city", escalate="请上级接办这件密封件")
    assert town.refusal(item.case, "escalate", "city-sealed", escalate="请上级接办这件密封件")
    leave_keeper = Post.objects.get(account=town.account("city-sealed"), role="密件专办")
    end(leave_keeper, date(2024, 5, 22), "system")
    at(clock.at(date(2024, 8, 1)))
    assert not Escalation.objects.exists() and not Finding.objects.exists()


def test_a_unit_that_is_recused_does_not_take_over(town: Town) -> None:
    item = town.concern("assess")
    assert item.case is not None
    with clock.moved(clock.at(date(2024, 5, 21))):
        recusal.recuse(item.case.pk, "system", "市里参与过原决定", unit=town.unit("office", "6106"))
        assert not may_see(town.actor("city"), town.fresh(item.case))
    town.act(
        item.case, "escalate", "county", clock.at(date(2024, 5, 22)), escalate="县级没有权限，请求提级办理"
    )
    words = town.refusal(
        proposal(item.case), "approve", "leader", clock.at(date(2024, 5, 22), 15), to="office", words=""
    )
    assert "回避" in words


def test_who_is_recused_neither_sees_nor_hears_of_it(town: Town, told_to: Told) -> None:
    item = town.concern("tracked")
    task = town.walk.children(item)[0]
    assert item.case is not None
    with clock.moved(june(10)):
        recusal.recuse(item.case.pk, "system", "与反映人是亲属", account=town.account("leader"))
        actor = town.actor("leader")
        assert not may_see(actor, town.fresh(item.case)) and not may_see(actor, town.fresh(task))
        assert not inbox(actor).filter(pk__in=[item.case.pk, task.pk]).exists()
    heard = len(told_to("leader"))
    town.act(task, "ask_days", "bureau", june(11), days=5, days_reason="weather", ground="连阴雨")
    assert len(told_to("leader")) == heard
    assert may_see(town.actor("county"), town.fresh(item.case))


# 督办文书
def test_a_letter_reaches_the_unit_when_it_is_signed_and_not_before(town: Town, told_to: Told) -> None:
    task = task_of(town)
    town.act(task, "letter", "county", june(20), **LETTER)
    letter = Letter.objects.get(origin=task).case
    assert not may_see(town.actor("bureau"), letter)
    assert "还没有签发" in town.refusal(
        letter, "send", "county", june(20, 10), letter_no="1号", sent_on="2024-06-20"
    )
    paper = Approval.objects.get(case__parent=letter).case
    town.act(paper, "sign", "leader", june(20, 15), opinion="同意")
    sent = town.act(letter, "send", "county", june(20, 16), letter_no="1号", sent_on="2024-06-20")
    assert (sent.holder, sent.due is not None) == (town.unit(), True)
    assert "送达" in told_to("bureau", letter)
    answered = town.act(letter, "answer", "bureau", june(21), answer="已加派人手，三天内完工", evidence=[])
    assert answered.stage == "answered"


def test_an_interview_goes_through_the_supervision_office(town: Town) -> None:
    task = task_of(town)
    town.act(task, "letter", "county", june(20), **LETTER | {"letter": "interview"})
    letter = Letter.objects.get(origin=task).case
    town.act(
        Approval.objects.get(case__parent=letter).case, "sign", "leader", june(20, 15), opinion="同意提请"
    )
    assert "send" not in {d.transition.name for d in open_to(town.fresh(letter), town.actor("county"))}
    assert "请补充" in town.refusal(letter, "pass_on", "county", june(20, 16), sent_on="2024-06-20")
    passed = town.act(
        letter, "pass_on", "county", june(20, 17), via="县委督查室", letter_no="", sent_on="2024-06-20"
    )
    assert (passed.stage, passed.holder) == ("passed", None)


def test_a_letter_that_is_not_signed_can_be_mended_or_dropped(town: Town) -> None:
    task = task_of(town)
    town.act(task, "letter", "county", june(20), **LETTER)
    letter = Letter.objects.get(origin=task).case
    assert "还在签批" in town.refusal(letter, "drop", "county", june(20, 10), words="不发了")
    town.act(
        Approval.objects.get(case__parent=letter).case, "refuse", "leader", june(20, 15), words="再催一次再说"
    )
    town.act(
        letter, "redraft", "county", june(20, 16), ground=LETTER["ground"], demand="两个工作日内书面回复"
    )
    town.act(
        Approval.objects.get(case__parent=letter, case__open=True).case,
        "refuse",
        "leader",
        june(20, 17),
        words="先不发",
    )
    assert town.act(letter, "drop", "county", june(20, 18), words="不发了").stage == "dropped"


# 交接, 两人办公室
def test_a_post_goes_over_with_all_that_lies_on_it(town: Town) -> None:
    task = task_of(town)
    town.act(task, "escalate", "county", june(20), escalate="两家单位说法不一，县级协调不下来")
    town.act(task, "letter", "county", june(20, 10), **LETTER)
    with clock.moved(june(21)):
        was = set(inbox(town.actor("leader")).values_list("loop", flat=True))
        post = Post.objects.get(account=town.account("leader"), role="部领导", unit=town.unit("office"))
        new = town.city.bureaus[HOME_COUNTY, "热力"]
        hand_over(post, new, date(2024, 6, 21), "system")
        assert was >= {"escalation", "approval"}
        assert (
            set(inbox(town.actor(new.username)).exclude(loop="assignment").values_list("loop", flat=True))
            >= was
        )
        assert not inbox(town.actor("leader")).filter(loop__in=was).exists()
        assert {d.transition.name for d in open_to(proposal(task), town.actor(new.username))} == {
            "approve",
            "decline",
        }


def test_an_office_of_two_does_everything_but_the_three_separations(town: Town) -> None:
    """One person holds every post of the office; another does no more than call back."""
    county = town.account("county")
    for role in ("部领导", "回访人员"):
        appoint(county, town.unit("office"), role, SINCE, "system")
    town.city._actors.clear()
    town.city.offices[HOME_COUNTY].head = county
    item = town.concern(
        "visit"
    )  # judged, agreed, held, signed, handed out, accepted and struck off by one person
    own = set(Event.objects.filter(case=item.case, person=county.pk.hex).values_list("transition", flat=True))
    assert own >= {"register", "judge", "to_consult", "draft", "table", "decide", "resolve", "agree_strike"}
    call = {"method": "phone", "visited": "reached", "satisfied": "good", "solved": True}
    assert town.refusal(item.case, "call", "county", **call) == "办理和销号的人不能回访"
    town.act(item.case, "call", "caller", **call)
    assert town.act(item.case, "archive", "caller").stage == "archived"
