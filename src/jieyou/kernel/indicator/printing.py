# pyright: strict
"""How a number is printed. Pure: exact decimals, ROUND_HALF_UP; approximations are floors with a remainder, as papers say them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

Printing: TypeAlias = Callable[[Decimal], str]

NOTHING = "—"
#: Below this many records a public number says only that there are few.
FEW = 5
SUPPRESSED = "少于5"


def exact(value: Decimal) -> str:
    """All digits, nothing rounded: 370, 1983.5."""
    return format(value.normalize(), "f")


def rounded(places: int, factor: int = 1) -> Printing:
    """Divided by a factor (10 000: 万) and rounded half up: 223 700 → 22.37."""

    def printing(value: Decimal) -> str:
        return str((value / factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))

    return printing


def about(step: int, word: str = "余") -> Printing:
    """Floor to a step, and the word when something is left: 2037 → 2000多, 213 → 200余, 300 → 300; less than a step as it is."""

    def printing(value: Decimal) -> str:
        floor = int(value) // step * step
        if not floor:
            return exact(value)
        return f"{floor}{word}" if value > floor else str(floor)

    return printing


def about_wan(word: str = "余") -> Printing:
    """Floor to a tenth of 万: 118 236 → 11.8万余."""

    def printing(value: Decimal) -> str:
        floor = int(value) // 1000 * 1000
        if not floor:
            return exact(value)
        text = f"{exact(Decimal(floor) / 10_000)}万"
        return f"{text}{word}" if value > floor else text

    return printing


def percent(over: Decimal, under: Decimal, places: int) -> Decimal | None:
    """100 × over ÷ under, rounded half up; ``None`` of nothing."""
    if not under:
        return None
    return (100 * over / under).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def for_all(printed: str, records: int) -> str:
    """The number as something public may show it: few records (1 to 4) are not told apart."""
    return SUPPRESSED if 0 < records < FEW else printed
