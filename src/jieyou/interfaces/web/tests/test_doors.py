"""Who may open which page. Every view is closed unless it takes an actor; what is not one's own is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern
from support.city import Town

from jieyou.interfaces.web import urls
from jieyou.interfaces.web.tests.conftest import AtDesk, Reported
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Account

#: The only pages of `/desk/` for which nobody need have logged in.
OPEN = {"login", "logout", "theme", "offline", "worker"}
PEOPLE = (
    "county",
    "leader",
    "caller",
    "bureau",
    "township",
    "city",
    "city-sealed",
    "county-610603",
    "admin",
    "auditor",
    "nobody",
)
#: Address → who gets it; everybody else reads 404.
PAGES = {
    "/desk/": set(PEOPLE),
    "/desk/cases/": set(PEOPLE),
    "/desk/notices/": set(PEOPLE),
    "/desk/posts/": set(PEOPLE),
    "/desk/password/": set(PEOPLE),
    "/desk/reckon/": set(PEOPLE),
    "/desk/meetings/": set(PEOPLE),
    "/desk/meetings/new/": {"county", "city", "county-610603"},
    "/desk/reports/new/": {"county", "city", "county-610603"},
    "/desk/places/": {"county", "city", "county-610603"},
    "/desk/import/": {"county", "city", "county-610603"},
    "/desk/looks/": {"auditor"},
}


def views(patterns: list[Any], before: str = "/desk/") -> Iterator[Any]:
    """``(address, view)`` of every page below these patterns."""
    for one in patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield pytest.param(address, one, id=str(one.name))
        else:
            yield from views(one.url_patterns, address)


VIEWS = list(views(urls.urlpatterns))


@pytest.mark.parametrize(("address", "pattern"), VIEWS)
def test_every_view_takes_an_actor(address: str, pattern: URLPattern) -> None:
    assert pattern.name in OPEN or getattr(pattern.callback, "takes_actor", False), address


@pytest.mark.parametrize(("path", "pattern"), VIEWS)
def test_a_stranger_is_sent_to_the_door_from_everywhere(
    path: str, pattern: URLPattern, client: Client, db: None
) -> None:
    if pattern.name in OPEN:
        return
    key = "01a20944-b1a8-74e4-bed5-450d9e6c2f11"
    for part, value in (("<uuid:key>", key), ("<str:key>", key), ("<slug:slug>", "clocks"),
                        ("<str:number>", "BT-2026-0001"), ("<slug:name>", "register"), ("<slug:kind>", "monthly"),
                        ("<slug:field>", "phone"), ("<slug:side>", "a"), ("<int:version>", "1"), ("<slug:word>", "0" * 32), ("<slug:code>", "jieyou"),
                        ("<slug:slug>", "clocks"), ("<str:key>", "jieyou.assess"), ("<slug:ending>", "docx"), ("<slug:act>", "issue")):  # fmt: skip
        path = path.replace(part, value)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or urlsplit(answer["Location"]).path == "/desk/login/"


@pytest.fixture
def anybody(town: Town, at_desk: AtDesk) -> AtDesk:
    """Everybody of the city, and one account without any post."""
    Account.objects.create_user("nobody", "何平")
    return at_desk


@pytest.mark.parametrize("path", PAGES)
def test_pages_by_person(path: str, anybody: AtDesk) -> None:
    found = {name for name in PEOPLE if anybody(name).status(path) == 200}
    assert found == PAGES[path]


def seers(at_desk: AtDesk, case: Case) -> set[str]:
    """Who can open a case; everybody else reads 404 on all its addresses."""
    paths = [
        f"/desk/cases/{case.number}/",
        f"/desk/cases/{case.number}/{next(iter(case.declared.transitions))}/",
    ]
    found = set()
    for name in PEOPLE:
        first, *rest = (at_desk(name).status(path) for path in paths)
        assert (first == 404) == all(status == 404 for status in rest)
        if first != 404:
            found.add(name)
    return found


def test_a_case_is_seen_by_its_county_its_city_and_its_unit(anybody: AtDesk, town: Town) -> None:
    case = town.concern("tracked").case
    assert case is not None
    offices = {"county", "leader", "caller", "city", "city-sealed"}
    assert seers(anybody, case) == offices | {"bureau", "township"}  # both have a task
    task = Case.objects.get(parent=case, holder=town.unit("热力"))
    assert seers(anybody, task) == offices


def test_a_sealed_report_is_nowhere_for_the_accused_unit_its_township_and_its_county(
    anybody: AtDesk, reported: Reported, town: Town
) -> None:
    case = reported(
        "住建局的张某收了开发商的好处，桥沟街道也知道。", accused=True, accused_words="住建局张某"
    ).case
    assert seers(anybody, case) == {"city-sealed"}
    for name in set(PEOPLE) - {"city-sealed"}:
        for path in (
            "/desk/",
            "/desk/cases/?tab=all",
            "/desk/cases/?tab=clue",
            "/desk/notices/",
            f"/desk/cases/?q={case.number}",
        ):
            answer = anybody(name).client.get(path, follow=True)
            assert "张某" not in answer.content.decode()
            assert f"/cases/{case.number}/" not in answer.content.decode()


def test_the_cleared_post_opens_it_and_reads_the_words_only_with_a_reason(
    anybody: AtDesk, reported: Reported
) -> None:
    receipt = reported("住建局的张某收了开发商的好处。", accused=True)
    keeper = anybody("city-sealed")
    page = keeper.see(f"/desk/cases/{receipt.case.number}/")
    assert "密封件" in page and "移送纪检监察" in page and "张某" not in page
    path = f"/desk/reports/{receipt.report.pk}/told_words/"
    assert "张某" in keeper.client.post(path, {"why": "核对是否涉及干部"}).content.decode()


def test_a_page_of_the_desk_is_kept_in_no_shared_cache(at_desk: AtDesk) -> None:
    answer: Any = at_desk("county").client.get("/desk/cases/")
    assert "private" in answer["Cache-Control"]
    assert "HX-Request" in answer["Vary"]


def test_a_fault_page_helps_and_tells_nothing(at_desk: AtDesk) -> None:
    answer = at_desk("county").client.get("/desk/cases/BT-2026-9999/")
    assert answer.status_code == 404
    assert "可能这件事不归您看" in answer.content.decode() and "回到工作台" in answer.content.decode()
