"""A running ledger comes in through the pages in a real browser without scripts: how many clicks the first costs, and the next one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support import ledgers
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.kernel.loop.models import Event
from journeys.meter import Meter


@pytest.fixture
def town(town_database: None, transactional_db: None, settings: Any) -> Iterator[Town]:
    """The small city, really committed; what is given to the worker is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    yield new_town()
    new_town()


def upload(page: Page, file: Path) -> Meter:
    """From the desk to the page behind the upload. Choosing a file is a click on the field and one in the list."""
    meter = Meter(page)
    page.goto("/desk/")
    meter.taps_on(page.get_by_role("link", name="补录台账"))
    page.set_input_files("#file", file)
    meter.taps += 2
    meter.taps_on(page.get_by_role("button", name="上传"))
    return meter


def test_the_first_ledger_takes_nine_clicks_and_the_next_one_five(
    town: Town, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor(town.account("county"), java_script_enabled=False)
    first = upload(page, ledgers.write(tmp_path / "3月.xlsx", rows=25, wrong=2))
    first.taps_on(page.get_by_role("button", name="下一步"))
    first.chooses(page.get_by_label("见备注"), "tracked")
    first.taps_on(page.get_by_role("button", name="下一步：预检"))
    first.taps_on(page.get_by_role("button", name="补录这"))
    expect(page.get_by_role("link", name="去核定")).to_be_visible()
    second = upload(page, ledgers.write(tmp_path / "4月.xlsx", rows=25, seed=2, wrong=0))
    second.taps_on(page.get_by_role("button", name="补录这"))
    expect(page.get_by_role("link", name="去核定")).to_be_visible()
    assert (first.taps, second.taps) == (9, 5)
    assert Event.objects.filter(transition="backfill", case__loop="jieyou").count() == 48
