"""What two messages both say, in words: the reason beside a similar one. Pure."""

from __future__ import annotations

import re

from jieyou.commons.triage.replies import EVERYWHERE

SHORTEST, LONGEST, MOST = 3, 16, 3
_RUN = re.compile(r"[一-鿿A-Za-z0-9]+")


def shared_words(one: str, other: str) -> list[str]:
    """The longest pieces that stand in both, at most :data:`MOST`, none inside another; stock phrases do not count."""
    found = sorted(set(_pieces(one, other)), key=lambda piece: (-len(piece), one.find(piece)))
    kept = list[str]()
    for piece in found:
        if len(kept) < MOST and not any(piece in longer or longer in piece for longer in kept):
            kept.append(piece[:LONGEST])
    return kept


def _pieces(one: str, other: str) -> list[str]:
    """Every piece of ``one`` that stands in ``other`` and cannot be made longer."""
    out = list[str]()
    for run in _RUN.findall(one):
        start = 0
        while start < len(run):
            end = start
            while end < len(run) and run[start : end + 1] in other:
                end += 1
            if end - start >= SHORTEST and not _stock(run[start:end]):
                out.append(run[start:end])
            start = max(end, start + 1)
    return out


def _stock(piece: str) -> bool:
    """Nothing but phrases of letters to and from offices, or figures."""
    pairs = [piece[n : n + 2] for n in range(len(piece) - 1)]
    return piece.isdigit() or sum(pair in EVERYWHERE for pair in pairs) * 2 > len(pairs)
