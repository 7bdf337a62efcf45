"""A new version of the model from what people decided in this city. Heavy: runs in the worker, or by command."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Coalesce, NullIf

from jieyou.commons.triage import learning, modelfile, versions
from jieyou.commons.triage.learning import TooLittle
from jieyou.commons.triage.models import TrainedModel
from jieyou.commons.triage.pending import plain
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked

LEAST = 200
"""Decided reports below which a model would be guesswork."""
MOST = 100_000
"""The latest that are learnt from."""


def decided(most: int = MOST) -> list[tuple[str, str, str]]:
    """(title, words, category) of reports whose category a person has decided, the latest first.

    What a clerk chose beside a proposal; of older ones the category they carry, once their concern was registered.
    """
    label = Coalesce(NullIf(F("suggestion__chosen"), Value("")), F("category"))
    rows = plain().select_related(None).exclude(case__stage="clue").annotate(label=label).exclude(label="")
    return list(rows.order_by("-pk").values_list("title", "words", "label")[:most])


def learn(person: str, say: Callable[[str], None] = lambda _: None) -> TrainedModel:
    """Train, keep and register a version. Raises :class:`~.learning.TooLittle`.

    The first version is put into use at once; a later one waits until a person has looked at its figures.
    """
    rows = decided()
    if len(rows) < LEAST:
        raise TooLittle(f"定了类别的反映有 {len(rows)} 件，至少要 {LEAST} 件")
    model = learning.train(rows, say)
    number = (TrainedModel.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    path = f"{versions.FOLDER}/model-{number:04d}.npz"
    mark = modelfile.save(model, versions.file_of(path))
    return _registered(model.about, number, path, mark, person)


@transaction.atomic
def _registered(about: dict[str, object], number: int, path: str, mark: str, person: str) -> TrainedModel:
    figures = {key: value for key, value in about.items() if key != "rows"}
    row = TrainedModel(
        version=number, made_at=clock.now(), rows=about["rows"], figures=figures, path=path, fingerprint=mark,
        basis=f"本市截至 {clock.today():%Y-%m-%d} 由人定了类别的反映", in_use=versions.in_use() is None,
    )  # fmt: skip
    tracked.save(row, person, "训练", force_insert=True)
    return row
