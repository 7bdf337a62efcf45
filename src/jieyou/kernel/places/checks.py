"""What a change of the tree must not be: each check refuses with a sentence."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.places import codes, tree
from jieyou.kernel.places.models import LONGEST_NAME, LONGEST_NOTE, Place, Succession
from jieyou.kernel.places.words import said


class BadChange(ValueError):
    """A change of the tree that cannot be; ``sentence`` says so to a clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class New:
    """A place that a change is to found. The level and the parent are in the code."""

    name: str
    code: str


def code(text: str) -> str:
    """A code as typed → as stored."""
    try:
        return codes.plain(text)
    except codes.BadCode as fault:
        raise BadChange(fault.sentence) from fault


def name(text: str) -> str:
    """A name without blanks around it, not empty, not longer than the column."""
    if not (plain := clean(text).strip()):
        raise BadChange("请填写辖区名称。")
    if len(plain) > LONGEST_NAME:
        raise BadChange(f"辖区名称请不超过{LONGEST_NAME}字。")
    return plain


def why(text: str) -> str:
    """The ground of a change: something, and not longer than the column."""
    if not (plain := clean(text).strip()):
        raise BadChange("请写明变更依据（批复文号等）。")
    if len(plain) > LONGEST_NOTE:
        raise BadChange(f"变更依据请不超过{LONGEST_NOTE}字。")
    return plain


def code_below(parent: Place | None, text: str, level: str) -> str:
    """A wanted code: of this level and below ``parent``."""
    plain = code(text)
    if codes.level_of(plain) != level:
        raise BadChange(f"编码{plain}不是{codes.TITLES[level]}一级的编码。")
    if parent is not None and codes.parent_code(plain) != parent.code:
        raise BadChange(f"编码{plain}应以上级“{parent.name}”的编码{parent.code}开头。")
    return plain


def new_code(place: Place, text: str) -> str:
    """Another code for a place that stays where it is."""
    plain = code_below(place.parent, text, place.level)
    if plain == place.code:
        raise BadChange(f"编码没有变化，仍是{plain}。")
    return plain


def rename(place: Place, name: str, on: date) -> None:
    """Another name, and not before the last one."""
    if name == place.name:
        raise BadChange(f"名称没有变化，仍是“{name}”。")
    last = Succession.objects.filter(before=place, kind="rename").order_by("-on").first()
    if last is not None and on < last.on:
        raise BadChange(f"“{place.name}”{said(last.on)}已更过名，变更日期不能早于这一天。")


def move(place: Place, parent: Place) -> None:
    """Under another place of the level above."""
    if parent.level != codes.parent_level(codes.level_of(place.code)):
        raise BadChange(f"“{place.name}”不能划归“{parent.name}”：两者不是直接的上下级。")
    if place.parent == parent:
        raise BadChange(f"“{place.name}”本来就在“{parent.name}”。")


def merge(ending: Sequence[Place], after: Place | New) -> None:
    """Something ends, two at least come together, all of one level."""
    if not ending:
        raise BadChange("没有要并入的辖区。")
    if isinstance(after, New) and len(ending) < 2:
        raise BadChange("合并成新辖区至少要有两个原辖区；只有一个时请用更名或换码。")
    _one_level(ending[0], [*ending[1:], after], "合并")


def split(source: Place, afters: Sequence[Place | New]) -> None:
    """Two places at least come out, all of one level, none twice."""
    if len({_code_of(each) for each in afters}) != len(afters) or len(afters) < 2:
        raise BadChange("拆分后至少要有两个不同的辖区（原辖区保留的也算一个）。")
    _one_level(source, afters, "拆分")


def shares(source: Place, afters: Sequence[Place | New], wanted: Mapping[str, str]) -> dict[Place, str]:
    """Which child goes under which code; children that stay with ``source`` are not in it."""
    stays = source in afters
    offered = {_code_of(each) for each in afters}
    kids = {child.code: child for child in tree.children(source)}
    plain = {code(child): code(home) for child, home in wanted.items()}
    _refuse_strangers(plain, kids, f"“{source.name}”现在的下级")
    _refuse_strangers(plain.values(), offered, "拆分后的辖区")
    if not stays and (left := [kid.name for at, kid in kids.items() if at not in plain]):
        raise BadChange(f"请写明这些下级归哪个辖区：{'、'.join(left)}。")
    return {kids[child]: home for child, home in plain.items() if not (stays and home == source.code)}


def named_codes(moving: Sequence[Place], wanted: Mapping[str, str]) -> dict[str, str]:
    """Old code → wanted new code, of places that really move."""
    plain = {code(old): code(new) for old, new in wanted.items()}
    _refuse_strangers(plain, {place.code for place in moving}, "要划转的下级")
    return plain


def _refuse_strangers(given: Iterable[str], known: Container[str], what: str) -> None:
    strangers = [each for each in given if each not in known]
    if strangers:
        raise BadChange(f"{'、'.join(strangers)}不是{what}。")


def _one_level(first: Place, others: Sequence[Place | New], what: str) -> None:
    for other in others:
        level = codes.level_of(_code_of(other))
        if level != first.level:
            raise BadChange(
                f"“{first.name}”是{codes.TITLES[first.level]}，“{other.name}”是{codes.TITLES[level]}，"
                f"层级不同，不能{what}。"
            )


def _code_of(place: Place | New) -> str:
    return code(place.code) if isinstance(place, New) else place.code
