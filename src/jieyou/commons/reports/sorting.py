"""Every row of a workbook is accepted, returned or known: exactly one of them, the same in the dry run and in the run.

``known``: we have it, by the number of its source or by the same title and words, from earlier or from further up in
the same file. A known row is never returned: there is nothing to mend. A row that repeats one that goes back to be
mended is known as well, if it has faults itself; if it is right, it comes in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Literal, NamedTuple, TypeAlias
from uuid import UUID

from jieyou.commons.reports import channels
from jieyou.commons.reports.checking import Checked
from jieyou.commons.reports.models import SOURCES, Report
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy import masking

#: ``before``: accepted by the same batch, before it was broken off and run again.
Fate: TypeAlias = Literal["accepted", "returned", "known", "before"]

NAMED = 200
"""How many differing rows are named."""
_SOURCES = {title: code for code, title in SOURCES} | {code: code for code, _ in SOURCES}


class Differing(NamedTuple):
    """A row whose number we have, with other words: a person decides whether it is another matter."""

    sheet: str
    row: int
    number: str
    source: str
    words: str


class Sorter:
    """Sorts one file, chunk by chunk, top to bottom. Keeps eight bytes of every key it has met.

    ``office``: whose import it is, and whose series the numbers are (but for sources that number for the whole city).
    ``takes_differing``: a person has said that a known number with other words is another matter: it comes in.
    ``differing``: the first of those rows; ``differ`` counts them all.
    """

    def __init__(
        self, source: str, office: Unit, batch: UUID | None = None, takes_differing: bool = False
    ) -> None:
        self.source, self.office, self.batch, self.takes_differing = source, office, batch, takes_differing
        self.series = channels.series()
        self.differing: list[Differing] = []
        self.differ = 0
        self._met: set[int] = set()
        self._sent_back: set[int] = set()

    def sort(self, rows: Sequence[Checked]) -> list[Fate]:
        """The fate of each row, in order. Two queries at most for each source in the chunk."""
        there = self._in_database(rows)
        return [self._fate(row, there) for row in rows]

    def source_of(self, row: Checked) -> str:
        """The code of the row's own source, where it tells one that we know."""
        return _SOURCES.get(row.source) or ("hotline" if "12345" in row.source else self.source)

    def scope_of(self, row: Checked) -> str:
        """Whose series its number is of."""
        return self.series.scope(self.source_of(row), self.office)

    def _fate(self, row: Checked, there: Mapping[int, set[UUID | None]]) -> Fate:
        keys = set(self._keys(row))
        met = {key for key in keys if key in self._met or there.get(key, set()) - {self.batch}}
        if met and len(keys) > len(met) and _key("", row.fingerprint) not in met:
            self._note(row)
            keys = keys - met if self.takes_differing else keys
        if keys & self._met:
            return "known"
        owners = {owner for key in keys for owner in there.get(key, ())}
        if owners or not row.wrong:
            self._met |= keys
            return "accepted" if not owners else "before" if owners == {self.batch} else "known"
        if keys & self._sent_back:
            return "known"
        self._sent_back |= keys
        return "returned"

    def _note(self, row: Checked) -> None:
        self.differ += 1
        if len(self.differing) < NAMED:
            words = masking.mask(row.title or row.words)[:120]
            where = row.row
            self.differing.append(
                Differing(where.sheet, where.number, row.number, self.source_of(row), words)
            )

    def _keys(self, row: Checked) -> Iterator[int]:
        if row.number and "number" not in row.wrong:
            yield _key(f"{self.source_of(row)}@{self.scope_of(row)}", row.number)
        if row.fingerprint:
            yield _key("", row.fingerprint)

    def _in_database(self, rows: Sequence[Checked]) -> dict[int, set[UUID | None]]:
        """Key → batches (``None``: not by a workbook) whose reports have it."""
        found: dict[int, set[UUID | None]] = {}
        numbers: dict[str, list[str]] = {}
        for row in rows:
            if row.number:
                numbers.setdefault(self.source_of(row), []).append(row.number)
        for source, some in numbers.items():
            scope = self.series.scope(source, self.office)
            had = Report.objects.filter(source=source, source_no__in=some, scope=scope)
            for number, batch in had.values_list("source_no", "batch"):
                found.setdefault(_key(f"{source}@{scope}", number), set()).add(batch)
        prints = [row.fingerprint for row in rows if row.fingerprint]
        for value, batch in Report.objects.filter(fingerprint__in=prints).values_list("fingerprint", "batch"):
            found.setdefault(_key("", value), set()).add(batch)
        return found


def _key(kind: str, value: str) -> int:
    return int.from_bytes(blake2b(f"{kind}\x1f{value}".encode(), digest_size=8).digest(), "big")
