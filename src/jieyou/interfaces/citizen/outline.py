"""Outlines of places, for a phone that wants to choose its county by itself: where it is never leaves it.

A city puts ``outline.geojson`` into ``JIEYOU_HOME``: features with ``code`` and a Polygon, MultiPolygon or Point (WGS 84)
of any level. The demo brings a sketch of its counties.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from jieyou.interfaces import demo

A_DAY = 24 * 3600


def kept() -> Path | None:
    """The file, if this city has one."""
    own = settings.HOME / "outline.geojson"
    sketch = Path(demo.__file__).parent / "data/yanan.geojson"
    return own if own.exists() else sketch if settings.DEMO else None


@require_safe
def outline(request: HttpRequest) -> FileResponse:
    """All of it: which part is meant, only the phone knows."""
    path = kept()
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type="application/json")
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
