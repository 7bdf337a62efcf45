"""Every page of both zones is open to everybody: axe-core, width, touch, letters, titles, policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image, ImageChops

from face.album import small
from face.drawing import Board, Way, looked_over
from face.older import WITHOUT, as_old
from face.pages import Page

pytestmark = pytest.mark.django_db
#: Residents' pages on a telephone, usual and in 长辈版; staff pages on a telephone, and at a desk in the dark.
WAYS = [Way(390, elder=True), Way(390), Way(1440, "dark")]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_page_is_open_to_everybody(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    pages = [page for page in taken[way.elder] if way.phone or not page.public]
    if faults := looked_over(board, way, pages):
        pytest.fail(faults)


#: Every kind of page once: how each looks in a browser of 2021.
KINDS = {
    "home", "report", "report-receipt", "desk", "desk-cases", "desk-cases-all", "desk-cases-mine", "desk-cases-tabled-decide",
    "desk-together", "desk-meetings", "desk-ledger-values",
}  # fmt: skip
STYLES = (
    "vendor/bootstrap.min.css",
    *(f"css/{name}.css" for name in ("app", "citizen", "dark", "print")),
)


@contextmanager
def old_styles(board: Board) -> Iterator[None]:
    """The board gives out every style as a browser of 2021 reads it."""
    for name in STYLES:
        board.hand.styles[name] = as_old(Path(str(finders.find(name))).read_text("utf-8")).encode()
    yield
    board.hand.styles.clear()


def pictures(board: Board, way: Way, pages: list[Page], *, old: bool) -> dict[str, bytes]:
    with board.seen(way, reduced_motion="reduce") as easel:
        if old:
            easel.tab.add_init_script(f"({WITHOUT})()")
        return {str(page): easel.shoot(page) for page in pages}


def differing(one: bytes, other: bytes) -> float:
    """The share of the picture (%) that is not the same in both."""
    first, second = (Image.open(BytesIO(png)).convert("L") for png in (one, other))
    if first.size != second.size:
        return 100.0
    seen = ImageChops.difference(first, second).point(lambda v: 255 if v > 24 else 0)
    return 100 * sum(seen.histogram()[255:]) / (first.width * first.height)


@pytest.mark.parametrize("way", [Way(390), Way(1440)], ids=str)
def test_a_browser_of_2021_shows_the_same(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    pages = [page for page in taken[False] if str(page) in KINDS and page.public == way.phone]
    now = pictures(board, way, pages, old=False)
    with old_styles(board):
        then = pictures(board, way, pages, old=True)
    if folder := os.environ.get("JIEYOU_SCREENS"):
        for name, png in then.items():
            (Path(folder) / f"old-browser-{name}.png").write_bytes(small(png))
    apart = {name: round(differing(now[name], then[name]), 2) for name in now}
    assert len(pages) >= 3 and {name: share for name, share in apart.items() if share > 0.5} == {}
    assert board.breaches == []
