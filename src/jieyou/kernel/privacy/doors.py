"""Door numbers in free text: 3栋2单元501室, 5-2-301, 3组12号. A building alone is nobody's door. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_C = "零〇一二两三四五六七八九十百"
_N = rf"(?:[A-Za-z]?\d{{1,4}}[A-Za-z]?|[{_C}]{{1,4}}|[A-Za-z甲乙丙丁东西南北])"
_S = r"[ \-#]{0,2}"
_BUILDING = rf"{_N} ?(?:号楼|号院|号[栋幢座]|[栋幢座]|#楼?|楼(?=[ \-]?{_N} ?(?:单元|门))|排|弄|期)"
_UNIT = rf"{_N} ?(?:单元|梯|门(?=[ \-]?\d{{3}}))"
_FLOOR = rf"{_N} ?[楼层]"
_SIDE = r"(?:[东西南北中左右][户门]|左手|右手|对门|[0-9一二三四五六]{1,2} ?户|[东西中](?![一-龥]))"
#: What follows a number that counts something.
_COUNTS = r"(?![0-9A-Za-z]|[.,]\d|[-~至到]\d|[个人户多余年月日元万千百套平米㎡斤度吨亩米次分位名家辆棵台件条份块路级线栋单层楼])"
_HOUSE = r"房(?![产屋价租贷款子东型管改费源])"
_ROOM = (
    rf"(?:[A-Za-z]?\d{{3,4}} ?(?:室|号?{_HOUSE}|号|户(?![型居人业村]))|[A-Za-z]?\d{{3,4}}{_COUNTS}"
    rf"|[{_C}]{{3,4}} ?(?:室|号?{_HOUSE}|号|户)|[零〇一二三四五六七八九]{{3,4}}{_COUNTS})"
)
_SMALL = rf"(?:{_N} ?[室号户房门])"

_HOME = re.compile(
    rf"(?<![0-9A-Za-z*.{_C}])(?:"
    rf"(?:{_BUILDING}{_S}){{0,3}}{_UNIT}{_S}(?:{_FLOOR}{_S})?(?:{_ROOM}|{_SMALL}|{_SIDE})"
    rf"|(?:{_BUILDING}{_S}){{1,3}}(?:{_FLOOR}{_S})?{_ROOM}"
    rf"|(?:{_BUILDING}{_S}){{0,3}}{_UNIT}{_S}{_FLOOR}(?:{_S}{_SIDE})?"
    rf"|(?:{_BUILDING}{_S}){{1,3}}{_FLOOR}{_S}(?:{_SMALL}|{_SIDE})"
    rf"|(?:{_BUILDING}{_S}){{1,3}}{_N} ?号(?![楼院线栋井电])"
    rf"|(?:{_BUILDING}{_S}){{1,3}}\d{{1,2}}-\d{{3,4}}(?:室|房|号)?(?![0-9\-.年元]|平)"
    rf"|\d{{1,2}} ?(?:[栋幢座]|号楼|#)?-\d{{1,2}}-\d{{3,4}}(?:室|房|号)?(?![0-9\-.年元]|平)"
    rf"|\d{{1,2}}-(?!20[012]\d|19\d\d)\d{{3,4}} ?(?:室|号房|房)(?![产屋价])"
    rf"|[A-Za-z]?\d{{3,4}} ?(?:室(?![内外])|号?{_HOUSE})"
    rf"|[{_C}]{{3,4}} ?(?:室(?![内外])|号房(?![产屋子]))"
    r")"
)
_VILLAGE = re.compile(
    rf"(?<![0-9{_C}])(?:第?{_N} ?[组队社屯] ?(?:第?{_N} ?[排巷] ?)?|第?{_N} ?[排巷弄] ?|(?:[巷弄]|胡同) ?)"
    rf"(?:门牌)?第?[0-9{_C}]{{1,4}} ?号(?![楼线文井店坑])|[0-9{_C}]{{1,3}} ?号(?:窑洞|窑|宅)"
)
_LIVES = re.compile(
    r"(?:[家居]?住(?:在|于|址)?|家庭?[住地]址|地址|住所|住处|家在|户籍(?:所在)?地?|户口(?:所在)?地?|邮寄地址|门牌(?:号码?)?)"
    r"(?:[^\n。!;?]{0,30}?[路街道巷村里坊园区弄庄沟坪湾镇乡川梁峁塬坡城]|[^\n。!;?0-9]{0,3})(?:[:为是 ]{0,2})"
    r"(?P<door>(?:附|甲|乙)?[0-9]{1,5}(?:[\-之]\d{1,4})? ?号(?:附\d+号)?(?![楼线文机]))"
)
_BOARD = re.compile(r"门牌(?:号码?)?(?:[:为是 ]{0,3})(?P<door>[0-9]{1,5}(?:-\d{1,4}){0,2}(?: ?号)?)")
#: Every door has one of these; it is looked for around them only.
_ANCHOR = re.compile(
    rf"[室房栋幢座排弄巷组队社屯#梯号](?<=[0-9A-Za-z{_C} ].)|单元|-\d{{1,2}}-\d{{3}}|\d-\d{{3,4}} ?[室房]|[0-9]门|胡同|门牌"
)
_BEHIND, _AHEAD = 16, 30


def spans(smooth: str) -> Iterator[Span]:
    """Where a door is told in a :func:`.plain.plain` text. Spans may overlap."""
    for start, end in _windows(smooth):
        for pattern in (_HOME, _VILLAGE):
            yield from (
                one.span()
                for one in pattern.finditer(smooth, start, end)
                if not _counted(smooth, *one.span())
            )
    for pattern in (_LIVES, _BOARD):
        yield from (one.span("door") for one in pattern.finditer(smooth))


def _counted(smooth: str, start: int, end: int) -> bool:
    """共25栋1703户: so many, not which."""
    return smooth[end - 1] == "户" and any(c in "共计有约达" for c in smooth[max(0, start - 2) : start])


def _windows(smooth: str) -> list[Span]:
    """Pieces of the text around the anchors, run together where they touch."""
    found: list[Span] = []
    for one in _ANCHOR.finditer(smooth):
        start, end = max(0, one.start() - _BEHIND), min(len(smooth), one.end() + _AHEAD)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def covered(door: str) -> list[int]:
    """Which characters of a door number tell the door: figures and letters."""
    return [i for i, c in enumerate(door) if (c.isascii() and c.isalnum()) or c in _C]
