"""The ledger in the worker: the page starts it and polls ``LedgerBatch.done`` of ``LedgerBatch.rows``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django_tasks import task

from jieyou.commons.backfill import batches
from jieyou.commons.backfill.mapping import Mapping
from jieyou.commons.backfill.models import LedgerBatch
from jieyou.commons.reports.tasks import path_of
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM, actor_of
from jieyou.kernel.places.models import Place


def start(word: str, filename: str, place: Place, actor: Actor, mapping: Mapping) -> LedgerBatch:
    """Begin the batch of a kept workbook and let the worker bring in its rows."""
    path = path_of(word)
    if not path.exists():
        raise Refused("上传的文件已经清理，请重新选择文件", "file")
    batch = batches.begin(path, place, actor, mapping, filename)
    fill_in.enqueue(batch.pk.hex, word, actor.person)
    return batch


@task()
def fill_in(batch: str, word: str, account: str) -> dict[str, Any]:
    """Run one batch to its end, with the posts that the person holds now. A refusal is put on the batch's record."""
    row, path = batches.by_key(UUID(batch)), path_of(word)
    try:
        done = batches.proceed(row, path, actor_of(Account.objects.get(pk=UUID(account))))
    except batches.TakenOver as no:
        return {"refused": no.sentence}
    except Refused as no:
        remark(row.pk, "broke_off", "补录中断", SYSTEM, {"why": no.sentence}, watch.now())
        return {"refused": no.sentence}
    path.unlink(missing_ok=True)
    return batches.summary(done)
