"""The only door through which the place tree changes: found, rename, recode, move, merge, split.

Each is one transaction, dated ``on`` (the first day of the new state, not after today), recorded on the
ledger with who (``Actor.person``) and why (the approval), refused with ``BadChange`` (``.sentence``), and
told by ``tree_changed``. Ids stay; codes are dated; a place whose code changes takes all below it along.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from jieyou.kernel.places import checks, tree
from jieyou.kernel.places.change import Change, change
from jieyou.kernel.places.checks import BadChange, New
from jieyou.kernel.places.models import Place

__all__ = ["BadChange", "New", "found", "merge", "move", "recode", "rename", "split"]


def found(new: New, on: date, by: str, why: str) -> Place:
    """A place that was not there before (a grid, a new community); its parent is the one its code names."""
    with change("found", on, by, why) as now:
        return now.found(new)


def rename(place: Place, name: str, on: date, by: str, why: str) -> Place:
    """A new name, the same code."""
    with change("rename", on, by, why) as now:
        place = now.fresh(place)
        old, name = place.name, checks.name(name)
        checks.rename(place, name, on)
        now.rename(place, name)
        now.step(place, place, old_name=old)
        return place


def recode(place: Place, code: str, on: date, by: str, why: str) -> Place:
    """A new code under the same parent; all below follow."""
    with change("recode", on, by, why) as now:
        place = now.fresh(place)
        _put(now, place, place.parent, checks.new_code(place, code))
        return place


def move(place: Place, parent: Place, on: date, by: str, why: str, code: str = "") -> Place:
    """Under another parent of the same level, with the given code or else a free one; all below follow."""
    with change("move", on, by, why) as now:
        place, parent = now.fresh(place), now.fresh(parent)
        checks.move(place, parent)
        _put(now, place, parent, now.place_for(place, parent, code))
        return place


def merge(
    before: Sequence[Place],
    after: Place | New,
    on: date,
    by: str,
    why: str,
    codes_of: Mapping[str, str] | None = None,
) -> Place:
    """``before`` become ``after``: a place in force (also one of ``before``, which then stays) or a new one.

    The children of those that end go under ``after``; ``codes_of`` (old → new code) says their codes, else
    each keeps its last digits where free and gets the next free number where not.
    """
    with change("merge", on, by, why) as now:
        sources, after = [now.fresh(place) for place in before], _fresh(now, after)
        ending = [place for place in sources if place != after]
        checks.merge(ending, after)
        orphans = _end(now, ending)
        heir = now.found(after) if isinstance(after, New) else after
        for place in ending:
            now.step(place, heir)
        _adopt(now, dict.fromkeys(orphans, heir), codes_of or {})
        return heir


def split(
    before: Place,
    afters: Sequence[Place | New],
    on: date,
    by: str,
    why: str,
    children: Mapping[str, str] | None = None,
    codes_of: Mapping[str, str] | None = None,
) -> list[Place]:
    """``before`` becomes ``afters`` (two or more; ``before`` among them stays with what is left).

    ``children`` says for each child's code under which of ``afters`` (its code) it goes; when ``before``
    ends none may be forgotten. ``codes_of`` as in ``merge``.
    """
    with change("split", on, by, why) as now:
        source, afters = now.fresh(before), [_fresh(now, each) for each in afters]
        checks.split(source, afters)
        going = checks.shares(source, afters, children or {})
        if source not in afters:
            _end(now, [source])
        heirs = [now.found(each) if isinstance(each, New) else each for each in afters]
        for heir in heirs:
            if heir != source:
                now.step(source, heir)
        by_code = {heir.code: heir for heir in heirs}
        _adopt(now, {child: by_code[code] for child, code in going.items()}, codes_of or {})
        return heirs


def _fresh(now: Change, place: Place | New) -> Place | New:
    return place if isinstance(place, New) else now.fresh(place)


def _put(now: Change, place: Place, parent: Place | None, code: str, kind: str = "") -> None:
    old = place.code
    now.put(place, parent, code)
    now.step(place, place, kind, old_code=old)


def _end(now: Change, places: Sequence[Place]) -> list[Place]:
    """End them; returns the children that are left without a parent."""
    orphans = [child for place in places for child in tree.children(place)]
    for place in places:
        now.end(place)
    return orphans


def _adopt(now: Change, homes: Mapping[Place, Place], codes_of: Mapping[str, str]) -> None:
    """Each child goes under its new parent."""
    wanted = checks.named_codes(list(homes), codes_of)
    for child, parent in homes.items():
        _put(now, child, parent, now.place_for(child, parent, wanted.get(child.code, "")), "move")
