"""What a way of writing most likely means: by the words of the declared choices, then by a list of words. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from jieyou.commons.reports.columns import plain

#: Words that say that nothing is known.
NOTHING = frozenset(["", "-", "--", "—", "/", "无", "未知", "不详", "暂无", "待定", "空"])
Choices = list[tuple[str, str]]


def words_in(path: Path) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Field → ``(value, pattern)`` in the order of the file, which is the order of trying."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["field"], []).append((row["value"], _pattern(row["words"])))
    return found


def _pattern(words: str) -> re.Pattern[str]:
    """Words of one character count only where they are all that is said."""
    each = words.split("|")
    long = "|".join(re.escape(w) for w in each if len(w) > 1) or "(?!)"
    short = "|".join(re.escape(w) for w in each if len(w) == 1) or "(?!)"
    return re.compile(f"{long}|^(?:{short})$")


def value(told: str, choices: Choices, words: Iterable[tuple[str, re.Pattern[str]]]) -> str:
    """The choice that ``told`` means, or "" where it is anybody's guess."""
    said = plain(told)
    if said in NOTHING:
        return ""
    titles = {plain(title): code for code, title in choices} | {code: code for code, _ in choices}
    if said in titles:
        return titles[said]
    allowed = {code for code, _ in choices}
    by_words = next((code for code, pattern in words if code in allowed and pattern.search(said)), "")
    if by_words:
        return by_words
    inside = [
        title for title in titles if len(title) > 1 and (title in said or (said in title and len(said) > 1))
    ]
    return titles[max(inside, key=len)] if len(inside) == 1 else ""


def all_of(
    told: Iterable[str],
    choices: Choices,
    words: Iterable[tuple[str, re.Pattern[str]]],
    before: Mapping[str, str],
) -> dict[str, str]:
    """A meaning for each way of writing: what was decided before, else a guess, else "" (unknown)."""
    allowed, rules = {code for code, _ in choices}, list(words)
    return {
        one: before[one] if before.get(one, "") in allowed else value(one, choices, rules) for one in told
    }
