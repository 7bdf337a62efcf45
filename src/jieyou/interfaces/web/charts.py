"""Charts as SVG from the server: numbers → coordinates. They print, need no script, and say in words what they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 18, 12, 26


@dataclass(frozen=True)
class Dot:
    """One value on a line."""

    x: float
    y: float
    value: int
    label: str


@dataclass(frozen=True)
class Line:
    """One series: ``points`` of its polyline, and its dots."""

    title: str
    points: str
    dots: list[Dot]


@dataclass(frozen=True)
class Chart:
    """Lines over the same labels. ``grid``: (y, value) of the horizontal lines, ``ticks``: (x, label) below."""

    lines: list[Line]
    grid: list[tuple[float, int]]
    ticks: list[tuple[float, str]]
    width: int = WIDTH
    height: int = HEIGHT


def lines(labels: Sequence[str], **series: Sequence[int]) -> Chart:
    """A chart of series by their titles; every other label when there are many."""
    top = ceiling(max((max(values, default=0) for values in series.values()), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels) - 1)
    xs = [round(LEFT + n * step, 1) for n in range(len(labels))]

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)

    drawn = []
    for title, values in series.items():
        dots = [Dot(x, y(v), v, label) for x, v, label in zip(xs, values, labels, strict=True)]
        drawn.append(Line(title, " ".join(f"{d.x},{d.y}" for d in dots), dots))
    grid = [(y(top * n / 4), top * n // 4) for n in range(5)]
    every = 1 if len(labels) <= 7 else 2
    last = (len(labels) - 1) % every
    return Chart(
        drawn,
        grid,
        [(x, label) for n, (x, label) in enumerate(zip(xs, labels, strict=True)) if n % every == last],
    )


def ceiling(value: int) -> int:
    """The next number that four lines divide well."""
    for factor in (4, 8, 12, 20, 40, 60, 80, 100, 200, 400):
        if value <= factor:
            return factor
    power = 10 ** (len(str(value)) - 1)
    return (
        -(-value // power) * power
        if -(-value // power) % 4 == 0
        else (-(-value // power) + 3) // 4 * 4 * power
    )


def spark(values: Sequence[int], width: int = 84, height: int = 26) -> str:
    """The points of a small line."""
    top, step = max([*values, 1]), width / max(1, len(values) - 1)
    return " ".join(
        f"{round(n * step, 1)},{round(height - 3 - (height - 6) * v / top, 1)}" for n, v in enumerate(values)
    )


def bars(values: Sequence[int], width: int) -> list[int]:
    """Widths of bars, the longest as wide as told."""
    top = max([*values, 1])
    return [round(width * v / top) for v in values]
