"""Units and places: nothing is deleted; what is open goes along; names of all times stay; importing knows other names."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import Town

from jieyou.commons.backfill.remembering import units_near
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk, sentences
from jieyou.interfaces.web.tests.test_settings import undo
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import verify
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Post, Unit
from jieyou.kernel.places import tree

UNITS, PLACES, WHY = "/desk/settings/units/", "/desk/settings/places/", "机构改革方案"
HOUSING, HEATING = "宝塔区住房和城乡建设局", "宝塔区热力有限公司"
VILLAGE = "610602005001"


@pytest.fixture
def county(at_desk: AtDesk) -> Desk:
    return at_desk("county-admin")


def page_of(unit: Unit) -> str:
    return f"{UNITS}{unit.pk}/"


def test_a_unit_is_added_renamed_and_keeps_its_old_name(county: Desk) -> None:
    told = {"name": "宝塔区数据局", "kind": "bureau", "place": "610602", "why": WHY}
    assert county.post(UNITS + "new/", **told).status_code == 302
    assert "已有单位" in sentences(county.post(UNITS + "new/", **told))
    unit = Unit.objects.get(name="宝塔区数据局")
    county.post(page_of(unit) + "rename/", name="宝塔区数据和政务服务局", why=WHY)
    page = county.see(page_of(unit))
    assert "宝塔区数据和政务服务局" in page and "宝塔区数据局" in page
    undo(county)
    unit.refresh_from_db()
    assert unit.name == "宝塔区数据局" and verify.verify_database().ok


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"place": "610603"}, "不由您管"), ({"place": "没有的地方"}, "没有叫"), ({"kind": "office", "prefix": "XX"}, "由市里的系统管理员设立")],
)  # fmt: skip
def test_a_unit_that_is_not_the_countys_to_add(county: Desk, typed: dict[str, str], said: str) -> None:
    told = {"name": "某局", "kind": "bureau", "place": "610602", "why": WHY} | typed
    assert (
        said in sentences(county.post(UNITS + "new/", **told))
        and not Unit.objects.filter(name="某局").exists()
    )


def test_another_name_is_known_when_a_ledger_comes_in(town: Town, county: Desk) -> None:
    unit, place = town.unit("住建"), tree.by_code("610602")
    assert units_near(place).guess("区建管中心").key != unit.pk.hex
    county.post(page_of(unit) + "alias/", alias="区建管中心", why="老台账的写法")
    assert units_near(place).guess("区建管中心").key == unit.pk.hex
    county.client.post(f"/desk/settings/aliases/{unit.aliases.get().pk}/end/")
    assert units_near(place).guess("区建管中心").key != unit.pk.hex


def test_a_unit_with_work_in_hand_is_not_closed_but_merged(town: Town, county: Desk) -> None:
    case = town.concern("tracked").case
    old, into = town.unit("住建"), town.unit("热力")
    task = Case.objects.filter(parent=case, holder=old).get()
    assert "没有办完" in sentences(county.post(page_of(old) + "close/", why=WHY))
    assert county.post(page_of(old) + "merge/", into=into.name, people="on", why=WHY).status_code == 302
    task.refresh_from_db()
    old.refresh_from_db()
    assert (task.holder, old.until, town.events(task)[-1].title) == (into, clock.today(), "单位合并")
    assert Post.objects.filter(account=town.account("bureau"), unit=into, until=None).exists()
    assert "不能撤销" in undo(county) and verify.verify_database().ok
    town.act(task, "progress", "bureau", clock.now(), progress="继续更换老化管段")


def test_a_place_is_renamed_and_what_lies_there_follows(town: Town, county: Desk) -> None:
    place = tree.by_code(VILLAGE)
    path = f"{PLACES}{place.pk}/rename/"
    assert "还没有到" in sentences(county.post(path, name="新名社区", on="2099-01-01", why=WHY))
    county.post(path, name="新名社区", on="2024-04-01", why=WHY)
    page = county.see(PLACES, at=VILLAGE)
    assert "新名社区" in page and f"更名：{place.name}" in page


def test_places_are_founded_and_merged_and_open_cases_go_along(town: Town, county: Desk) -> None:
    case = town.concern("clue").case
    below = tree.children(tree.by_code(case.l4))
    into = next(p for p in below if p != case.place)
    grid = {"name": "第一网格", "code": f"{into.code}g1", "on": str(date(2024, 6, 1)), "why": "网格调整"}
    assert (
        county.post(f"{PLACES}{into.pk}/found/", **grid).status_code == 302
        and tree.by_code(grid["code"]).parent == into
    )
    assert (
        county.post(
            f"{PLACES}{case.place.pk}/merge/", into=into.code, on=str(clock.today()), why=WHY
        ).status_code
        == 302
    )
    assert town.fresh(case).l5 == into.code and verify.verify_database().ok


def test_a_county_does_not_rename_itself_or_its_neighbour(county: Desk) -> None:
    for code in ("610602", "610603"):
        assert county.status(f"{PLACES}{tree.by_code(code).pk}/rename/") == 404
    assert "不由您管" in county.see(PLACES, at="610603")
