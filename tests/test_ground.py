"""What the other tests stand on: the database put back, the home of each test, the front-end files."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.db import connection
from support.pages import ELSEWHERE

VENDOR = ("bootstrap.min.css", "bootstrap.bundle.min.js", "htmx.min.js", "icons.svg")


def write_a_row() -> None:
    ContentType.objects.create(app_label="tests", model="left")


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_commits_is_gone_in_the_next(committed_db: None, time: str) -> None:
    assert not ContentType.objects.filter(app_label="tests").exists()
    write_a_row()


def test_what_another_thread_commits_is_seen_and_then_gone(committed_db: None) -> None:
    def work() -> None:
        write_a_row()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ContentType.objects.filter(app_label="tests").count() == 1


@pytest.mark.django_db
def test_a_rolled_back_test_starts_from_the_migrations() -> None:
    assert not ContentType.objects.filter(app_label="tests").exists()
    assert ContentType.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_seeds_of_migrations_survive_a_committing_test() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0


def test_every_test_has_a_home_of_its_own(own_home: Path) -> None:
    assert own_home == settings.HOME
    assert list(own_home.iterdir()) == []


@pytest.mark.parametrize("name", VENDOR)
def test_the_front_end_files_were_built_in(name: str) -> None:
    found = finders.find(f"vendor/{name}")
    assert found is not None
    assert "sourceMappingURL" not in Path(found).read_text("utf-8")


def test_the_sprite_has_every_icon_of_the_list() -> None:
    listed = Path("frontend/icons.txt").read_text("utf-8").splitlines()
    sprite = Path(finders.find("vendor/icons.svg")).read_text("utf-8")
    assert re.findall(r'<symbol id="([^"]+)"', sprite) == [
        name for name in listed if not name.startswith("#")
    ]


@pytest.mark.parametrize(
    ("address", "away"),
    [
        ("http://127.0.0.1:8000/desk/", False),
        ("http://localhost:8000/", False),
        ("https://example.org/x.js", True),
        ("http://127.0.0.1.example.org/", True),
        ("data:image/svg+xml,x", False),
    ],
)
def test_an_address_on_another_machine_is_known_as_such(address: str, away: bool) -> None:
    assert bool(ELSEWHERE.match(address)) is away


def test_a_browser_shows_the_icons_of_this_machine(visitor: Any, live_server: Any) -> None:
    page = visitor(phone=True)
    answer = page.goto("/static/vendor/icons.svg")
    assert answer.status == 200
    assert page.evaluate("document.querySelectorAll('symbol').length") > 60
    assert page.evaluate("navigator.language") == "zh-CN"


def test_the_command_runs_with_a_home_of_its_own(installed: Any) -> None:
    done = installed.jieyou("--help")
    assert done.returncode == 0, done.stderr
    assert "serve" in done.stdout
