"""参会回执 on the pages, without scripts: one tap for the unit, one look for the clerk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.city import Town

from jieyou.commons.meetings.models import Reply
from jieyou.commons.papers.models import Paper
from jieyou.interfaces.web.tests.conftest import AtDesk, Desk
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case


@pytest.fixture
def called(town: Town) -> Case:
    """Next week's meeting, of which the bureau and the township were told."""
    day = clock.today() + timedelta(days=7)
    return town.act(
        town.meeting(day), "invite", "county", clock.now(), units=[town.unit(), town.unit("街道")]
    )


def page_of(town: Town, kind: str = "住建") -> str:
    return f"/desk/cases/{Reply.objects.get(unit=town.unit(kind)).case.number}/"


def test_from_the_notice_one_tap_answers(town: Town, called: Case, at_desk: AtDesk) -> None:
    bureau, path = at_desk("bureau"), page_of(town)
    assert "会议通知" in bureau.see("/desk/notices/") and path.split("/")[3] in bureau.see("/desk/")
    form = bureau.form(path)
    assert form["answer"] == "come" and form["person"] and form["post"] == "主要负责人"
    assert bureau.client.post(f"{path}answer/", form).status_code == 302
    page = bureau.see(path)
    assert (
        form["person"] in page and "有变化的，修改回执" in page and "这件事现在没有要您办的步骤" not in page
    )


def test_what_is_missing_is_said_and_nothing_typed_is_lost(town: Town, called: Case, at_desk: AtDesk) -> None:
    bureau, path = at_desk("bureau"), page_of(town)
    sent = bureau.client.post(f"{path}answer/", bureau.form(path) | {"answer": "leave", "post": "副局长"})
    text = sent.content.decode()
    assert sent.status_code == 422 and "请补充：代会或请假的原因" in text and 'value="副局长"' in text


def test_next_time_the_same_person_is_proposed(town: Town, called: Case, at_desk: AtDesk) -> None:
    bureau, path = at_desk("bureau"), page_of(town)
    bureau.client.post(f"{path}answer/", bureau.form(path) | {"person": "高建军", "post": "局长"})
    later = town.meeting(clock.today() + timedelta(days=14))
    town.act(later, "invite", "county", clock.now(), units=[town.unit()])
    again = bureau.form(f"/desk/cases/{Reply.objects.get(meeting=later.pk).case.number}/")
    assert (again["person"], again["post"]) == ("高建军", "局长")


def test_the_clerk_sees_who_is_missing_and_urges(town: Town, called: Case, at_desk: AtDesk) -> None:
    county, path = at_desk("county"), f"/desk/cases/{called.number}/"
    town.act(Reply.objects.get(unit=town.unit()).case, "answer", "bureau", clock.now(), answer="come", person="高建军", post="局长")  # fmt: skip
    page = county.see(path)
    assert "<b>1</b> 人参会" in page and f"还有 1 家没有回执：{town.unit('街道').name}" in page
    assert county.client.post(f"{path}remind/", {"turn": town.fresh(called).turn}).status_code == 302
    assert "今天已经催过了" in county.see(path) and "催回执" in at_desk("township").see("/desk/notices/")


def test_the_lists_are_printed_and_become_papers(town: Town, called: Case, at_desk: AtDesk) -> None:
    county = at_desk("county")
    town.act(Reply.objects.get(unit=town.unit()).case, "answer", "bureau", clock.now(), answer="come", person="高建军", post="局长")  # fmt: skip
    assert "高建军" in county.see(f"/desk/meetings/{called.number}/list/signing_in/")
    county.client.post(f"/desk/papers/of/{called.number}/", {"kind": "attendees"})
    paper = Paper.objects.get(kind="attendees")
    assert county.status(f"/desk/papers/{paper.pk}/file.docx") == 200
    assert "高建军" in county.see(f"/desk/papers/{paper.pk}/")


def test_a_telephone_is_shown_once_with_a_reason_on_record(town: Town, called: Case, at_desk: AtDesk) -> None:
    county, row = at_desk("county"), Reply.objects.get(unit=town.unit())
    town.act(row.case, "answer", "bureau", clock.now(), answer="come", person="高建军", post="局长", phone="13809112277")  # fmt: skip
    path = f"/desk/meetings/replies/{row.pk}/phone/"
    assert "13809112277" not in county.see(path) + county.see(page_of(town))
    assert "请写明查看原因" in county.client.post(path, {"why": " "}).content.decode()
    assert "13809112277" in county.client.post(path, {"why": "会务联系"}).content.decode()
    assert "会务联系" in at_desk("auditor").see("/desk/looks/")


def queries(desk: Desk, path: str) -> int:
    desk.see(path)
    with CaptureQueriesContext(connection) as seen:
        desk.see(path)
    return len(seen)


def test_a_meeting_with_more_units_asks_no_more_of_the_database(
    town: Town, called: Case, at_desk: AtDesk
) -> None:
    county, path = at_desk("county"), f"/desk/cases/{called.number}/"
    before = queries(county, path)
    town.act(
        called, "invite", "county", clock.now(), units=[town.unit(kind) for kind in ("民政", "教育", "公安")]
    )
    assert queries(county, path) <= before + 1 and before <= 40
