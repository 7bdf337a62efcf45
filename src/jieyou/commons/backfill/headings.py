"""Where the table of a sheet begins and what its columns are called: a title line above, a heading of two rows, merged cells. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from jieyou.commons.backfill import fields
from jieyou.commons.reports.columns import TO_MEND, plain
from jieyou.commons.reports.xlsx import Merge

LOOKED_AT = 25
MOST_COLUMNS = 120
Rows = Sequence[tuple[int, Sequence[Any]]]


@dataclass(frozen=True)
class Heading:
    """Rows ``top`` to ``bottom`` (1 is the first), the columns' titles, above them what the sheet calls itself."""

    top: int
    bottom: int
    titles: tuple[str, ...]
    above: str = ""

    @property
    def fingerprint(self) -> str:
        """Of the titles alone: next month's ledger has the same."""
        words = [plain(title) for title in self.titles if title and title != TO_MEND]
        return sha256("\x1f".join(words).encode()).hexdigest()

    def fields(self) -> list[str]:
        """The likeliest field of each column. A field stands in one column; what we do not know is kept as told."""
        found = [fields.of(title) for title in self.titles]
        best: dict[str, int] = {}
        for column, (key, rank) in enumerate(found):
            if key and (key not in best or rank < found[best[key]][1]):
                best[key] = column
        return [self._field(column, key, best) for column, (key, _) in enumerate(found)]

    def _field(self, column: int, key: str, best: dict[str, int]) -> str:
        title = self.titles[column]
        if not title or title == TO_MEND:
            return ""
        return key if key in fields.MANY or best.get(key) == column else "told"


def find(rows: Rows, merges: Sequence[Merge]) -> Heading | None:
    """The likeliest heading among the first rows, of one row or of two; ``None`` where nothing looks like one."""
    tried = [at(rows, merges, number, deep) for number, _ in rows[:LOOKED_AT] for deep in (1, 2)]
    rated = [(worth(one), one) for one in tried if one is not None]
    good = [(value, one) for value, one in rated if value >= 2]
    return max(good, key=lambda each: (each[0], -each[1].top))[1] if good else None


def at(rows: Rows, merges: Sequence[Merge], top: int, deep: int) -> Heading | None:
    """The heading that stands in these rows."""
    lines = {number: _texts(cells) for number, cells in rows[: LOOKED_AT + 2] if top <= number < top + deep}
    if len(lines) < deep:
        return None
    wide = max(len(line) for line in lines.values())
    spread = [_spread(lines[n] + [""] * (wide - len(lines[n])), n, merges, deep) for n in sorted(lines)]
    titles = tuple(_joined(parts) for parts in zip(*spread, strict=True))
    above = " ".join(text for n, cells in rows if n < top for text in _texts(cells) if text)
    return Heading(top, top + deep - 1, titles, above[:200])


def worth(heading: Heading) -> float:
    """How many columns it names that we know; a second row must add something."""
    known = [fields.of(title) for title in heading.titles]
    keys = {key for key, _ in known if key}
    if not keys & set(fields.NEEDED):
        return 0
    long = sum(1 for title in heading.titles if len(title) > 24)
    sure = len({key for key, rank in known if key and rank < 20})
    return len(keys) + sure - 0.5 * (heading.bottom - heading.top) - 2 * long


def _texts(cells: Sequence[Any]) -> list[str]:
    return [" ".join(str(c).split()) if isinstance(c, str) else "" for c in cells[:MOST_COLUMNS]]


def _spread(line: list[str], number: int, merges: Sequence[Merge], deep: int) -> list[str]:
    """A cell merged to the right speaks for the columns that it spans, in a heading of two rows."""
    out = list(line)
    for merge in merges if deep > 1 else ():
        if merge.top == number and merge.right > merge.left and merge.left < len(out):
            for column in range(merge.left, min(merge.right + 1, len(out))):
                out[column] = out[merge.left]
    return out


def _joined(parts: Sequence[str]) -> str:
    """``办结情况`` over ``时间`` is ``办结时间``'s own column: the lower word where it is known, else both."""
    said = list(dict.fromkeys(part for part in parts if part))
    if len(said) < 2:
        return "".join(said)
    together = "".join(said)
    return together if fields.of(said[-1])[1] >= 20 or fields.of(together)[1] < 20 else said[-1]
