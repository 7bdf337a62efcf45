"""A running ledger as an office keeps it: made up, but with everything that real ones have. ``python -m support.ledgers OUT.xlsx``

Two sheets of items (2024年, 2025年) with a title line, a heading of two rows, cells merged downwards, odd dates, free words
for the stage, short names of units, totals and notes; and a sheet of past meetings.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

TOP = ("序号", "反映时间", "线索来源", "问题类别", "反映人", "", "所属镇街", "事项名称", "主要内容", "责任单位", "配合单位",
       "上会次数", "会议决定", "完成时限", "办理情况", "", "", "群众是否满意", "备注")  # fmt: skip
LOW = (
    "",
    "",
    "",
    "",
    "姓名",
    "联系电话",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "进展情况",
    "是否办结",
    "办结时间",
    "",
    "",
)
MEETINGS = ("会议次数", "召开时间", "主持人", "纪要期号", "参会单位")
WHERE = ("桥沟街道", "桥沟街道杨家岭社区", "南市街道", "宝塔山街道", "枣园街道", "柳林镇", "")
WHAT = ("暖气不热", "路灯不亮", "污水外溢", "电梯停运", "楼顶漏水", "道路坑洼", "停水", "消防通道堵塞", "垃圾清运不及时",
        "孩子上学远", "充电桩不足", "噪声扰民", "房产证办不下来", "欠薪", "公交站牌缺失", "边坡落石")  # fmt: skip
UNITS = ("区住建局", "住建局", "宝塔区住房和城乡建设局", "区教体局", "区人社局", "桥沟街道办", "区交通局", "区城管执法局、桥沟街道",
         "区水务局", "供热公司", "区住建局、区水务局")  # fmt: skip
STAGES = ("已办结", "已办结", "已完成", "办结", "已解决", "正在办理", "办理中", "施工中，预计月底完工", "正在协调产权单位", "未办结",
          "待上会", "已交办", "待回访", "待销号", "正在研判", "持续推进", "已转办", "见备注", "领导已批示", "")  # fmt: skip
SOURCES = (
    "12345热线",
    "12345",
    "群众来信",
    "信访局转办",
    "网格员上报",
    "大走访",
    "人大代表",
    "领导批示",
    "网民留言",
    "群众反映",
)
CATEGORIES = ("供热供水", "道路交通", "物业小区", "环境卫生", "设施损坏", "上学看病", "其他", "民生实事")
SATISFIED = ("满意", "满意", "非常满意", "基本满意", "不满意", "", "", "/")
SURNAMES = "赵钱孙李周吴郑王冯陈"


def day_words(day: date, pick: Random) -> Any:
    """A day as somebody types it."""
    forms: tuple[Any, ...] = (
        day, f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日",
        int(f"{day:%Y%m%d}"), (day - date(1899, 12, 30)).days, f"{day.year}/{day.month}", f"{day.month}.{day.day}",
        f"{day.year}-{day.month:02d}-{day.day:02d} 09:30", f"{day.year}.{day.month}.{day.day}上午",
    )  # fmt: skip
    return pick.choice(forms)


def due_words(day: date, pick: Random) -> Any:
    """A deadline as a decision has it."""
    return pick.choice(
        (
            f"{day.month}.{day.day}前",
            f"{day.month}月{day.day}日前",
            day,
            "7个工作日",
            "长期",
            f"{day.month}月底前",
            "",
        )
    )


def items(sheet: Worksheet, year: int, rows: int, meetings: list[int], pick: Random, until: date) -> None:
    """One year's sheet, with about ``rows`` rows."""
    sheet.append([f"宝塔区服务群众周“解忧”工作台账（{year}年）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(TOP))
    sheet.append(list(TOP))
    sheet.append(list(LOW))
    for column, low in enumerate(LOW, 1):
        if not low:
            sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    sheet.merge_cells("E2:F2")
    sheet.merge_cells("O2:Q2")
    first, last = date(year, 1, 3), min(date(year, 12, 20), until)
    at, span = 4, (last - first).days
    for n in range(1, rows + 1):
        told = first + timedelta(days=pick.randrange(max(span - 20, 1)))
        ended = told + timedelta(days=pick.randrange(3, 20))
        stage, seq = pick.choice(STAGES), pick.choice(meetings)
        is_done = any(word in stage for word in ("已办结", "完成", "办结", "已解决")) and "未" not in stage
        up = pick.random() < 0.4
        name = f"{pick.choice(SURNAMES)}某{n}"
        sheet.append([
            n, day_words(told, pick), pick.choice(SOURCES), pick.choice(CATEGORIES), name if pick.random() < 0.6 else "",
            f"{pick.choice(('138', '139', '150', '186'))}{pick.randrange(10**7, 10**8)}" if pick.random() < 0.5 else "", pick.choice(WHERE),
            f"{pick.choice(WHERE[:3])}{n}号楼{pick.choice(WHAT)}", f"住户反映{pick.choice(WHAT)}，已有{pick.randrange(2, 60)}天，请尽快解决。",
            pick.choice(UNITS), pick.choice(("", "", "区城管局", "桥沟街道办")), f"第{seq}次" if up else pick.choice(("", "否")),
            f"由责任单位负责，限期解决{n}" if up else "", due_words(ended, pick), pick.choice(("", "已实地查看", "设备已到货", "责任单位正在施工")),
            stage, day_words(ended, pick) if is_done else "", pick.choice(SATISFIED) if is_done else "", pick.choice(("", "", "现场会解决")),
        ])  # fmt: skip
        if n % 25 == 0:  # four rows that share source, unit and meeting
            for column in (3, 10, 12):
                for row in range(at + n - 3, at + n):
                    sheet.cell(row, column).value = None
                sheet.merge_cells(
                    start_row=at + n - 4, start_column=column, end_row=at + n - 1, end_column=column
                )
    sheet.append(["合计", None, None, None, None, None, None, f"{rows}件"])
    sheet.append(["备注：以上为各责任单位报送，办结情况以销号为准。"])


def past(sheet: Worksheet, days: dict[int, date], pick: Random) -> None:
    """The past meetings."""
    sheet.append(["历次会议"])
    sheet.append(list(MEETINGS))
    for number, day in days.items():
        said = pick.choice((f"第{number}次", number, f"服务群众周“解忧”第{number}次会议"))
        held = pick.choice(
            (day, f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}")
        )
        issue = pick.choice((f"第{number}期", ""))
        sheet.append([said, held, "区委常委、组织部部长", issue, "区住建局、区教体局"])


def write(
    path: Path, rows: int = 1000, seed: int = 1, until: date = date(2025, 12, 20), wrong: int = 8
) -> Path:
    """The workbook: ``rows`` items in two years, the meetings they name, ``wrong`` rows that cannot be right."""
    pick, book = Random(seed), openpyxl.Workbook()
    days = {n: date(2024, 5, 6) + timedelta(weeks=n) for n in range(1, 41)}
    first = book.worksheets[0]
    first.title = "2024年"
    items(first, 2024, rows // 2, [n for n, day in days.items() if day.year == 2024], pick, until)
    items(
        book.create_sheet("2025年"),
        2025,
        rows - rows // 2,
        [n for n, day in days.items() if day.year == 2025],
        pick,
        until,
    )
    past(book.create_sheet("会议"), days, pick)
    for n in range(wrong):
        sheet = book["2024年"]
        sheet.cell(6 + 7 * n, 2).value = "2024年13月8日" if n % 2 else "2024.4.31"
    book.save(path)
    return path


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("out", type=Path)
    words.add_argument("--rows", type=int, default=1000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    write(given.out, given.rows, given.seed)


if __name__ == "__main__":
    main()
