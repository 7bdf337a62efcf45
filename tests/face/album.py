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
#: A picture is cut shorter and made smaller until it is small enough: share of its size, then colours, then height in px.
TRIES = ((1.0, 128, 3600), (1.0, 80, 2600), (0.8, 80, 1900), (0.7, 64, 1500), (0.6, 64, 1200))
MOST = 60 * 1024
#: How each kind of page is photographed: residents' pages on a telephone, staff pages at a desk.
TELEPHONE, LARGE, DESK = Way(390), Way(390, elder=True), Way(1280)
#: The same pictures under the names by which the README shows them.
ALSO = {
    "home": "resident",
    "home-elder": "resident-elder",
    "report-receipt": "receipt",
    "track-answered": "answer",
}
#: In 长辈版 these are enough; the others differ in size only.
IN_LARGE = (
    "home", "report", "report-check-filled", "report-receipt", "track", "track-mine", "track-answered", "offline",
)  # fmt: skip


@pytest.mark.parametrize("way", [TELEPHONE, LARGE, DESK], ids=str)
def test_album(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    folder = Path(os.environ["JIEYOU_SCREENS"])
    (folder / "pages").mkdir(exist_ok=True)
    pages = [
        page
        for page in taken[way.elder]
        if page.public == way.phone and (not way.elder or str(page) in IN_LARGE)
    ]
    with board.seen(way) as easel:
        for page in pages:
            name, kept = f"{page}{'-elder' if way.elder else ''}", small(easel.shoot(page))
            for path in [f"pages/{name}.png", *([f"{ALSO[name]}.png"] if name in ALSO else [])]:
                (folder / path).write_bytes(kept)


def small(png: bytes) -> bytes:
    """The picture with a palette of some colours; what hangs below a long page is cut off."""
    whole = Image.open(BytesIO(png)).convert("RGB")
    kept = b""
    for share, colours, high in TRIES:
        out = BytesIO()
        picture = whole.resize(
            (round(whole.width * share), round(whole.height * share)), Image.Resampling.LANCZOS
        )
        shorter = picture.crop((0, 0, picture.width, min(picture.height, high)))
        shorter.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        kept = out.getvalue()
        if len(kept) <= MOST:
            break
    return kept
