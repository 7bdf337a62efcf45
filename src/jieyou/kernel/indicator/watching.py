"""What keeps the sums true, whoever changes a case and however: triggers of the database, put on after every ``migrate``.

A change on a past day marks the day (:class:`.models.Dirty`); a change of what is open adds rows of +1 and −1
(:class:`.models.Standing`). Both only ever insert, so that two steps never wait for each other here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction

from jieyou.kernel.indicator import stock
from jieyou.kernel.indicator.watch import watched

CASE = "loop_case"
#: Columns of a case that put it into another sum.
_FLOW = ("loop", "sealed", "outcome", "opened_at", "ended_at", "l2", "l3")
_STOCK = ("loop", "sealed", "open", "stage", "due", "l2", "l3")
_STANDS = 'INSERT INTO indicator_standing ("loop", l2, l3, stage, due_day, n) SELECT {r}."loop", {r}.l2, {r}.l3, {r}.stage, {due}, {n} WHERE {counts}'


def ensure(sender: Any, using: str = "default", **_: Any) -> None:
    """Receiver of ``post_migrate``: triggers and the indexes of days (SQLite loses both when a table is made anew)."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if CASE not in there or "indicator_dirty" not in there:
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        if not _there(cursor, connection.vendor):
            cursor.execute("DELETE FROM indicator_done")  # what changed without triggers nobody knows
        for moment in ("opened_at", "ended_at"):
            cursor.execute(f'CREATE INDEX IF NOT EXISTS case_{moment} ON {CASE} ("loop", {moment})')
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS clock_waiting ON loop_clock (code) WHERE stopped_at IS NULL"
        )
        for statement in (_sqlite if connection.vendor == "sqlite" else _postgres)(there):
            cursor.execute(statement)
        stock.count_open()


def _there(cursor: Any, vendor: str) -> bool:
    """Were the triggers on all the time?"""
    if vendor == "sqlite":
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = 'indicator_stock'"
        )
    else:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'indicator_stock' AND tgrelid = 'loop_case'::regclass"
        )
    return bool(cursor.fetchone()[0])


def _changed(columns: tuple[str, ...], distinct: str) -> str:
    return " OR ".join(f'OLD."{c}" {distinct} NEW."{c}"' for c in columns)


def _sqlite(there: set[str]) -> Iterator[str]:
    def day(value: str) -> str:
        return f"date({value}, '+8 hours')"

    def dirty(*values: str) -> str:
        past = "date('now', '+8 hours')"
        return " ".join(
            f"INSERT INTO indicator_dirty (day) SELECT {day(v)} WHERE {v} IS NOT NULL AND {day(v)} < {past};"
            for v in values
        )

    def stands(row: str, n: int) -> str:
        return (
            _STANDS.format(r=row, due=day(f"{row}.due"), n=n, counts=f'{row}."open" AND NOT {row}.sealed')
            + ";"
        )

    yield from _trigger(
        "insert", f"AFTER INSERT ON {CASE}", "", dirty("NEW.opened_at", "NEW.ended_at") + stands("NEW", 1)
    )
    yield from _trigger(
        "delete", f"AFTER DELETE ON {CASE}", "", dirty("OLD.opened_at", "OLD.ended_at") + stands("OLD", -1)
    )
    moved = dirty("OLD.opened_at", "OLD.ended_at", "NEW.opened_at", "NEW.ended_at")
    yield from _trigger("flow", f"AFTER UPDATE ON {CASE}", _changed(_FLOW, "IS NOT"), moved)
    yield from _trigger(
        "stock", f"AFTER UPDATE ON {CASE}", _changed(_STOCK, "IS NOT"), stands("OLD", -1) + stands("NEW", 1)
    )
    for w in watched():
        if w.table in there:
            found = f"(SELECT c.{w.moment} FROM {CASE} c WHERE c.id = NEW.{w.key})"
            yield from _trigger(
                f"{w.table}_{w.column}",
                f"AFTER UPDATE ON {w.table}",
                _changed((w.column,), "IS NOT"),
                dirty(found),
            )


def _trigger(name: str, when: str, only: str, body: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS indicator_{name}"
    yield f"CREATE TRIGGER indicator_{name} {when} {f'WHEN {only}' if only else ''} BEGIN {body} END"


def _postgres(there: set[str]) -> Iterator[str]:
    yield _function(
        "indicator_mark(moments timestamptz[])",
        "void",
        """
        INSERT INTO indicator_dirty (day) SELECT DISTINCT (m AT TIME ZONE 'Asia/Shanghai')::date FROM unnest(moments) m
        WHERE m IS NOT NULL AND (m AT TIME ZONE 'Asia/Shanghai')::date < (now() AT TIME ZONE 'Asia/Shanghai')::date;""",
    )
    new = "PERFORM indicator_mark(ARRAY[NEW.opened_at, NEW.ended_at]);"
    old = "PERFORM indicator_mark(ARRAY[OLD.opened_at, OLD.ended_at]);"
    yield from _on("insert", CASE, "INSERT", "", new + _stands("NEW", 1))
    yield from _on("delete", CASE, "DELETE", "", old + _stands("OLD", -1))
    yield from _on("flow", CASE, "UPDATE", _changed(_FLOW, "IS DISTINCT FROM"),
                   "PERFORM indicator_mark(ARRAY[OLD.opened_at, OLD.ended_at, NEW.opened_at, NEW.ended_at]);")  # fmt: skip
    yield from _on(
        "stock", CASE, "UPDATE", _changed(_STOCK, "IS DISTINCT FROM"), _stands("OLD", -1) + _stands("NEW", 1)
    )
    for w in watched():
        if w.table in there:
            body = f"PERFORM indicator_mark(ARRAY[(SELECT c.{w.moment} FROM {CASE} c WHERE c.id = NEW.{w.key})]);"
            yield from _on(
                f"{w.table}_{w.column}", w.table, "UPDATE", _changed((w.column,), "IS DISTINCT FROM"), body
            )


def _stands(row: str, n: int) -> str:
    due = f"({row}.due AT TIME ZONE 'Asia/Shanghai')::date"
    return _STANDS.format(r=row, due=due, n=n, counts=f'{row}."open" AND NOT {row}.sealed') + ";"


def _function(head: str, gives: str, body: str) -> str:
    end = "RETURN NULL;" if gives == "trigger" else ""
    return (
        f"CREATE OR REPLACE FUNCTION {head} RETURNS {gives} LANGUAGE plpgsql AS $$ BEGIN {body} {end} END $$"
    )


def _on(name: str, table: str, act: str, only: str, body: str) -> Iterator[str]:
    yield _function(f"indicator_{name}()", "trigger", body)
    yield f"DROP TRIGGER IF EXISTS indicator_{name} ON {table}"
    when = f"WHEN ({only})" if only else ""
    yield f"CREATE TRIGGER indicator_{name} AFTER {act} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION indicator_{name}()"
