"""The small city with its registers, and workbooks as offices send them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.city import Town

from jieyou.commons.directory.registers import organisations
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.register import keeping, listing
from jieyou.kernel.register.listing import Asked
from jieyou.mechanisms.new_employment.registers import workers

CODE = "91110000600037341L"  # the vector of GB 32100
SHOP = {"name": "桥沟鲜果批发部", "uscc": CODE, "kind": "individual", "industry": "零售", "status": "operating",
        "status_since": "2021-03-04", "status_source": "市场监管登记"}  # fmt: skip
RIDER = {"person-name": "高小平", "person-phone": "13909110033", "trade": "rider", "company": "桥沟站", "reported_on": "2024-06-01",
         "channel": "desk", "agreed": True, "checked_on": "2024-06-03"}  # fmt: skip


class Registers:
    """What clerks of the small city do with the two registers."""

    organisations, workers = organisations, workers

    def __init__(self, town: Town) -> None:
        self.town = town

    def village(self, n: int = 0, code: str = "610602005") -> Place:
        return tree.children(tree.by_code(code))[n]

    def shop(self, who: str = "county", n: int = 0, **more: Any) -> Any:
        return keeping.add(organisations, {**SHOP, "place": self.village(n), **more}, self.town.actor(who))

    def rider(self, who: str = "county", n: int = 0, **more: Any) -> Any:
        return keeping.add(workers, {**RIDER, "place": self.village(n), **more}, self.town.actor(who))

    def told(self, row: Any, **more: Any) -> dict[str, Any]:
        """The answers of a form that nobody touched, with these changed."""
        return {**SHOP, "place": row.place, **more}

    def listed(self, who: str = "county", **query: str) -> list[str]:
        page = listing.page_of(Asked.read(organisations, query), self.town.actor(who))
        return [row.name for row in page.rows]


@pytest.fixture
def registers(town: Town) -> Registers:
    return Registers(town)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: tuple[Any, ...]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        book.save(tmp_path / "名录.xlsx")
        return tmp_path / "名录.xlsx"

    return write
