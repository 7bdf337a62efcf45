"""A text as machines read it: full-width forms, other digits, dashes and blanks made plain, one by one. Pure.

The plain copy has the same length as the text, so that a span found in it is a span of the text.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = "‐‑‒–—―−﹣－─━~～﹏"
_BLANKS = "\t\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u2060\u3000\ufeff"
_STARS = "×✕✖＊﹡※"
_SPOKEN = dict(zip("〇零○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "0001123456789123456789", strict=True))
_SPEECH = "".join(_SPOKEN)
# Seven numerals in a row, with gaps if one likes; or a mobile half in figures and half in words.
_RUN = re.compile(rf"[{_SPEECH}](?:[ \-]?[{_SPEECH}]){{6,}}")
_HALF = re.compile(rf"[1一幺壹](?<![0-9{_SPEECH}].)[3-9三四五六七八九][0-9{_SPEECH}]{{9}}(?![0-9{_SPEECH}])")


def _table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    others = (chr(code) for code in (*range(0x660, 0xFFFF), *range(0x1D7CE, 0x1D800)))
    table |= {c: str(unicodedata.decimal(c)) for c in others if c.isdecimal()}
    return table | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_STARS, "*")


_TABLE = _table()
_ODD = re.compile(f"[{re.escape(''.join(_TABLE))}]")


def plain(text: str) -> str:
    """``text`` of the same length with １→1, Ａ→A, ：→:, —→-, ×→* and blanks made spaces.

    Chinese numerals are digits only in runs of seven and more (一三八…): a telephone in words, never a year.
    """
    smooth = _ODD.sub(lambda odd: _TABLE[odd.group()], text)
    return _HALF.sub(_figures, _RUN.sub(_figures, smooth))


def _figures(run: re.Match[str]) -> str:
    return "".join(_SPOKEN.get(c, c) for c in run.group())
