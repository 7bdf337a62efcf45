"""Every page of both zones is open to everybody: axe-core, width, touch, letters, titles, policy."""

from __future__ import annotations

import pytest

from face.drawing import Board, Way, looked_over
from face.pages import Page

pytestmark = pytest.mark.django_db
#: Residents' pages on a telephone, usual and in 长辈版; staff pages on a telephone, and at a desk in the dark.
WAYS = [Way(390, elder=True), Way(390), Way(1440, "dark")]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_page_is_open_to_everybody(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    pages = [page for page in taken[way.elder] if way.phone or not page.public]
    if faults := looked_over(board, way, pages):
        pytest.fail(faults)
