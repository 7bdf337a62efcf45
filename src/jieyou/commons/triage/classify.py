"""The category of a message: what a trained model says, how sure it is, and on which words. Pure; knows no scikit-learn.

Every view of a message is judged by three linear judges (SVM, SVM on log-count ratios, complement Bayes); a logistic
regression weighs their opinions, one for messages with a title and one for those without. Confidence is calibrated on folds that
no judge had seen. See :mod:`.learning`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from jieyou.commons.triage import grams
from jieyou.commons.triage.views import VIEWS, Said, Scale, said

Table: TypeAlias = npt.NDArray[np.float32]
JUDGES = 3
THRESHOLD = 0.7
"""Below this confidence a person decides."""
FAMILIAR = 0.5
"""Where the model knows less than this share of a message's words, nothing fits: the confidence is no greater than the share."""
REASONS = 3
BATCH = 2000


@dataclass(frozen=True)
class View:
    """One view's judges: ``weights`` ``[columns, JUDGES × labels]``."""

    name: str
    scale: Scale
    weights: Table
    bias: Table

    def opinions(self, texts: Sequence[Said], labels: int) -> Table:
        """``[texts, JUDGES × labels]``; the Bayes judge's as logarithms of shares."""
        return self.weighed(self.scale(VIEWS[self.name](texts)), labels)

    def weighed(self, rows: Any, labels: int) -> Table:
        """The same of rows that are counted and scaled already."""
        found = np.asarray(rows @ self.weights + self.bias, np.float32)
        found[:, -labels:] = log_shares(found[:, -labels:])
        return found


@dataclass(frozen=True)
class Weighing:
    """Opinions → shares of the labels → trust in the best (:func:`signs`) → confidence (``points``: trust, confidence; rising).

    ``trust`` weighs the signs, the constant last; as it stands it is the share itself.
    """

    weights: Table
    bias: Table
    trust: Table = field(default_factory=lambda: np.array([1, 0, 0, 0], np.float32))
    points: Table = field(default_factory=lambda: np.array([[0, 0], [1, 1]], np.float32))

    def __call__(self, opinions: Table) -> tuple[Table, Table]:
        """(shares ``[texts, labels]``, confidence ``[texts]``)."""
        shares = self.shares(opinions)
        trusted = self.trusted(signs(shares, opinions))
        return shares, np.interp(trusted, self.points[:, 0], self.points[:, 1]).astype(np.float32)

    def shares(self, opinions: Table) -> Table:
        """``[texts, labels]``."""
        return np.exp(log_shares(opinions @ self.weights + self.bias))

    def trusted(self, found: Table) -> Table:
        """0–1, of :func:`signs`."""
        return 1 / (1 + np.exp(-(found @ self.trust[:-1] + self.trust[-1])))


def signs(shares: Table, opinions: Table) -> Table:
    """Why the best label may be trusted, ``[texts, 3]``: its log odds, how many judges say the same, by how much.

    What a judge says is put on one scale first (its own spread over the labels), so that no judge is louder.
    """
    best, odds = shares.argmax(1), np.clip(shares.max(1), 1e-6, 1 - 1e-6)
    said = opinions.reshape(len(shares), -1, shares.shape[1])
    said = (said - said.mean(2, keepdims=True)) / np.maximum(said.std(2, keepdims=True), 1e-6)
    mine = said[np.arange(len(best)), :, best]
    others = np.where(np.arange(shares.shape[1]) == best[:, None, None], -np.inf, said).max(2)
    found = (np.log(odds / (1 - odds)), (mine > others).mean(1), (mine - others).mean(1))
    return np.stack(found, 1).astype(np.float32)


@dataclass(frozen=True)
class Verdict:
    """What is proposed. ``reasons``: words of the message that speak most for it."""

    label: str
    confidence: float
    ask_person: bool
    reasons: list[str]


@dataclass(frozen=True)
class Model:
    """A trained model. ``about``: its figures and what it learnt from, in words for people."""

    labels: list[str]
    views: list[View]
    titled: Weighing
    bare: Weighing
    about: dict[str, Any] = field(default_factory=dict)

    def judge(self, messages: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
        """A verdict for each (title, body), in order."""
        for start in range(0, len(messages), BATCH):
            texts = [said(title, body) for title, body in messages[start : start + BATCH]]
            yield from self._judge(texts)

    def _judge(self, texts: list[Said]) -> Iterator[Verdict]:
        opinions = self.opinions(texts)
        bare = np.array([not text.title for text in texts])
        (shares, sure), (bare_shares, bare_sure) = self.titled(opinions), self.bare(opinions)
        best = np.where(bare[:, None], bare_shares, shares).argmax(1)
        for text, label, confidence in zip(texts, best, np.where(bare, bare_sure, sure), strict=True):
            known, reasons = self._reasons(text, label)
            sure_of = round(float(confidence if known >= FAMILIAR else min(confidence, known)), 4)
            yield Verdict(self.labels[label], sure_of, sure_of < THRESHOLD, reasons)

    def opinions(self, texts: Sequence[Said]) -> Table:
        """What all judges of all views say, side by side."""
        return np.hstack([view.opinions(texts, len(self.labels)) for view in self.views])

    def _reasons(self, text: Said, label: int) -> tuple[float, list[str]]:
        """What share of the words is known, and those that speak most for the label and against the others, by the first judge."""
        view, count = self.views[0], len(self.labels)
        words = list(dict.fromkeys(w for w in text.title_words + text.body_words if len(w) > 1))
        if not words:
            return 1.0, []
        columns = grams.columns(words)
        spot = np.minimum(np.searchsorted(view.scale.columns, columns), len(view.scale.columns) - 1)
        known = view.scale.columns[spot] == columns
        weights = view.weights[spot, :count] * view.scale.rarity[spot, None]
        speaks = weights[:, label] - weights.mean(1)
        speaks[~known] = 0
        best = (words[n] for n in np.argsort(-speaks) if speaks[n] > 0)
        return float(known.mean()), list(islice(filter(grams.telling, best), REASONS))


def log_shares(scores: Table) -> Table:
    """Logarithm of the softmax by row."""
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))
