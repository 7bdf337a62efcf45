# pyright: strict
"""Division codes as text (pure): what a code says about its level, its line of parents and its territory.

A code is 4 digits (city), 6 (county), 9 (township), 12 (village or community), or a village code with ``g``
and a number (grid): ``610602001001g3``. Sources: GB/T 2260 (county), 统计用区划代码编制规则
国统字〔2009〕91号 (below). A code always begins with its parent's code; everything here rests on that.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["city", "county", "township", "village", "grid"]
LEVELS: tuple[Level, ...] = ("city", "county", "township", "village", "grid")
TITLES: Mapping[str, str] = {
    "city": "市",
    "county": "县（市、区）",
    "township": "乡镇（街道）",
    "village": "村（社区）",
    "grid": "网格",
}
_BY_LENGTH: Mapping[int, Level] = {4: "city", 6: "county", 9: "township", 12: "village"}
_LENGTHS = (4, 6, 9, 12)
_PLAIN = re.compile(r"\d{4}|\d{6}|\d{9}|\d{12}(g[1-9]\d{0,4})?", re.ASCII)
# Numbers of one sort lie in one block: districts/counties/county cities; 街道/镇/乡/政企合一; 居委会/村委会.
_BLOCKS: Mapping[Level, tuple[range, ...]] = {
    "county": (range(1, 21), range(21, 81), range(81, 100)),
    "township": (range(1, 100), range(100, 200), range(200, 400), range(400, 600)),
    "village": (range(1, 200), range(200, 400)),
}


class BadCode(ValueError):
    """A text that is no division code; ``sentence`` says so to a clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def plain(text: str) -> str:
    """A code as typed → as stored: full-width digits and spaces mended, filling zeros cut (610600 → 6106)."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    if len(code) == 12 and code.endswith("000"):
        code = code[:9]
    if len(code) == 9 and code.endswith("000"):
        code = code[:6]
    if len(code) == 6 and code.endswith("00"):
        code = code[:4]
    if not _PLAIN.fullmatch(code):
        raise BadCode(
            f"“{text}”不是区划编码：应为4位（市）、6位（县）、9位（乡镇、街道）或12位（村、社区）数字。"
        )
    return code


def level_of(code: str) -> Level:
    """The level that a stored code is of. Raises BadCode."""
    if not _PLAIN.fullmatch(code):
        raise BadCode(f"“{code}”不是区划编码。")
    return _BY_LENGTH.get(len(code), "grid")


def parent_level(level: Level) -> Level | None:
    """The level above; None above the city."""
    at = LEVELS.index(level)
    return LEVELS[at - 1] if at else None


def line(code: str) -> tuple[str, ...]:
    """The codes from the city down to ``code`` itself."""
    level_of(code)
    return (*(code[:n] for n in _LENGTHS if n < len(code)), code)


def parent_code(code: str) -> str:
    """The code of the place above; '' above a city."""
    return line(code)[-2] if len(code) > 4 else ""


def columns(code: str) -> dict[str, str]:
    """The level columns of a case: l2 city, l3 county, l4 township, l5 village; '' where not that deep."""
    level_of(code)
    return {f"l{at}": code[:n] if len(code) >= n else "" for at, n in enumerate(_LENGTHS, start=2)}


def column_of(code: str) -> str:
    """The level column that cases of this territory share: l2…l5 (a grid has none of its own: l5)."""
    return f"l{min(LEVELS.index(level_of(code)) + 2, 5)}"


def within(code: str) -> tuple[str, str]:
    """``(lo, hi)``: a code c lies in this territory just when ``lo <= c < hi`` (under ICU ``zh`` as well)."""
    if level_of(code) == "grid":
        return code, code + "0"  # nothing lies below a grid; no other grid's code begins so: g1, not g10
    digits = code.rstrip("9")
    if not digits:
        raise BadCode(f"“{code}”不是区划编码。")
    return code, digits[:-1] + str(int(digits[-1]) + 1)


def moved(code: str, old: str, new: str) -> str:
    """The code of something below ``old`` (or ``old`` itself) once ``old`` is called ``new``."""
    if not code.startswith(old):
        raise ValueError(f"{code} is not below {old}")
    return new + code[len(old) :]


def next_free(parent: str, like: str, taken: Collection[str]) -> str | None:
    """A code below ``parent`` that is not taken: with the last digits of ``like``, else the nearest of its
    block.

    None when the block is full (a person then has to choose).
    """
    level = level_of(like)
    tail = like[len(parent_code(like)) :]
    if level == "grid":
        numbers = [int(tail[1:]), *range(1, 100_000)]
        return next((code for n in numbers if (code := f"{parent}g{n}") not in taken), None)
    own, width = int(tail), len(tail)
    block = next((b for b in _BLOCKS.get(level, ()) if own in b), range(1, 10**width))
    numbers = [own, *(n for n in block if n > own), *(n for n in block if n < own)]
    return next((code for n in numbers if (code := f"{parent}{n:0{width}d}") not in taken), None)
