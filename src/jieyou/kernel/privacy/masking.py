"""Who somebody is, inside free text: numbers, names and doors; where they are, and the text with them covered. Pure.

Tuned on real messages and replies (figures: `docs/decisions/0005-privacy.md`, `docs/benchmarks.md`). Where both cannot
be had, a number that may be somebody's is covered; amounts, areas, dates, document and order numbers are left alone.
Names are believed only beside a cue (`names`), doors only with a room or a unit (`doors`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from jieyou.kernel.privacy import doors, names, shapes
from jieyou.kernel.privacy.numbers import is_born, is_idcard, is_luhn, is_old_idcard, is_telephone
from jieyou.kernel.privacy.plain import plain

Kind = Literal[
    "mobile", "landline", "idcard", "bankcard", "email", "plate", "wechat", "qq", "passport", "door", "name"
]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that tells who somebody is: ``text[start:end]``."""

    kind: Kind
    start: int
    end: int


def find(text: str, keep: frozenset[Kind] = frozenset()) -> list[Found]:
    """What tells who somebody is, in the order of appearance, without overlaps; ``keep``: kinds not looked for."""
    return _search(text, keep)[0]


def mask(text: str, keep: frozenset[Kind] = frozenset()) -> str:
    """``text`` of the same length with all of it covered by ``*``; doing it twice changes nothing.

    ``keep``: kinds that stay readable (the spot of a matter keeps its door: the unit has to find it).
    """
    return _search(text, keep)[1]


def _search(text: str, keep: frozenset[Kind]) -> tuple[list[Found], str]:
    """Search and cover until nothing new comes to light: covering one number can free its neighbour."""
    taken: list[Found] = []
    while new := _once(text, keep):
        for f in new:
            _add(taken, f)
        covered = _cover(text, new)
        if covered == text:
            break
        text = covered
    return sorted(taken, key=lambda f: f.start), text


def _once(text: str, keep: frozenset[Kind]) -> list[Found]:
    smooth, numbers = plain(text), bool(shapes.WORTH_A_LOOK.search(text))
    taken: list[Found] = []
    for kind, marks, finder in _FINDERS if numbers else _FINDERS[-2:]:
        if kind in keep or (marks and not any(mark in smooth for mark in marks)):
            continue
        for start, end in finder(smooth):
            if _free(taken, start, end):
                taken.append(Found(kind, start, end))
    if numbers:
        _add_followers(smooth, taken)
    return taken


def _add(taken: list[Found], f: Found) -> None:
    """Take ``f`` in; what it overlaps (a telephone inside of an address) becomes one with it."""
    same = [t for t in taken if t.start < f.end and f.start < t.end]
    for t in same:
        taken.remove(t)
    whole = [*same, f]
    taken.append(Found(whole[0].kind, min(t.start for t in whole), max(t.end for t in whole)))


def _cover(text: str, found: list[Found]) -> str:
    out = list(text)
    for f in found:
        for place in _covered(f.kind, plain(text[f.start : f.end])):
            out[f.start + place] = "*"
    return "".join(out)


def mask_phone(number: str) -> str:
    """A telephone of a telephone field: 138****6021; a landline keeps its area code and last two digits."""
    smooth = plain(number)
    digits = re.sub(r"\D", "", smooth).removeprefix("86")
    kind: Kind = "mobile" if re.fullmatch(r"1[3-9]\d{9}", digits) else "landline"
    covered = set(_covered(kind, smooth))
    return "".join("*" if place in covered else c for place, c in enumerate(number))


def mask_name(name: str) -> str:
    """李小明 → 李**; 欧阳锋 → 欧阳*. At least one star, whatever the name."""
    name = name.strip()
    kept = 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1
    return name[:kept] + "*" * min(max(len(name) - kept, 1), 3) if name else ""


_DOUBLE_SURNAMES = frozenset(
    re.findall("..", "欧阳上官司马诸葛夏侯东方皇甫尉迟公孙慕容令狐宇文长孙司徒司空端木南宫轩辕呼延独孤拓跋")
)


def _free(taken: list[Found], start: int, end: int) -> bool:
    return all(end <= f.start or start >= f.end for f in taken)


def _given_name(name: str) -> list[int]:
    """张三 → 张*, 欧阳锋 → 欧阳*, 张女士 → *女士."""
    end = len(name) - names.title_length(name)
    return list(range(min(names.surname_length(name), end - 1), end))


def _bare(smooth: str) -> Iterator[Span]:
    """Seven or eight digits that nothing calls a telephone, and nothing calls anything else."""
    for one in shapes.BARE.finditer(smooth):
        if not shapes.NOBODYS.match(one[0]) and not shapes.COUNTED.search(
            smooth, max(0, one.start() - 12), one.start()
        ):
            yield one.span()


def _ordered(smooth: str, start: int) -> bool:
    """The number is called an order's, a file's, a meter's."""
    return shapes.ORDERED.search(smooth, max(0, start - 16), start) is not None


def _mobiles(smooth: str) -> Iterator[Span]:
    for run in shapes.MOBILES_GLUED.finditer(smooth):
        yield from (
            one.span() for one in re.finditer(r"\d{11}", smooth[: run.end()]) if one.start() >= run.start()
        )
    for one in shapes.MOBILE.finditer(smooth):
        if not _ordered(smooth, one.start()):
            yield one.span()
    for shape in (shapes.MOBILE_SPACED, shapes.MOBILE_FENCED):
        yield from (one.span() for one in shape.finditer(smooth))


