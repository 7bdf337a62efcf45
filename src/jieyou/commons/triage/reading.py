"""What a clerk's eye should find first in a message: places, times, and what is asked for. Pure.

Marks only; nothing is decided by them. Who somebody is never gets a mark: those words are covered already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["", "place", "time", "ask", "grave"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text and what it is ("": nothing in particular)."""

    kind: Kind
    text: str


_NUMBER = "0-9０-９一二三四五六七八九十"
_TIME = re.compile(
    r"(?:19|20)\d\d ?[年.\-/] ?\d{1,2} ?[月.\-/] ?\d{1,2} ?[日号]?|(?:19|20)\d\d年(?:\d{1,2}月(?:份|底|初|中旬)?)?|\d{1,2}月\d{1,2}[日号]"
    rf"|(?:今天|昨天|前天|昨晚|今早|今年|去年|前年|上周|本周|这周|上个?月|这个?月|最近|近期|春节|国庆|每天|每晚)(?:[早晚][上饭]?)?"
    rf"|(?:凌晨|早上|上午|中午|下午|晚上|夜里|半夜|深夜)(?:[{_NUMBER}]{{1,3}}点(?:半|多|[{_NUMBER}]{{1,3}}分?)?)?"
    rf"|[{_NUMBER}两几]{{1,3}}(?:多)?(?:个)?(?:天|周|星期|月|年|小时)(?:了|以来|多)?|[{_NUMBER}]{{1,3}}点(?:半|多|[{_NUMBER}]{{1,3}}分)?"
)
_END = (
    r"(?:路|街|巷|大道|小区|社区|花园|家园|村|镇|乡|街道|广场|大桥|桥|小学|中学|学校|幼儿园|医院|市场|车站"
    r"|公园|火车站|商场|工地|苑|院内|门口|路口|隧道|河|水库|沟|坪|湾)"
)
_PLACE = re.compile(
    rf"(?:[A-Za-z0-9]*[一-龥]{{1,3}}?(?:省|市|县|区))?[一-龥A-Za-z0-9](?:(?![的了是有没不把被和与及])[一-龥A-Za-z0-9]){{0,6}}?{_END}(?:[A-Za-z0-9*]{{1,3}}(?:栋|幢|号楼|单元|期|组|号))*"
)
#: Words that stand before a place's own name.
_BEFORE = re.compile(
    r"^(?:我是|我们|我家|我在|住在|位于|家住|关于|投诉|反映|举报|咨询|请求|建议|在|从|到|去|和|与|及|的|是|对|由|把|被|这个|那个|整个|每个|我们的?|我)+"
)
_ASK = re.compile(
    r"(?:(?:恳?请求?|希望|望|盼|要求|强烈要求|建议|能不能|能否|可否|是否|请问|求)(?!您好|教))[^。！!？?；;\n]{3,80}[。！!？?]?"
)


def pieces(text: str, grave: tuple[tuple[int, int], ...] = ()) -> list[Piece]:
    """The text cut into pieces; together they are the text. ``grave``: spans heard by :mod:`~jieyou.kernel.privacy.alarm`."""
    marks: list[tuple[int, int, Kind]] = [(start, end, "grave") for start, end in grave]
    for kind, spans in (("time", _spans(_TIME, text)), ("place", _places(text)), ("ask", _spans(_ASK, text))):
        marks += [
            (start, end, kind) for start, end in spans if all(end <= s or e <= start for s, e, _ in marks)
        ]  # type: ignore[misc]
    return _cut(text, sorted(marks))


def _cut(text: str, marks: list[tuple[int, int, Kind]]) -> list[Piece]:
    found, at = list[Piece](), 0
    for start, end, kind in marks:
        if start < at:
            continue
        found += [Piece("", text[at:start])] if at < start else []
        found.append(Piece(kind, text[start:end]))
        at = end
    return [*found, Piece("", text[at:])] if at < len(text) else found


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [one.span() for one in pattern.finditer(text)]


def _places(text: str) -> list[tuple[int, int]]:
    out = list[tuple[int, int]]()
    for one in _PLACE.finditer(text):
        lead = _BEFORE.match(one[0])
        start = one.start() + (lead.end() if lead else 0)
        if one.end() - start >= 3:
            out.append((start, one.end()))
    return out
