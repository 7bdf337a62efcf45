"""Every report that comes in gets its proposals by the worker, never in the request. A person decides; sealed ones are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from support.city import Town

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import PUBLIC, Receipt, Told
from jieyou.commons.reports.models import Report
from jieyou.commons.triage import (
    arriving,
    learning,
    memory,
    pending,
    proposing,
    similar,
    tasks,
    teaching,
    training,
    versions,
)
from jieyou.commons.triage.classify import Model
from jieyou.commons.triage.models import Likeness, Suggestion, Trace, TrainedModel, Training
from jieyou.commons.triage.tests.test_category import rows
from jieyou.interfaces.demo.city import HOME_TOWNSHIP
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree

pytestmark = pytest.mark.django_db
Tell = Callable[..., Receipt]
PARKING = "滨河苑的开发商捆绑销售车位，十二万一个，不买就不给签购房合同，请查处。"
AGAIN = "我们买滨河苑的房子，开发商强制捆绑销售车位，不买车位就不给签购房合同。"
LIFT = "滨河苑二号楼电梯停运半个月了，老人下不了楼，没有人来修。"


@pytest.fixture(autouse=True)
def fresh(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Each story has a memory and a folder of its own."""
    settings.HOME = tmp_path
    memory.forget()
    yield
    memory.forget()


@pytest.fixture
def tell(town: Town) -> Tell:
    """A resident tells something; the second child of the township lies in the same county."""

    def told(words: str, at: int = 0, **more: Any) -> Receipt:
        place = tree.children(tree.by_code(HOME_TOWNSHIP))[at]
        return intake.submit(Told(place=place, words=words, **more), PUBLIC)

    return told


def work() -> int:
    """What the worker does when its task comes up."""
    return tasks.catch_up.func()["proposed"]


