"""A loop as a picture: every stage with its ways out, one line each, so that no line crosses another. Plain SVG, prints in
black and white: an ended stage has a double frame, a way back a broken one."""

from __future__ import annotations

from xml.sax.saxutils import escape

from jieyou.kernel.loop.declare import Loop, Stage, Transition

WIDTH, LEFT, BOX_W, BOX_H, LINE, GAP = 900, 24, 170, 36, 30, 18
MIDDLE, RIGHT = LEFT + BOX_W + 40, 640
INK, PALE, BLUE = "#1d2433", "#eef1f6", "#1c5fd4"


def draw(loop: type[Loop]) -> str:
    """The diagram as an SVG document (text, UTF-8)."""
    parts, y = [], 64
    reached = {t.target.name for t in loop.transitions.values() if t.target is not None}
    for stage in loop.stages.values():
        ways = [t for t in loop.leaving(stage.name) if t.target is not None and t.target is not stage]
        stays = [t.title for t in loop.leaving(stage.name) if t.target in (None, stage)]
        if stage.ended and not ways and not stays and stage.name in reached:
            continue  # it is drawn where the way to it ends
        drawn, y = _stage(stage, ways, stays, y)
        parts += drawn
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" '
        f'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="13" fill="{INK}">'
        f'<title>{escape(loop.title)}</title><defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="{INK}"/></marker></defs>'
        f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>'
        f'<text x="{LEFT}" y="34" font-size="18" font-weight="600">{escape(loop.title)}</text>{"".join(parts)}</svg>\n'
    )


def _stage(stage: Stage, ways: list[Transition], stays: list[str], top: int) -> tuple[list[str], int]:
    """A stage, its ways out below each other, and where the next one begins."""
    parts, y = [_box(stage, LEFT, top, BOX_W)], top
    for t in ways:
        parts += _way(stage, t, top, y)
        y += LINE + 8
    for line in _lines(stays):
        parts.append(f'<text x="{MIDDLE}" y="{y + 20}" font-size="12" fill="#4a5365">{escape(line)}</text>')
        y += 20
    return parts, max(y, top + BOX_H) + GAP


def _way(stage: Stage, t: Transition, top: int, y: int) -> list[str]:
    assert t.target is not None
    start, level = LEFT + BOX_W, y + BOX_H // 2
    bend = f"M{start} {top + BOX_H // 2}L{start + 20} {top + BOX_H // 2}L{start + 20} {level}"
    back = 0 < t.target.number < stage.number
    return [
        f'<path d="{bend}L{RIGHT - 4} {level}" fill="none" stroke="{INK}"'
        f'{" stroke-dasharray=" + chr(34) + "5 4" + chr(34) if back else ""} marker-end="url(#a)"/>',
        f'<rect x="{MIDDLE - 6}" y="{level - 11}" width="{13 * len(t.title) + 12}" height="22" fill="#fff"/>'
        f'<text x="{MIDDLE}" y="{level + 5}">{escape(t.title)}</text>',
        _box(t.target, RIGHT, y, BOX_W + 40),
    ]


def _box(stage: Stage, x: int, y: int, width: int) -> str:
    label = f"{stage.number} {stage.title}" if stage.number else stage.title
    fill, line = (PALE, INK) if stage.ended else ("#eaf1fd", BLUE)
    inner = (
        f'<rect x="{x + 3}" y="{y + 3}" width="{width - 6}" height="{BOX_H - 6}" fill="none" stroke="{line}"/>'
        if stage.ended
        else ""
    )
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{BOX_H}" rx="5" fill="{fill}" stroke="{line}"/>{inner}'
        f'<text x="{x + width // 2}" y="{y + 23}" text-anchor="middle">{escape(label)}</text>'
    )


def _lines(titles: list[str], most: int = 46) -> list[str]:
    """“留在本环节：…”, broken into lines that fit."""
    lines, line = [], "留在本环节：" if titles else ""
    for n, title in enumerate(titles):
        more = title + ("" if n == len(titles) - 1 else "、")
        if len(line) + len(more) > most:
            lines.append(line)
            line = "　　　　　　"
        line += more
    return [*lines, line] if line else lines
