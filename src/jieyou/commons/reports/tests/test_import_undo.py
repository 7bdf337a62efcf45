"""A batch is taken back whole, until somebody has worked on it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from jieyou.commons.reports import batches, undoing
from jieyou.commons.reports.models import Batch, Report
from jieyou.commons.reports.tests.importing import HEATING, LAMP, SHORT, message, write
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop import engine
from jieyou.kernel.loop.bulk import end_many
from jieyou.kernel.loop.models import Case, Clock, Event
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.loop.seen import inbox
from jieyou.kernel.people.posts import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "a.xlsx", [HEATING, LAMP, SHORT])


@pytest.fixture
def batch(town: SimpleNamespace, path: Path) -> Batch:
    return batches.run(path, town.county, town.clerk)


def cases() -> list[Case]:
    return list(
        Case.objects.filter(loop="jieyou").select_related("home", "holder", "place").order_by("number")
    )


def test_all_cases_are_withdrawn_and_the_record_lists_them(town: SimpleNamespace, batch: Batch) -> None:
    undone = batches.undo(batch, town.second, "选错了文件")
    assert undone.undone_at is not None and undone.case.stage == "undone"
    assert {(case.stage, case.open, case.outcome, case.due) for case in cases()} == {
        ("withdrawn", False, "withdrawn", None)
    }
    assert not inbox(town.clerk).exists() and not Clock.objects.filter(stopped_at=None).exists()
    event = Event.objects.get(case=batch.case, transition="undo")
    said = chain.read(event)["data"]  # type: ignore[index]
    year = clock.today().year
    assert said["taken_back"] == [f"BT-{year}-0001—0002（2 件）"] and said["words"] == "选错了文件"
    assert event.person == town.second.person and verify_database().ok


def test_then_the_same_file_comes_in_again(town: SimpleNamespace, batch: Batch, path: Path) -> None:
    batches.undo(batch, town.clerk)
    again = batches.run(path, town.county, town.clerk)
    assert (again.accepted, again.known) == (2, 0) and again.pk != batch.pk
    assert Report.objects.filter(withdrawn_at=None).count() == 2


def test_it_is_refused_once_a_clerk_has_registered_a_row(town: SimpleNamespace, batch: Batch) -> None:
    first = cases()[0]
    engine.advance(first, "register", town.clerk, {"title": "三号楼暖气不热", "category": "heating"})
    with pytest.raises(Refused) as no:
        batches.undo(batch, town.clerk)
    assert no.value.sentence == f"{first.number} 已经有人办理（登记），共 1 件有人办理过，这一批不能撤回"
    assert [case.stage for case in cases()] == ["assess", "clue"] and Batch.objects.get().undone_at is None
    assert batches.by_key(batch.pk).case.stage == "done" and verify_database().ok


def test_it_is_refused_once_another_report_was_joined(
    town: SimpleNamespace, batch: Batch, tmp_path: Path
) -> None:
    other = batches.run(write(tmp_path / "b.xlsx", [message(1)]), town.county, town.clerk)
    into, _, joining = cases()
    engine.advance(joining, "join", town.clerk, {"into": into})
    with pytest.raises(Refused, match="已经并入了别的反映"):
        batches.undo(batch, town.clerk)
    with pytest.raises(Refused, match="已经并入别的事项"):
        batches.undo(other, town.clerk)


def test_a_note_of_the_software_is_nobodys_work(town: SimpleNamespace, batch: Batch) -> None:
    remark(cases()[0].pk, "recalendar", "时限重新计算", SYSTEM, {}, clock.now())
    assert batches.undo(batch, town.clerk).undone_at is not None
    assert verify_database().ok


@pytest.mark.parametrize("who", ["head", "officer", "neighbour", "keeper"])
def test_only_a_clerk_of_the_office_takes_it_back(town: SimpleNamespace, batch: Batch, who: str) -> None:
    with pytest.raises(Refused):
        batches.undo(batch, getattr(town, who))


def test_it_is_taken_back_once(town: SimpleNamespace, batch: Batch) -> None:
    batches.undo(batch, town.clerk)
    with pytest.raises(Refused, match="已撤回"):
        batches.undo(batches.by_key(batch.pk), town.clerk)


def test_a_run_that_broke_off_can_be_taken_back_and_does_not_go_on(
    town: SimpleNamespace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", [message(n) for n in range(7)])

    def progress(done: int, _: int) -> None:
        if done == 3:
            batches.undo(batches.by_key(Batch.objects.get().pk), town.second)

    with patch.object(batches, "CHUNK", 3), pytest.raises(Refused, match="这一批已经撤回"):
        batches.run(path, town.county, town.clerk, progress)
    assert {case.stage for case in cases()} == {"withdrawn"} and len(cases()) == 3


def test_the_step_of_the_page_does_the_same(town: SimpleNamespace, batch: Batch) -> None:
    """The batch's own case has the button; pressing it takes everything back."""
    engine.advance(batches.by_key(batch.pk).case, "undo", town.clerk)
    assert {case.stage for case in cases()} == {"withdrawn"}


def test_a_sealed_row_is_taken_back_too(town: SimpleNamespace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [("某局长收了钱才肯办事", "是")], ("内容", "涉及单位或干部"))
    batch = batches.run(path, town.county, town.clerk)
    batches.undo(batch, town.clerk)
    assert Case.objects.get(sealed=True).stage == "withdrawn" and verify_database().ok


def test_the_bulk_step_is_all_or_nothing(town: SimpleNamespace, batch: Batch) -> None:
    stale = cases()
    engine.advance(cases()[1], "register", town.clerk, {"title": "路灯坏了", "category": "traffic"})
    with pytest.raises(Overtaken):
        end_many(stale, "withdraw", SYSTEM)
    with pytest.raises(Refused):
        end_many(cases(), "withdraw", SYSTEM)
    with pytest.raises(Refused):
        end_many(cases()[:1], "withdraw", town.clerk)
    with pytest.raises(ValueError, match="register"):
        end_many(cases()[:1], "register", town.clerk)
    assert [case.stage for case in cases()] == ["clue", "assess"] and verify_database().ok


def test_runs_of_numbers_are_read_at_a_glance() -> None:
    numbers = [
        "BT-2026-0002",
        "BT-2026-0001",
        "BT-2026-0005",
        "YA-2026-0006",
        "BT-2025-0006",
        "BT-2026-10000",
    ]
    assert undoing.runs(numbers) == [
        "BT-2025-0006", "BT-2026-0001—0002（2 件）", "BT-2026-0005", "BT-2026-10000", "YA-2026-0006",
    ]  # fmt: skip
