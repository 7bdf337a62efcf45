"""The freshly migrated test database, kept aside and put back after every test that really commits.

Django's own way is to empty all tables. Here the ledger's triggers refuse that, and the seeds of the
migrations (calendar, roles) would be gone. Putting the whole database back costs about as much and leaves
the triggers alone.
"""

import shutil
import sqlite3
from pathlib import Path

from django.db import connection


def take() -> None:
    """Keep the database as it is now: no test has written to it yet."""
    connection.close()
    if connection.vendor == "sqlite":
        with sqlite3.connect(_name()) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        shutil.copyfile(_name(), _kept())
    else:
        _maintain(f'DROP DATABASE IF EXISTS "{_kept()}"', f'CREATE DATABASE "{_kept()}" TEMPLATE "{_name()}"')


def put_back() -> None:
    """The database as it was taken; other connections see that at once (SQLite) or are cut (PostgreSQL)."""
    connection.close()
    if connection.vendor == "sqlite":
        kept = sqlite3.connect(f"file:{_kept()}?immutable=1", uri=True)
        database = sqlite3.connect(_name(), timeout=30)
        kept.backup(database)
        database.close()
        kept.close()
    else:
        _maintain(
            f'DROP DATABASE "{_name()}" WITH (FORCE)', f'CREATE DATABASE "{_name()}" TEMPLATE "{_kept()}"'
        )


def drop() -> None:
    """Forget the kept copy."""
    connection.close()
    if connection.vendor == "sqlite":
        Path(_kept()).unlink(missing_ok=True)
    else:
        _maintain(f'DROP DATABASE IF EXISTS "{_kept()}"')


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _kept() -> str:
    return f"{_name()}_pristine"


def _maintain(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
