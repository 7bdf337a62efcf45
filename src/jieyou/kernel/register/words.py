"""The index of a register's words: found by any two Chinese characters, narrowed in the same query (see :mod:`..loop.grams`).

SQLite keeps the tokens in FTS5, PostgreSQL in an array under GIN. The words of sealed columns are in no index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from jieyou.kernel.loop.grams import LONGEST, normal, token, tokens, words_of
from jieyou.kernel.register.declare import Register
from jieyou.kernel.register.models import LEVELS, RowWords

HERE = "here"
#: So many are found at most; whoever gets so many narrows further.
MOST = 500
_ADD = {
    "sqlite": "INSERT INTO register_grams(rowid, grams) VALUES (%s, %s)",
    "postgresql": "UPDATE register_rowwords SET grams = %s WHERE id = %s",
}
_GONE = "INSERT INTO register_grams(register_grams, rowid, grams) VALUES ('delete', %s, %s)"
_SQLITE = ("SELECT w.row FROM register_grams JOIN register_rowwords w ON w.id = register_grams.rowid "
           "WHERE register_grams MATCH %s{again} ORDER BY register_grams.rowid DESC LIMIT %s")  # fmt: skip
_POSTGRES = "SELECT w.row FROM register_rowwords w WHERE w.grams @> %s::int[]{among}{again} ORDER BY w.id DESC LIMIT %s"


def begin(register: Register, rows: Iterable[Any]) -> None:
    """Rows that have just been added. Inside a transaction."""
    made = [_made(register, row) for row in rows]
    if connection.vendor == "sqlite":  # the write lock is held: nobody else counts
        last = RowWords.objects.aggregate(last=Max("id"))["last"] or 0
        for number, one in enumerate(made, last + 1):
            one.pk = number
    RowWords.objects.bulk_create(made, batch_size=500)
    _index(made)


def follow(register: Register, rows: Iterable[Any]) -> None:
    """Rows that have been changed."""
    there = {row.pk: row for row in rows}
    olds = list(RowWords.objects.filter(row__in=there))
    pairs = [(old, _made(register, there[old.row])) for old in olds]
    pairs = [(old, new) for old, new in pairs if (old.text, old.names) != (new.text, new.names)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(_GONE, [(old.pk, _line(old)) for old, _ in pairs])
    for old, new in pairs:
        new.pk = old.pk
    RowWords.objects.bulk_update([new for _, new in pairs], ["text", "names"], batch_size=500)
    _index([new for _, new in pairs])


def find(
    register: Register, query: str, places: Sequence[str], chosen: dict[str, str], here: bool
) -> list[UUID]:
    """Keys of rows with all words of the query in one of the places (none: anywhere), with these values; the newest first."""
    words = words_of(query)
    if not words:
        return []
    names = [register.code, *([HERE] if here else []), *(f"{key}={value}" for key, value in chosen.items())]
    wanted = sorted({n for word in words for n in tokens(word)} | {token(name) for name in names})
    return _found(words, wanted, sorted(token(code) for code in places))


def _found(words: list[str], wanted: list[int], among: list[int]) -> list[UUID]:
    sqlite = connection.vendor == "sqlite"
    again = "".join(f" AND {'instr' if sqlite else 'strpos'}(w.text, %s) > 0" for _ in words)
    if sqlite:
        match = " AND ".join(f"{n:x}" for n in wanted)
        match += f" AND ({' OR '.join(f'{n:x}' for n in among)})" if among else ""
        sql, params = _SQLITE.format(again=again), [match, *words, MOST]
    else:
        sql = _POSTGRES.format(among=" AND w.grams && %s::int[]" if among else "", again=again)
        params = [wanted, *([among] if among else []), *words, MOST]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [key if isinstance(key, UUID) else UUID(key) for (key,) in cursor.fetchall()]


def _made(register: Register, row: Any) -> RowWords:
    said = [str(getattr(row, name) or "").replace("\x00", "") for name in register.searched]
    text = "\n".join(" ".join(normal(line[:LONGEST]).split()) for line in said)
    places = [getattr(row, level) for level in LEVELS if getattr(row, level)]
    values = [f"{one.name}={getattr(row, one.name)}" for one in register.narrowing]
    here = [] if row.until else [HERE]
    return RowWords(row=row.pk, text=text, names=" ".join([register.code, *places, *values, *here]))


def _index(rows: list[RowWords]) -> None:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.executemany(
            _ADD[connection.vendor], [(one.pk, _line(one)) if sqlite else (_tokens(one), one.pk) for one in rows]
        )  # fmt: skip


def _tokens(row: RowWords) -> list[int]:
    return tokens(row.text, row.names.split())


def _line(row: RowWords) -> str:
    return " ".join(f"{number:x}" for number in _tokens(row))