def test_what_comes_in_is_put_into_the_queue_once_and_never_done_in_the_request(
    tell: Tell, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_asked", [float("-inf")])
    with django_capture_on_commit_callbacks(execute=True):
        tell(PARKING)
        tell(LIFT)
    assert [row.task_path for row in DBTaskResult.objects.all()] == ["jieyou.commons.triage.tasks.catch_up"]
    assert not Suggestion.objects.exists() and len(pending.reports(9)) == 2


def test_without_a_model_a_person_decides_but_the_like_are_found(tell: Tell, town: Town) -> None:
    first, lift, again = tell(PARKING), tell(LIFT), tell(AGAIN, at=1)
    assert work() == 3 and work() == 0
    assert set(Suggestion.objects.values_list("category", "ask_person")) == {("", True)}
    found = {row.other_id: row for row in Likeness.objects.filter(report=again.report)}
    assert found[first.report.pk].strong and "捆绑销售车位" in found[first.report.pk].reasons
    assert lift.report.pk not in found or not found[lift.report.pk].strong
    shown = similar.like(first.case, town.actor("county"))
    assert [(one.case, one.strong, one.joins) for one in shown][:1] == [(again.case, True, True)]


def test_a_sealed_report_leaves_no_trace_and_nobody_finds_it(tell: Tell, town: Town) -> None:
    sealed = tell(PARKING, accused=True, accused_words="某开发商")
    again = tell(AGAIN)
    assert work() == 1
    assert list(Trace.objects.values_list("report", flat=True)) == [again.report.pk]
    assert not Suggestion.objects.filter(report=sealed.report).exists()
    assert (
        similar.like(again.case, town.actor("county")) == similar.like(sealed.case, town.actor("city")) == []
    )


def test_another_county_is_told_nothing_of_ours(tell: Tell, town: Town) -> None:
    first = tell(PARKING)
    tell(AGAIN)
    work()
    assert similar.like(first.case, town.actor("county"))
    assert similar.like(first.case, town.actor("county-610603")) == []


def test_a_joined_and_a_withdrawn_report_are_not_shown_as_another(tell: Tell, town: Town) -> None:
    first, again = tell(PARKING), tell(AGAIN)
    work()
    Report.objects.filter(pk=again.report.pk).update(withdrawn_at=clock.now())
    assert similar.like(first.case, town.actor("county")) == []
    Report.objects.filter(pk=again.report.pk).update(withdrawn_at=None, case=first.case)
    assert similar.like(first.case, town.actor("county")) == []


def test_another_worker_goes_on_where_the_first_one_stopped(tell: Tell) -> None:
    first = tell(PARKING)
    work()
    memory.forget()
    tell(LIFT)
    again = tell(AGAIN)
    assert work() == 2
    assert Likeness.objects.filter(report=again.report, other=first.report, strong=True).exists()
    assert list(Trace.objects.order_by("no").values_list("no", flat=True)) == [1, 2, 3]


def test_one_report_that_cannot_be_read_holds_up_nobody(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = tell(PARKING), tell(LIFT)
    real = proposing.message_of

    def choke(report: Report) -> tuple[str, str]:
        if report.pk == bad.report.pk:
            raise ValueError("unreadable")
        return real(report)

    monkeypatch.setattr(proposing, "message_of", choke)
    assert work() == 2
    assert Suggestion.objects.get(report=bad.report).ask_person
    assert Trace.objects.filter(report=good.report).exists()


@pytest.fixture(scope="module")
def model() -> Model:
    codes = {"供热供水": "heating", "道路交通": "traffic", "物业小区": "estate"}
    return learning.train([(title, body, codes[label]) for title, body, label in rows(8)])


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    """A city that has decided enough; what it learns was learnt before (training itself: test_category)."""
    monkeypatch.setattr(teaching, "decided", lambda: [("", "", "")] * teaching.LEAST)

    def learnt(_: object, say: Callable[[str], None]) -> Model:
        say("全部数据再学一遍")
        return model

    monkeypatch.setattr(learning, "train", learnt)


def test_the_city_teaches_its_model_and_goes_back_to_an_older_one(
    tell: Tell, town: Town, decided: None
) -> None:
    person = town.account("city").pk.hex
    first, second = teaching.learn(person), teaching.learn(person)
    assert (first.in_use, second.in_use, second.version) == (True, False, 2)
    assert first.rows == 24 and set(first.figures) >= {"macro_f1", "covered", "right_when_sure"}
    versions.use(2, person)
    report = tell("换热站停水，采暖不热，水压也不够，请尽快来修管道。").report
    work()
    kept = Suggestion.objects.get(report=report)
    assert (kept.category, kept.ask_person, kept.model) == ("heating", False, second) and kept.reasons
    versions.use(1, person)
    assert [row.version for row in TrainedModel.objects.filter(in_use=True)] == [1]
    assert [change.why for change in tracked.history(first)] == ["训练", "改用第 2 版", "启用"]
    with pytest.raises(Refused, match="正在使用"):
        versions.use(1, person)


def test_a_changed_model_file_is_not_used_and_a_person_decides(tell: Tell, town: Town, decided: None) -> None:
    made = teaching.learn(town.account("city").pk.hex)
    versions.file_of(made.path).write_bytes(b"another")
    receipt = tell("换热站停水，采暖不热，水压也不够，请尽快来修管道。")
    assert work() == 1 and Suggestion.objects.get(report=receipt.report).ask_person
    assert Case.objects.get(pk=receipt.case.pk).stage == "clue"


def test_too_few_decisions_teach_nothing(town: Town) -> None:
    row = Training.objects.create(by=town.account("admin"), begun_at=clock.now())
    answer = tasks.learn.func(row.pk.hex)
    assert "至少要 200 件" in answer["refused"] and not TrainedModel.objects.exists()
    with pytest.raises(Refused, match="至少要 200 件"):
        training.begin(town.account("admin"))


def test_a_training_is_asked_for_once_and_says_how_far_it_is(
    town: Town, decided: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(training, "counted", lambda: 200)
    with django_capture_on_commit_callbacks(execute=True):
        row = training.begin(town.account("admin"))
    assert [one.task_path for one in DBTaskResult.objects.all()] == ["jieyou.commons.triage.tasks.learn"]
    with pytest.raises(Refused, match="正在训练"):
        training.begin(town.account("leader"))
    tasks.learn.func(row.pk.hex)
    row.refresh_from_db()
    assert (row.open, row.refused, row.made.version, row.done, row.total) == (False, "", 1, 1, learning.STEPS)


def test_a_training_that_was_cut_short_does_not_stand_in_the_way(town: Town) -> None:
    long_ago = clock.now() - 2 * training.LONGEST
    Training.objects.create(by=town.account("admin"), begun_at=long_ago)
    assert training.running() is None and "再训练一次" in training.last().refused
