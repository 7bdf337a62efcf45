"""Six people say the same thing: one concern, six answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from support.city import FIRST_DAY, Town

from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case

VOICES = 6


@pytest.fixture
def six(town: Town) -> list[Item]:
    """The first is being judged; five more say the same thing afterwards."""
    first = town.concern("assess")
    items = [first]
    for n in range(1, VOICES):
        other = town.item()
        other.n = n + 10
        town.walk.tell(other, clock.at(FIRST_DAY + timedelta(days=1), 10 + n), name=f"李{n}")
        items.append(other)
    return items


def joined(town: Town, six: list[Item]) -> Case:
    first, *others = six
    for other in others:
        town.act(other.case, "join", "county", into=first.case.number)
    return town.fresh(first.case)


def answered(town: Town, six: list[Item]) -> Case:
    """Joined, solved, struck off: every reporter has his answer."""
    joined(town, six)
    for stage in ("consult", "meeting", "decided", "handed", "tracked", "strike", "visit"):
        getattr(town, f"_to_{stage}")(six[0])
    return town.fresh(six[0].case)


def test_six_voices_become_one_concern(town: Town, six: list[Item]) -> None:
    case = joined(town, six)
    assert Report.objects.filter(case=case).count() == VOICES
    assert [e.transition for e in town.events(case)].count("joined_here") == VOICES - 1
    ended = [town.fresh(item.case) for item in six[1:]]
    assert {(c.stage, c.open, c.outcome) for c in ended} == {("joined", False, "joined")}


def test_each_voice_gets_its_own_answer_and_rates_it_alone(town: Town, six: list[Item]) -> None:
    case = answered(town, six)
    assert Report.objects.filter(case=case, replied_at=None).count() == 0
    for n, item in enumerate(six):
        town.walk.rate(item, "bad" if n == 3 else "good", f"第{n}位", clock.at(date(2024, 6, 21), 9 + n))
    said = list(
        Report.objects.filter(case=case).order_by("registered_at").values_list("rating", "rating_words")
    )
    assert said == [("bad" if n == 3 else "good", f"第{n}位") for n in range(VOICES)]
    assert "群众不满意" in town.refusal(case, "archive", "caller")


def test_a_call_back_is_written_down_for_those_who_did_not_rate(town: Town, six: list[Item]) -> None:
    case = answered(town, six)
    town.walk.rate(six[0], "good", "", clock.at(date(2024, 6, 21)))
    town.walk.call(six[0], clock.at(date(2024, 6, 22)))
    tried = {r.pk: r.callbacks.count() for r in Report.objects.filter(case=case)}
    assert sorted(tried.values()) == [0, 1, 1, 1, 1, 1]
    assert tried[six[0].receipt.report.pk] == 0


def test_after_the_second_round_all_but_the_content_are_asked_anew(town: Town, six: list[Item]) -> None:
    case, walk, first = answered(town, six), town.walk, six[0]
    before = {r.pk: r.replied_at for r in Report.objects.filter(case=case)}
    walk.rate(six[1], "good", "修好了", clock.at(date(2024, 6, 21)))
    walk.rate(six[2], "bad", "没修好", clock.at(date(2024, 6, 21)))
    walk.reopen(first, clock.at(date(2024, 6, 24)))
    walk.sign_for(first, clock.at(date(2024, 6, 25)))
    walk.finish(first, clock.at(date(2024, 6, 26)))
    walk.strike(first, clock.at(date(2024, 6, 27)))
    anew = {r.pk for r in Report.objects.filter(case=case) if r.replied_at != before[r.pk]}
    assert before.keys() - anew == {six[1].receipt.report.pk}
    assert Report.objects.get(pk=six[2].receipt.report.pk).rating == ""


def test_joining_is_undone_and_the_voice_goes_back(town: Town, six: list[Item]) -> None:
    case, third = joined(town, six), six[2]
    back = town.act(third.case, "unjoin_clue", "county", words="不是同一件事")
    assert (back.stage, back.open, back.ended_at, back.outcome) == ("clue", True, None, "")
    assert Report.objects.get(pk=third.receipt.report.pk).case_id == back.pk
    assert Report.objects.filter(case=case).count() == VOICES - 1
    assert town.events(case)[-1].transition == "left_here"
    assert back.due is not None and back.desk_role == "经办人"


def test_it_lands_where_it_came_from(town: Town, six: list[Item]) -> None:
    """Joined before 登记 it goes back to 线索征集, joined while it was judged back to 综合研判."""
    town.walk.register(six[1], clock.at(FIRST_DAY + timedelta(days=2)))
    joined(town, six)
    assert "综合研判" in town.refusal(six[1].case, "unjoin_clue", "county", words="不是")
    assert "线索征集" in town.refusal(six[2].case, "unjoin", "county", words="不是")
    assert town.act(six[1].case, "unjoin", "county", words="不是").stage == "assess"


def test_a_voice_comes_back_only_while_the_other_concern_is_open(town: Town, six: list[Item]) -> None:
    answered(town, six)
    for item in six:
        town.walk.rate(item, "good", "", clock.at(date(2024, 6, 21)))
    town.walk.archive(six[0], clock.at(date(2024, 6, 24)))
    assert "已经办结" in town.refusal(
        six[1].case, "unjoin_clue", "county", clock.at(date(2024, 7, 1)), words="不是"
    )


def test_nothing_is_joined_to_itself_or_to_the_neighbours(town: Town, six: list[Item]) -> None:
    other = town.item(code="610603")
    town.walk.tell(other, clock.at(FIRST_DAY))
    assert "核对编号" in town.refusal(six[1].case, "join", "county", into=six[1].case.number)
    assert "本单位" in town.refusal(six[1].case, "join", "county", into=other.case.number)
    assert "没有找到" in town.refusal(six[1].case, "join", "county", into="BT-2024-9999")


def test_joined_by_mistake_in_a_chain_everybody_still_comes_home(town: Town, six: list[Item]) -> None:
    """A into B, then B into C: A's voice lies in C, and undoing A brings A's voice back, not B's."""
    a, b, c = six[1], six[2], six[3]
    town.act(a.case, "join", "county", into=b.case.number)
    town.act(b.case, "join", "county", into=c.case.number)
    assert Report.objects.filter(case=c.case).count() == 3
    town.act(a.case, "unjoin_clue", "county", words="不是同一件事")
    assert set(Report.objects.filter(case=a.case)) == {a.receipt.report}
    assert set(Report.objects.filter(case=c.case)) == {b.receipt.report, c.receipt.report}
