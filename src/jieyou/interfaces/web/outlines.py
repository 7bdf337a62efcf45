"""Where places lie, as shapes for a small map: the city's own file, the demo's sketch, or one tile a place.

``outline.geojson`` in the home folder is the city's own (features with ``code`` or ``adcode``), as for the residents' pages.
The sketch that comes with the demo is shown in the demo only and says that it is one. Without outlines nothing is made up: each
place is a tile of one size.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings

from jieyou.kernel.places.models import Place

OWN, SKETCH = "outline.geojson", Path(__file__).parent.parent / "demo/data/yanan.geojson"
WIDTH, MARGIN = 560, 8
#: Tiles: how many in a row, how large.
ACROSS, TILE_W, TILE_H, GAP = 3, 142, 72, 8
#: A name needs so much room.
SHORT = 7

Ring: TypeAlias = "list[tuple[float, float]]"


@dataclass(frozen=True)
class Shape:
    """One place on the map: a path, and where its words stand."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """All shapes, in a box of ``width`` × ``height``. ``kind``: ``own``, ``sketch`` or ``tiles``."""

    kind: str
    width: int
    height: int
    shapes: dict[str, Shape]


def map_of(places: list[Place]) -> Map:
    """A map of these places: of outlines where there is one for each of them, else of tiles."""
    wanted = [p.code for p in places]
    for kind, path in (("own", settings.HOME / OWN), ("sketch", SKETCH)):
        if (kind == "own" or settings.DEMO) and path.exists():
            known = _read(path, path.stat().st_mtime)
            if wanted and all(code in known for code in wanted):
                return _drawn(kind, {code: known[code] for code in wanted})
    return _tiles(wanted)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: float) -> dict[str, list[Ring]]:
    """Code → its rings, in degrees."""
    found: dict[str, list[Ring]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        code = str(feature["properties"].get("code") or feature["properties"].get("adcode", ""))
        rings = list(_rings(feature["geometry"]))
        found |= {code: rings} if rings else {}
    return found


def _rings(geometry: dict[str, Any]) -> Iterable[Ring]:
    """The outer ring of each polygon; a point has none."""
    kinds = {"MultiPolygon": geometry["coordinates"], "Polygon": [geometry["coordinates"]]}
    many = kinds.get(geometry["type"], [])
    for polygon in many:
        yield [(float(x), float(y)) for x, y, *_ in polygon[0]]


def _drawn(kind: str, rings: dict[str, list[Ring]]) -> Map:
    points = [p for some in rings.values() for ring in some for p in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    flat = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * flat)

    def place(p: tuple[float, float]) -> tuple[float, float]:
        return round(MARGIN + (p[0] - west) * flat * scale, 1), round(MARGIN + (north - p[1]) * scale, 1)

    shapes = {code: _shape(code, [[place(p) for p in ring] for ring in some]) for code, some in rings.items()}
    return Map(kind, WIDTH, round(2 * MARGIN + (north - south) * scale), shapes)


def _shape(code: str, rings: list[Ring]) -> Shape:
    path = " ".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    return Shape(code, path, *_middle(largest))


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity."""
    area, x, y = _area(ring) or 1, 0.0, 0.0
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return round(x / (6 * area), 1), round(y / (6 * area), 1)


def _tiles(wanted: list[str]) -> Map:
    shapes = {}
    for n, code in enumerate(wanted):
        left, top = n % ACROSS * (TILE_W + GAP) + GAP, n // ACROSS * (TILE_H + GAP) + GAP
        path = f"M{left} {top}h{TILE_W}v{TILE_H}h-{TILE_W}Z"
        shapes[code] = Shape(code, path, left + TILE_W / 2, top + TILE_H / 2)
    rows = -(-len(wanted) // ACROSS)
    return Map("tiles", ACROSS * (TILE_W + GAP) + GAP, rows * (TILE_H + GAP) + GAP, shapes)


def short(name: str) -> str:
    """A name that fits a tile."""
    for ending in ("居民委员会", "村民委员会", "街道办事处"):
        name = name.removesuffix(ending)
    return name if len(name) <= SHORT else name[: SHORT - 1] + "…"
