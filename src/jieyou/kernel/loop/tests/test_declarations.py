"""A bad declaration is found before anybody meets it; a good one draws itself."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from support.city import Town

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import check, registry
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, home, within
from jieyou.kernel.loop.draw import draw
from jieyou.kernel.loop.models import ClockRule
from jieyou.kernel.loop.tests.probe import Part, Probe
from jieyou.kernel.people.models import Post

CLERK = home("经办人")
SVG = "{http://www.w3.org/2000/svg}"


def test_the_installed_loops_have_no_fault(town: Town) -> None:
    with clock.moved(clock.at(date(2024, 6, 3))):
        assert check.faults() == []


def test_a_clock_without_a_rule_is_found(town: Town) -> None:
    ClockRule.objects.filter(code="jieyou.assess").delete()
    assert check.faults() == ["服务群众周“解忧”：时限 jieyou.assess 没有规则"]


def test_a_post_nobody_holds_is_found(town: Town) -> None:
    Post.objects.filter(role="回访人员").update(until=date(2024, 6, 1))
    assert check.faults() == ["服务群众周“解忧”：岗位“回访人员”现在没有人"]


@pytest.mark.usefixtures("probe_loops")
def test_the_probe_has_no_fault() -> None:
    assert check.faults_of(Probe) == check.faults_of(Part) == []


def test_a_stage_without_exit_is_found() -> None:
    class Bad(Loop, code="bad", title="坏"):
        begin = Stage("开始")
        stuck = Stage("卡住")
        end = Stage("结束", ended=True)
        go = Transition(begin >> stuck, "走", by=CLERK)
        stay = Transition(within(stuck), "记", by=CLERK)
        leave = Transition(begin >> end, "完", by=CLERK)

    assert check.faults_of(Bad) == ["环节“卡住”没有出口"]


def test_a_circle_that_never_ends_is_found() -> None:
    class Bad(Loop, code="bad", title="坏"):
        begin = Stage("开始")
        here = Stage("这边")
        there = Stage("那边")
        end = Stage("结束", ended=True)
        leave = Transition(begin >> end, "完", by=CLERK)
        enter = Transition(begin >> here, "进", by=CLERK)
        go = Transition(here >> there, "去", by=CLERK)
        back = Transition(there >> here, "回", by=CLERK)

    assert check.faults_of(Bad) == ["环节“这边”走不到办结", "环节“那边”走不到办结"]


def test_a_stage_nobody_reaches_is_found() -> None:
    class Bad(Loop, code="bad", title="坏"):
        begin = Stage("开始")
        island = Stage("孤岛")
        old = Stage("老环节", retired=True)
        end = Stage("结束", ended=True)
        leave = Transition((begin | island) >> end, "完", by=CLERK)

    assert check.faults_of(Bad) == ["环节“孤岛”到不了"]


def test_children_of_an_unknown_loop_a_missing_table_gate_and_days_are_found() -> None:
    class Bad(Loop, code="bad", title="坏"):
        begin = Stage("开始")
        end = Stage("结束", ended=True)
        split = Transition(within(begin), "分", by=CLERK, begets="nowhere")
        longer = Transition(within(begin), "延", by=CLERK, extends=("bad.clock",))
        bounce = Transition(within(begin), "退", by=CLERK, returns="never_was")
        leave = Transition(begin >> end, "完", by=CLERK, gate="no_such_gate")

    assert check.faults_of(Bad) == [
        "动作“分”要生成的流程 nowhere 没有安装", "动作“分”生成任务，但没有问任务表", "动作“延”延长时限，但没有问天数（days）",
        "动作“退”要退回的动作 never_was 哪个流程都没有", "动作“完”的关口 no_such_gate 没有安装",
    ]  # fmt: skip


def test_a_word_of_every_loop_is_no_name_for_a_stage() -> None:
    with pytest.raises(TypeError, match=r"Bad\.first"):

        class Bad(Loop, code="bad", title="坏"):
            first = Stage("第一")


def test_two_loops_with_one_code_are_refused() -> None:
    class Other(Loop, code="jieyou", title="另一个"):
        begin = Stage("开始")

    with pytest.raises(ValueError, match="jieyou"):
        registry.add(Other)


@pytest.mark.parametrize("loop", [*registry.loops().values(), Probe, Part], ids=lambda loop: loop.code)
def test_every_loop_draws_all_its_stages_and_steps(loop: type[Loop]) -> None:
    picture = ElementTree.fromstring(draw(loop))
    words = [text.text or "" for text in picture.iter(f"{SVG}text")]
    assert picture.tag == f"{SVG}svg"
    assert [s.title for s in loop.stages.values() if not any(s.title in word for word in words)] == []
    assert [t.title for t in loop.transitions.values() if t.target and t.title not in words] == []


def test_a_title_with_marks_of_xml_still_draws() -> None:
    class Odd(Loop, code="odd", title="<b>“&”"):
        begin = Stage("甲<乙")
        end = Stage("丙&丁", ended=True)
        go = Transition(begin >> end, "“去”>", by=CLERK, asks=(Ask("a", "甲"),))

    ElementTree.fromstring(draw(Odd))
