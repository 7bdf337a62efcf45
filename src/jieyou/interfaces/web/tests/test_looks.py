"""What is sealed stays sealed on every page; a look needs a reason and is on the record before it is shown."""

from __future__ import annotations

from support.city import Town

from jieyou.interfaces.web.tests.conftest import AtDesk, Reported
from jieyou.kernel.ledger.models import Record

PHONE, NAME = "13812346021", "李小明"


def test_names_telephones_and_words_as_told_are_on_no_page(at_desk: AtDesk, reported: Reported) -> None:
    receipt = reported(name=NAME, phone=PHONE)
    page = at_desk("county").see(f"/desk/cases/{receipt.case.number}/")
    assert NAME not in page and PHONE not in page
    assert "138****6021" in page and page.count("（留痕）</a>") == 3


def test_without_a_reason_nothing_is_shown(at_desk: AtDesk, reported: Reported) -> None:
    path = f"/desk/reports/{reported(phone=PHONE).report.pk}/phone/"
    page = at_desk("county").client.post(path).content.decode()
    assert PHONE not in page and "请写明查看原因" in page
    assert not Record.objects.filter(kind="look").exists()


def test_a_look_is_shown_once_and_stays_on_the_record(
    at_desk: AtDesk, reported: Reported, town: Town
) -> None:
    receipt = reported(phone=PHONE)
    answer = at_desk("county").client.post(
        f"/desk/reports/{receipt.report.pk}/phone/", {"usual": "上门或电话回访"}
    )
    assert PHONE in answer.content.decode() and "no-store" in answer["Cache-Control"]
    page = at_desk("leader").see(f"/desk/cases/{receipt.case.number}/")
    assert PHONE not in page
    assert f"{town.account('county').name} 查看了" in page and "上门或电话回访" in page
    log = at_desk("auditor").see("/desk/looks/")
    assert f"{receipt.case.number} 电话" in log and "上门或电话回访" in log


def test_nobody_looks_at_a_report_that_is_not_his(at_desk: AtDesk, reported: Reported) -> None:
    path = f"/desk/reports/{reported(phone=PHONE).report.pk}/phone/"
    for name in ("bureau", "county-610603", "admin"):
        assert at_desk(name).client.post(path, {"why": "想看看"}).status_code == 404
    assert not Record.objects.filter(kind="look").exists()


def test_only_sealed_fields_can_be_asked_for(at_desk: AtDesk, reported: Reported) -> None:
    assert at_desk("county").status(f"/desk/reports/{reported().report.pk}/secret/") == 404
