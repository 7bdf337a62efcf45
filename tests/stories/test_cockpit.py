"""A leader looks, sees where help is needed, opens it, and says a word that becomes dated work."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from support.city import FIRST_DAY, Town

from jieyou.interfaces.web import outlines
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import rollup
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.places import tree

LATER = clock.at(FIRST_DAY + timedelta(days=60))
COCKPIT = "/desk/cockpit/"


@pytest.fixture
def leader(town: Town, client: Client) -> Client:
    client.force_login(town.account("leader"), "django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_number_on_the_page_is_the_number_of_its_list(town: Town, leader: Client) -> None:
    town.concern("tracked")
    with clock.moved(LATER):
        page = text(leader, COCKPIT)
        links = dict(
            re.findall(
                r'<a class="jy-tile" href="(/desk/figures/[^"]+)"><span>[^<]*</span><b>(\d+)<small>', page
            )
        )
        assert len(links) == 4  # the two percentages have nothing to divide yet
        for url, number in links.items():
            assert f"共 {number} 条" in text(leader, url.replace("&amp;", "&"))


def test_a_late_matter_is_there_without_a_click_and_one_click_away(town: Town, leader: Client) -> None:
    item = town.concern("clue")
    assert item.case is not None
    with clock.moved(LATER):
        page = text(leader, COCKPIT)
    assert item.case.title in page and f"/desk/cases/{item.case.number}/" in page


def test_a_word_about_a_matter_in_hand_becomes_a_dated_task(town: Town, leader: Client) -> None:
    item = town.concern("tracked")
    case, bureau = town.fresh(item.case), town.unit()
    with clock.moved(clock.at(FIRST_DAY + timedelta(days=20))):
        said = {"words": "请住建局三天内先把临时供热接上。", "unit": bureau.name, "due": "2024-06-14"}
        answer = leader.post(f"{COCKPIT}instruct/?case={case.number}", said)
    task = Case.objects.filter(parent=case, loop="assignment").latest("pk")
    assert answer.url == f"/desk/cases/{task.number}/"
    due = Clock.objects.get(case=task, code="assignment.due")
    assert (task.holder, clock.local(due.due).isoformat(), due.fixed) == (bureau, "2024-06-14", True)


def test_a_word_about_a_place_becomes_a_matter_with_the_instructions_date(town: Town, leader: Client) -> None:
    with clock.moved(clock.at(FIRST_DAY)):
        answer = leader.post(
            f"{COCKPIT}instruct/", {"words": "请摸清全区老旧电梯底数。", "due": "2024-06-28"}
        )
    case = Case.objects.get(loop="jieyou", number=answer.url.split("/")[3])
    assert (
        clock.local(Clock.objects.get(case=case, code="report.instruction").due).isoformat() == "2024-06-28"
    )


@pytest.mark.parametrize(("due", "sentence"), [("2024-05-01", "日期已经过了"), ("", "请补充")])
def test_a_word_without_a_day_to_come_is_given_back(
    due: str, sentence: str, town: Town, leader: Client
) -> None:
    with clock.moved(clock.at(FIRST_DAY)):
        answer = leader.post(f"{COCKPIT}instruct/", {"words": "请摸清全区老旧电梯底数。", "due": due})
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "老旧电梯" in answer.content.decode()


def test_a_sealed_matter_is_not_on_the_page(town: Town, leader: Client) -> None:
    item = town.concern("tracked")
    assert item.case is not None
    (Case.objects.filter(pk=item.case.pk) | Case.objects.filter(parent=item.case.pk)).update(sealed=True)
    with clock.moved(LATER):
        page = text(leader, COCKPIT)
    assert item.case.title not in page and item.case.number not in page


def test_places_without_outlines_are_tiles_of_one_size(town: Town, settings: Any) -> None:
    settings.DEMO = False
    assert outlines.map_of(list(tree.children(tree.by_code("6106")))).kind == "tiles"
    settings.DEMO = True
    assert outlines.map_of(list(tree.children(tree.by_code("6106")))).kind == "sketch"
    assert outlines.map_of(list(tree.children(tree.by_code("610602")))).kind == "tiles"


def test_the_parts_and_the_days_make_the_whole(town: Town) -> None:
    for n in range(3):
        town.concern("clue", matter=n)
    scope = Scope(tree.by_code("610602"), FIRST_DAY - timedelta(days=9), FIRST_DAY + timedelta(days=9))
    total = indicators()["jieyou.received"].read(scope).records
    assert total == 3 == sum(rollup.by_day("jieyou.received", scope).values())
    assert sum(n for _, _, n in rollup.by_cut("jieyou.open", scope)) <= total
