"""The index by which cases are found by their words: one row a case, written in the step that changes the case.

The row's tokens (:mod:`.grams`) are of its number, title and what was said, and of where it lies and which units have to do
with it, so that a search looks only among what the actor might see. SQLite keeps them in FTS5, PostgreSQL in an array under
GIN. A sealed case has no row: its words are in no index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from jieyou.kernel import statements
from jieyou.kernel.loop.grams import LONGEST, normal, tokens
from jieyou.kernel.loop.models import LEVELS, Case, CaseWords
from jieyou.kernel.privacy.models import Access
from jieyou.kernel.privacy.signals import granted
from jieyou.kernel.statements import kept

#: Columns of a case that the index knows; a step that changes none of them leaves it alone.
KNOWN = frozenset({"title", "sealed", "home_id", "holder_id", "open", "number", *LEVELS})
CHUNK = 1_000
OPEN = "open"
_FTS = "INSERT INTO loop_grams(rowid, grams) VALUES (%s, %s)"
_FTS_GONE = "INSERT INTO loop_grams(loop_grams, rowid, grams) VALUES ('delete', %s, %s)"
_RENEW = 'UPDATE loop_casewords SET "text" = %s, scope = %s, also = %s{grams} WHERE "id" = %s'
_TOKENS = 'UPDATE loop_casewords SET grams = %s WHERE "id" = %s'


def begin(case: Case, said: str = "") -> None:
    """A case that has just been opened; ``said``: masked words of the report that it came from."""
    if not case.sealed:
        _add([_row(case, said)])


def begin_many(
    cases: Iterable[Case], said: Mapping[UUID, str] | None = None, also: Mapping[UUID, str] | None = None
) -> None:
    """Many new cases; ``said``: their reports' words, ``also``: units (hex, parted by spaces) that got a right to see."""
    said, also = said or {}, also or {}
    _add([_row(case, said.get(case.pk, ""), also.get(case.pk, "")) for case in cases if not case.sealed])


def follow(case: Case, changed: Iterable[str]) -> None:
    """A step has changed these columns of the case."""
    if not KNOWN.isdisjoint(changed):
        _renew([case])


def follow_all(keys: Iterable[UUID]) -> None:
    """These cases have been changed by a bulk statement."""
    wanted = list(keys)
    for start in range(0, len(wanted), CHUNK):
        _renew(list(Case.objects.filter(pk__in=wanted[start : start + CHUNK])))


def say(cases: Iterable[Case], said: Mapping[UUID, str]) -> None:
    """What was said of these cases has changed: ``said`` has all of it, masked; without an entry nothing is left."""
    _renew(list(cases), said)


