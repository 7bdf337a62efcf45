"""Finding cases by number or words. What is found was seen by nobody yet: whoever asks narrows it to what he may see.

The newest come first, and no more than ``MOST`` of them: a word that thousands of cases have tells nobody anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from jieyou.kernel.loop.grams import token, tokens, words_of
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.words import OPEN
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import BUSINESS

MOST = 500
_NUMBER = re.compile(r"[A-Z]{1,8}-\d{0,4}(-\d{0,8}(-\d{0,4})?)?")
_SQLITE = ("SELECT w.case_id, w.text FROM loop_grams JOIN loop_casewords w ON w.id = loop_grams.rowid "
           "WHERE loop_grams MATCH %s{again} ORDER BY loop_grams.rowid DESC LIMIT %s")  # fmt: skip
_POSTGRES = "SELECT w.case_id, w.text FROM loop_casewords w WHERE {tests}{again} ORDER BY w.id DESC LIMIT %s"


@dataclass(frozen=True)
class Found:
    """A case that has the words, with its normal text: number, title, what was said, a line each."""

    key: UUID
    text: str

    def where(self, words: list[str]) -> str:
        """Which part has the words: ``number``, ``title`` or ``said``; the first that has one of them."""
        parts = zip(("number", "title", "said"), self.text.split("\n", 2), strict=False)
        return next((name for name, part in parts if any(word in part for word in words)), "said")

    def around(self, words: list[str], reach: int = 18) -> str:
        """A bit of what was said around the first word."""
        said = self.text.split("\n", 2)[-1]
        at = min((place for word in words if (place := said.find(word)) >= 0), default=0)
        first, last = max(0, at - reach), at + 2 * reach
        return ("…" if first else "") + said[first:last] + ("…" if last < len(said) else "")


def by_words(actor: Actor, query: str, loop: str = "", only_open: bool = False) -> list[Found]:
    """The newest cases that have all words of the query, in this loop ("": any), and that the actor might see."""
    words = words_of(query)
    if not words or (not (scope := _scope(actor)) and actor.kind != "system"):
        return []
    must = [loop] * bool(loop) + [OPEN] * only_open
    wanted = sorted({number for word in words for number in tokens(word)} | {token(name) for name in must})
    return _rows(words, wanted, sorted({token(name) for name in scope}))


def by_number(prefix: str) -> Q | None:
    """The condition for numbers that begin so; ``None`` where it does not look like the begin of a number."""
    text = prefix.strip().upper()
    if _NUMBER.fullmatch(text) is None:
        return None
    if connection.vendor == "postgresql":
        return Q(
            number__startswith=text
        )  # has an index for it; a range would follow the language's own order
    return Q(number__gte=text, number__lt=text + "\U0010ffff")


def keys(actor: Actor, query: str, loop: str = "", only_open: bool = False) -> list[UUID]:
    """Keys of what is found by number or by words."""
    numbered = by_number(query)
    if numbered is None:
        return [found.key for found in by_words(actor, query, loop, only_open)]
    rows = Case.objects.filter(
        numbered, **({"loop": loop} if loop else {}), **({"open": True} if only_open else {})
    )
    return list(rows.order_by("-number").values_list("pk", flat=True)[:MOST])


def _scope(actor: Actor) -> set[str]:
    """Names of places and units of which a case must have one for the actor to see it."""
    working = [h for h in actor.holdings if h.role in BUSINESS]
    return {h.unit.hex for h in working} | {h.place_code for h in working if h.unit_kind == "office"}


def _rows(words: list[str], wanted: list[int], scope: list[int]) -> list[Found]:
    here = "instr(w.text, %s) > 0" if connection.vendor == "sqlite" else "strpos(w.text, %s) > 0"
    again = "".join(f" AND {here}" for _ in words)
    if connection.vendor == "sqlite":
        match = " AND ".join(f"{number:x}" for number in wanted)
        match += f" AND ({' OR '.join(f'{number:x}' for number in scope)})" if scope else ""
        sql, params = _SQLITE.format(again=again), [match, *words, MOST]
    else:
        tests, arrays = "w.grams @> %s::int[]", [wanted]
        if scope:
            tests, arrays = f"{tests} AND w.grams && %s::int[]", [wanted, scope]
        sql, params = _POSTGRES.format(tests=tests, again=again), [*arrays, *words, MOST]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Found(_key(key), text) for key, text in cursor.fetchall()]


def _key(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
