"""How like two messages are, and whether place and problem both agree. Pure.

``cosine`` puts candidates in order; :func:`strong` asks more: what the two share of places and of the problem, each by itself,
each counting only what is not common. The weights were fitted on pairs read by hand (docs/benchmarks.md); they know no
name and no place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jieyou.commons.triage.marks import PLACE, TITLE, Background, Marks, Weights, plain

SHARED = 1.8
"""Place and problem are each shared at least so far (about one distinctive mark), whatever the sum says."""
_PLACE, _PROBLEM, _HEADLINE, _COVER, _CLASH, _LIMIT = 0.34, 0.32, 0.41, 0.71, -0.79, 2.44
LEAST = 3.0
"""A place in a title weighs at least so much: one common pair alone covers nothing."""
COMMON = 2.0
"""What a mark weighs without being distinctive (it stands in one of seven messages): taken off before place and problem are compared."""


@dataclass(frozen=True)
class Compared:
    """One query beside ``n`` candidates. ``cosine``, ``cover`` 0–1; the others are logarithms of weights, 0 for nothing.

    ``place``, ``problem``: what both say; ``headline``: what both say of the problem and one in its title; ``cover``: how much of
    the place in one's title the other names; ``clash``: how far each title names a place that the other does not.
    """

    cosine: Weights
    place: Weights
    problem: Weights
    headline: Weights
    cover: Weights
    clash: Weights


def compare(query: Marks, others: Marks, background: Background) -> Compared:
    """``query`` ``[WIDTH]`` beside ``others`` ``[n, WIDTH]``."""
    query = np.sort(query[query > 0])
    mine, shared = _shared(query, others)
    own, weights = background.weight(query), background.weight(others)
    lengths = np.sqrt((weights**2).sum(1) * (own**2).sum())
    cosine = np.divide((weights**2 * shared).sum(1), lengths, out=np.zeros_like(lengths), where=lengths > 0)
    told = np.maximum(weights - COMMON, 0)
    both, either = told * shared, mine | others
    named, titled = (either & PLACE) > 0, (either & TITLE) > 0
    here, there = (both * _heads(mine)).sum(1), (both * _heads(others)).sum(1)
    asked = (np.maximum(own - COMMON, 0) * _heads(query)).sum()
    offered = (told * _heads(others)).sum(1)
    cover = np.maximum(here / np.maximum(asked, LEAST), there / np.maximum(offered, LEAST))
    problem = both * ~named
    return Compared(
        cosine, np.log1p((both * named).sum(1)), np.log1p(problem.sum(1)), np.log1p((problem * titled).sum(1)),
        np.minimum(cover, 1), np.log1p(np.maximum(np.minimum(asked - here, offered - there), 0)),
    )  # fmt: skip


def strong(c: Compared) -> npt.NDArray[np.bool_]:
    """Whether place and problem both agree: the same matter at the same place."""
    said = (
        _PLACE * c.place + _PROBLEM * c.problem + _HEADLINE * c.headline + _COVER * c.cover + _CLASH * c.clash
    )
    return (said >= _LIMIT) & (c.place >= SHARED) & (c.problem >= SHARED)


def _shared(query: Marks, others: Marks) -> tuple[Marks, npt.NDArray[np.bool_]]:
    """For each mark of the others the same mark of the query, with its flags, and whether there is one."""
    if not len(query):
        return np.zeros_like(others), np.zeros(others.shape, bool)
    keys, wanted = plain(query), plain(others)
    mine = query[np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)]
    return mine, (plain(mine) == wanted) & (others > 0)


def _heads(mark: Marks) -> npt.NDArray[np.bool_]:
    """Marks of a place in a title."""
    return (mark & (PLACE | TITLE)) == (PLACE | TITLE)