def fill_in(said_of: Callable[[Sequence[UUID]], Mapping[UUID, str]]) -> int:
    """Make the rows of all cases that have none, the oldest first; returns how many. ``said_of``: keys → what was said."""
    keys = list(Case.objects.filter(sealed=False, words=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        with transaction.atomic():
            begin_many(Case.objects.filter(pk__in=some).order_by("pk"), said_of(some), _granted(some))
    return len(keys)


def _granted(keys: Sequence[UUID]) -> dict[UUID, str]:
    found: dict[UUID, set[str]] = {}
    for subject, unit in Access.objects.filter(subject__in=keys).values_list("subject", "unit_id"):
        found.setdefault(subject, set()).add(unit.hex)
    return {subject: " ".join(sorted(units)) for subject, units in found.items()}


def _on_granted(rows: Iterable[Access], **_: Any) -> None:
    """A right to see puts the unit beside the case; when it ends the row stays, for the right itself is asked at every search."""
    units: dict[UUID, set[str]] = {}
    for row in rows:
        units.setdefault(row.subject, set()).add(row.unit_id.hex)
    olds = _of(next(iter(units))) if len(units) == 1 else CaseWords.objects.filter(case__in=units)
    _replace(
        [(old, _beside(old, new)) for old in olds if (new := units[old.case_id] - set(old.also.split()))]
    )


def _beside(old: CaseWords, units: set[str]) -> CaseWords:
    also = " ".join([*old.also.split(), *sorted(units)])
    return CaseWords(id=old.pk, case_id=old.case_id, text=old.text, scope=old.scope, also=also)


def connect() -> None:
    """Called once, when all apps are loaded."""
    granted.connect(_on_granted, dispatch_uid="loop.words")


@kept
def _of(case: UUID) -> QuerySet[CaseWords]:
    return CaseWords.objects.filter(case_id=case)


def _row(case: Case, said: str = "", also: str = "") -> CaseWords:
    lines = (case.number, case.title, said[:LONGEST])
    text = "\n".join(" ".join(normal(line.replace("\x00", "")).split()) for line in lines)
    return CaseWords(case_id=case.pk, text=text, scope=" ".join(_scope(case)), also=also)


def _scope(case: Case) -> list[str]:
    places = [getattr(case, level) for level in LEVELS if getattr(case, level)]
    units = [unit.hex for unit in (case.home_id, case.holder_id) if unit]
    return [case.loop, *places, *dict.fromkeys(units), *([OPEN] if case.open else [])]


def _renew(cases: list[Case], said: Mapping[UUID, str] | None = None) -> None:
    one = (
        _of(cases[0].pk)
        if len(cases) == 1
        else CaseWords.objects.filter(case__in=[case.pk for case in cases])
    )
    olds = {old.case_id: old for old in one}
    fresh: list[CaseWords] = []
    pairs: list[tuple[CaseWords, CaseWords]] = []
    for case in cases:
        old = olds.get(case.pk)
        if case.sealed:
            _drop(old)
            continue
        before = old.text.split("\n", 2)[2] if old else ""
        new = _row(case, before if said is None else said.get(case.pk, ""), old.also if old else "")
        if old is None:
            fresh.append(new)
        elif (old.text, old.scope) != (new.text, new.scope):
            new.pk = old.pk
            pairs.append((old, new))
    _add(fresh)
    _replace(pairs)


def _grams(row: CaseWords) -> list[int]:
    return tokens(row.text, [*row.scope.split(), *row.also.split()])


def _line(row: CaseWords) -> str:
    return " ".join(f"{number:x}" for number in _grams(row))


def _add(rows: list[CaseWords]) -> None:
    if connection.vendor == "postgresql":
        return _copy(rows) if len(rows) > 1 else _add_with_array(rows)
    if len(rows) == 1:
        statements.insert(rows[0])
    elif rows:
        last = (
            CaseWords.objects.aggregate(last=Max("id"))["last"] or 0
        )  # the write lock is held: nobody else counts
        for number, row in enumerate(rows, last + 1):
            row.pk = number
        statements.insert_all(rows)
    with connection.cursor() as cursor:
        cursor.executemany(_FTS, [(row.pk, _line(row)) for row in rows])
    return None


def _add_with_array(rows: list[CaseWords]) -> None:
    for row in rows:
        statements.insert(row)
        with connection.cursor() as cursor:
            cursor.execute(_TOKENS, [_grams(row), row.pk])


def _copy(rows: list[CaseWords]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy('COPY loop_casewords (case_id, "text", scope, also, grams) FROM STDIN') as copy,
    ):  # type: ignore[attr-defined]
        for row in rows:
            copy.write_row((row.case_id, row.text, row.scope, row.also, _grams(row)))


def _replace(pairs: list[tuple[CaseWords, CaseWords]]) -> None:
    if not pairs:
        return
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if not postgres:
            cursor.executemany(_FTS_GONE, [(old.pk, _line(old)) for old, _ in pairs])
            cursor.executemany(_FTS, [(new.pk, _line(new)) for _, new in pairs])
        values = [
            (new.text, new.scope, new.also, *([_grams(new)] if postgres else []), new.pk) for _, new in pairs
        ]
        cursor.executemany(_RENEW.format(grams=", grams = %s" if postgres else ""), values)


def _drop(old: CaseWords | None) -> None:
    if old is None:
        return
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_FTS_GONE, [old.pk, _line(old)])
    CaseWords.objects.filter(pk=old.pk).delete()
