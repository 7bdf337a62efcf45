"""The world of the permission tests, drawn: its pages taken once a module, a browser with axe in every page."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from permissions.conftest import files_stay, home, world, world_kept
from permissions.world import World
from playwright.sync_api import Browser
from support.city import new_town

from face.drawing import Board
from face.pages import Page, every, walk_on

__all__ = ["files_stay", "home", "world", "world_kept"]


@pytest.fixture(scope="module")
def taken(world_kept: World, django_db_blocker: Any, home: Any) -> dict[bool, list[Page]]:
    """Every page, and (``True``) the residents' pages in 长辈版."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "HOME", home)
        patch.setattr(settings, "EVIDENCE_ROOT", home / "evidence")
        new_town()
        walk_on(world_kept)
        return {elder: every(world_kept, elder) for elder in (False, True)}


@pytest.fixture
def board(browser: Browser) -> Board:
    return Board(browser)
