"""Two persons at once, on real transactions: one wins, the other reads a sentence, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.tests import probe
from jieyou.kernel.loop.tests.probe import Office, begin, fresh
from jieyou.kernel.loop.ticking import tick
from jieyou.kernel.people.actor import Actor

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("committed_db")]
ROUNDS, CASES = 1000, 20
Step = tuple[Actor, str]


@pytest.fixture
def pair() -> Iterator[Callable[..., list[Any]]]:
    """Two works at once, each in a thread that keeps its own connection; an answer is a result or a Refused."""
    gate = Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as pool:

        def run(work: Callable[[], Any]) -> Any:
            gate.wait()
            with clock.moved(probe.START):
                try:
                    return work()
                except Refused as no:
                    return no

        yield lambda *works: list(pool.map(run, works))
        list(pool.map(lambda _: (gate.wait(), connection.close()), range(2)))


def making(case: Case, step: Step, **data: Any) -> Callable[[], Case]:
    """The step, on a copy of the case as it was looked at."""
    seen = deepcopy(case)
    return lambda: advance(seen, step[1], step[0], data)


def duel(office: Office, case: Case, n: int) -> tuple[Step, Step]:
    """Two steps that two persons may make on the case now."""
    if case.stage == "review":
        return (office.head, "back"), (office.clerk, "note")
    first = ("urge", "hold", "go_on")[n % 3]
    return (office.clerk, first), (office.officer, "note" if n % 2 else "finish")


def working(office: Office, n: int = 0) -> Case:
    """A case in the bureau's hands, with evidence on it."""
    case = advance(begin(office, f"试验{n}"), "send", office.clerk, {"unit": office.bureau})
    sheet = Attachment(
        subject=case.pk, name="a", kind="image", sha256="0" * 64, size=1, by="x", by_name="x", at=probe.START
    )
    tracked.save(sheet, "x", "试验")
    return case


def divided(office: Office, parts: int) -> tuple[Case, list[Case]]:
    rows = [{"task": f"第{n}项", "unit": office.bureau} for n in range(parts)]
    case = advance(working(office), "divide", office.clerk, {"parts": rows})
    return case, list(Case.objects.filter(parent=case).order_by("number"))


def test_of_two_persons_on_one_case_one_wins_a_thousand_times(office: Office, pair: Any) -> None:
    cases = [working(office, n) for n in range(CASES)]
    for n in range(ROUNDS):
        seen = cases[n % CASES]
        answers = pair(*(making(seen, step, words="说明") for step in duel(office, seen, n)))
        loser, winner = sorted(answers, key=lambda answer: isinstance(answer, Case))
        assert isinstance(loser, Overtaken) and "刚刚有人办过" in loser.sentence
        assert winner.turn == seen.turn + 1
        cases[n % CASES] = winner
    assert [fresh(case).turn for case in cases] == [case.turn for case in cases]
    assert Event.objects.filter(case__in=cases).count() == 2 * CASES + ROUNDS
    report = verify.verify_database()
    assert report.ok, report.broken


def test_a_parent_does_not_close_over_a_child_that_is_taken_up_again(office: Office, pair: Any) -> None:
    for _ in range(12):
        parent, (child,) = divided(office, 1)
        advance(fresh(child), "do", office.officer)
        answers = pair(
            making(parent, (office.head, "drop"), words="不办了"),
            making(fresh(child), (office.clerk, "again")),
        )
        assert sum(isinstance(no, Refused) for no in answers) == 1
        assert fresh(parent).open or not fresh(child).open


def test_two_children_that_end_at_once_move_the_parent_once(office: Office, pair: Any) -> None:
    for _ in range(12):
        parent, children = divided(office, 2)
        answers = pair(*(making(fresh(child), (office.officer, "do")) for child in children))
        assert [no for no in answers if isinstance(no, Refused)] == []
        assert fresh(parent).stage == "working"
        assert Event.objects.filter(case=parent, transition="all_in").count() == 1


def test_two_children_that_come_back_at_once_are_both_heard(office: Office, pair: Any) -> None:
    for _ in range(6):
        parent, children = divided(office, 2)
        answers = pair(*(making(fresh(child), (office.officer, "bounce")) for child in children))
        assert [no for no in answers if isinstance(no, Refused)] == []
        steps = list(Event.objects.filter(case=parent).order_by("seq").values_list("transition", flat=True))
        assert steps[-3:].count("came_back") == 2 and steps.count("all_in") == 1


def test_two_clerks_take_numbers_without_a_gap(office: Office, pair: Any) -> None:
    def many() -> None:
        for n in range(30):
            open_case("probe", office.clerk, title=f"{n}", place=office.home.place, home=office.home)

    pair(many, many)
    numbers = sorted(int(number[-4:]) for number in Case.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 61))


def test_a_step_that_fails_gives_its_number_back(office: Office) -> None:
    begin(office)
    with pytest.raises(TypeError):
        open_case(
            "probe", office.clerk, title="", place=office.home.place, home=office.home, facts={"x": 1.5}
        )
    assert begin(office).number.endswith("-0002")


def test_two_ticks_at_once_make_each_step_once(office: Office, pair: Any) -> None:
    late = clock.at(probe.START.date().replace(day=20))
    cases = [begin(office, f"{n}") for n in range(8)]
    assert sum(pair(lambda: tick(late), lambda: tick(late))) == len(cases)
    assert Event.objects.filter(transition="lapse").count() == len(cases)
    assert not Clock.objects.filter(stopped_at=None).exists()
