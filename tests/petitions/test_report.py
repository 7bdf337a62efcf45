"""信访工作年度报告 (条例第四十一条): what it must say, for the 信访局 itself, each number open."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import docx

from jieyou.interfaces.documents import reports
from jieyou.interfaces.documents.reports import Report
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.loop import opening
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree
from petitions.letters import Letters, staff

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def test_the_year_is_told_with_fields_units_and_suggestions(letters: Letters) -> None:
    for _ in range(5):
        letters.sent()
    letters.come(accused=True)
    advice = {
        "title": "规范兑付",
        "advice": "improve",
        "found": "补偿款兑付台账一直没有公开",
        "proposal": "建立兑付台账并按月公示",
    }
    case = opening.begin("petition_advice", letters.town.actor("petition"), advice)
    case = letters.do(case, "send", "petition-head-610602", to=letters.town.unit())
    letters.do(case, "reply", "bureau", adoption="adopted", answer="已经建立兑付台账，按月在村务公开栏公示。")
    scope = Scope(tree.by_code("610602"), *YEAR)
    made = Report("petitions", scope, reports.before(scope), SYSTEM)
    file = docx.Document(BytesIO(made.docx()))
    cells = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]
    assert made.title == "宝塔区信访工作年度报告"
    assert ["宝塔区住房和城乡建设局", "5件"] in cells, "five are many here; the sealed one is nowhere"
    assert "转送5件次" in "".join(p.text for p in file.paragraphs)
    assert "采纳率100.0%" in "".join(p.text for p in file.paragraphs)


def test_the_petition_office_reads_its_report_and_opens_its_numbers(letters: Letters) -> None:
    letters.sent()
    clerk, days = staff(letters, "petition"), "?from=2024-01-01&to=2024-12-31"
    page = clerk.get(f"/desk/bulletins/petitions/{days}").content.decode()
    url = re.findall(r'href="([^"]*petitions\.fields[^"]*part=urban[^"]*)"', page)[0].replace("&amp;", "&")
    assert "共 1 条" in clerk.get(url).content.decode()
    assert clerk.get(f"/desk/bulletins/petitions/file.pdf{days}")["Content-Type"] == "application/pdf"
    gone = (
        "/desk/bulletins/annual/",
        "/desk/figures/jieyou.received/",
        "/desk/figures/",
        f"/desk/bulletins/petitions/{days}&place=6107",
    )
    assert {clerk.get(path).status_code for path in gone} == {404}
    assert staff(letters, "bureau").get(f"/desk/bulletins/petitions/{days}").status_code == 404
