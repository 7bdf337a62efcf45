"""Every page of both zones is open to everybody: axe-core, width, touch, letters, titles."""

from __future__ import annotations

import pytest
from face.drawing import Board, Way
from face.pages import Page

pytestmark = pytest.mark.django_db
WAYS = [Way(390, elder=True), Way(390), Way(1440, "dark")]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_page_is_open_to_everybody(taken: dict[bool, list[Page]], board: Board, way: Way) -> None:
    with board.seen(way) as easel:
        faults = {str(page): easel.faults(page) for page in taken[way.elder]}
    assert {name: found for name, found in faults.items() if found} == {}
    assert board.breaches == []
