"""``make screens``: a picture of every page, small enough to be kept beside the documentation. Not part of the suite."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from face.drawing import Board, Way
from face.pages import Page

pytestmark = pytest.mark.django_db
COLOURS = 48
#: How each kind of page is photographed: residents' pages on a telephone, staff pages at a desk.
TELEPHONE, LARGE, DESK = Way(390), Way(390, elder=True), Way(1280)
HIGHEST = 3600


@pytest.mark.parametrize("way", [TELEPHONE, LARGE, DESK], ids=str)
def test_album(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    folder = Path(os.environ["JIEYOU_SCREENS"])
    pages = [page for page in taken[way.elder] if page.public == way.phone]
    with board.seen(way) as easel:
        for page in pages:
            kept = small(easel.shoot(page))
            (folder / f"{page}{'-elder' if way.elder else ''}.png").write_bytes(kept)


def small(png: bytes) -> bytes:
    """The picture with a palette of a few colours; what hangs below a long page is cut off."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, HIGHEST)))
    out = BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
