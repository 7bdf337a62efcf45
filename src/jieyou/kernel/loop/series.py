"""Gapless numbers that people see. Taken inside the step's transaction: a step that fails gives its number back."""

from __future__ import annotations

from django.db import connection

from jieyou.kernel.loop.models import Series

_TAKE = (
    f'INSERT INTO "{Series._meta.db_table}" ("key", "last") VALUES (%s, %s) '
    f'ON CONFLICT ("key") DO UPDATE SET "last" = "{Series._meta.db_table}"."last" + EXCLUDED."last" RETURNING "last"'
)


def take(key: str, many: int = 1) -> int:
    """The first of ``many`` new numbers of a series; the caller's transaction holds the row until it ends."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [key, many])
        return cursor.fetchone()[0] - many + 1


def number(prefix: str, year: int, n: int) -> str:
    """``BT-2026-0412``: whose, which year, the how-manieth."""
    return f"{prefix}-{year}-{n:04d}"
