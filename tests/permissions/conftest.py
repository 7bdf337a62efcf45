"""The world of the permission tests, made once a module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from support.city import new_town

from permissions.world import World, made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of this module's cases lie: ``own_home`` is new for every test, they are not."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def files_stay(own_home: Path, home: Path, settings: Any) -> None:
    settings.HOME, settings.EVIDENCE_ROOT = home, home / "evidence"


@pytest.fixture(scope="module")
def world_kept(
    town_database: None, django_db_blocker: Any, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """The world of one module, committed; what a test does in it is rolled back."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "HOME", home)
        patch.setattr(settings, "EVIDENCE_ROOT", home / "evidence")
        return made(World(new_town()), tmp_path_factory.mktemp("sheets") / "热线.xlsx")


@pytest.fixture
def world(world_kept: World, db: None) -> World:
    new_town()
    return world_kept
