"""The ground of a benchmark: a copy of this database with so many cases more, kept and used again.

SQLite: files in ``HOME/bench``. PostgreSQL: databases beside this one, made from it as a template. Without more cases the
copy is made anew each time and thrown away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from jieyou.interfaces.cli.out import progress, say
from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo.volume import Volume
from jieyou.kernel import statements

FOLDER = "bench"


Fill = Callable[[int], None]


@contextmanager
def ground(cases: int, kind: str = "", fill: Fill | None = None) -> Iterator[None]:
    """Within the block the connection goes to the copy. ``kind``, ``fill``: a ground of other things than cases."""
    own = connection.settings_dict["NAME"]
    sqlite = connection.vendor == "sqlite"
    copy = _file(f"{kind}{cases}") if sqlite else _database(str(own), f"{kind}{cases}")
    try:
        (_copy_file if sqlite else _copy_database)(str(own), copy, cases, fill or _fill)
        yield
    finally:
        _use(str(own))
        if not cases:
            _forget_file(copy) if sqlite else _drop(copy)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _file(name: str) -> str:
    folder = settings.HOME / FOLDER
    folder.mkdir(exist_ok=True)
    return str(folder / f"{name}.sqlite3")


def _copy_file(own: str, copy: str, cases: int, fill: Fill) -> None:
    if Path(copy).exists() and cases:
        return _brought_up(copy)
    begun = f"{copy}.begun"
    _forget_file(begun)
    with sqlite3.connect(own) as source, sqlite3.connect(begun) as target:
        source.backup(target)
    _use(begun)
    fill(cases)
    connection.close()
    Path(begun).rename(copy)
    for ending in ("-wal", "-shm", ".line"):  # empty: the last connection to a file writes its log back
        Path(f"{begun}{ending}").unlink(missing_ok=True)
    _use(copy)
    return None


def _forget_file(name: str) -> None:
    for ending in ("", "-wal", "-shm", ".line"):
        Path(f"{name}{ending}").unlink(missing_ok=True)


def _database(own: str, name: str) -> str:
    return f"{own}_{FOLDER}_{name}"


def _copy_database(own: str, copy: str, cases: int, fill: Fill) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [copy])
        there = cursor.fetchone() is not None
    if there and cases:
        return _brought_up(copy)
    begun = f"{copy}_begun"
    _drop(copy)
    _drop(begun)
    _administer(f'CREATE DATABASE "{begun}" TEMPLATE "{own}"')
    _use(begun)
    fill(cases)
    _administer(f'ALTER DATABASE "{begun}" RENAME TO "{copy}"')
    _use(copy)
    return None


def _drop(name: str) -> None:
    _administer(f'DROP DATABASE IF EXISTS "{name}"')


def _administer(statement: str) -> None:
    """A statement about whole databases: nobody may be connected to them."""
    here = connection.settings_dict["NAME"]
    _use("postgres" if here != "postgres" else "template1")
    with connection.cursor() as cursor:
        cursor.execute(statement)
    _use(str(here))


def _brought_up(copy: str) -> None:
    _use(copy)
    call_command("migrate", verbosity=0, interactive=False)
    statements.analyze()


def _fill(cases: int) -> None:
    """Cases by the bulk path, then statistics for the planner."""
    if cases:
        with progress("垫底") as show:
            made = Volume(towns.read()).fill(cases, show)
        say(f"已垫 {made} 件。")
    statements.analyze()
