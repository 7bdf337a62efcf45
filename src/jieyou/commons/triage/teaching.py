"""A new version of the model from what people decided in this city. Heavy: runs in the worker, or by command."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from jieyou.commons.triage import learning, modelfile, versions
from jieyou.commons.triage.learning import TooLittle
from jieyou.commons.triage.lessons import LEAST, decided
from jieyou.commons.triage.models import TrainedModel
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked


def learn(person: str, say: Callable[[str], None] = lambda _: None, basis: str = "") -> TrainedModel:
    """Train, keep and register a version. Raises :class:`~.learning.TooLittle`. ``basis``: what it learnt from, in words.

    The first version is put into use at once; a later one waits until a person has looked at its figures.
    """
    rows = decided()
    if len(rows) < LEAST:
        raise TooLittle(f"定了类别的反映有 {len(rows)} 件，至少要 {LEAST} 件")
    model = learning.train(rows, say)
    number = (TrainedModel.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    path = f"{versions.FOLDER}/model-{number:04d}.npz"
    mark = modelfile.save(model, versions.file_of(path))
    return _registered(model.about, number, path, mark, person, basis)


@transaction.atomic
def _registered(
    about: dict[str, object], number: int, path: str, mark: str, person: str, basis: str
) -> TrainedModel:
    figures = {key: value for key, value in about.items() if key != "rows"}
    row = TrainedModel(
        version=number, made_at=clock.now(), rows=about["rows"], figures=figures, path=path, fingerprint=mark,
        basis=basis or f"本市截至 {clock.today():%Y-%m-%d} 由人定了类别的反映", in_use=versions.in_use() is None,
    )  # fmt: skip
    tracked.save(row, person, "训练", force_insert=True)
    return row
