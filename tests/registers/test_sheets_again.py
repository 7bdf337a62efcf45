"""A register goes out, is worked on in Excel or WPS, and comes back: what changed is put right, what others changed is not lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.city import Town

from jieyou.commons.directory.models import Organisation, Standing
from jieyou.commons.sheets import coming, going
from jieyou.commons.sheets.models import Sheet
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.register import keeping
from registers.conftest import CODE, Registers

OTHER = {"name": "好又多超市", "uscc": "", "n": 1, "note": "两行\n备注"}


class Excel:
    """The exported workbook, open in somebody's Excel."""

    def __init__(self, registers: Registers, town: Town, folder: Path) -> None:
        self.register, self.clerk = registers.organisations, town.actor("county")
        self.path = folder / "名录.xlsx"
        sheet = going.proceed(going.begin(self.register, "", self.clerk), self.register, self.clerk)
        self.path.write_bytes(going.path_of(sheet).read_bytes())

    def write(self, name: str, **cells: Any) -> None:
        """Cells of the row of this name, by heading; a name that is not there: a new row."""
        book = openpyxl.load_workbook(self.path)
        page = book.worksheets[0]
        heads = [cell.value for cell in page[1]]
        rows = [row[0].row for row in page.iter_rows(min_row=2) if row[0].value == name]
        number = rows[0] if rows else page.max_row + 1
        for head, value in {"名称": name, **cells}.items():
            page.cell(number, heads.index(head) + 1).value = value
        book.save(self.path)

    def preview(self) -> coming.Preview:
        return coming.dry_run(self.register, self.path, self.clerk)

    def take_in(self) -> Sheet:
        return coming.proceed(
            coming.begin(self.register, "名录.xlsx", self.clerk), self.register, self.path, self.clerk
        )

    def returned(self, sheet: Sheet) -> list[Any]:
        self.path.write_bytes(coming.returned_path(sheet).read_bytes())
        return [str(cell.value or "") for cell in openpyxl.load_workbook(self.path).worksheets[0][2]]


@pytest.fixture
def excel(registers: Registers, town: Town, tmp_path: Path) -> Callable[[], Excel]:
    registers.shop(**{"contact-name": "贺明", "contact-phone": "13909110044"})
    registers.shop(**OTHER)
    return lambda: Excel(registers, town, tmp_path)


def told(name: str = "好又多超市") -> Organisation:
    return Organisation.objects.get(name=name)


def test_a_workbook_that_nobody_touched_changes_nothing(excel: Callable[[], Excel]) -> None:
    sheet = excel().take_in()
    assert (sheet.same, sheet.changed, sheet.accepted, sheet.returned) == (2, 0, 0, 0)
    assert all(keeping.turn(row) == 1 for row in Organisation.objects.all())


def test_changed_cells_are_shown_and_then_taken_and_a_new_row_comes_in(excel: Callable[[], Excel]) -> None:
    book = excel()
    book.write("好又多超市", 行业="餐饮", 从业人数=12.0, 状态从哪天起=datetime(2021, 3, 4))
    book.write("枣园面馆", 类型="个体工商户", 运营状态="正常运营", 状态从哪天起="2024-01-02", 状态来源="走访")
    book.write("枣园面馆", 县区="宝塔区", 乡镇街道="桥沟街道")
    seen = book.preview()
    assert [(c.label, c.before, c.after) for c in seen.edits[0].cells] == [("行业", "零售", "餐饮"), ("从业人数", "（空）", "12")]  # fmt: skip
    assert told().industry == "零售" and (seen.accepted, seen.changed, seen.same) == (1, 1, 1)
    sheet = book.take_in()
    assert (sheet.accepted, sheet.changed, sheet.same) == (1, 1, 1)
    assert (told().industry, told().people, told().note) == ("餐饮", 12, "两行\n备注")
    assert tracked.history(told())[-1].why == "导入：名录.xlsx" and verify.verify_database().ok
    assert book.preview().changed == 0  # the same workbook again


