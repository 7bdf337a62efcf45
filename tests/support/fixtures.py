"""Fixtures for every test of the house; ``conftest.py`` at the top makes them known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from support import pristine
from support.installed import Installed, installation

# The suite must say the same thing twice: `--hypothesis-profile explore` looks for new cases.
hypothesis.settings.register_profile(
    "jieyou", deadline=None, derandomize=True, database=None, print_blob=True
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("jieyou")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, with a pristine copy that is put back after each test that commits."""
    with django_db_blocker.unblock():
        pristine.take()
    emptying = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: pristine.put_back()
    yield
    TransactionTestCase._fixture_teardown = emptying
    with django_db_blocker.unblock():
        pristine.drop()


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """A database on which commits are real (threads, races, ``on_commit``, a served page); put back after.

    The same as ``@pytest.mark.django_db(transaction=True)``; the seeds of the migrations are there, no
    trigger is off.
    """


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """``settings.HOME`` empty for every test: no keys, checkpoint files or evidence of another."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.EVIDENCE_ROOT = settings.HOME / "evidence"
    yield settings.HOME
    cache.clear()


@pytest.fixture
def installed(django_db_blocker: Any, tmp_path: Path) -> Iterator[Installed]:
    """``jieyou`` with a home and database of its own: ``installed.jieyou("audit", "verify", "--json")``."""
    home = tmp_path / "installed"
    home.mkdir()
    with django_db_blocker.unblock(), installation(home) as it:
        yield it


ASKS_DATABASE = {"installed", "db", "transactional_db", "django_db_serialized_rollback", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks for the runner: ``browser`` has a leg of its own; ``pure`` asks no database and runs once, on SQLite's leg."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if "browser" in used:
            item.add_marker(pytest.mark.browser)
        elif (
            item.get_closest_marker("django_db") is None and not used & ASKS_DATABASE and not _starts_it(item)
        ):
            item.add_marker(pytest.mark.pure)


def _starts_it(item: pytest.Item) -> bool:
    """Does its module start Jieyou in a process of its own? (On the leg's database, then.)"""
    module = getattr(item, "module", None)
    return any(name in vars(module) for name in ("installed", "jieyou", "subprocess")) if module else False


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test fails the run: what a test needs is brought along, or the run says how to get it."""
    if _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say why a run in which nothing failed is red all the same."""
    for report in _skipped(config):
        terminalreporter.line(f"SKIPPED, which counts as failed here: {report.nodeid}", red=True)


def _skipped(config: pytest.Config) -> list[Any]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return (
        [] if reporter is None else [*reporter.stats.get("skipped", []), *reporter.stats.get("xfailed", [])]
    )
