"""A small ledger on the clerk's table, and the doors it comes in by."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.city import Town

from jieyou.commons.backfill import batches, remembering
from jieyou.commons.backfill.batches import Preview
from jieyou.commons.backfill.mapping import Mapping
from jieyou.commons.backfill.models import LedgerBatch
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import tree

TITLES = ("编号", "反映时间", "来源", "事项名称", "责任单位", "上会次数", "会议决定", "完成时限", "办理状态", "办理结果", "办结时间",
          "是否满意")  # fmt: skip
ROW = dict.fromkeys(TITLES, "") | {
    "编号": "JY-2025-001",
    "反映时间": "2025.3.7",
    "来源": "12345",
    "事项名称": "杨家岭路灯不亮",
}


def row(number: int = 1, **cells: Any) -> dict[str, Any]:
    """One row of the ledger; what is not said is blank."""
    return ROW | {"编号": f"JY-2025-{number:03}", "事项名称": f"{number}号楼路灯不亮"} | cells


def write(path: Path, *rows: dict[str, Any], meetings: tuple[tuple[Any, ...], ...] = ()) -> Path:
    """The workbook: a sheet of items, and one of meetings where there are some."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "2025年"
    sheet.append(list(TITLES))
    for one in rows:
        sheet.append([one[title] for title in TITLES])
    if meetings:
        past = book.create_sheet("会议")
        for line in (("会议次数", "召开时间", "主持人", "纪要期号"), *meetings):
            past.append(list(line))
    book.save(path)
    return path


class Ledgers:
    """What the county's clerk does with a ledger."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town, self.folder, self.place = town, folder, tree.by_code("610602")

    def write(self, *rows: dict[str, Any], name: str = "台账.xlsx", **more: Any) -> Path:
        return write(self.folder / name, *rows, **more)

    def mapping(self, path: Path) -> Mapping:
        return remembering.propose(path, self.town.unit("office"), self.place)

    def look(self, path: Path, mapping: Mapping | None = None) -> Preview:
        return batches.dry_run(path, self.place, self.town.actor("county"), mapping or self.mapping(path))

    def bring(self, path: Path, mapping: Mapping | None = None) -> LedgerBatch:
        return batches.run(path, self.place, self.town.actor("county"), mapping or self.mapping(path))

    def one(self, **cells: Any) -> Case:
        """The case that one row becomes."""
        self.bring(self.write(row(1, **cells)))
        return self.town.fresh(Case.objects.get(loop="jieyou", title="1号楼路灯不亮"))


@pytest.fixture
def ledgers(town: Town, tmp_path: Path) -> Ledgers:
    return Ledgers(town, tmp_path)


Bring = Callable[..., LedgerBatch]
