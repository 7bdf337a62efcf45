"""A whole ledger: what is read out of it, what goes back, what is known, what is remembered, and taking it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.db.models import Q
from support import ledgers as made_up

from jieyou.commons.backfill import batches, remembering
from jieyou.commons.backfill.mapping import WANTED
from jieyou.commons.backfill.models import Filled, Headings
from jieyou.commons.backfill.sheets import Ledger
from jieyou.commons.backfill.tests.conftest import Ledgers, row
from jieyou.commons.meetings.models import AgendaItem, Meeting
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.places import tree

PAST = (("第1次", "2025年3月3日", "区委副书记 王某", "第1期"), ("第2次", "2025.3.10", "区委副书记 王某", ""))


@pytest.fixture
def running(tmp_path: Path) -> Path:
    """A hundred rows in two years, with everything that real ledgers have."""
    return made_up.write(tmp_path / "解忧台账.xlsx", rows=100, wrong=4)


def counts(result: object) -> tuple[int, ...]:
    return tuple(getattr(result, name) for name in batches.COUNTS)


def test_a_running_ledger_comes_in_and_the_run_says_the_same_as_the_dry_run(
    ledgers: Ledgers, running: Path
) -> None:
    preview, batch = ledgers.look(running), ledgers.bring(running)
    assert counts(preview) == counts(batch) == (140, 136, 4, 0)
    assert (batch.items, batch.meetings, preview.items, preview.meetings) == (96, 40, 96, 40)
    assert batch.unsettled == preview.stages["backfilled"] and batch.ended == preview.stages["archived"]
    assert Event.objects.filter(transition="backfill", case__loop="jieyou").count() == 96
    assert verify_database().ok


def test_totals_notes_and_titles_are_no_items_and_merged_cells_speak_for_their_rows(
    ledgers: Ledgers, running: Path
) -> None:
    mapping = ledgers.mapping(running)
    with Ledger(running, mapping) as book:
        lines = [line for line in book.lines() if line.sheet == "2024年"]
    assert len(lines) == 50 and not [
        line for line in lines if "合计" in str(line.cells) or "备注：" in str(line.cells)
    ]
    assert (
        len({(line.words("source"), line.words("units"), line.words("seq_no")) for line in lines[21:25]}) == 1
    )


def test_rows_of_one_item_are_one_case_with_all_its_units(ledgers: Ledgers) -> None:
    path = ledgers.write(
        row(1, 责任单位="区住建局", 办理状态="办理中"),
        row(1, 编号="", 责任单位="桥沟街道办", 办理状态="办理中"),
    )
    batch = ledgers.bring(path)
    assert counts(batch) == (2, 2, 0, 0) and batch.items == 1
    assert Case.objects.filter(parent__title="1号楼路灯不亮").count() == 2


def test_the_same_ledger_again_brings_nothing_and_next_months_only_what_is_new(ledgers: Ledgers) -> None:
    ledgers.bring(ledgers.write(row(1, 办理状态="办理中"), row(2)))
    later = ledgers.write(row(1, 办理状态="已办结"), row(2), row(3), row(3), name="4月.xlsx")
    assert counts(ledgers.bring(later)) == (4, 1, 0, 3)


def test_two_matters_of_one_title_are_two(ledgers: Ledgers) -> None:
    same = {"编号": "", "事项名称": "路灯不亮"}
    batch = ledgers.bring(ledgers.write(row(**same, 反映时间="2025.3.7"), row(**same, 反映时间="2025.5.9")))
    assert counts(batch) == (2, 2, 0, 0)


def test_rows_to_mend_come_back_in_the_same_workbook_and_come_in_when_mended(
    ledgers: Ledgers, tmp_path: Path
) -> None:
    path = ledgers.write(
        row(1), row(2, 反映时间="2025年13月7日"), row(3, 办结时间="2099.1.1"), row(4, 事项名称="")
    )
    batch = ledgers.bring(path)
    assert counts(batch) == (4, 1, 3, 0) and batches.write_returned(batch, tmp_path / "改.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "改.xlsx")["2025年"]
    assert sheet.max_row == 4 and "没有这一天" in sheet["M2"].value and "还没有到" in sheet["M3"].value
    assert sheet["B2"].fill.fgColor.rgb == "FFFFC7CE" and sheet["D2"].value == "2号楼路灯不亮"
    sheet["B2"], sheet["K3"], sheet["D4"] = "2025年3月7日", None, "4号楼路灯不亮"
    sheet.parent.save(tmp_path / "改.xlsx")
    assert counts(ledgers.bring(tmp_path / "改.xlsx")) == (3, 3, 0, 0)


def test_past_meetings_and_their_items_are_counted_as_told(ledgers: Ledgers) -> None:
    items = (
        row(1, 上会次数="第1次", 会议决定="由住建局更换", 办理状态="已办结"),
        row(2, 上会次数="第2次", 会议决定="暂缓，下次再议"),
    )
    batch = ledgers.bring(ledgers.write(*items, meetings=PAST))
    first, second = Meeting.objects.order_by("seq_no")
    assert (first.case.stage, first.minutes_no, second.case.stage) == (
        "issued",
        "第1期",
        "past",
    ) and batch.meetings == 2
    assert list(AgendaItem.objects.order_by("meeting__seq_no").values_list("outcome", flat=True)) == [
        "resolved",
        "deferred",
    ]
    year = Scope(tree.by_code("610602"), date(2025, 1, 1), date(2025, 12, 31))
    assert [declared.by_figure(key).records(year).count() for key in ("N36", "N37")] == [2, 1]  # type: ignore[union-attr]
    assert {e.transition for e in Event.objects.filter(case=first.case)} == {
        "backfill"
    } and verify_database().ok


def test_items_listed_in_a_meetings_cell_are_items_of_their_own(ledgers: Ledgers, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (("会议次数", "会议日期", "议题", "会议决定"),
                 ("第7次", "2025.4.7", "1.更换路灯\n2.疏通污水管网", "1.由住建局办\n2.由城管局办")):  # fmt: skip
        book.worksheets[0].append(line)
    book.save(tmp_path / "会议.xlsx")
    batch = ledgers.bring(tmp_path / "会议.xlsx")
    assert (batch.meetings, batch.items) == (1, 2)
    found = AgendaItem.objects.order_by("position").values_list("case__title", "decision")
    assert list(found) == [("更换路灯", "由住建局办"), ("疏通污水管网", "由城管局办")]


def test_a_meeting_dated_twice_goes_back_with_a_sentence(ledgers: Ledgers) -> None:
    preview = ledgers.look(ledgers.write(row(1), meetings=(*PAST, ("第1次", "2025年3月5日", "", ""))))
    assert preview.returned == 1 and "第1次会议的日期对不上" in preview.marks[0].sentence


def test_an_item_of_a_meeting_that_nobody_dates_keeps_the_words(ledgers: Ledgers) -> None:
    preview = ledgers.look(ledgers.write(row(1, 上会次数="第9次")))
    assert (preview.accepted, preview.linked, preview.unlinked, preview.meetings) == (1, 0, 1, 0)


def test_the_next_ledger_with_the_same_headings_asks_nothing(ledgers: Ledgers) -> None:
    path = ledgers.write(row(1, 办理状态="见附页", 责任单位="亮化办"))
    mapping = ledgers.mapping(path)
    assert (
        not mapping.known and mapping.values["stage"]["见附页"] == "" and mapping.units["亮化办"] == "words"
    )
    mapping.values["stage"]["见附页"], mapping.units["亮化办"] = "tracked", ledgers.town.unit().pk.hex
    ledgers.bring(path, mapping)
    again = ledgers.mapping(ledgers.write(row(2, 办理状态="见附页", 责任单位="亮化办"), name="4月.xlsx"))
    assert again.known and again.values["stage"]["见附页"] == "tracked"
    assert again.units["亮化办"] == ledgers.town.unit().pk.hex
    kept = Headings.objects.get()
    assert kept.name == "台账" and len(tracked.history(kept)) == 1


def test_a_mapping_can_be_named_and_one_that_is_not_there_is_refused(ledgers: Ledgers) -> None:
    path = ledgers.write(row(1))
    ledgers.bring(path)
    office = ledgers.town.unit("office")
    assert remembering.propose(path, office, ledgers.place, "台账").known
    with pytest.raises(Refused, match="没有记住过名为“去年的”"):
        remembering.propose(path, office, ledgers.place, "去年的")


def test_a_unit_that_is_wanted_is_told_to_the_admin_and_not_made(ledgers: Ledgers) -> None:
    path = ledgers.write(row(1, 责任单位="供热公司", 办理状态="办理中"))
    mapping = ledgers.mapping(path)
    mapping.units["供热公司"] = WANTED
    batch = ledgers.bring(path, mapping)
    told = Delivery.objects.get(account=ledgers.town.account("admin"), title="请核对并建立单位")
    assert batch.wanted == ["供热公司"] and "供热公司" in told.words and batch.unsettled == 1


def test_an_accusation_does_not_come_in_by_a_ledger(ledgers: Ledgers, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (
        ("事项名称", "是否涉及单位或干部", "电话"),
        ("反映社区主任", "是", ""),
        ("路灯不亮", "否", "1381234"),
        ("停水", "", "13812346021"),
    ):
        book.worksheets[0].append(line)
    book.save(tmp_path / "a.xlsx")
    batch = ledgers.bring(tmp_path / "a.xlsx")
    assert counts(batch) == (3, 2, 1, 0)
    half, report = Report.objects.order_by("pk")
    assert half.name_blind and not half.phone_blind  # kept under seal, as it was told
    assert "13812346021" not in str(report.phone) and report.phone_blind and report.secret is None


def test_a_batch_is_taken_back_whole_and_may_come_in_again(ledgers: Ledgers) -> None:
    path = ledgers.write(
        row(1, 上会次数="第1次", 办理状态="办理中", 责任单位="区住建局"),
        row(2, 办理状态="已办结"),
        meetings=PAST,
    )
    batch = batches.undo(ledgers.bring(path), ledgers.town.actor("county"), "传错了")
    assert (
        batch.undone_at
        and not Case.objects.filter(
            Q(open=True) | ~Q(outcome="withdrawn"), loop__in=("jieyou", "assignment")
        ).exists()
    )
    assert not AgendaItem.objects.exists() and set(Meeting.objects.values_list("case__stage", flat=True)) == {
        "cancelled"
    }
    assert verify_database().ok
    again = ledgers.bring(path)
    assert counts(again) == (4, 4, 0, 0) and again.meetings == 2 and Meeting.objects.count() == 2
    assert verify_database().ok


def test_a_batch_somebody_worked_on_stays(ledgers: Ledgers) -> None:
    batch = ledgers.bring(ledgers.write(row(1, 办理状态="办理中", 责任单位="区住建局"), row(2)))
    task = Case.objects.get(loop="assignment")
    ledgers.town.act(task, "progress", "bureau", clock.now(), progress="已更换灯泡")
    with pytest.raises(Refused, match="已经有人办理（反馈进展）"):
        batches.undo(batch, ledgers.town.actor("county"))
    assert Filled.objects.exclude(key="").count() == 2


def test_a_run_that_was_broken_off_goes_on_where_it_was(
    ledgers: Ledgers, running: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 30)
    mapping, actor = ledgers.mapping(running), ledgers.town.actor("county")
    batch = batches.begin(running, ledgers.place, actor, mapping, "解忧台账.xlsx")

    def cut(done: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.proceed(batch, running, actor, cut)
    again = batches.run(running, ledgers.place, actor, mapping)
    assert (
        again.pk == batch.pk
        and counts(again) == (140, 136, 4, 0)
        and (again.items, again.meetings) == (96, 40)
    )


def test_a_csv_and_a_file_without_a_ledger(ledgers: Ledgers, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_bytes("事项名称;办理状态\n路灯不亮;办理中\n停水;已办结\n".encode("gb18030"))
    assert counts(ledgers.look(tmp_path / "台账.csv")) == (2, 2, 0, 0)
    (tmp_path / "b.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(Exception, match="看得出表头"):
        ledgers.mapping(tmp_path / "b.csv")
