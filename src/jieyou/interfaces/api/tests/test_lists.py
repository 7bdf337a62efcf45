"""Lists: what is asked for, and only what one may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import County
from jieyou.kernel.calendar import clock


@pytest.fixture
def numbers(county: County) -> list[str]:
    return [walk.told(county, words=f"第{n}栋楼下水道堵了，请来疏通。")["number"] for n in range(3)]


def found(county: County, **query: Any) -> list[str]:
    answer = county.clerk.get("/jieyou", **query)
    assert answer.status == 200, answer
    return [item["number"] for item in answer.body["items"]]


def test_filters_narrow_the_list(county: County, numbers: list[str]) -> None:
    body = {"title": "一号楼漏水", "category": walk.category(county)}
    walk.step(county.clerk, numbers[0], "register", body)
    assert found(county, stage="assess") == [numbers[0]]
    assert set(found(county, stage="clue", open="true")) == set(numbers[1:])
    assert found(county, open="false") == []
    assert found(county, q="一号楼") == found(county, q=numbers[0]) == [numbers[0]]
    assert found(county, q="100%") == []
    assert len(found(county, place="610602")) == len(found(county, place="610602005001")) == 3
    assert found(county, place="610603") == []
    assert found(county, order="moved")[0] == numbers[0]


def test_due_before_leaves_out_the_day_itself(county: County, numbers: list[str]) -> None:
    due = clock.local(clock.at(clock.today(), 12))
    later = due + timedelta(days=60)
    assert found(county, due_before=due.isoformat()) == []
    assert len(found(county, due_before=later.isoformat())) == 3


def test_mine_is_what_waits_for_my_post(county: County, numbers: list[str]) -> None:
    assert set(found(county, mine="true")) == set(numbers)
    assert county.head.get("/jieyou", mine="true").body["items"] == []


def test_pages(county: County, numbers: list[str]) -> None:
    first = county.clerk.get("/jieyou", size=2).body
    assert (len(first["items"]), first["count"], first["more"]) == (2, 3, True)
    second = county.clerk.get("/jieyou", size=2, page=2).body
    assert (len(second["items"]), second["more"]) == (1, False)
    assert {item["number"] for item in first["items"] + second["items"]} == set(numbers)


WRONG = [
    {"stage": "nowhere"}, {"size": 201}, {"size": 0}, {"page": 0}, {"due_before": "soon"}, {"due_before": "2026-02-30"},
    {"place": "61x"}, {"order": "random"}, {"open": "maybe"}, {"q": "长" * 61},
]  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_filter_is_a_sentence(county: County, query: dict[str, Any]) -> None:
    refused = county.clerk.get("/jieyou", **query)
    assert refused.status == 422 and set(refused.body["errors"]) == set(query)
