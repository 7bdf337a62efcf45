"""研判意见 as a draft beside a message: where to hand it and why, from the rule that fired. The clerk changes it or takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jieyou.commons.triage.routes import Routed
from jieyou.interfaces.web.assist import Assist
from jieyou.kernel.loop.refused import Refused
from jieyou.mechanisms.concerns import asks

FIELDS = ("recommend", "urgency", "level", "reason")
"""What 填写研判意见 asks for beside the category and cannot do without."""
CHOICES = {ask.name: ask.choices for ask in (asks.RECOMMEND, asks.URGENCY, asks.LEVEL)}


class Redrafted(Refused):
    """The category was changed, and with it whom the rule names: the clerk looks at the new draft first."""

    def __init__(self, draft: dict[str, str]) -> None:
        super().__init__("类别改了，建议的单位也跟着改了，请看一下研判意见", "reason")
        self.draft = draft


def draft(facts: Any, found: Assist | None) -> dict[str, str]:
    """What was said of it before (退回重新研判), else what the rule proposes; blank where a person decides."""
    said = {name: str(getattr(facts, name, "") or "") for name in FIELDS}
    if said["reason"] or found is None:
        return said
    if found.signs.harm:
        return {
            "recommend": "urgent",
            "urgency": "urgent",
            "level": found.routed.route.level or "county",
            "reason": "",
        }
    return handed(found.routed)


def handed(routed: Routed) -> dict[str, str]:
    """To the unit that the rule names; without one only that nothing is urgent. ``drafted``: the reason as it stands here."""
    blank = {"recommend": "", "urgency": "normal", "level": "county", "reason": ""}
    if not routed.name:
        return blank
    reason = f"建议转{routed.name}办理（{routed.route.reason}）。"
    return blank | {"recommend": "direct", "level": routed.route.level, "reason": reason, "drafted": reason}


def typed(sent: Mapping[str, Any]) -> dict[str, str]:
    """The same of a form that was sent."""
    return {name: sent.get(name, "") for name in (*FIELDS, "drafted")}


def still_fits(said: Mapping[str, str], routed: Routed) -> None:
    """Raises :class:`Redrafted` where a draft that nobody touched names another unit than the category chosen (``routed``)."""
    other = handed(routed)
    if said["drafted"] and said["reason"] == said["drafted"] != other["reason"]:
        raise Redrafted({**other, "urgency": said["urgency"]})
