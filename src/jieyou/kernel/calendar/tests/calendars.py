"""Calendars that the tests share, without a database."""

from datetime import date
from functools import cache

from hypothesis import strategies as st

from jieyou.kernel.calendar import packaged
from jieyou.kernel.calendar.workdays import Days

# A notice made up for tests: that of 2027 was not published when they were written.
TITLE_2027 = "（测试）国务院办公厅关于2027年部分节假日安排的通知"
TEXT_2027 = """\
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（农历正月初七、周五）放假调休，共8天。1月30日（周六）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@cache
def published() -> Days:
    """The packaged calendar, 2010–2026."""
    works = {row.day: row.works for notice in packaged.notices() for row in notice.days}
    return Days(
        off=frozenset(day for day, on in works.items() if not on and day.weekday() < 5),
        on=frozenset(day for day, on in works.items() if on and day.weekday() >= 5),
        years=frozenset(notice.year for notice in packaged.notices()),
    )


dates = st.dates(date(2000, 1, 1), date(2040, 12, 31))
numbers = st.integers(0, 400)
