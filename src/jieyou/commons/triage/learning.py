"""Training of :mod:`.classify`: judges on all rows, their weighing on folds they had not seen. Pure; takes about a minute.

Each message is learnt a second time without its title and cut short, so that two lines from a phone are understood too.
Near-duplicates stay in one fold, else the weighing would trust judges for what they know by heart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import diags, vstack
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from jieyou.commons.triage.classify import JUDGES, THRESHOLD, Model, Table, View, Weighing, signs
from jieyou.commons.triage.views import VIEWS, Said, said, scale_of

FOLDS = 5
LEAST = 5
"""Rows that a label needs at least; a rarer one is left out and said so."""
SHORT = (40, 60, 60, 100, 400)
"""Characters that the short copies keep."""
SHORT_WEIGHT = 0.5
STEPS = FOLDS + 1
"""How often a training says how far it is."""
POINTS = 40
"""Steps of the curve of confidence."""
_SVM, _RATIO_SVM, _BAYES, _WEIGHING = 0.4, 1.0, 0.1, 0.2
"""How freely the judges and the weighing may follow the rows (C, C, alpha, C)."""
Labels = npt.NDArray[np.int64]
Say = Callable[[str], None]


class TooLittle(ValueError):
    """There is not enough to learn from; the message says what is missing."""


@dataclass(frozen=True)
class Lesson:
    """Rows to learn from: as they are, and short without title."""

    full: list[Said]
    short: list[Said]
    labels: Labels
    groups: list[str]


def train(rows: Sequence[tuple[str, str, str]], say: Say = lambda _: None) -> Model:
    """A model from (title, body, label). Raises :class:`TooLittle`."""
    names = sorted(name for name, times in Counter(label for _, _, label in rows).items() if times >= LEAST)
    if len(names) < 2:
        raise TooLittle(f"至少要有两个类别，每个不少于 {LEAST} 条")
    rare = sorted({label for _, _, label in rows} - {*names})
    if rare:
        say(f"不到 {LEAST} 条、没有学的类别：{'、'.join(rare)}")
    known = [row for row in rows if row[2] in names]
    lesson = _lesson(known, names)
    counts = {name: (view(lesson.full), view(lesson.short)) for name, view in VIEWS.items()}
    seen, unseen = _unseen(lesson, counts, len(names), say)
    say("全部数据再学一遍")
    views = _views(counts, np.arange(len(known)), lesson.labels, len(names))
    titled, figures = _weighing(seen, lesson)
    bare, short = _weighing(unseen, lesson)
    about = {
        "rows": len(known), "left_out": len(rows) - len(known), **figures, "macro_f1_short": short["macro_f1"],
    }  # fmt: skip
    return Model(names, views, titled, bare, about)


def _lesson(rows: Sequence[tuple[str, str, str]], names: list[str]) -> Lesson:
    luck, number = Random(1), {name: n for n, name in enumerate(names)}
    full = [said(title, body) for title, body, _ in rows]
    short = [said("", text.body[: luck.choice(SHORT)] or text.title) for text in full]
    labels = np.array([number[label] for _, _, label in rows])
    return Lesson(full, short, labels, _groups(full, labels))


def _groups(full: list[Said], labels: Labels) -> list[str]:
    """Near-duplicates by how they begin. A label with too few groups to spread over the folds is spread row by row."""
    groups = [text.body[:LIKE] or text.title for text in full]
    many = Counter(label for label, _ in {*zip(labels.tolist(), groups, strict=True)})
    pairs = zip(labels.tolist(), groups, strict=True)
    return [group if many[label] >= FOLDS else f"{n}" for n, (label, group) in enumerate(pairs)]


LIKE = 30
"""Messages that begin with the same characters are near-duplicates."""


def _unseen(lesson: Lesson, counts: dict[str, Any], labels: int, say: Say) -> tuple[Table, Table]:
    """What judges say of rows they had not seen: full, and short."""
    groups = np.unique(lesson.groups, return_inverse=True)[1]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=1)
    width = len(VIEWS) * JUDGES * labels
    full, short = (np.zeros((len(lesson.labels), width), np.float32) for _ in range(2))
    for n, (taught, held) in enumerate(folds.split(groups, lesson.labels, groups), 1):
        say(f"第 {n} 折，共 {FOLDS} 折")
        views = _views(counts, taught, lesson.labels, labels)
        for out, which in ((full, 0), (short, 1)):
            out[held] = np.hstack([v.weighed(v.scale(counts[v.name][which][held]), labels) for v in views])
    return full, short


def _views(counts: dict[str, Any], taught: npt.NDArray[Any], labels: Labels, many: int) -> list[View]:
    return [_view(name, full[taught], short[taught], labels[taught], many) for name, (full, short) in counts.items()]  # fmt: skip


def _view(name: str, full: Any, short: Any, labels: Labels, many: int) -> View:
    """The judges of one view."""
    scale = scale_of(full)
    rows, twice = vstack([scale(full), scale(short)], format="csr"), np.concatenate([labels, labels])
    weight = np.concatenate([np.ones(len(labels)), np.full(len(labels), SHORT_WEIGHT)])
    plain = [_svm(rows, twice == label, weight, _SVM) for label in range(many)]
    ratio = [_ratio_svm(rows, twice == label, weight) for label in range(many)]
    bayes = _bayes(rows, twice, weight)
    judges = [*plain, *ratio, *bayes]
    return View(
        name, scale, np.stack([w for w, _ in judges], 1).astype(np.float32), np.array([b for _, b in judges], np.float32)
    )  # fmt: skip


Judge = tuple[npt.NDArray[Any], float]


def _svm(rows: Any, mine: npt.NDArray[np.bool_], weight: npt.NDArray[Any], freedom: float) -> Judge:
    judge: Any = LinearSVC(C=freedom, random_state=1).fit(rows, mine, sample_weight=weight)
    return judge.coef_[0], float(judge.intercept_[0])


def _ratio_svm(rows: Any, mine: npt.NDArray[np.bool_], weight: npt.NDArray[Any]) -> Judge:
    """NB-SVM (Wang and Manning 2012): columns scaled by the logarithm of how much oftener the label has them."""
    here, there = (1 + np.asarray(rows[which].sum(0)).ravel() for which in (mine, ~mine))
    ratio = np.log((here / here.sum()) / (there / there.sum()))
    weights, bias = _svm(rows @ diags(ratio), mine, weight, _RATIO_SVM)
    return weights * ratio, bias


def _bayes(rows: Any, labels: Labels, weight: npt.NDArray[Any]) -> list[Judge]:
    judge = ComplementNB(alpha=_BAYES).fit(rows, labels, sample_weight=weight)
    return [(row, 0.0) for row in judge.feature_log_prob_]


def _weighing(opinions: Table, lesson: Lesson) -> tuple[Weighing, dict[str, str]]:
    """The weighing of opinions and, from folds it had not seen, its calibration and figures."""
    groups = np.unique(lesson.groups, return_inverse=True)[1]
    shares = np.zeros((len(lesson.labels), lesson.labels.max() + 1), np.float32)
    for taught, held in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=2).split(
        groups, lesson.labels, groups
    ):
        shares[held] = _regression(opinions[taught], lesson.labels[taught]).shares(opinions[held])
    right = shares.argmax(1) == lesson.labels
    whole, found = _regression(opinions, lesson.labels), signs(shares, opinions)
    whole = replace(whole, trust=_trust(found, right))
    points = _calibration(whole.trusted(found), right)
    sure = np.interp(whole.trusted(found), points[:, 0], points[:, 1])
    figures = {
        "macro_f1": f"{f1_score(lesson.labels, shares.argmax(1), average='macro'):.3f}",
        "covered": f"{(sure >= THRESHOLD).mean():.3f}",
        "right_when_sure": f"{right[sure >= THRESHOLD].mean() if (sure >= THRESHOLD).any() else 0:.3f}",
    }
    return replace(whole, points=points), figures


def _trust(found: Table, right: npt.NDArray[np.bool_]) -> Table:
    """How far each sign is to be trusted; as a new weighing has it where nothing (or everything) was wrong."""
    if right.all() or not right.any():
        return Weighing(found, found).trust
    middle, spread = found.mean(0), np.maximum(found.std(0), 1e-6)
    fit = LogisticRegression().fit((found - middle) / spread, right)
    weights = fit.coef_[0] / spread
    return np.append(weights, fit.intercept_[0] - middle @ weights).astype(np.float32)


def _regression(opinions: Table, labels: Labels) -> Weighing:
    middle, spread = opinions.mean(0), np.maximum(opinions.std(0), 1e-6)
    fit = LogisticRegression(C=_WEIGHING, max_iter=1000).fit((opinions - middle) / spread, labels)
    weights = fit.coef_ if len(fit.coef_) > 1 else np.concatenate([-fit.coef_ / 2, fit.coef_ / 2])
    bias = fit.intercept_ if len(fit.coef_) > 1 else np.concatenate([-fit.intercept_ / 2, fit.intercept_ / 2])
    scaled = (weights / spread).T
    return Weighing(scaled.astype(np.float32), (bias - middle @ scaled).astype(np.float32))


def _calibration(shares: npt.NDArray[Any], right: npt.NDArray[np.bool_]) -> Table:
    """A rising curve from the best share to how often it was right, one standard error to the careful side."""
    rising = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(shares, right)
    at = np.linspace(0, 1, POINTS + 1)
    near = np.array([(np.abs(shares - one) <= 1 / POINTS).sum() for one in at])
    often = np.where(at < shares.min(), at, rising.predict(at))  # nothing is known of what nobody has seen
    careful = often - np.sqrt(often * (1 - often) / np.maximum(near, 1))
    return np.stack([at, np.maximum.accumulate(np.maximum(careful, 0))], 1).astype(np.float32)
