"""How well the desk assistant reads messages: categories, short texts, similar ones, clusters, hard negatives.

    python bench/triage_quality.py --labelled messages_labelled.jsonl.gz
    python bench/triage_quality.py --hot messages_hot.jsonl.gz --events messages_hot_events.jsonl

Labelled rows: ``title, body, label, group``; near-duplicates share a group and stay in one fold. Events: ``event,
message_ids, hard_negatives``. ``--swap`` gives every place and estate named in a message another name first, the same name
everywhere: the figures must not rest on names.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from jieyou.commons.triage import index, learning
from jieyou.commons.triage.marks import Background, marks

SHORT, TOP, SURE = 60, 10, 0.7
_NAME = re.compile(r"[一-龥]{2,3}(?=小区|花园|家园|苑|社区|街道|大道|路|镇|村)|[A-Z]\d{0,2}(?=[市区县])")


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines, packed or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    ) as lines:
        return [json.loads(line) for line in lines if line.strip()]


class Swap:
    """Another name for every name, always the same one."""

    def __init__(self) -> None:
        self.luck, self.names = Random(11), dict[str, str]()

    def __call__(self, text: str) -> str:
        return _NAME.sub(lambda found: self._other(found[0]), text)

    def _other(self, name: str) -> str:
        if name not in self.names:
            letters = (
                "甘洛渭泾榆柳松柏枣桑槐岭坡塬峪沣灞浐汧陇澄澧湘沅资醴浏攸茶酃宜章桂耒祁邵绥辰溆麻芷靖晃黔凤泸桑慈石临汨君岳云溪湾鼎澹津武桃汉安"
                if ord(name[0]) > 127
                else "BCDEFGHJKM"
            )
            self.names[name] = "".join(self.luck.choices(letters, k=len(name)))
        return self.names[name]


def calibration_error(sure: Any, right: Any, bins: int) -> float:
    """Expected calibration error over bins of equal width."""
    at = np.minimum((sure * bins).astype(int), bins - 1)
    return sum(abs(right[at == n].mean() - sure[at == n].mean()) * (at == n).mean() for n in set(at.tolist()))


def category(known: list[dict[str, Any]], folds: int) -> Iterator[tuple[str, str]]:
    """Figures of ``folds`` folds, each judged by a model that has seen none of its groups."""
    labels, groups = np.array([r["label"] for r in known]), np.array([r["group"] for r in known])
    full, short = np.empty(len(known), object), np.empty(len(known), object)
    for n, (taught, held) in enumerate(StratifiedGroupKFold(folds, shuffle=True, random_state=0).split(labels, labels, groups), 1):  # fmt: skip
        model = learning.train([(known[i]["title"], known[i]["body"], known[i]["label"]) for i in taught])
        full[held] = list(model.judge([(known[i]["title"], known[i]["body"]) for i in held]))
        short[held] = list(model.judge([("", known[i]["body"][:SHORT]) for i in held]))
        yield (
            f"fold {n} macro-F1",
            f"{f1_score(labels[held], [v.label for v in full[held]], average='macro'):.4f}",
        )
    for name, verdicts in (("", full), (f"first {SHORT} characters, no title: ", short)):
        said, sure = np.array([v.label for v in verdicts]), np.array([v.confidence for v in verdicts])
        right, certain = said == labels, sure >= SURE
        yield f"{name}macro-F1", f"{f1_score(labels, said, average='macro'):.4f}"
        yield (
            f"{name}ECE, 10 and 15 bins",
            ", ".join(f"{calibration_error(sure, right, b):.4f}" for b in (10, 15)),
        )
        yield (
            f"{name}confidence ≥ {SURE}",
            f"{certain.mean():.3f} of messages, {right[certain].mean():.4f} right",
        )


def similar(known: list[dict[str, Any]], events: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Recall in the first ten, best cluster of strong links, hard negatives that were strong."""
    place = {row["message_id"]: n for n, row in enumerate(known)}
    messages, background = [(row["title"], row["body"]) for row in known], Background()
    background.add(messages)
    found_in = index.build(messages, background)
    found = list(found_in.each_like(marks(messages, background), TOP, range(len(messages))))
    cluster, wrong, recalls, scores = _clusters(found), 0, list[float](), list[float]()
    for event in events:
        mine = {place[i] for i in event["message_ids"]}
        recall = [len({f.no for f in found[n]} & mine) / min(TOP, len(mine) - 1) for n in mine]
        best = max(_f1(set(np.flatnonzero(cluster == c).tolist()), mine) for c in set(cluster[list(mine)]))
        hard = {place[i] for i in event["hard_negatives"]}
        strong = sum(f.strong and f.no in hard for n in mine for f in found[n])
        strong += sum(f.strong and f.no in mine for n in hard for f in found[n])
        recalls, scores, wrong = recalls + recall, [*scores, best], wrong + strong
        yield event["event"], f"recall@{TOP} {np.mean(recall):.3f}, best cluster F1 {best:.3f}, hard negatives strong {strong}"  # fmt: skip
    yield f"recall@{TOP}, all messages of the events", f"{np.mean(recalls):.3f}"
    yield "best-cluster F1, mean of the events", f"{np.mean(scores):.3f}"
    yield "hard negatives that were strong", str(wrong)
    yield "strong links, largest cluster", f"{sum(f.strong for one in found for f in one)}, {np.bincount(cluster).max()}"  # fmt: skip


def _clusters(found: list[list[index.Found]]) -> Any:
    """The number of each message's cluster: messages that strong links hold together."""
    links = [(n, f.no) for n, one in enumerate(found) for f in one if f.strong]
    ends = tuple(np.array(links, int).reshape(-1, 2).T)
    graph = csr_matrix((np.ones(len(links)), ends), shape=(len(found), len(found)))
    return connected_components(graph, directed=False)[1]


def _f1(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--labelled", "--hot", "--events"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--swap", action="store_true")
    asked = parser.parse_args()
    swap = Swap() if asked.swap else str
    for path in filter(None, (asked.labelled, asked.hot)):
        known = [row | {key: swap(row[key]) for key in ("title", "body")} for row in rows(path)]
        figures = (
            category(known, asked.folds) if path == asked.labelled else similar(known, rows(asked.events))
        )
        for name, figure in figures:
            print(f"{name}: {figure}", flush=True)


if __name__ == "__main__":
    main()
