"""Imported messages assessed by keyboard alone: suggestions of a real model, one key each where the clerk agrees.

Five in the suite; ``python bench/journeys.py`` does twenty and writes keys and seconds to docs/usability.md.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.commons.triage import learning, memory, modelfile, versions
from jieyou.commons.triage.models import TrainedModel
from jieyou.commons.triage.tests.test_category import rows
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from journeys.test_measured_staff import Note, note  # noqa: F401

MANY = 20 if os.environ.get("JIEYOU_TEST_JOURNEYS") else 5
CODES = {"供热供水": "heating", "道路交通": "traffic", "物业小区": "estate"}
UNCLEAR = "想请问一下这件事该找谁，跑了好几趟都让再等等。"
OPINION = "几家都管，请会上定牵头单位。"
MINUTES = 3


@pytest.fixture
def town(town_database: None, transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Town]:
    """The small city with a model it has learnt; what is given to the worker is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    town = new_town()
    settings.HOME = tmp_path
    memory.forget()
    _learnt()
    yield town
    memory.forget()
    new_town()


def _learnt() -> None:
    model = learning.train([(title, body, CODES[label]) for title, body, label in rows(8)])
    mark = modelfile.save(model, versions.file_of("triage/model.npz"))
    TrainedModel.objects.create(
        version=1, made_at=clock.now(), basis="本市", rows=24, path="triage/model.npz", fingerprint=mark, in_use=True,
    )  # fmt: skip


def workbook(path: Path, many: int) -> Path:
    """So many messages; every fifth says nothing that a model could know."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["编号", "标题", "反映内容"])
    for n, (title, body, _) in enumerate(sorted(rows(8, luck=5))[:many]):
        page.append([f"K-{n:02}", *(("有件事想问", UNCLEAR + "谢谢" * n) if n % 5 == 4 else (title, body))])
    book.save(path)
    return path


def bring_in(page: Page, file: Path, many: int) -> None:
    """By the door that clerks use."""
    page.goto("/desk/import/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="上传并预检").click()
    page.get_by_role("button", name=f"导入这 {many} 行").click()
    expect(page.get_by_text(f"{many} 行").first).to_be_visible()


class Keys:
    """A keyboard that counts: keys pressed, and characters typed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed, self.typed = page, 0, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, words: str) -> None:
        self.page.keyboard.insert_text(words)
        self.typed += len(words)


def assess_one(keys: Keys) -> bool:
    """As the clerk would: Enter where something is proposed, else category, recommendation and a line of his own."""
    proposed = keys.page.locator("[name=category]:checked").count() == 1
    if proposed:
        keys.press("Enter")
    else:
        keys.press("1", "r", "ArrowDown", "y")
        keys.write(OPINION)
        keys.press("Control+Enter")
    return proposed


def test_imported_messages_are_assessed_by_keyboard_alone(
    town: Town,
    visitor: Visitor,
    note: Note,  # noqa: F811
    tmp_path: Path,
) -> None:
    page = visitor(town.account("county"))
    page.set_default_timeout(30_000)
    bring_in(page, workbook(tmp_path / "来件.xlsx", MANY), MANY)
    page.goto("/desk/assess/")
    keys, begun, agreed = Keys(page), time.monotonic(), 0
    for left in range(MANY, 0, -1):
        expect(page.get_by_text(f"共 {left} 件")).to_be_visible()
        page.wait_for_load_state()
        agreed += assess_one(keys)
    expect(page.get_by_text("没有待登记、待研判的反映")).to_be_visible()
    seconds = time.monotonic() - begun
    note("keys", f"| 研判 {MANY} 件来件 | {keys.pressed} | {keys.typed} | {seconds:.1f} | ≤ {MINUTES} 分钟 |")
    judged = Case.objects.filter(loop="jieyou", stage="assess", desk_role="部领导")
    assert judged.count() == MANY and agreed >= MANY * 0.8 and seconds < MINUTES * 60
