"""Papers in the hands of a clerk: drafted, signed, numbered without gaps, frozen, never on two pages where one is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from support.city import MEETING_DAY, Town

from jieyou.commons.meetings.papers import draft_all
from jieyou.commons.papers import acts, filing, may, own, registry, render, rules, word
from jieyou.commons.papers.models import Paper
from jieyou.commons.papers.sheet import Form, Sheet, fitted
from jieyou.interfaces.demo.papers import completion_sheet
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Overtaken, Refused

LONG = "更换供热管段并恢复路面，逐户排查立管，做好入户解释和临时取暖安排；" * 150


@pytest.fixture
def task(town: Town) -> Iterator[Case]:
    """The bureau's task of a concern of 宝塔区, some days after the meeting."""
    item = town.concern("tracked")
    with clock.moved(clock.at(MEETING_DAY.replace(day=12), 10)):
        yield Case.objects.select_related("home", "holder", "place", "parent").get(
            parent=item.case, kind="lead"
        )


def urging(town: Town, task: Case) -> Paper:
    return acts.draft(task, "urging", town.actor("county"))


def test_a_draft_says_so_and_has_no_number(town: Town, task: Case) -> None:
    paper = urging(town, task)
    assert (paper.state, paper.number, render.sheet(paper).draft) == ("draft", "", True)
    assert render.file_name(paper) == "催办单（草稿）"


def test_an_issued_paper_has_its_number_its_day_and_its_file(town: Town, task: Case) -> None:
    paper = acts.issue(urging(town, task), town.actor("county"))
    assert paper.number == "宝塔区社工催〔2024〕1号" and paper.fields["day"] == "2024年6月12日"
    text = "\n".join(line.text for line in docx.Document(BytesIO(filing.kept(paper))).paragraphs)
    assert paper.number in text and "草稿" not in text
    assert town.events(task)[-1].title == "印发公文"


def test_what_went_out_cannot_be_changed(town: Town, task: Case) -> None:
    paper = acts.issue(urging(town, task), town.actor("county"))
    with pytest.raises(Refused, match="已印发"):
        acts.edit(paper, town.actor("county"), words="改一改")
    with pytest.raises(Refused, match="已印发"):
        acts.issue(paper, town.actor("county"))


def test_a_voided_number_is_used_by_no_other(town: Town, task: Case) -> None:
    county = town.actor("county")
    first = acts.issue(urging(town, task), county)
    with pytest.raises(Refused, match="作废原因"):
        acts.void(first, county, " ")
    acts.void(first, county, "对象写错")
    assert acts.issue(urging(town, task), county).number == "宝塔区社工催〔2024〕2号"


def test_a_letter_of_supervision_waits_for_its_signature(town: Town, task: Case) -> None:
    county = town.actor("county")
    paper = acts.draft(task, "supervision_letter", county)
    with pytest.raises(Refused, match="还没有签发"):
        acts.issue(paper, county)
    approval = acts.send(paper, county)
    with pytest.raises(Refused, match="待签批"):
        acts.edit(paper, county, words="悄悄改")
    town.act(approval, "sign", "leader")
    paper = Paper.objects.select_related("case", "unit").get(pk=paper.pk)
    assert acts.issue(paper, county).number == "宝塔区社工督〔2024〕1号"


def test_a_signature_on_paper_serves_as_well(town: Town, task: Case) -> None:
    paper = acts.draft(task, "interview", town.actor("county"))
    approval = acts.send(paper, town.actor("county"))
    completion_sheet(approval, town.actor("county"))
    town.act(approval, "enter", "county", signed_by="王部长", signed_on="2024-06-12")
    town.act(approval, "confirm", "leader")
    paper.refresh_from_db()
    assert (paper.state, paper.signed_by) == ("signed", "王部长")


def test_of_two_clerks_at_one_draft_the_second_reads_a_sentence(town: Town, task: Case) -> None:
    paper = urging(town, task)
    same = Paper.objects.select_related("case", "unit").get(pk=paper.pk)
    acts.edit(paper, town.actor("county"), words="第一位的话")
    with pytest.raises(Overtaken):
        acts.edit(same, town.actor("leader"), words="第二位的话")


@pytest.mark.races
def test_two_issuers_at_once_leave_no_gap_and_no_double(town: Town, transactional_db: None) -> None:
    item, county = town.concern("tracked"), town.actor("county")
    task = Case.objects.select_related("home", "holder", "place", "parent").get(parent=item.case, kind="lead")
    drafts = [acts.draft(task, "urging", county) for _ in range(12)]

    def issue(paper: Paper) -> str:
        try:
            return acts.issue(Paper.objects.select_related("case", "unit").get(pk=paper.pk), county).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = list(pool.map(issue, drafts))
    year = clock.today().year
    assert sorted(numbers) == sorted(f"宝塔区社工催〔{year}〕{n}号" for n in range(1, 13))


