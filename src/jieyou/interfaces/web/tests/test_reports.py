"""代录: what somebody says at the counter."""

from __future__ import annotations

from typing import Any

from support.city import Town

from jieyou.commons.reports import intake
from jieyou.commons.reports.models import Report
from jieyou.interfaces.demo.city import HOME_TOWNSHIP
from jieyou.interfaces.web.tests.conftest import WORDS, AtDesk, Desk, sentences

NEW = "/desk/reports/new/"


def write_down(desk: Desk, **more: str) -> Any:
    return desk.post(NEW, **{"place-township": HOME_TOWNSHIP, "words": WORDS, **more})


def test_the_receipt_shows_the_query_secret_that_finds_the_report(at_desk: AtDesk, town: Town) -> None:
    page = write_down(
        at_desk("county"), name="李小明", phone="13812346021", source="hotline", source_no="12345-77"
    ).content.decode()
    secret = page.split('class="jy-secret">')[1].split("<")[0]
    report = intake.lookup(secret)
    assert report is not None
    assert (report.source, report.source_no, report.place.code) == ("hotline", "12345-77", HOME_TOWNSHIP)
    assert "李小明" not in page and "13812346021" not in page


def test_sending_the_form_twice_takes_the_report_in_once(at_desk: AtDesk) -> None:
    desk = at_desk("county")
    form = desk.form(NEW) | {"place-township": HOME_TOWNSHIP, "words": WORDS}
    first, second = (desk.client.post(NEW, form).content.decode() for _ in range(2))
    assert Report.objects.count() == 1
    assert first.split('class="jy-secret">')[1][:14] == second.split('class="jy-secret">')[1][:14]


def test_what_is_wrong_is_said_and_nothing_is_lost(at_desk: AtDesk) -> None:
    answer = write_down(at_desk("county"), phone="123", where="佳苑小区3号楼")
    assert answer.status_code == 422
    assert "电话号码好像不对" in sentences(answer)
    page = answer.content.decode()
    assert WORDS in page and "佳苑小区3号楼" in page and "<title>错误：代录反映" in page


def test_places_open_step_by_step_without_a_script(at_desk: AtDesk) -> None:
    desk = at_desk("city")
    assert 'name="place-township"' not in desk.see(NEW)
    page = desk.post(NEW, deepen="1", words=WORDS, **{"place-county": "610602"}).content.decode()
    assert 'name="place-township"' in page and 'name="place-village"' not in page and WORDS in page
    part = desk.see("/desk/places/", **{"place-county": "610602", "place-township": HOME_TOWNSHIP})
    assert 'name="place-village"' in part


def test_a_place_elsewhere_is_not_taken(at_desk: AtDesk) -> None:
    write_down(at_desk("county-610603"))
    assert Report.objects.get().place.code == "610603"  # the clerk's own county, not the neighbour's township


def test_the_citys_clerk_must_say_where(at_desk: AtDesk) -> None:
    answer = at_desk("city").post(NEW, words=WORDS)
    assert answer.status_code == 422 and "请选择事情发生在哪里" in sentences(answer)


def test_a_report_about_an_official_is_sealed_at_once_and_the_clerk_gets_no_link(at_desk: AtDesk) -> None:
    page = write_down(at_desk("county"), accused="on", accused_words="某局某人").content.decode()
    assert Report.objects.get().case.sealed
    assert "去办理" not in page and "某局某人" not in page


def test_a_time_that_nobody_can_read_or_that_has_not_come_is_refused(at_desk: AtDesk) -> None:
    assert "看不懂" in sentences(write_down(at_desk("county"), told_at="昨天下午"))
    assert "在将来" in sentences(write_down(at_desk("county"), told_at="2099-01-01T10:00"))
