"""Workbooks in the worker: the page starts them and polls ``Sheet.done`` of ``Sheet.rows``."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django_tasks import task

from jieyou.commons.reports import tasks as uploads
from jieyou.commons.sheets import coming, going
from jieyou.commons.sheets.models import Sheet
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.register.declare import Register
from jieyou.kernel.register.registry import registers

KEPT = 7 * 24 * 3600
"""Seconds that a workbook can be fetched."""


def start_in(register: Register, word: str, filename: str, actor: Actor) -> Sheet:
    """Let the worker take in an uploaded workbook (``word``: of :func:`..reports.tasks.keep`)."""
    if not uploads.path_of(word).exists():
        raise Refused("上传的文件已经清理，请重新选择文件", "file")
    sheet = coming.begin(register, filename, actor)
    take_in.enqueue(sheet.pk.hex, word)
    return sheet


def start_out(register: Register, query: str, actor: Actor) -> Sheet:
    """Let the worker write a register into a workbook."""
    sweep()
    sheet = going.begin(register, query, actor)
    take_out.enqueue(sheet.pk.hex)
    return sheet


@task()
def take_in(key: str, word: str) -> dict[str, Any]:
    path = uploads.path_of(word)
    found = _run(key, lambda sheet, register, actor: coming.proceed(sheet, register, path, actor))
    path.unlink(missing_ok=True)
    return found


@task()
def take_out(key: str) -> dict[str, Any]:
    return _run(key, going.proceed)


def _run(key: str, work: Callable[[Sheet, Register, Actor], Sheet]) -> dict[str, Any]:
    """With the posts that the person holds now. A refusal is kept on the sheet."""
    sheet = Sheet.objects.get(pk=UUID(key))
    actor = actor_of(Account.objects.get(pk=UUID(sheet.person)))
    try:
        done = work(sheet, registers()[sheet.register], actor)
    except Refused as no:
        _broke(sheet, no.sentence)
        return {"refused": no.sentence}
    except Exception:
        _broke(sheet, "软件出错，请告诉系统管理员")
        raise
    return {"rows": done.rows, "accepted": done.accepted, "returned": done.returned, "known": done.known}


def _broke(sheet: Sheet, why: str) -> None:
    """What came in until then is in, and can be taken back."""
    sheet = Sheet.objects.get(pk=sheet.pk)
    sheet.state, sheet.why = "broken", why[:400]
    if sheet.way == "in":
        sheet.accepted = registers()[sheet.register].model.objects.filter(intake=sheet.pk).count()
        sheet.changed = sheet.edits.count()
    tracked.save(sheet, sheet.person, "没有做完")


def sweep() -> None:
    """Files that nobody fetched hold names and telephones: they go."""
    old = time.time() - KEPT
    for path in coming.folder().glob("*.xlsx"):
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
