"""What the loop adds to the proof: a case is where its last step left it, and so are its facts and its registers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from support.city import Item, Town, new_town, tampering

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, checkpoint, export, verify
from jieyou.kernel.ledger.canon import canonical, link
from jieyou.kernel.ledger.models import Checkpoint, Payload
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.models import Case, Clock, ClockRule, Event
from jieyou.kernel.people.models import Post, Unit

LAW = "个人信息保护法第四十七条"
Seal = Callable[[], Checkpoint]


@pytest.fixture(scope="module")
def walked(town_database: None, django_db_blocker: Any) -> Item:
    """One concern under way, another one archived. Walked once."""
    with django_db_blocker.unblock():
        town = new_town()
        town.concern("archived", name="张三", phone="13812345678")
        return town.concern("visit", 4)


@pytest.fixture
def case(walked: Item, town: Town) -> Case:
    return town.fresh(walked.case)


@pytest.fixture
def seal(django_capture_on_commit_callbacks: Any) -> Seal:
    """Take a checkpoint as if the test's transaction were committed."""

    def take() -> Checkpoint:
        with django_capture_on_commit_callbacks(execute=True):
            return checkpoint.take()

    return take


def found() -> list[str]:
    return [fault.what for fault in verify.verify_database().broken]


def row_of(case: Case) -> Any:
    """The case's row, changed past the engine."""
    return Case.objects.filter(pk=case.pk)


def cut(case: Case, n: int) -> list[Event]:
    """The last ``n`` events and their words are gone."""
    gone = list(Event.objects.filter(case=case).order_by("-seq")[:n])
    with tampering():
        Payload.objects.filter(record__in=[e.pk for e in gone]).delete()
        Event.objects.filter(pk__in=[e.pk for e in gone]).delete()
    return gone


def test_an_honest_walk_proves(case: Case, seal: Seal) -> None:
    seal()
    report = verify.verify_database()
    assert report.ok, report.broken
    assert report.records > 2600 and report.chains > 2500


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stage": "archived"}, "记录停在“visit”，事项却在“archived”"),
        ({"turn": 3}, "事项却在第 3 步"),
        ({"title": "换了题目"}, "事项内容与最后一条记录不符"),
        ({"outcome": "solved"}, "事项内容与最后一条记录不符"),
        ({"open": False}, "事项内容与最后一条记录不符"),
        ({"sealed": True}, "事项内容与最后一条记录不符"),
        ({"number": "BT-2024-9999"}, "事项内容与最后一条记录不符"),
    ],
)
def test_a_case_changed_past_the_engine_is_found(case: Case, change: dict[str, Any], said: str) -> None:
    row_of(case).update(**change)
    (what,) = found()
    assert said in what and what.startswith(change.get("number", case.number))


def test_another_home_or_holder_is_found(case: Case, town: Town) -> None:
    for column, unit in (("home", town.unit("office", "610603")), ("holder", town.unit("街道"))):
        before = getattr(case, column)
        row_of(case).update(**{column: unit})
        assert len(found()) == 1
        row_of(case).update(**{column: before})
    assert found() == []


@pytest.mark.parametrize(
    "change", [{"satisfied": "good"}, {"reply": "换了答复"}, {"decision": ""}, {"lead": None}]
)
def test_changed_facts_are_found(case: Case, change: dict[str, Any]) -> None:
    apps.get_model("concerns.Concern").objects.filter(pk=case.pk).update(**change)
    assert found() == [f"{case.number}：事项内容与最后一条记录不符"]


def test_the_facts_of_a_task_are_watched_as_well(case: Case) -> None:
    task = Case.objects.filter(parent=case, loop="assignment").first()
    apps.get_model("assignments.Assignment").objects.filter(pk=task.pk).update(report="没有做")
    assert found() == [f"{task.number}：事项内容与最后一条记录不符"]


@pytest.mark.parametrize(
    "change",
    [{"transition": "decline"}, {"person": "0" * 32}, {"actor": "某单位 部领导"}, {"target": "archived"}],
)
def test_a_changed_column_of_an_event_is_found(case: Case, change: dict[str, str]) -> None:
    with tampering():
        Event.objects.filter(case=case, seq=4).update(**change)
    assert any("与正文不一致" in what for what in found())


def test_a_new_body_with_a_new_fingerprint_breaks_the_next_link(case: Case) -> None:
    event = Event.objects.get(case=case, seq=4)
    body = canonical({**json.loads(event.body), "person": "0" * 32})
    with tampering():
        Event.objects.filter(pk=event.pk).update(person="0" * 32, body=body, hash=link(event.prev, body))
    assert "与上一条接不上" in found()[0]


