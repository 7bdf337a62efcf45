"""``jieyou calendar add``: a start day and a number of working days on each line."""

import re
import unicodedata
from datetime import date

from jieyou.kernel.calendar.workdays import Days

MOST = 5000  # working days, some twenty years: more is a slip of the pen
_LINE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[\s,;]+(\d+)")


def answer(line: str, days: Days) -> str:
    """``2025-09-28 15`` → ``2025-10-24``, with `` 暂定`` where the calendar is not published that far.

    ``ValueError`` with a sentence for a line that is not a day and a number of working days.
    """
    text = unicodedata.normalize("NFKC", line).strip()
    found = _LINE.fullmatch(text)
    if not found:
        raise ValueError(f"看不懂这一行：“{text}”。请写成：2025-09-28 15（起算日、工作日数）。")
    year, month, day, n = (int(part) for part in found.groups())
    if n > MOST:
        raise ValueError(f"工作日数太大：{n}，最多{MOST}。")
    try:
        return str(days.add(date(year, month, day), n))
    except (ValueError, OverflowError):
        raise ValueError(f"没有这一天：{year}-{month:02}-{day:02}。") from None
