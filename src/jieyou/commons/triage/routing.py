"""Who is competent for a message: the first rule that fits, with its reason. A function of values. Pure.

Rules are editable rows (`RoutingRule`). Where none fits, the duty list is asked; where that says nothing either, a person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ASK_A_PERSON = "请人工判断"


@dataclass(frozen=True, slots=True)
class Rule:
    """``category`` a code, ``place`` the beginning of a code, ``words`` one of which stands in the text and ``but`` none.

    Blank conditions hold for everything. ``unit`` is a unit's full name or how it ends (住房和城乡建设局): each county has its own.
    """

    position: int
    category: str
    place: str
    words: tuple[str, ...]
    but: tuple[str, ...]
    unit: str
    level: str
    basis: str = ""
    category_title: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """``unit``: whom to hand it to, as the rule names it ("": a person decides). ``rule``: the one that fired."""

    unit: str
    level: str
    reason: str
    rule: Rule | None = None
    words: tuple[str, ...] = ()


NOWHERE = Route("", "", ASK_A_PERSON + "：没有规则说到，清单里也没有相近的条目")


def first(text: str, category: str, place: str, rules: Iterable[Rule]) -> Route | None:
    """What the first rule that fits says. ``place``: the code where the matter lies."""
    for rule in rules:
        words = tuple(word for word in rule.words if word in text)
        if _fits(rule, text, category, place, words):
            return Route(rule.unit, rule.level, _reason(rule, words), rule, words)
    return None


def _fits(rule: Rule, text: str, category: str, place: str, words: Sequence[str]) -> bool:
    return (
        rule.category in ("", category)
        and place.startswith(rule.place)
        and (not rule.words or bool(words))
        and not any(word in text for word in rule.but)
    )


def _reason(rule: Rule, words: Sequence[str]) -> str:
    because = [f"类别是“{rule.category_title or rule.category}”"] if rule.category else []
    because += [f"说到“{'、'.join(words)}”"] if words else []
    because += ["在这个辖区"] if rule.place else []
    return f"第 {rule.position} 条规则：{'，'.join(because) or '其余的都适用'}"
