"""Gates: judgements that one floor asks of another by name («is this task on the township's duty list?»)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_gates: dict[str, Callable[[Any], str | None]] = {}


def gate(name: str) -> Callable[[Callable[[Any], str | None]], Callable[[Any], str | None]]:
    """Register a judgement: it gets the step and answers ``None`` or a sentence."""

    def keep(judge: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
        _gates[name] = judge
        return judge

    return keep


def known(name: str) -> bool:
    """Is there such a gate? (``jieyou check`` asks.)"""
    return name in _gates


def ask(name: str, step: Any) -> str | None:
    """The judgement of a gate on a step; no gate, no objection."""
    return _gates[name](step) if name else None
