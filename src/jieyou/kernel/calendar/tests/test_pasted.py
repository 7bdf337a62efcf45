"""What a clerk pastes is read, or refused with the number of the line."""

from datetime import date

import pytest

from jieyou.kernel.calendar.notices import Arranged, BadNotice
from jieyou.kernel.calendar.pasted import parse
from jieyou.kernel.calendar.tests.calendars import TEXT_2027

AROUND = """\
国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
{}
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。

国务院办公厅
2026年11月4日
"""


def refused(*lines: str, year: int | None = None) -> tuple[str, ...]:
    with pytest.raises(BadNotice) as caught:
        parse(lines, year)
    return caught.value.sentences


def test_one_day_on_a_line():
    assert parse(["2027-01-01 休 元旦", "2027-01-03 班 调休"]) == [
        Arranged(date(2027, 1, 1), False, "元旦"),
        Arranged(date(2027, 1, 3), True, "调休"),
    ]


def test_a_stretch_on_a_line_and_a_working_day_without_a_name():
    rows = parse(["2027/2/5至2027/2/7，休，春节", "", "２０２７年１月３０日 班"])
    assert [row.day.day for row in rows] == [30, 5, 6, 7]
    assert rows[0] == Arranged(date(2027, 1, 30), True, "调休")


def test_the_whole_notice_is_read_and_its_frame_passed_over():
    whole = parse(AROUND.format(TEXT_2027).splitlines(), 2027)
    assert whole == parse(TEXT_2027.splitlines(), 2027)
    assert sum(not row.works for row in whole) == 3 + 8 + 3 + 5 + 1 + 1 + 7
    assert [f"{row.day:%m%d}" for row in whole if row.works] == [
        "0130",
        "0220",
        "0425",
        "0508",
        "0926",
        "1009",
    ]


def test_what_is_only_encouraged_is_not_a_rest_day():
    text = "二、春节：2月10日至17日放假调休，共8天。鼓励各单位安排职工在除夕（2月9日）休息。"
    assert date(2024, 2, 9) not in [row.day for row in parse([text], 2024)]


def test_each_bad_line_is_named():
    faults = refused("2027-01-01 休 元旦", "2027-02-30 休 春节", "一月三日上班吗", "2027-04-05 休")
    assert [fault[:4] for fault in faults] == ["第2行：", "第3行：", "第4行："]
    assert "没有2027年2月30日这一天" in faults[0]
    assert "看不懂" in faults[1]
    assert "没有写节日名称" in faults[2]


def test_a_weekday_that_does_not_fit_is_asked_about():
    (fault,) = refused("五、端午节：6月9日（周四）放假1天。", year=2027)
    assert fault == "第1行：2027年6月9日（星期三），通知里写的是星期四，请核对。"


def test_a_number_of_days_that_does_not_fit_is_asked_about():
    (fault,) = refused("二、春节：2月5日至12日放假调休，共9天。", year=2027)
    assert "写的是9天，按日期数是8天" in fault


def test_a_notice_in_its_own_words_needs_the_year():
    assert "请先填写年份" in refused("一、元旦：1月1日放假1天。")[0]


def test_a_stretch_that_runs_backwards_or_for_weeks_is_refused():
    assert "不像一个假期" in refused("2027-02-12至2027-02-05 休 春节")[0]
    assert "不像一个假期" in refused("2027-01-05至2027-02-05 休 春节")[0]


def test_a_sentence_that_orders_neither_rest_nor_work_is_refused():
    assert "没有写放假还是上班" in refused("一、元旦：1月1日放假，1月2日另行通知。", year=2027)[0]


def test_an_extension_in_other_words_is_refused_rather_than_half_read():
    assert "看不懂" in refused("延长2020年春节假期至2月2日，2月3日起正常上班。", year=2020)[0]
