"""The command ``jieyou`` as a person runs it: a process of its own, with a home and a database of its own."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

COMMAND = Path(sys.executable).parent / "jieyou"


@dataclass(frozen=True)
class Installed:
    """One installation: its home folder and the environment its commands run in."""

    home: Path
    environment: dict[str, str]

    def jieyou(
        self, *words: str | Path, stdin: str = "", timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; look at ``returncode``, ``stdout`` (the answer) and ``stderr``."""
        return subprocess.run(
            [COMMAND, *map(str, words)],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """Start a command that goes on (``serve``); the test ends it."""
        return subprocess.Popen(
            [COMMAND, *map(str, words)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@contextmanager
def installation(home: Path) -> Iterator[Installed]:
    """An installation in ``home``, on this run's kind of database; on PostgreSQL a database of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JIEYOU_")}
    environment |= {
        "JIEYOU_HOME": str(home),
        "JIEYOU_SQLITE_SYNCHRONOUS": "OFF",
        "DJANGO_SETTINGS_MODULE": "jieyou.settings",
    }
    if connection.vendor == "sqlite":
        yield Installed(home, environment)
        return
    name = f"jieyou_{uuid.uuid4().hex}"
    server = settings.DATABASES["default"]
    _maintain(f'CREATE DATABASE "{name}"')
    environment["JIEYOU_DATABASE_URL"] = (
        f"postgres://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/{name}"
    )
    yield Installed(home, environment)
    _maintain(f'DROP DATABASE "{name}" WITH (FORCE)')


def _maintain(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