def _landlines(smooth: str) -> Iterator[Span]:
    for one in shapes.LANDLINE.finditer(smooth):
        area, gap, *number = one.groups()
        if gap or (is_telephone("".join([area, *number])) and not _ordered(smooth, one.start())):
            yield one.span()
    for one in shapes.NEARBY.finditer(smooth):
        if not shapes.NOBODYS.match(one[1]):
            yield one.span(1)


def _labelled(smooth: str, mobile: bool) -> Iterator[Span]:
    """Digits straight after 电话, 手机…: somebody's number even when a digit is missing or one too many."""
    for one in shapes.LABELLED.finditer(smooth):
        if one[1].startswith("1") is mobile and not shapes.NOBODYS.match(one[1]):
            yield one.span(1)


def _idcards(smooth: str) -> Iterator[Span]:
    for one in shapes.IDCARD.finditer(smooth):
        number = _solid(one[1])
        if is_idcard(number) or (is_born(number) and not _papers(smooth, one.start())):
            yield one.span(1)
    for one in shapes.IDCARD_OLD.finditer(smooth):
        if is_old_idcard(one[0]) and not _papers(smooth, one.start()):
            yield one.span()
    for one in shapes.IDCARD_LABELLED.finditer(smooth):
        if len(one[1]) != 15 or "*" in one[1] or is_old_idcard(one[1]):
            yield one.span(1)


def _papers(smooth: str, start: int) -> bool:
    """Called a paper's number, and not a person's."""
    return _ordered(smooth, start) and not re.search(r"身份|证件|公民", smooth[max(0, start - 16) : start])


def _bankcards(smooth: str) -> Iterator[Span]:
    for one in shapes.BANKCARD.finditer(smooth):
        named = shapes.BANK_WORD.search(smooth, max(0, one.start() - 16), one.start())
        if named or (_card_shaped(_solid(one[0])) and not _ordered(smooth, one.start())):
            yield one.span()
    yield from (one.span(1) for one in shapes.BANK_LABELLED.finditer(smooth))


def _card_shaped(digits: str) -> bool:
    union_pay = digits.startswith("62") and len(digits) in (16, 19)
    return union_pay or (len(digits) in (16, 17, 18, 19) and digits[0] in "456" and is_luhn(digits))


def _solid(number: str) -> str:
    return re.sub(r"[ \-]", "", number)


def _wechats(smooth: str) -> Iterator[Span]:
    for one in shapes.WECHAT.finditer(smooth):
        if one[1] or one[2] or re.search(r"\d", one[3]):
            yield one.span(3)
    yield from (one.span(1) for one in shapes.WECHAT_ADDED.finditer(smooth))


def _spans(pattern: re.Pattern[str], group: int = 0) -> Callable[[str], Iterator[Span]]:
    return lambda smooth: (one.span(group) for one in pattern.finditer(smooth))


# The first to claim a place has it. A finder is asked only when one of its marks is in the text, if it has any.
_FINDERS: tuple[tuple[Kind, tuple[str, ...], Callable[[str], Iterator[Span]]], ...] = (
    ("email", ("@",), _spans(shapes.EMAIL)),
    ("idcard", (), _idcards),
    ("bankcard", (), _bankcards),
    ("wechat", ("微", "薇信", "威信", "V", "v", "W", "w"), _wechats),
    ("qq", ("Q", "q", "扣扣", "企鹅"), _spans(shapes.QQ, 1)),
    ("mobile", ("1",), _mobiles),
    ("mobile", (), lambda smooth: _labelled(smooth, mobile=True)),
    ("landline", (), _landlines),
    ("landline", (), lambda smooth: _labelled(smooth, mobile=False)),
    ("passport", ("护照", "通行证"), _spans(shapes.PASSPORT, 1)),
    ("plate", (), _spans(shapes.PLATE)),
    ("landline", (), lambda smooth: _bare(smooth)),
    ("door", (), doors.spans),
    ("name", (), names.spans),
)


def _add_followers(smooth: str, taken: list[Found]) -> None:
    """0735-2178591、2178595: bare local numbers right after a telephone."""
    for first in [f for f in taken if f.kind in ("mobile", "landline")]:
        end = first.end
        while (one := shapes.FOLLOWER.match(smooth, end)) and not shapes.NOBODYS.match(one[1]):
            start, end = one.span(1)
            if _free(taken, start, end):
                taken.append(Found("landline", start, end))


_KEPT: dict[Kind, Span] = {  # how many characters stay at the head and at the tail
    "mobile": (3, 4),
    "landline": (0, 2),
    "idcard": (6, 4),
    "bankcard": (4, 4),
    "wechat": (2, 0),
    "qq": (2, 0),
    "passport": (1, 2),
    "plate": (2, 2),
}


_LEAST = 3  # so many are covered at least, however short the number


def _covered(kind: Kind, number: str) -> list[int]:
    """Which characters of one number are covered: letters and digits but for a head and a tail by kind."""
    if kind == "email":
        user = number.index("@")
        return list(range(1 if user > 1 else 0, user))
    if kind == "door":
        return doors.covered(number)
    if kind == "name":
        return _given_name(number)
    places = [i for i, c in enumerate(number) if c.isalnum()]
    head, tail = _KEPT[kind]
    if kind == "landline" and number.startswith("0"):
        head = 3 if number[1] in "12" else 4
    shown = 0 if "*" in number else min(tail, max(len(places) - head - _LEAST, 0))
    return places[head : len(places) - shown]
