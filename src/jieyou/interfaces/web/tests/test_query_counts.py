"""How many queries each list page of the staff takes: a kept baseline. More than this needs a reason; none grows by the row."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.city import Town

from jieyou.interfaces.web.tests.conftest import AtDesk, Desk
from jieyou.interfaces.web.tests.test_list import fill
from jieyou.kernel import shortly

#: Page → queries, as the county's clerk. Six of them are the session, the account, its posts and deputies, the counts of
#: the menu and the unread notices.
USUAL = {
    "/desk/": 11,
    "/desk/cases/": 11,
    "/desk/cases/?tab=clue": 13,
    "/desk/cases/?tab=late": 11,
    "/desk/cases/?tab=ended": 10,
    "/desk/cases/?tab=all": 12,
    "/desk/cases/?tab=all&sort=due": 13,
    "/desk/cases/?tab=all&category=facility": 12,
    "/desk/cases/?tab=all&q=路灯": 13,
    "/desk/cases/?loop=assignment&tab=working": 10,
    "/desk/search/?q=路灯": 10,
    "/desk/notices/": 7,
    "/desk/meetings/": 7,
    "/desk/papers/": 7,
    "/desk/supervision/": 14,
    "/desk/import/": 8,
    "/desk/ledger/": 9,
    "/desk/duties/": 7,
    "/desk/routing/": 9,
    "/desk/registers/": 8,
    "/desk/registers/organisations/": 9,
    "/desk/registers/organisations/?q=鲜果&kind=individual&place=610602": 10,
    "/desk/registers/workers/": 9,
}
#: What a page may cost more before somebody must look.
SLACK = 2


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process keeps for some seconds it keeps for the test."""
    monkeypatch.setattr(shortly, "SECONDS", 600.0)


def counted(desk: Desk) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in USUAL:
        desk.see(path)  # what the process keeps for some seconds is there
        with CaptureQueriesContext(connection) as queries:
            desk.see(path)
        found[path] = len(queries)
    return found


def test_list_pages_stay_within_their_queries_with_five_rows_and_with_twenty_five(
    town: Town, at_desk: AtDesk
) -> None:
    desk = at_desk("county")
    fill(town, 5)
    few = counted(desk)
    fill(town, 20)
    assert counted(desk) == few
    assert {path: n for path, n in few.items() if n > USUAL[path] + SLACK} == {}


@pytest.mark.parametrize(("stage", "most"), [("assess", 29), ("tracked", 28), ("archived", 24)])
def test_the_page_of_a_case_stays_within_its_queries(
    town: Town, at_desk: AtDesk, stage: str, most: int
) -> None:
    case, desk = town.concern(stage).case, at_desk("county")
    assert case is not None
    path = f"/desk/cases/{case.number}/"
    desk.see(path)
    with CaptureQueriesContext(connection) as queries:
        desk.see(path)
    assert len(queries) <= most
