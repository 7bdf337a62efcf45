"""A loop that nobody told the pages about: list, form, case page and navigation are read off its declaration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.city import Town

from jieyou.interfaces.web.tests.conftest import AtDesk, sentences
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, holder, home
from jieyou.kernel.loop.models import Case


class Lamps(
    Loop, code="web_lamps", title="路灯报修", noun="报修件", opens="报修", letters="-LD", opened_by=home("经办人"),
    asks=(Ask("poles", "灯杆数", "number"),),
):  # fmt: skip
    """The tutorial's example, as far as the pages are concerned."""

    told = Stage("待派单", 1, waits=home("经办人"))
    mending = Stage("维修中", 2, waits=holder("承办人"))
    lit = Stage("已修复", ended=True)
    send = Transition(
        told >> mending,
        "派单",
        by=home("经办人"),
        asks=(Ask("unit", "维修单位", "unit", becomes="holder"),),
        main=True,
    )
    mend = Transition(
        mending >> lit, "修好了", by=holder("承办人"), asks=(Ask("report", "维修情况", "words"),), main=True
    )


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    registry.add(Lamps)
    yield
    registry.forget(Lamps.code)


def test_it_is_opened_worked_on_and_ended_through_pages_that_nobody_wrote(
    at_desk: AtDesk, town: Town
) -> None:
    county, bureau = at_desk("county"), at_desk("bureau")
    assert 'href="/desk/cases/?loop=web_lamps"' in county.see("/desk/")
    assert 'href="/desk/new/web_lamps/"' in county.see("/desk/cases/", loop="web_lamps")
    wrong = county.post("/desk/new/web_lamps/", title="北大街路灯不亮", poles="三根")
    assert wrong.status_code == 422 and "灯杆数“三根”不是整数" in sentences(wrong)
    number = county.post("/desk/new/web_lamps/", title="北大街路灯不亮", poles="3").url.split("/")[-2]
    case = Case.objects.get(number=number)
    county.step(case, "send", unit=town.unit().name)
    assert "维修中 <b>1</b>" in bureau.see("/desk/cases/", loop="web_lamps")
    last = bureau.step(case, "mend", report="换了灯泡，亮了").content.decode()
    assert "这件事到此办结（已修复）" in last and "换了灯泡，亮了" in last


def test_only_the_declared_post_opens_one(at_desk: AtDesk) -> None:
    assert [at_desk(name).status("/desk/new/web_lamps/") for name in ("county", "leader", "bureau")] == [
        200,
        404,
        404,
    ]
    assert at_desk("county").status("/desk/new/assignment/") == 404
