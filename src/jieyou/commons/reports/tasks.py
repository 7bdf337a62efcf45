"""The import in the worker: the page starts it and polls ``Batch.done`` of ``Batch.rows``."""

from __future__ import annotations

import time
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django_tasks import task

from jieyou.commons.reports import batches
from jieyou.commons.reports.models import Batch
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM, actor_of
from jieyou.kernel.places.models import Place

LARGEST = 50 * 1024 * 1024
KEPT = 24 * 3600
"""Seconds that a workbook is kept which somebody uploaded and then left."""
RETURNED_KEPT = 30 * 24 * 3600
"""Seconds that the rows to mend of a batch can be fetched."""


def keep(upload: File) -> str:
    """Keep an uploaded workbook until it is run or a day has passed; returns the word that finds it again."""
    _sweep()
    if (upload.size or 0) > LARGEST:
        raise Refused(f"文件有 {(upload.size or 0) >> 20} MB，最多 {LARGEST >> 20} MB，请分成几份", "file")
    word = token_hex(16)
    target = path_of(word)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        target.chmod(0o600)
        for part in upload.chunks():
            out.write(part)
    return word


def path_of(word: str) -> Path:
    """Where a kept workbook lies. Raises :class:`Refused` for a word that is none of ours."""
    if len(word) != 32 or not set(word) <= set("0123456789abcdef"):
        raise Refused("请重新选择文件", "file")
    return settings.HOME / batches.FOLDER / "uploads" / word


def start(word: str, filename: str, place: Place, actor: Actor, takes_differing: bool = False) -> Batch:
    """Begin the batch of a kept workbook and let the worker take in its rows."""
    path = path_of(word)
    if not path.exists():
        raise Refused("上传的文件已经清理，请重新选择文件", "file")
    batch = batches.begin(path, place, actor, filename, takes_differing)
    take_in.enqueue(batch.pk.hex, word, actor.person)
    return batch


@task()
def take_in(batch: str, word: str, account: str) -> dict[str, Any]:
    """Run one batch to its end, with the posts that the person holds now. A refusal is put on the batch's record."""
    row, path = batches.by_key(UUID(batch)), path_of(word)
    try:
        done = batches.proceed(row, path, actor_of(Account.objects.get(pk=UUID(account))))
    except batches.TakenOver as no:
        return {"refused": no.sentence}
    except Refused as no:
        remark(row.pk, "broke_off", "导入中断", SYSTEM, {"why": no.sentence}, watch.now())
        return {"refused": no.sentence}
    path.unlink(missing_ok=True)
    return batches.summary(done)


def _sweep() -> None:
    """Workbooks that nobody ran, and rows to mend that nobody fetched: they hold names and telephones in the open."""
    folder = settings.HOME / batches.FOLDER
    _clear(folder / "uploads", KEPT)
    _clear(folder, RETURNED_KEPT)


def _clear(folder: Path, seconds: int) -> None:
    old = time.time() - seconds
    for path in folder.glob("*"):
        if path.is_file() and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
