"""Lamps: how much time is left, as a word, a colour and a shape. ``lamp_of`` is a function of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import rules

Tone = Literal["green", "amber", "red", "off"]

#: From so many calendar days before the last one the lamp is amber, where the city has not said otherwise.
SOON = 2


@dataclass(frozen=True)
class Lamp:
    """``tone`` gives colour and shape (circle, diamond, square); ``words`` say the same without either."""

    tone: Tone
    words: str
    title: str = ""


NONE = Lamp("off", "—", "没有时限")
ENDED = Lamp("off", "已办结")


def soon() -> int:
    """From how many days before the last one the lamp is amber: a row that the city edits."""
    return rules.dial("supervision.amber", "", clock.today(), SOON)


def lamp(due: datetime | None, provisional: bool, now: datetime) -> Lamp:
    """The lamp of a deadline, as the city has set it."""
    return NONE if due is None else lamp_of(due, provisional, now, soon())


def lamp_of(due: datetime | None, provisional: bool, now: datetime, amber: int) -> Lamp:
    """The lamp of a deadline, in local calendar days; ``provisional`` is said, since the date may still move."""
    if due is None:
        return NONE
    left = (clock.local(due) - clock.local(now)).days
    suffix = "（暂定）" if provisional else ""
    title = f"时限 {clock.local(due)}{suffix}"
    if due < now:
        return Lamp("red", f"超{-left}天{suffix}" if left else f"已超时{suffix}", title)
    words = f"剩{left}天" if left else "今天到期"
    return Lamp("amber" if left <= amber else "green", f"{words}{suffix}", title)


def days_in(since: datetime, now: datetime) -> str:
    """How long a case has been in its stage: ``当日`` or ``已7天``."""
    days = (clock.local(now) - clock.local(since)).days
    return f"已{days}天" if days > 0 else "当日"
