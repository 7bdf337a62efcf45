"""The world of the permission tests: made once a process, kept as a copy of the database, put back for every module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from support import pristine
from support.city import new_town

from permissions.world import PERSONAS, World, made

NAME = "world"
_made: list[World] = []


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the world's cases lie: ``own_home`` is new for every test, they are not."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def files_stay(own_home: Path, home: Path, settings: Any) -> None:
    settings.HOME, settings.EVIDENCE_ROOT = home, home / "evidence"


@pytest.fixture(scope="module")
def world_kept(
    town_database: None, django_db_blocker: Any, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """The world, committed, for one module; what a test does in it is rolled back."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        if not pristine.kept(NAME):
            patch.setattr(settings, "HOME", home)
            patch.setattr(settings, "EVIDENCE_ROOT", home / "evidence")
            _made[:] = [made(World(new_town()), tmp_path_factory.mktemp("sheets") / "热线.xlsx")]
            pristine.take(NAME)
        pristine.use(NAME)
    return _made[0]


@pytest.fixture
def world(world_kept: World, db: None) -> World:
    new_town()
    return world_kept


@pytest.fixture(scope="module")
def clients(world_kept: World, django_db_blocker: Any) -> dict[str, Client]:
    """Each person's browser, logged in once for the module."""
    with django_db_blocker.unblock():
        return {who: world_kept.client(who) for who in PERSONAS}
