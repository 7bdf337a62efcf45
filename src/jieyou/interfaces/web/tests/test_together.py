"""Many cases at once from the list: the same step for each, what failed and why, and the list as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from support.city import Town

from jieyou.interfaces.web import taking
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk
from jieyou.interfaces.web.tests.test_list import fill
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop.models import Case

WORDS = "请在三个工作日内办结，书面回复。"


def urge(desk: Desk, *cases: Case | None, **more: Any) -> str:
    numbers = [case.number for case in cases if case]
    answer = desk.client.post(
        "/desk/together/", {"act": "urge", "pick": numbers, "sure": "1", "words": WORDS} | more
    )
    return answer.content.decode()


def test_two_matters_are_urged_with_one_sentence(town: Town, at_desk: AtDesk) -> None:
    first, second = town.concern("tracked").case, town.concern("tracked", matter=1).case
    page = urge(at_desk("county"), first, second)
    assert "2 件里办好 2 件" in page
    assert [town.events(case)[-1].title for case in (first, second)] == ["催办", "催办"]


def test_what_cannot_be_urged_says_why_and_the_rest_goes_on(town: Town, at_desk: AtDesk) -> None:
    ready, early = town.concern("tracked").case, town.concern("assess", matter=1).case
    assert early
    page = urge(at_desk("county"), ready, early)
    assert "2 件里办好 1 件，1 件没有办成" in page and "现在是“综合研判”，不能催办" in page
    assert f"/desk/cases/{early.number}/" in page.split("没有办成的")[1]


def test_somebody_was_quicker_with_one_of_them(town: Town, at_desk: AtDesk) -> None:
    case = town.concern("tracked").case
    assert case
    assert "刚刚有人办过" in urge(at_desk("county"), case, **{f"turn-{case.number}": "1"})


def test_the_form_shows_beforehand_what_is_shut(town: Town, at_desk: AtDesk) -> None:
    ready, early = town.concern("tracked").case, town.concern("assess", matter=1).case
    assert ready and early
    page = at_desk("county").see("/desk/together/", act="urge", pick=early.number)
    assert "1 件现在不能催办" in page
    assert urge(at_desk("county"), ready, words="").count("还不能提交") == 1


def test_a_neighbours_matter_is_not_there(town: Town, at_desk: AtDesk) -> None:
    case = town.concern("tracked").case
    answer = at_desk("county-610603").client.post(
        "/desk/together/", {"act": "urge", "pick": [case and case.number]}
    )
    assert answer.status_code == 302


def test_a_bureau_signs_for_its_tasks_at_once(town: Town, at_desk: AtDesk) -> None:
    town.concern("handed")
    tasks = list(Case.objects.filter(loop="assignment", holder=town.unit()))
    desk = at_desk("bureau")
    assert 'value="sign_for"' in desk.see("/desk/cases/", loop="assignment")
    page = desk.client.post(
        "/desk/together/",
        {"loop": "assignment", "act": "sign_for", "sure": "1", "pick": [t.number for t in tasks]},
    )
    assert f"{len(tasks)} 件里办好 {len(tasks)} 件" in page.content.decode()


def test_nobody_is_offered_a_step_that_is_not_his(town: Town, at_desk: AtDesk) -> None:
    town.concern("tracked")
    assert 'value="urge"' in at_desk("county").see("/desk/cases/", tab="tracked")
    assert 'value="urge"' not in at_desk("leader").see("/desk/cases/", tab="tracked")


def taken(desk: Desk, **data: Any) -> list[tuple[Any, ...]]:
    """The rows of the exported workbook."""
    answer = desk.client.post("/desk/export/", data)
    return list(openpyxl.load_workbook(BytesIO(answer.getvalue())).worksheets[0].iter_rows(values_only=True))


def test_the_list_as_it_is_seen_becomes_a_workbook_and_is_on_the_record(town: Town, at_desk: AtDesk) -> None:
    fill(town, 60)
    rows = taken(at_desk("county"), list="?loop=jieyou&tab=clue")
    assert rows[0][0] == "服务群众周“解忧”　待登记" and rows[2][:2] == ("编号", "事项") and len(rows) == 63
    assert Record.objects.filter(kind="export").count() == 1


def test_ticked_rows_only(town: Town, at_desk: AtDesk) -> None:
    fill(town, 3)
    one = Case.objects.filter(loop="jieyou").first()
    assert one and [row[0] for row in taken(at_desk("county"), list="tab=clue", pick=[one.number])][3:] == [
        one.number
    ]


def test_too_many_rows_are_refused_with_what_to_do(
    town: Town, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST", 2)
    fill(town, 3)
    answer = at_desk("county").client.post("/desk/export/", {"list": "tab=clue"}, follow=True)
    assert (
        "一次最多导出 2 件" in answer.content.decode() and not Record.objects.filter(kind="export").exists()
    )
