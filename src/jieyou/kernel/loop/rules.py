"""Clock rules and dials in force: rows that a city edits, looked up at every step, so kept for a few seconds."""

from __future__ import annotations

from datetime import date
from typing import Any

from jieyou.kernel.loop.models import ClockRule, Dial
from jieyou.kernel.shortly import shortly


def rule_for(code: str, place_code: str, on: date) -> ClockRule | None:
    """The rule in force on a day: the one of the narrowest place that contains ``place_code``, the newest first."""
    fit = _in_force(ClockRule, code, place_code, on)
    return fit[0] if fit else None


def dial(code: str, place_code: str, on: date, default: int) -> int:
    """The value of a dial in force on a day, narrowest place first."""
    fit = _in_force(Dial, code, place_code, on)
    return fit[0].value if fit else default


def _in_force(model: type[Any], code: str, place_code: str, on: date) -> list[Any]:
    rows = [r for r in _all(model).get(code, []) if r.since <= on and (r.until is None or r.until > on)]
    fit = [r for r in rows if r.place is None or place_code.startswith(r.place.code)]
    return sorted(fit, key=lambda r: (len(r.place.code) if r.place else 0, r.since), reverse=True)


@shortly(ClockRule, Dial)
def _all(model: type[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in model._default_manager.select_related("place"):
        found.setdefault(row.code, []).append(row)
    return found
