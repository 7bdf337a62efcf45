"""A loop as a picture: stages top to bottom, transitions as labelled lines. Plain SVG, prints in black and white."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from jieyou.kernel.loop.declare import Loop, Stage, Transition

BOX_W, BOX_H, GAP, LEFT, TOP, LANE = 150, 40, 92, 330, 60, 26


@dataclass(frozen=True)
class Spot:
    """Where a stage stands."""

    x: int
    y: int


def draw(loop: type[Loop]) -> str:
    """The diagram as an SVG document (text, UTF-8)."""
    spots = _spots(loop)
    bottom = max(s.y for s in spots.values()) + BOX_H + 40
    parts = [_box(stage, spots[stage.name]) for stage in loop.stages.values()]
    parts += _lines(loop, spots)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1180 {bottom}" width="1180" height="{bottom}" '
        f'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="13">'
        f'<title>{escape(loop.title)}</title><defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#4a5365"/></marker></defs>'
        f'<rect width="1180" height="{bottom}" fill="#fff"/>'
        f'<text x="20" y="32" font-size="18" font-weight="600">{escape(loop.title)}</text>{"".join(parts)}</svg>\n'
    )


def _spots(loop: type[Loop]) -> dict[str, Spot]:
    going = [s for s in loop.stages.values() if not s.ended]
    ended = [s for s in loop.stages.values() if s.ended]
    spots = {s.name: Spot(LEFT, TOP + n * GAP) for n, s in enumerate(going)}
    step = max(GAP, (len(going) - 1) * GAP // max(1, len(ended)))
    return spots | {s.name: Spot(LEFT + 620, TOP + n * step) for n, s in enumerate(ended)}


def _box(stage: Stage, at: Spot) -> str:
    label = f"{stage.number} {stage.title}" if stage.number else stage.title
    fill, line = ("#eef1f6", "#586174") if stage.ended else ("#eaf1fd", "#1c5fd4")
    return (
        f'<rect x="{at.x}" y="{at.y}" width="{BOX_W}" height="{BOX_H}" rx="6" fill="{fill}" stroke="{line}"/>'
        f'<text x="{at.x + BOX_W // 2}" y="{at.y + 25}" text-anchor="middle">{escape(label)}</text>'
    )


def _lines(loop: type[Loop], spots: dict[str, Spot]) -> list[str]:
    parts: list[str] = []
    back = 0
    for t in loop.transitions.values():
        for n, source in enumerate(t.sources):
            if t.target is None:
                continue
            a, b = spots[source.name], spots[t.target.name]
            if b.x > a.x or a.x > b.x:
                parts.append(_across(t, a, b, n, len(parts)))
            elif b.y == a.y + GAP:
                parts.append(_down(t, a, b))
            else:
                back += 1
                parts.append(_around(t, a, b, back))
    return parts


def _down(t: Transition, a: Spot, b: Spot) -> str:
    x = a.x + BOX_W // 2
    return _path(f"M{x} {a.y + BOX_H}L{x} {b.y - 2}") + _label(t.title, x + 6, a.y + BOX_H + 30)


def _around(t: Transition, a: Spot, b: Spot, lane: int) -> str:
    x = a.x - lane * LANE
    path = _path(f"M{a.x} {a.y + 28}L{x} {a.y + 28}L{x} {b.y + 12}L{b.x - 2} {b.y + 12}")
    return path + _label(t.title, x + 4, (a.y + b.y) // 2 + 12 * (lane % 3))


def _across(t: Transition, a: Spot, b: Spot, n: int, turn: int) -> str:
    y = a.y + 8 + 8 * (turn % 4)
    start, end = (a.x + BOX_W, b.x - 2) if b.x > a.x else (a.x, b.x + BOX_W + 2)
    path = _path(f"M{start} {y}L{end} {b.y + BOX_H // 2}")
    return path + (
        _label(t.title, start + 40 + 110 * (turn % 3), y - 4 + (b.y - a.y) * (turn % 3) // 8)
        if n == 0
        else ""
    )


def _path(d: str) -> str:
    return f'<path d="{d}" fill="none" stroke="#4a5365" marker-end="url(#a)"/>'


def _label(text: str, x: int, y: int) -> str:
    return f'<text x="{x}" y="{y}" font-size="12" fill="#1d2433">{escape(text)}</text>'
