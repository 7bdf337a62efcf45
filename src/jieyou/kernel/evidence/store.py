"""Keeping, opening, discarding and proving attachments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence import files, names
from jieyou.kernel.evidence.kinds import LARGEST, MIB, TITLES, Kind, agree, content_of
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.evidence.pictures import redraw
from jieyou.kernel.evidence.unwelcome import Unwelcome
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.actor import Actor

EVERYTHING: frozenset[Kind] = frozenset(TITLES)
_BATCH = 500


class NotThere(Exception):
    """The attachment cannot be opened; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """An attachment whose file is not what it was."""

    attachment: UUID
    name: str
    what: str


def keep(
    subject: UUID,
    upload: File[Any],
    actor: Actor,
    allow: Collection[Kind] = EVERYTHING,
    public: bool = False,
) -> Attachment:
    """Take a file in, on the record. Raises Unwelcome (a sentence).

    The kind is read off the content and the name must agree; pictures are drawn anew, without their data.
    """
    path, drawn = files.beside(), files.beside()
    try:
        _receive(upload, path)
        stem, ending = names.parted(upload.name or "")
        content = content_of(path)
        _admit(content.kind, path, allow)
        ending = agree(content, ending)
        if content.kind == "image":
            ending = redraw(path, drawn)
            drawn.replace(path)
        return _enter(path, subject, names.clean(stem, ending), content.kind, actor, public)
    except BaseException:
        path.unlink(missing_ok=True)
        drawn.unlink(missing_ok=True)
        raise


def of(subject: UUID) -> Any:
    """The attachments of a subject, oldest first, as a QuerySet; without the discarded."""
    return Attachment.objects.filter(subject=subject).order_by("id")


def open(attachment: Attachment) -> BinaryIO:
    """The bytes; close it after use. NotThere when it was discarded or its file is gone."""
    if attachment.discarded_at is not None:
        raise NotThere("这个附件已作废")
    try:
        return files.read(attachment.sha256)
    except FileNotFoundError:
        raise NotThere("附件的文件不见了，请告诉系统管理员") from None


@transaction.atomic
def discard(attachment: Attachment, actor: Actor, why: str) -> None:
    """The attachment no longer counts, on the record; its file goes when no other attachment has it."""
    if not why.strip():
        raise NotThere("请写明作废原因")
    if not Attachment.objects.filter(pk=attachment.pk).update(discarded_at=clock.now()):
        raise NotThere("这个附件已作废")
    attachment.refresh_from_db(fields=["discarded_at"], from_queryset=Attachment.every.all())
    tracked.save(attachment, actor.person, why, update_fields=["discarded_at"])
    transaction.on_commit(partial(_let_go, attachment.sha256))


def verify() -> Iterator[Fault]:
    """Every attachment whose file is missing or is not what its fingerprint says. Reads each content once."""
    rows = Attachment.objects.order_by("sha256", "id").iterator(chunk_size=_BATCH)
    for sha256, same in groupby(rows, key=lambda row: row.sha256):
        what = _fault(sha256)
        yield from (Fault(row.pk, row.name, what) for row in same if what)


def sweep(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete what cut-short uploads and removals left, and contents that no row has; returns how many."""
    before = datetime.now(tz=clock.now().tzinfo) - older_than  # file times are the machine's, not the demo's
    gone = 0
    for path in files.leftovers(before):
        path.unlink(missing_ok=True)
        gone += 1
    lying = files.in_place(before)
    while some := list(islice(lying, _BATCH)):
        contents = {path.name for path in some}
        known = Attachment.objects.filter(sha256__in=contents).values_list("sha256", flat=True)
        gone += sum(map(_let_go, contents - set(known)))
    return gone


def _receive(upload: File[Any], path: Path) -> None:
    """Copy what was sent, never more than the largest file allowed."""
    size, most = 0, max(LARGEST.values())
    with path.open("wb") as out:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > most:
                raise Unwelcome(f"文件超过 {most // MIB} MB，请压缩或拆分后再上传")
            out.write(chunk)
    if not size:
        raise Unwelcome("文件是空的，请重新选择")


def _admit(kind: Kind, path: Path, allow: Collection[Kind]) -> None:
    if kind not in allow:
        welcome = "、".join(title for code, title in TITLES.items() if code in allow)
        raise Unwelcome(f"这里只收{welcome}，不收{TITLES[kind]}")
    if path.stat().st_size > LARGEST[kind]:
        raise Unwelcome(f"{TITLES[kind]}超过 {LARGEST[kind] // MIB} MB，请缩小后再上传")


def _enter(path: Path, subject: UUID, name: str, kind: Kind, actor: Actor, public: bool) -> Attachment:
    sha256 = files.hash_of(path)
    row = Attachment(
        subject=subject,
        name=name,
        kind=kind,
        sha256=sha256,
        size=path.stat().st_size,
        by=actor.person,
        by_name=actor.title[:120],
        at=clock.now(),
        public=public,
    )
    there = files.path_of(sha256).exists()
    if not there:  # before the transaction: flushing to the disk takes longer than all the rest
        files.put(path, sha256)
    with transaction.atomic():
        if there:  # the last other row may be discarded meanwhile: see `_let_go`
            transaction.on_commit(partial(files.put, path, sha256))
        tracked.save(row, actor.person, "上传附件", force_insert=True)
    return row


def _let_go(sha256: str) -> bool:
    """Delete a content that no row has. Moved aside first and looked for again, so that an upload of the same
    content at the same moment either brings its own copy or finds this one back in place."""
    if _wanted(sha256) or (aside := files.take_away(sha256)) is None:
        return False
    if _wanted(sha256):
        files.put(aside, sha256)
        return False
    aside.unlink()
    return True


def _wanted(sha256: str) -> bool:
    return Attachment.objects.filter(sha256=sha256).exists()


def _fault(sha256: str) -> str:
    try:
        return "" if files.hash_of(files.path_of(sha256)) == sha256 else "文件内容与指纹不符"
    except OSError:
        return "文件不见了"
