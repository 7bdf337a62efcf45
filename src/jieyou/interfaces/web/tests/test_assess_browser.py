"""Messages leafed through, filed and judged without touching the mouse (tests/journeys/test_by_keyboard.py measures twenty)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from support.city import Town, new_town
from support.pages import Visitor

from jieyou.commons.reports.models import Report
from jieyou.commons.triage.models import Suggestion
from jieyou.interfaces.web.assess import waiting
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.posts import actor_of


@pytest.fixture
def full(town_database: None, transactional_db: None) -> Iterator[Town]:
    """Three messages that nobody has read, the first with a suggestion; really committed."""
    town = new_town()
    first, *_ = [town.concern("clue") for _ in range(3)]
    Suggestion.objects.create(
        report=Report.objects.get(case=first.case), category="heating", confidence=Decimal("0.91"), ask_person=False, reasons=["暖气"],
        at=clock.now(),
    )  # fmt: skip
    yield town
    new_town()


def _stands(page: Page, words: str) -> None:
    """The page that says so is there, its keys too."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()


def test_keys_leaf_choose_and_register(full: Town, visitor: Visitor) -> None:
    account = full.account("county")
    page = visitor(account)
    page.set_default_timeout(30_000)
    page.goto("/desk/assess/")
    page.keyboard.press("j")
    _stands(page, "第 2 件")
    page.keyboard.press("k")
    _stands(page, "第 1 件")
    page.keyboard.press("?")
    _stands(page, "逐件研判：选类别")
    page.keyboard.press("?")
    expect(page.locator("[name=category]:checked")).to_be_focused()
    for n in range(3):
        page.keyboard.press("3" if n == 1 else "1")
        page.keyboard.press("Enter")
        _stands(page, f"共 {2 - n} 件" if n < 2 else "没有待登记、待研判的反映")
    assert not waiting(actor_of(account)).exists()
    assert Case.objects.filter(loop="jieyou", stage="assess").count() == 3