def test_a_failed_issue_gives_its_number_back(
    town: Town, task: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(word, "draw", lambda sheet: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError):
            acts.issue(urging(town, task), town.actor("county"))
    assert acts.issue(urging(town, task), town.actor("county")).number.endswith("〕1号")


def test_the_words_before_the_number_are_the_offices_own(town: Town, task: Case) -> None:
    rules.change("urging", town.unit("office"), "宝解忧办", "no", False, town.actor("county"))
    assert acts.issue(urging(town, task), town.actor("county")).number == "宝解忧办〔2024〕1号"


def heights(sheet: Sheet) -> float:
    """Points that the blocks of an order take in Word: marks, the number's line, the form's fixed rows."""
    rows = next(block for block in sheet.blocks if isinstance(block, Form)).rows
    return sum(height for height, _ in rows) * 72 / 25.4 + 2 * 46 + 8 + word.PITCH


@pytest.mark.parametrize("words", ["更换管段。", LONG, "一\n" * 400, "A" * 6000])
def test_an_order_is_one_page_however_long_the_task(town: Town, task: Case, words: str) -> None:
    paper = acts.draft(task, "order", town.actor("county"), words=words, matter="很长的名称" * 40)
    assert re.findall(rb"/Count (\d+)", render.as_pdf(paper)) == [b"1"]
    sheet = render.sheet(paper)
    assert all(block.fixed for block in sheet.blocks if isinstance(block, Form))
    assert heights(sheet) < 22 * word.PITCH - word.PITCH / 2


def test_what_does_not_fit_is_cut_and_says_where_the_whole_is() -> None:
    short, size = fitted("更换管段", 128, 62, (12.0, 9.0), "（全文见纪要）")
    assert (short, size) == ("更换管段", 12.0)
    cut, size = fitted(LONG, 128, 62, (12.0, 9.0), "（全文见纪要）")
    assert size == 9.0 and len(cut) < len(LONG) and cut.endswith("……\n（全文见纪要）")


def test_every_kind_is_drawn_from_what_the_case_knows(town: Town, task: Case) -> None:
    assert task.parent is not None
    cases = {"assignment": task, "jieyou": task.parent, "meeting": Case.objects.get(loop="meeting")}
    for kind in registry.kinds().values():
        near = next((cases[loop] for loop in kind.of if loop in cases), None)
        if near is None:
            continue
        paper = acts.written(near, kind, town.actor("county"))
        assert render.docx(paper)[:2] == b"PK" and render.text(paper), kind.code
        assert "13812346021" not in render.text(paper)


def test_minutes_and_every_order_come_in_one_click(town: Town) -> None:
    town.concern("decided")
    meeting = Case.objects.select_related("home", "holder", "place").get(loop="meeting")
    made = draft_all(meeting, town.actor("county"))
    assert made[0].kind == "minutes" and {paper.kind for paper in made[1:]} == {"order"}
    assert {paper.about for paper in made[1:]} >= {town.unit().name}
    assert draft_all(meeting, town.actor("county")) == []


def test_another_countys_clerk_writes_and_reads_nothing(town: Town, task: Case) -> None:
    paper, stranger = urging(town, task), town.actor("county-610603")
    with pytest.raises(Refused, match="办理"):
        acts.draft(task, "urging", stranger)
    with pytest.raises(Refused, match="办理"):
        acts.edit(paper, stranger, words="改")
    assert may.read_by(stranger, [paper]) == []


def test_the_unit_reads_an_order_when_it_is_out_not_before(town: Town, task: Case) -> None:
    paper, bureau = acts.draft(task, "order", town.actor("county")), town.actor("bureau")
    assert may.read_by(bureau, [paper]) == []
    assert may.read_by(bureau, [acts.issue(paper, town.actor("county"))]) == [paper]


def template(*lines: str) -> bytes:
    made, out = docx.Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def test_an_office_uses_its_own_template_and_goes_back(town: Town, task: Case) -> None:
    county, kind, paper = town.actor("county"), registry.kind("urging"), urging(town, task)
    mine = ContentFile(template("本单位的催办单", "{{ 主送 }}", "{{ 正文 }}"), name="催办.docx")
    row = own.upload(kind, town.unit("office"), mine, county, render.values(paper))
    said = [line.text for line in docx.Document(BytesIO(render.docx(paper))).paragraphs]
    assert said[:2] == ["本单位的催办单", paper.fields["to"]]
    own.withdraw(row, county, kind)
    assert "本单位的催办单" not in [
        line.text for line in docx.Document(BytesIO(render.docx(paper))).paragraphs
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("{{ 群众电话 }}",), "不认识的变量：群众电话"),
        (("{{ 主送 ",), "写错的标记|填不出来|不能作模板"),
        (("{{ ''.__class__.__mro__ }}",), "填不出来"),
        (("{% for n in range(10**9) %}x{% endfor %}",), "不认识的变量：range"),
    ],
)
def test_a_bad_template_is_refused_with_what_is_wrong(
    town: Town, task: Case, lines: tuple[str, ...], sentence: str
) -> None:
    values = render.values(urging(town, task))
    with pytest.raises(Refused, match=sentence):
        own.filled(template(*lines), registry.kind("urging"), values)
    with pytest.raises(Refused, match="不是 Word"):
        own.filled(b"not a zip", registry.kind("urging"), values)


def test_a_paper_changed_past_the_door_is_found(town: Town, task: Case) -> None:
    paper = acts.issue(urging(town, task), town.actor("county"))
    assert [change.why for change in tracked.history(paper)] == ["起草催办单", "印发"]
    Paper.objects.filter(pk=paper.pk).update(text="别的话")
    assert not verify.verify_database().ok
