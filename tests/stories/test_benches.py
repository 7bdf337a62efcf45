"""`jieyou bench pages`, `cockpit` and `register` on the small city: what they ask answers, what they count is there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from support.city import Town, new_town

from jieyou.commons.directory.models import Organisation
from jieyou.interfaces.cli import bench, benchcockpit, benchregister
from jieyou.kernel.loop.models import Case, Event


def answered(pages: list[dict[str, Any]]) -> list[str]:
    """The addresses, all different, of pages that all answered and whose figures can be."""
    assert [page for page in pages if page["status"] != 200 or not 0 < page["ms_p50"] <= page["ms_p95"]] == []
    assert all(0 < page["queries"] < 60 for page in pages)
    paths = [page["path"] for page in pages]
    assert len(set(paths)) == len(paths)
    return paths


@pytest.mark.once
def test_every_page_of_the_bench_answers(town: Town) -> None:
    clerk = Client()
    clerk.force_login(town.account("county"), "django.contrib.auth.backends.ModelBackend")
    paths = [*bench.PAGES, *(f"/desk/cases/{query}" for query in bench.LISTS)]
    assert len(set(paths)) == len(paths)
    assert {path: clerk.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.once
def test_pages_of_desk_list_and_of_three_cases_are_measured(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "PAGES", bench.PAGES[:1])
    monkeypatch.setattr(bench, "LISTS", bench.LISTS[:1])
    ended, working = town.concern("archived").case, town.concern("tracked", 4).case
    assert ended and working
    figures = bench.pages(1)
    paths = answered(figures["pages"])
    task = Case.objects.filter(loop="assignment", open=True).order_by("-moved_at")[0]
    cases = [f"/desk/cases/{case.number}/" for case in (working, ended, task)]
    assert paths == ["/desk/", "/desk/cases/", *cases]
    assert figures["ms_p95_worst"] == max(page["ms_p95"] for page in figures["pages"])


@pytest.mark.once
def test_the_cockpit_is_measured_with_its_days_summed_first(town: Town) -> None:
    town.concern("archived")
    figures = benchcockpit.cockpit(1)
    assert answered(figures["pages"]) == [f"/desk/cockpit/{query}" for query in benchcockpit.PAGES]
    assert figures["events"] == Event.objects.count() and figures["days_summed"] > 100
    assert figures["annual_report_seconds"] >= 0


@pytest.mark.once
def test_every_page_of_the_registers_bench_answers(town: Town) -> None:
    benchregister.fill(40)
    clerk = Client()
    clerk.force_login(town.account("city"), "django.contrib.auth.backends.ModelBackend")
    paths = [benchregister.LIST + query for query in benchregister.PAGES]
    assert {path: clerk.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.fixture
def committed(town_database: None, transactional_db: None) -> Town:
    """The small city, really committed: a bench works on a copy of its database."""
    return new_town()


def test_a_register_is_filled_in_a_copy_kept_for_the_next_time_and_ours_stays_empty(
    committed: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchregister, "PAGES", benchregister.PAGES[:1])
    ours = str(connection.settings_dict["NAME"])
    for _ in range(2):
        bench.bench("register", rows=40, rounds=1, as_json=True)
        figures = json.loads(capsys.readouterr().out)
        assert len(answered(figures["pages"])) == 3  # the list, a row, its form
        assert (figures["bench"], figures["rows"], figures["export"]["rows"]) == ("register", 40, 40)
        assert str(connection.settings_dict["NAME"]) == ours and not Organisation.objects.exists()
    if connection.vendor == "sqlite":
        assert [path.name for path in (settings.HOME / "bench").glob("*.sqlite3")] == ["register40.sqlite3"]
