"""A trained model as one file of plain numbers (``.npz``): nothing in it is ever executed. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

import numpy as np

from jieyou.commons.triage.classify import Model, View, Weighing
from jieyou.commons.triage.views import VIEWS, Scale

NAME = "model.npz"
EDITION = 2
"""1 knew no trust; it is read as well."""


class Unusable(ValueError):
    """The file is no model of ours, or not the one that was kept; the message says which."""


def save(model: Model, path: Path) -> str:
    """Write the file whole or not at all; returns its fingerprint (SHA-256)."""
    about = {
        "edition": EDITION,
        "labels": model.labels,
        "views": [v.name for v in model.views],
        "about": model.about,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_suffix(".begun.npz")
    np.savez_compressed(
        begun, head=np.frombuffer(json.dumps(about).encode(), np.uint8), **dict(_arrays(model))
    )
    begun.replace(path)
    return fingerprint(path)


def fingerprint(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def load(path: Path, expected: str = "") -> Model:
    """Read a model. Raises :class:`Unusable`; ``expected``: the fingerprint it must have."""
    if not path.is_file():
        raise Unusable(f"没有模型文件：{path}")
    if expected and fingerprint(path) != expected:
        raise Unusable("模型文件和登记的不一样，没有使用")
    try:
        with np.load(path, allow_pickle=False) as file:
            return _model(file)
    except (OSError, ValueError, KeyError) as fault:
        raise Unusable(f"不是能用的模型文件：{path}（{fault}）") from None


def _arrays(model: Model) -> Iterator[tuple[str, Any]]:
    """Weights with half precision: 11 bits are more than a linear judge's third digit."""
    for view in model.views:
        yield f"{view.name}.columns", view.scale.columns.astype(np.int32)
        yield f"{view.name}.rarity", view.scale.rarity
        yield f"{view.name}.weights", view.weights.astype(np.float16)
        yield f"{view.name}.bias", view.bias
    for name, weighing in (("titled", model.titled), ("bare", model.bare)):
        yield f"{name}.weights", weighing.weights
        yield f"{name}.bias", weighing.bias
        yield f"{name}.trust", weighing.trust
        yield f"{name}.points", weighing.points


def _model(file: Any) -> Model:
    head = json.loads(bytes(file["head"]))
    if head["edition"] not in (1, EDITION) or not set(head["views"]) <= set(VIEWS):
        raise ValueError(f"第 {head['edition']} 种格式")
    views = [
        View(
            name, Scale(file[f"{name}.columns"].astype(np.int64), file[f"{name}.rarity"]),
            file[f"{name}.weights"].astype(np.float32), file[f"{name}.bias"],
        )
        for name in head["views"]
    ]  # fmt: skip
    titled, bare = (_weighing(file, name) for name in ("titled", "bare"))
    return Model(head["labels"], views, titled, bare, head["about"])


def _weighing(file: Any, name: str) -> Weighing:
    parts = ("weights", "bias", "trust", "points")
    return Weighing(**{part: file[f"{name}.{part}"] for part in parts if f"{name}.{part}" in file})
