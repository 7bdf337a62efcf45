"""How many queries each step costs through the API: a kept baseline. More than this needs a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import Answer, Caller, County
from jieyou.kernel import shortly
from jieyou.kernel.people.models import Account

#: By the last part of the address; a test's savepoints count as two statements, like BEGIN and COMMIT.
#: A step that changes title, hand or end of a case costs four more: by its words it is found as it stands now.
#: ``direct`` and ``agree_strike`` draft papers too (交办单, 销号审批表).
USUAL = {
    "reports": 22, "register": 20, "judge": 11, "direct": 53, "sign_for": 25, "progress": 12, "finish": 19, "accept": 23,
    "apply": 16, "verify": 14, "agree_strike": 34, "call": 14, "archive": 23,
}  # fmt: skip
#: What a step may cost more before somebody must look.
SLACK = 2


def counted(caller: Caller, found: dict[str, int]) -> None:
    """Let a caller note what each of his posts costs."""
    post = caller.post

    def counting(path: str, body: Any = None, **headers: str) -> Answer:
        with CaptureQueriesContext(connection) as queries:
            answer = post(path, body, **headers)
        found[path.rsplit("/", 1)[-1]] = len(queries)
        return answer

    caller.post = counting  # type: ignore[method-assign]


def carried(county: County) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    walk.worked(county, walk.handed(county, number))
    walk.struck(county, number)
    walk.called(county, number)
    walk.step(county.caller, number, "archive")


def test_a_lifecycle_stays_within_its_queries(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortly, "SECONDS", 600)
    shortly.forget()  # what the county's founding has read would end in a few seconds
    carried(county)  # what is kept in memory is there from now on
    found: dict[str, int] = {}
    for caller in county.callers.values():
        counted(caller, found)
    carried(county)
    assert {name: n for name, n in found.items() if n > USUAL[name] + SLACK} == {}
    assert found.keys() == USUAL.keys()


def test_a_list_costs_the_same_for_one_and_for_many(county: County) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert county.clerk.get("/jieyou").status == 200
        return len(queries)

    walk.told(county)
    cost()
    one = cost()
    for n in range(5):
        walk.told(county, words=f"第{n}栋楼下水道堵了，请来疏通。")
    assert cost() == one <= 6


def test_a_case_costs_the_same_with_a_long_record(county: County) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    county.clerk.get(f"/jieyou/{number}")
    costs: list[int] = []
    for _ in range(2):
        walk.handed(county, number) if not costs else walk.step(
            county.clerk, number, "urge", {"words": "请抓紧"}
        )
        with CaptureQueriesContext(connection) as queries:
            county.caller.get(f"/jieyou/{number}")
        costs.append(len(queries))
    assert costs[1] <= costs[0] <= 13


def test_a_change_made_elsewhere_is_noticed_after_a_moment(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert county.clerk.get("/me").status == 200
    Account.objects.filter(username="clerk").update(
        is_active=False
    )  # as another process does: no signal here
    assert county.clerk.get("/me").status == 200
    monkeypatch.setattr(shortly, "monotonic", lambda: 1e12)
    assert county.clerk.get("/me").status == 401
