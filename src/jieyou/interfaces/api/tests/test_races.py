"""Two persons at the same moment: one makes the step, the other reads that he was overtaken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import Caller, County

ROUNDS = 10


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_two_who_strike_at_once_one_is_told_so(county: County) -> None:
    code = walk.category(county)
    for n in range(ROUNDS):
        number = walk.told(county, words=f"第{n}栋楼下水道堵了，请来疏通。")["number"]
        body = {"title": f"第{n}栋楼下水道堵塞", "category": code, "turn": 1}
        assert sorted(together(county.clerk.key, number, body)) == [200, 409]
        events = county.head.get(f"/jieyou/{number}").body["events"]
        assert [event["transition"] for event in events] == ["open", "register"]


def together(key: str, number: str, body: dict[str, Any]) -> list[int]:
    """The statuses of two calls that start at the same moment."""
    start = Barrier(2)

    def call(_: int) -> int:
        start.wait()
        try:
            return Caller(key).post(f"/jieyou/{number}/register", body).status
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(call, range(2)))