def test_a_deleted_tail_is_found_without_any_checkpoint(case: Case) -> None:
    cut(case, 2)
    assert found() == [f"{case.number}：记录到第 {case.turn - 2} 步，事项却在第 {case.turn} 步"]


def test_a_deleted_tail_with_the_case_put_back_is_found_by_its_facts(case: Case) -> None:
    gone = cut(case, 2)
    row_of(case).update(turn=case.turn - 2, stage=gone[-1].source)
    assert found() == [f"{case.number}：事项内容与最后一条记录不符"]


def test_a_deleted_tail_is_found_against_the_checkpoint(case: Case, seal: Seal) -> None:
    seal()
    cut(case, 1)
    assert any("第1号检查点见过这一条" in what for what in found())


def test_a_rewritten_chain_is_found_against_the_checkpoint_only(case: Case, seal: Seal) -> None:
    seal()
    prev = ""
    with tampering():
        for event in Event.objects.filter(case=case).order_by("seq"):
            body = canonical({**json.loads(event.body), "at": event.at, "note": "改写"})
            Event.objects.filter(pk=event.pk).update(body=body, prev=prev, hash=link(prev, body))
            prev = link(prev, body)
    assert found() and all("第1号检查点" in what for what in found())


def test_a_case_with_no_record_is_found(case: Case) -> None:
    Case.objects.create(
        loop="import", number="X-1", title="凭空", stage="done", turn=1, home=case.home, place=case.place, opened_at=case.opened_at,
        moved_at=case.opened_at, l2="6106",
    )  # fmt: skip
    assert "X-1：没有办理记录" in found()


@pytest.mark.parametrize("label", ["people.Unit", "people.Post", "loop.ClockRule", "meetings.AgendaItem"])
def test_a_forged_register_row_is_found(case: Case, label: str) -> None:
    forge = {
        "people.Unit": lambda: Unit.objects.create(
            name="假单位", kind="office", place=case.place, short="假"
        ),
        "people.Post": lambda: Post.objects.create(
            account_id=Post.objects.first().account_id, unit=case.home, role="部领导", since=date(2024, 1, 1)
        ),
        "loop.ClockRule": lambda: ClockRule.objects.create(
            code="assignment.due", title="假", length=99, unit="day", basis="", since=date(2024, 1, 1)
        ),
        "meetings.AgendaItem": lambda: (
            apps.get_model("meetings.AgendaItem").objects.filter(case=case).update(decision="改了决定")
        ),
    }[label]
    forge()
    (what,) = found()
    assert "登记" in what


def test_an_agenda_item_taken_away_is_found(case: Case) -> None:
    apps.get_model("meetings.AgendaItem").objects.filter(case=case).delete()
    assert len(found()) == 1


def test_words_erased_by_law_still_prove(case: Case, seal: Seal) -> None:
    seal()
    events = list(Event.objects.filter(case=case).order_by("seq"))
    chain.erase_all([events[0].pk, events[4].pk, events[-1].pk], "本人要求", LAW, "李四")
    seal()
    report = verify.verify_database()
    assert report.ok and report.erased == 3, report.broken


def test_after_erasure_the_next_step_holds_the_case_again(case: Case, town: Town) -> None:
    last = Event.objects.filter(case=case).latest("seq")
    chain.erase(last.pk, "本人要求", LAW, "李四")
    town.act(case, "call", "caller", method="phone", visited="reached", satisfied="good")
    assert found() == []
    row_of(case).update(title="换了题目")
    assert len(found()) == 1


def test_the_export_proves_and_a_tampered_one_does_not(case: Case, seal: Seal, tmp_path: Path) -> None:
    seal()
    path = tmp_path / "ledger.jsonl"
    assert export.export(path) > 2600
    assert verify.verify_export(path).ok
    text = path.read_text(encoding="utf-8")
    actor = "中共宝塔区委社会工作部 部领导"
    assert actor in text
    (tmp_path / "bad.jsonl").write_text(
        text.replace(actor, "中共宝塔区委社会工作部 经办人", 1), encoding="utf-8"
    )
    assert not verify.verify_export(tmp_path / "bad.jsonl").ok


def test_a_thousand_cases_are_checked_in_chunks(case: Case, town: Town) -> None:
    county = town.actor("county")
    for n in range(3):
        opening.open_case(
            "import", county, title=f"{n}", place=case.place, home=case.home, at=clock.at(date(2024, 6, 1))
        )
    assert found() == [] and Clock.objects.exists() and settings.HOME.exists()
