"""Names of people in free text: where somebody is named, by what stands before or after. Pure.

No list tells a name from a word (高兴 and 高欣), so a name is believed only beside a cue: 我叫…, 联系人…, …女士, a
telephone, a signature. Strong cues (我叫) need a surname; weak ones (村民, 丈夫) also a clear end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jieyou.kernel.privacy import name_words as words
from jieyou.kernel.privacy.trie import trie

Span = tuple[int, int]

_DOUBLE = "|".join(words.DOUBLE)
_DOUBLES = frozenset(words.DOUBLE)
_SINGLE, _GIVEN, _NO_END = words.SINGLE, frozenset(words.GIVEN), frozenset(words.NO_END)
_TITLES, _WORDS = frozenset(words.TITLES), frozenset(words.NOT_NAMES)
_RARE = "于向"  # words more often than surnames: believed after the strong cues only


_HAN = "[一-龥]"
_SURNAME = rf"(?:{_DOUBLE}|[{_SINGLE}])"
_STRONG_SURNAME = rf"(?:{_DOUBLE}|[{_SINGLE}{_RARE}])"
_IS = r"(?:叫做?|名叫|是|为|[:;(【\[, ]){0,3}"
_FOLLOWS = trie(words.FOLLOWS)
_END = rf"(?=[^一-龥]|$|{_FOLLOWS})"
_FIRM = (
    r"(?=[^一-龥A-Za-z·]|$|今年|现年|年龄|身份证|电话|手机|联系|住址|住在|家住|家庭|户籍|籍贯|[男女](?![一-龥])"
    r"|汉族|反映|投诉|申请|举报|同志|夫妇|夫妻|一家|等人|名下|的)"
)

_STRONG = re.compile(rf"{trie(words.CUES)}{_IS}(?={_STRONG_SURNAME}{_HAN}|{_HAN}{{2,6}}·)")
_WEAK = re.compile(rf"{trie(words.ROLES)}(?:叫|名叫|是|[:( ])?(?={_SURNAME}{_HAN})")
_LONG = re.compile(rf"{_HAN}{{2,6}}(?:·{_HAN}{{2,6}})+")
_HIDDEN = re.compile(
    rf"某(?<=[{_SINGLE}]某)(?:某{_HAN}?{_FIRM}|某|{_HAN}{_FIRM}|[{''.join(_GIVEN)}](?![院校局家])"
    r"|(?![些种个人部地年月日天区县市镇乡村局单公领项次时处位名条类段方家产银医学]))"
)
_CALLED = re.compile(
    rf"(?P<name>(?:{_DOUBLE}|[{_SINGLE}于]){_HAN}{{0,2}}?)(?P<title>{trie((*words.TITLES, *words.POSTS))})(?!傅)"
)
_NUMBER = (
    r"(?:1[3-9*]\d[ \-]?[\d*]{4}[ \-]?\d{4}|0\d{2,3}[ \-]?\d{7,8}|[2-8]\d{6,7}|\d{6}[\d*]{8,11}[0-9Xx])(?!\d)"
)
_DIGITS = re.compile(r"\d[\d*]{3}")
_BEFORE_NUMBER = re.compile(
    rf"(?<![一-龥])(?={_SURNAME})({_HAN}{{2,4}}?)"
    rf"(?:[,:;( ]|男|女|的|电话|手机号?|联系方式|号码|身份证号?|为|是){{0,6}}{_NUMBER}"
)
_AFTER_NUMBER = re.compile(
    rf"{_NUMBER}[ ,(:;]{{0,3}}(?:联系人|机主|户主)?[: ]?({_SURNAME}{_HAN}{{1,2}})(?=[),.。;、，!\s]|$)"
)
_SIGNED = re.compile(
    rf"(?:[。!！?？.\n]|敬礼|敬上|感谢|谢谢)\s*({_SURNAME}{_HAN}{{1,2}})\s*(?=$|\n|(?:19|20)\d\d[年.\-/]|敬上|拜上|叩)"
)
_NEXT = re.compile(rf"[、及和与]({_SURNAME}{_HAN}{{1,2}})(?=[、，,及和与等。;()\s])")
#: What may stand before a name that only a title tells: else 保安师傅 would be Mr. 安.
_LEADS = frozenset("的是叫找问由给与跟对让请被为说有在到了位名人主户民居长员工师客托系及和")
_NOT_TITLED = re.compile(
    r"(?:同车|保安|主管|高管|物管|城管|[各男女双对地]方|由于|关于|主任|我和|[你他她和跟]和|班主任|离任|现任|前任|一时|有时|及时|农村|公安|治安|中心|面向|方向|单身)$"
)


def spans(smooth: str) -> Iterator[Span]:
    """Where somebody is named in a :func:`.plain.plain` text. Spans may overlap."""
    found: list[Span] = []
    for finder in (_cued, _titled, _hidden, _by_number, _signed):
        found += finder(smooth)
    yield from found
    for _, end in found:
        while one := _NEXT.match(smooth, end):
            if not _is_word(one[1]):
                yield one.span(1)
            end = one.end(1)


def title_length(name: str) -> int:
    """How many characters at the end are a title (张女士 → 2), which says nothing of who it is."""
    one = _CALLED.fullmatch(name)
    return len(one["title"]) if one else 0


def surname_length(name: str) -> int:
    """1, or 2 for 欧阳."""
    return 2 if name[:2] in _DOUBLES else 1


def _cued(smooth: str) -> Iterator[Span]:
    for cue in _STRONG.finditer(smooth):
        if end := _end(smooth, cue.end(), firm=False):
            yield cue.end(), end
    for cue in _WEAK.finditer(smooth):
        if end := _end(smooth, cue.end(), firm=True):
            yield cue.end(), end


def _end(smooth: str, start: int, firm: bool) -> int:
    """Where the name that begins here ends; 0: it is none."""
    if long := _LONG.match(smooth, start):
        return long.end()
    head = surname_length(smooth[start : start + 2])
    if head == 1 and smooth[start : start + 2] in _WORDS:
        return 0
    for pattern, given in _ENDS:
        end = start + head + given
        name = smooth[start:end]
        if len(name) < head + given or not pattern.match(smooth, end) or not _all_han(name):
            continue
        if firm and (_is_word(name) or (pattern is _LOOSE_END and name[head] not in _GIVEN)):
            continue
        return end
    name = smooth[start : start + head + 2]
    return start + len(name) if len(name) == head + 2 and _made_of_names(name[head:]) else 0


def _all_han(name: str) -> bool:
    return all(_han(c) for c in name)


def _made_of_names(given: str) -> bool:
    return all(c in _GIVEN for c in given)


_CLEAR_END, _LOOSE_END = re.compile(_FIRM), re.compile(_END)
_ENDS = ((_CLEAR_END, 1), (_CLEAR_END, 2), (_LOOSE_END, 2), (_LOOSE_END, 1))


def _is_word(name: str) -> bool:
    """A word that begins like a name (高度重), or ends as no name does (江西人)."""
    return name[:2] in _WORDS or (name[:1] in _WORDS and len(name) < 2) or name[-1] in _NO_END


def _titled(smooth: str) -> Iterator[Span]:
    for one in _CALLED.finditer(smooth):
        start, end = one.span()
        name, before = one["name"], smooth[max(0, start - 2) : start + 1]
        if name[:2] in _WORDS or (len(name) > 1 and _is_word(name)) or _NOT_TITLED.search(before):
            continue
        if (
            one["title"] in _TITLES
            or start == 0
            or not _han(smooth[start - 1])
            or smooth[start - 1] in _LEADS
        ):
            yield start, end


def _han(c: str) -> bool:
    return "一" <= c <= "龥"


def _hidden(smooth: str) -> Iterator[Span]:
    """张某, 李某某, 王某军: hidden already by the writer, and not by much."""
    for one in _HIDDEN.finditer(smooth):
        yield one.start() - (2 if smooth[max(0, one.start() - 2) : one.start()] in _DOUBLES else 1), one.end()


def _by_number(smooth: str) -> Iterator[Span]:
    for pattern in (_BEFORE_NUMBER, _AFTER_NUMBER) if _DIGITS.search(smooth) else ():
        for one in pattern.finditer(smooth):
            if not _is_word(one[1]) and surname_length(one[1]) < len(one[1]) <= surname_length(one[1]) + 2:
                yield one.span(1)


def _signed(smooth: str) -> Iterator[Span]:
    tail = max(0, len(smooth) - 40)
    for one in _SIGNED.finditer(smooth, tail):
        if not _is_word(one[1]):
            yield one.span(1)
