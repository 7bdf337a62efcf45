"""The cockpit in a real browser: from the whole to one matter in two clicks, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import expect
from support.city import Town, new_town
from support.pages import Visitor


@pytest.fixture
def full(town_database: None, transactional_db: None) -> Iterator[Town]:
    """A matter that has been overdue for long; really committed."""
    town = new_town()
    town.concern("clue")
    Client().get("/desk/login/")  # the addresses are loaded before a browser waits for them
    yield town
    new_town()


def test_from_the_map_to_the_matter_and_onto_two_pages(full: Town, visitor: Visitor) -> None:
    page = visitor(full.account("city"))
    page.goto("/desk/cockpit/")
    expect(page.locator(".ck-wish")).to_contain_text("宝塔区：在办 1 件，超期 1 件")
    pages = re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))
    assert 1 <= len(pages) <= 2
    page.get_by_role("link", name="宝塔区：在办 1 件，超期 1 件，超期偏多").click()
    expect(page.locator("h1")).to_have_text("宝塔区社会工作驾驶舱")
    page.locator(".ck-right .t").first.click()
    expect(page.locator("h1")).to_contain_text("暖气一直不热")


def test_without_scripts_every_number_opens_its_list(full: Town, visitor: Visitor) -> None:
    page = visitor(full.account("leader"), java_script_enabled=False)
    page.goto("/desk/cockpit/?span=year")
    page.get_by_role("link", name="线索征集 1").click()
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(1)
