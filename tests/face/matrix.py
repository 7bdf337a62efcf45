"""``make test-face``: every page at every width, in light, dark and 长辈版. Long, so not part of the suite."""

from __future__ import annotations

import pytest

from face.drawing import Board, Way, looked_over
from face.pages import Page

pytestmark = pytest.mark.django_db
WIDTHS = (390, 768, 1440, 1920)
WAYS = [
    *(Way(width, scheme) for width in WIDTHS for scheme in ("light", "dark")),
    *(Way(width, elder=True) for width in WIDTHS),
    Way(390, "dark", elder=True),
]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_page_at_every_width(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    if faults := looked_over(board, way, taken[way.elder]):
        pytest.fail(faults)