def test_a_row_that_somebody_else_changed_goes_back_with_both_versions(
    excel: Callable[[], Excel], registers: Registers, town: Town
) -> None:
    book, row = excel(), told()
    raw = registers.told(row, name=row.name, uscc="", industry="批发", address="新街 1 号", note=row.note)
    keeping.change(registers.organisations, row, raw, town.actor("city"))
    book.write("好又多超市", 行业="餐饮")
    sheet = book.take_in()
    assert (sheet.changed, sheet.returned, told().industry) == (0, 1, "批发")
    line = book.returned(sheet)
    assert "有人改成了“批发”，您写的是“餐饮”" in line[-1] and "新街 1 号" in line
    assert book.take_in().changed == 1 and (told().industry, told().address) == ("餐饮", "新街 1 号")


def test_a_wrong_cell_goes_back_marked_and_its_row_stays_as_it_was(excel: Callable[[], Excel]) -> None:
    book = excel()
    book.write("好又多超市", 统一社会信用代码="91x", 行业="餐饮", 从业人数="很多")
    sheet = book.take_in()
    assert (sheet.returned, told().industry) == (1, "零售")
    assert all(word in book.returned(sheet)[-1] for word in ("应为 18 位", "不是整数"))


def test_a_code_of_another_row_and_a_row_twice_go_back(excel: Callable[[], Excel]) -> None:
    book = excel()
    book.write("好又多超市", 统一社会信用代码=CODE)
    key = openpyxl.load_workbook(book.path).worksheets[0].cell(2, 15).value
    book.write("又来一行", 台账行号=key)
    said = [mark.sentence for mark in book.preview().marks]
    assert any("已经登记" in one for one in said) and any("出现了两次" in one for one in said)


def test_a_workbook_is_taken_back_in_one_go_with_what_followed_from_it(excel: Callable[[], Excel]) -> None:
    book = excel()
    book.write("好又多超市", 运营状态="停业、歇业", 状态从哪天起="2024-05-06", 状态来源="走访")
    sheet = book.take_in()
    assert Standing.objects.filter(organisation=told()).count() == 2
    assert coming.take_back(sheet, book.register, book.clerk) == (0, 1, 0)
    assert told().status == "operating" and Standing.objects.filter(organisation=told()).count() == 1
    assert verify.verify_database().ok and book.preview().changed == 1, "and may come in again"


def test_what_was_worked_on_since_stays_when_a_workbook_is_taken_back(
    excel: Callable[[], Excel], registers: Registers
) -> None:
    book = excel()
    book.write("好又多超市", 行业="餐饮")
    sheet, row = book.take_in(), told()
    keeping.change(registers.organisations, row, registers.told(row, name=row.name, uscc="", industry="旅游"), book.clerk)  # fmt: skip
    assert coming.take_back(sheet, book.register, book.clerk) == (0, 0, 1) and told().industry == "旅游"


def test_rows_that_left_or_lie_elsewhere_are_not_touched(
    excel: Callable[[], Excel], registers: Registers, town: Town
) -> None:
    book = excel()
    book.write("好又多超市", 行业="餐饮")
    keeping.take_off(registers.organisations, told(), book.clerk, "搬走了")
    assert "已经移出台账" in book.preview().marks[0].sentence
    book.clerk = town.actor("county-610603")
    assert all(mark.sentence for mark in book.preview().marks) and told().industry == "零售"


def test_a_person_written_into_the_workbook_is_kept_and_shown_masked(excel: Callable[[], Excel]) -> None:
    book = excel()
    page = openpyxl.load_workbook(book.path)
    page.worksheets[0].cell(1, 16).value, page.worksheets[0].cell(1, 17).value = "负责人姓名", "负责人电话"
    page.save(book.path)
    book.write("好又多超市", 负责人姓名="高小平", 负责人电话="13909110033")
    cells = book.preview().edits[0].cells
    assert [cell.before for cell in cells] == ["（空）"] and "13909110033" not in cells[0].after
    assert book.take_in().changed == 1 and str(told().contact) == "高**"
