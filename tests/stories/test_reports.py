"""周报、月报、年报 come out of the same records as the pages, in one language, as page, Word, PDF and workbook."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.template import Context, TemplateDoesNotExist
from django.test import Client
from support.city import Town

from jieyou.interfaces.cli import figures
from jieyou.interfaces.documents import language, reports, workbook
from jieyou.interfaces.documents.language import UnknownFigure, change
from jieyou.interfaces.documents.reports import KINDS, Report
from jieyou.kernel.indicator.declare import Computed, Scope
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.places import tree

MAY = (date(2024, 5, 1), date(2024, 5, 31))


def report(kind: str = "monthly", code: str = "610602", public: bool = False) -> Report:
    scope = Scope(tree.by_code(code), *MAY)
    return Report(kind, scope, reports.before(scope), SYSTEM, public)


def words(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells])


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_any_kind_is_a_page_a_word_file_and_a_pdf(kind: str, town: Town) -> None:
    town.concern("clue")
    made = report(kind)
    assert ("事项0件" if kind == "petitions" else "事项1件") in words(made.docx())
    assert made.pdf().startswith(b"%PDF")
    assert not re.search("[\ue000-\ue003{}]", words(made.docx()))


def test_the_page_links_each_number_to_its_list(town: Town, client: Client) -> None:
    town.concern("clue")
    client.force_login(town.account("county"), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/bulletins/monthly/?from=2024-05-01&to=2024-05-31").content.decode()
    url, number = re.findall(r'<a class="s-n" href="([^"]*jieyou.received[^"]*)">(\d+)</a>', page)[0]
    assert number == "1" and "共 1 条" in client.get(url.replace("&amp;", "&")).content.decode()


def test_an_unknown_figure_in_a_template_is_a_sentence(town: Town, monkeypatch: Any, tmp_path: Path) -> None:
    (tmp_path / "monthly.txt").write_text('本月{{ "jieyou.nothing"|figure }}件', encoding="utf-8")
    monkeypatch.setattr(reports, "TEMPLATES", tmp_path)
    with pytest.raises(UnknownFigure, match="没有名为"):
        report().docx()


def test_a_template_reads_no_file_and_calls_nothing(town: Town) -> None:
    with pytest.raises(TemplateDoesNotExist):
        language.engine(report()).from_string('{% include "web/desk.html" %}').render(Context({}))


def test_in_public_few_are_not_told_apart(town: Town) -> None:
    town.concern("clue")
    assert "事项少于5件" in words(report(public=True).docx())


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(("12", None), ("10", None), "比上期增加20.0%"), (("10", None), ("10", None), "与上期持平"), (("3", None), ("0", None), "比上期增加3"),
     (("90.5", 9), ("91.0", 9), "比上期下降0.5个百分点"), (("", 0), ("1", 1), "上期没有可比的数")],
)  # fmt: skip
def test_changes_in_words(now: tuple[str, int | None], before: tuple[str, int | None], said: str) -> None:
    first, second = (Computed(value, value, 1, over) for value, over in (now, before))
    assert change(first, second) == said


def test_the_workbook_has_every_figure_with_meaning_and_count(town: Town) -> None:
    town.concern("clue")
    book = openpyxl.load_workbook(BytesIO(workbook.write(Scope(tree.by_code("6106"), *MAY))))
    rows = {row[11]: row for row in book["指标"].iter_rows(min_row=4, values_only=True)}
    assert set(rows) == set(indicators())
    assert rows["jieyou.received"][:7] == ("收到事项", None, "1", "件", 1, 1, None)
    assert len(list(book["分地区"].iter_rows(min_row=4, values_only=True))) == 13
    assert {row[6] for row in book["对照"].iter_rows(min_row=4, values_only=True)} == {"已计算", "尚未建设"}


def test_the_command_writes_what_the_ending_says(town: Town, tmp_path: Path) -> None:
    for ending, begins in (("html", b"<!doctype html>"), ("docx", b"PK"), ("pdf", b"%PDF")):
        out = tmp_path / f"年报.{ending}"
        figures.annual("610602", "2024-04-22", "2025-04-22", out)
        assert out.read_bytes().startswith(begins)
