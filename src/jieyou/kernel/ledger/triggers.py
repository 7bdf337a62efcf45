"""The database itself refuses to change a record, whoever asks: triggers for SQLite and PostgreSQL.

They stop mistakes and the application's own accounts. Who may drop a trigger can still change a row; that is
what `audit verify` and the checkpoints are for. SQLite loses a table's triggers when Django rebuilds the
table in a later migration, so `ensure` puts them back after every ``migrate``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, migrations, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from jieyou.kernel.ledger.registry import guarded_tables

REFUSAL = "ledger is append-only: 办理记录不可更改"
PREFIX = "append_only"
Door = BaseDatabaseWrapper | BaseDatabaseSchemaEditor

_CHAINED_KEYS = [["id"], ["chain", "seq"]]
_OTHER_KEYS = {
    "ledger_payload": [["record"]],
    "ledger_checkpoint": [["no"]],
    "ledger_head": [["id"], ["table", "chain", "seq"]],
}
# A payload may change once: to be blanked as the law says.
_UNLESS = {
    "ledger_payload": "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.record = OLD.record"
    " AND NEW.text = '' AND NEW.salt = ''"
}
# REPLACE deletes without firing DELETE triggers, so SQLite also refuses to insert over a row that is there.
_SQLITE = {
    "update": 'BEFORE UPDATE ON "{table}"{unless}',
    "delete": 'BEFORE DELETE ON "{table}"',
    "replace": 'BEFORE INSERT ON "{table}" WHEN {taken}',
}
_POSTGRES = {
    "update": 'BEFORE UPDATE ON "{table}" FOR EACH ROW{unless}',
    "delete": 'BEFORE DELETE ON "{table}" FOR EACH ROW',
    "truncate": 'BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT',
}
_FUNCTION = f"""CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def protects(*tables: str) -> migrations.RunPython:
    """The migration operation: from here on the database refuses to change `tables` (IntegrityError)."""

    def put_on(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            install(editor, table)

    def take_off(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            remove(editor, table)

    return migrations.RunPython(put_on, take_off)


def install(door: Door, table: str) -> None:
    """Put the triggers on a table of links (or one of the ledger's own), anew if they are there."""
    remove(door, table)
    if _vendor(door) == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name, sql in _SQLITE.items():
            _run(door, f'CREATE TRIGGER "{PREFIX}_{name}_{table}" {_filled(sql, table)} {refuse}')
        return
    _run(door, _FUNCTION)
    for name, sql in _POSTGRES.items():
        _run(door, f"CREATE TRIGGER {PREFIX}_{name} {_filled(sql, table)} EXECUTE FUNCTION {PREFIX}()")
        _run(door, f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {PREFIX}_{name}')


def remove(door: Door, table: str) -> None:
    """Take the triggers off a table: for the migration that removes the table."""
    if _vendor(door) == "sqlite":
        for name in _SQLITE:
            _run(door, f'DROP TRIGGER IF EXISTS "{PREFIX}_{name}_{table}"')
        return
    for name in _POSTGRES:
        _run(door, f'DROP TRIGGER IF EXISTS {PREFIX}_{name} ON "{table}"')


def guarded(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables that have all their triggers, switched on."""
    if connection.vendor == "sqlite":
        kinds, found = _SQLITE, "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE"
    else:
        kinds, found = (
            _POSTGRES,
            (
                "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled = 'A' AND tgname LIKE"
            ),
        )
    with connection.cursor() as cursor:
        cursor.execute(f"{found} '{PREFIX}_%'")
        tables = [table for (table,) in cursor.fetchall()]
    return sorted({table for table in tables if tables.count(table) == len(kinds)})


def unguarded(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables that should have their triggers and have not (tables that are not there yet left out)."""
    there = set(connection.introspection.table_names()).intersection(guarded_tables())
    return sorted(there - set(guarded(connection)))


def ensure(connection: BaseDatabaseWrapper) -> list[str]:
    """Put the triggers back where they are missing; returns the tables that needed it."""
    missing = unguarded(connection)
    with transaction.atomic(using=connection.alias):
        for table in missing:
            install(connection, table)
    return missing


def after_migrate(using: str, **_: Any) -> None:
    """Receiver of ``post_migrate``."""
    ensure(connections[using])


@contextmanager
def suspended(connection: BaseDatabaseWrapper, tables: Iterable[str] | None = None) -> Iterator[None]:
    """Without the triggers of `tables` (default: all that have them) inside the block, one transaction.

    For the flush between tests and for tests that tamper; the application never calls it. If the block fails,
    the rollback brings the triggers back.
    """
    names = guarded(connection) if tables is None else list(tables)
    with transaction.atomic(using=connection.alias):
        _settle(connection)
        for table in names:
            remove(connection, table)
        yield
        _settle(connection)
        for table in names:
            install(connection, table)


def _settle(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL alters no table for which deferred checks are waiting: make them now."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _filled(sql: str, table: str) -> str:
    unless = f" WHEN (NOT ({_UNLESS[table]}))" if table in _UNLESS else ""
    taken = " OR ".join(_taken(table, key) for key in _OTHER_KEYS.get(table, _CHAINED_KEYS))
    return sql.format(table=table, unless=unless, taken=taken)


def _taken(table: str, key: list[str]) -> str:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'


def _vendor(door: Door) -> str:
    return (door.connection if isinstance(door, BaseDatabaseSchemaEditor) else door).vendor


def _run(door: Door, sql: str) -> None:
    if isinstance(door, BaseDatabaseSchemaEditor):
        door.execute(sql, params=None)
        return
    with door.cursor() as cursor:
        cursor.execute(sql)
