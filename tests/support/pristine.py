"""The freshly migrated test database, kept aside and put back after every test that really commits.

Django's own way is to empty all tables. Here the ledger's triggers refuse that, and the seeds of the
migrations (calendar, roles) would be gone. Putting the whole database back costs about as much and leaves
the triggers alone. A second copy may be kept under another name (the small city of ``support.city``): what
``use`` names is what is put back from then on.
"""

import shutil
import sqlite3
from pathlib import Path

from django.db import connection

PRISTINE = "pristine"
_names = [PRISTINE]  # of the copies kept
_used = [PRISTINE]  # what is put back


def use(name: str) -> None:
    """From now on the copy of this name is the one that is put back, beginning at once."""
    _used[:] = [name]
    put_back()


def kept(name: str) -> bool:
    """Is there a copy of this name?"""
    return name in _names


def take(name: str = PRISTINE) -> None:
    """Keep the database as it is now: no test has written to it yet."""
    _names[:] = [*dict.fromkeys([*_names, name])]
    connection.close()
    if connection.vendor == "sqlite":
        with sqlite3.connect(_name()) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        shutil.copyfile(_name(), _kept(name))
    else:
        copy = _kept(name)
        _maintain(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{_name()}"')


def put_back() -> None:
    """The database as it was taken; other connections see that at once (SQLite) or are cut (PostgreSQL)."""
    connection.close()
    if connection.vendor == "sqlite":
        kept = sqlite3.connect(f"file:{_kept(_used[0])}?immutable=1", uri=True)
        database = sqlite3.connect(_name(), timeout=30)
        kept.backup(database)
        database.close()
        kept.close()
    else:
        _maintain(
            f'DROP DATABASE "{_name()}" WITH (FORCE)',
            f'CREATE DATABASE "{_name()}" TEMPLATE "{_kept(_used[0])}"',
        )


def drop() -> None:
    """Forget the kept copies."""
    connection.close()
    for name in _names:
        if connection.vendor == "sqlite":
            Path(_kept(name)).unlink(missing_ok=True)
        else:
            _maintain(f'DROP DATABASE IF EXISTS "{_kept(name)}"')
    _names[:], _used[:] = [PRISTINE], [PRISTINE]


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _kept(name: str) -> str:
    return f"{_name()}_{name}"


def _maintain(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
