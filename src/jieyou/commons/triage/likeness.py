"""How like two messages are, and whether place and problem both agree. Pure.

``cosine`` puts candidates in order; :func:`strong` asks more: what the two share of places and of the problem, each by itself,
each counting only what is not common. The weights were fitted on pairs read by hand (docs/benchmarks.md); they know no
name and no place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jieyou.commons.triage.marks import PLACE, TITLE, Background, Marks, Numbers, Weights, plain

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


def sizes(rows: Marks, background: Background) -> Weights:
    """Of each message its length (root of the squared weights), and what the places in its title weigh: ``[n, 2]``.

    Reckoned once, when a message is taken in; a search need not look up what all marks of all candidates weigh.
    """
    weights = background.weight(rows)
    told = np.maximum(weights - COMMON, 0) * _heads(rows)
    return np.stack([np.sqrt((weights**2).sum(1)), told.sum(1)], 1)


def compare(query: Marks, others: Marks, known: Weights, background: Background) -> Compared:
    """``query`` ``[WIDTH]`` beside ``others`` ``[n, WIDTH]``, of which :func:`sizes` said ``known`` ``[n, 2]``."""
    query = np.sort(query[query > 0])
    row, mine, theirs = _shared(query, others)
    own = background.weight(query)
    weights, told = own[mine], np.maximum(own - COMMON, 0)
    mine, asked = query[mine], float((told * _heads(query)).sum())
    told, either = np.maximum(weights - COMMON, 0), mine | theirs
    named, titled = (either & PLACE) > 0, (either & TITLE) > 0

    def by_row(what: Weights) -> Weights:
        return np.bincount(row, what, len(others)).astype(np.float32)

    lengths, offered = known[:, 0] * np.sqrt((own**2).sum()), known[:, 1]
    here, there = by_row(told * _heads(mine)), by_row(told * _heads(theirs))
    problem = told * ~named
    return Compared(
        by_row(weights**2) / np.maximum(lengths, 1e-9),
        np.log1p(by_row(told * named)), np.log1p(by_row(problem)), np.log1p(by_row(problem * titled)),
        np.minimum(np.maximum(here / max(asked, LEAST), there / np.maximum(offered, LEAST)), 1),
        np.log1p(np.maximum(np.minimum(asked - here, offered - there), 0)),
    )  # fmt: skip


def strong(c: Compared) -> npt.NDArray[np.bool_]:
    """Whether place and problem both agree: the same matter at the same place."""
    said = (
        _PLACE * c.place + _PROBLEM * c.problem + _HEADLINE * c.headline + _COVER * c.cover + _CLASH * c.clash
    )
    return (said >= _LIMIT) & (c.place >= SHARED) & (c.problem >= SHARED)


def _shared(query: Marks, others: Marks) -> tuple[Numbers, Numbers, Marks]:
    """Marks that both have, whatever their flags: the row of the other, where in the query, the mark as the other has it."""
    if not len(query):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint32)
    keys, flat = plain(query), others.ravel()
    wanted = plain(flat)
    mine = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    at = np.flatnonzero((keys[mine] == wanted) & (flat > 0))
    return at // others.shape[1], mine[at], flat[at]


def _heads(mark: Marks) -> npt.NDArray[np.bool_]:
    """Marks of a place in a title."""
    return (mark & (PLACE | TITLE)) == (PLACE | TITLE)
