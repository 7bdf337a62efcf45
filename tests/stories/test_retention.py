"""姓名、电话 go when their purpose is long over; what was done stays."""

from __future__ import annotations

from datetime import date

from support.city import Town

from jieyou.commons.reports import keeping
from jieyou.commons.reports.models import Report
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import verify
from jieyou.kernel.ledger.models import Record


def contacts(report: Report) -> list[str]:
    report.refresh_from_db()
    return [str(report.name), str(report.phone), report.name_blind, report.phone_blind]


def test_contacts_go_three_years_after_the_end_and_not_a_day_before(town: Town) -> None:
    item = town.concern("archived", name="张三", phone="13812345678")
    assert item.receipt is not None
    report = item.receipt.report
    with clock.moved(clock.at(date(2027, 6, 24))):
        assert keeping.erase() == 0 and all(contacts(report))
    with clock.moved(clock.at(date(2027, 6, 26))):
        assert (keeping.due().count(), keeping.erase(), keeping.erase()) == (1, 1, 0)
    assert contacts(report) == ["", "", "", ""] and report.words
    assert report.pk.hex in Record.objects.get(kind=keeping.KIND).body.replace("-", "")
    assert verify.verify_database().ok


def test_an_open_matter_keeps_them(town: Town) -> None:
    item = town.concern("tracked", name="张三", phone="13812345678")
    assert item.receipt is not None
    with clock.moved(clock.at(date(2030, 1, 1))):
        assert keeping.erase() == 0
    assert all(contacts(item.receipt.report))
