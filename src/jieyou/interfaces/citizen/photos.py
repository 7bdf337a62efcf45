"""Photos between the first page and the sending: drawn anew, in a folder of one page's random key.

Nothing is in the database yet. Folders that nobody sent are swept away after a day.
"""

from __future__ import annotations

import base64
import shutil
import time
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from jieyou.interfaces.citizen import dials
from jieyou.kernel.evidence.pictures import redraw
from jieyou.kernel.evidence.unwelcome import Unwelcome

THUMB = 160
A_DAY = 24 * 3600
TOO_BIG = f"照片超过 {dials.PHOTO_MEGABYTES} MB，请缩小后再选"
TOO_MANY = f"照片最多 {dials.PHOTOS} 张，多出的没有收下"


def keep(key: str, uploads: Iterable[UploadedFile]) -> list[str]:
    """Put photos aside; a sentence for each that was not welcome."""
    sweep()
    wrongs: list[str] = []
    for upload in uploads:
        if len(kept(key)) >= dials.PHOTOS:
            return [*wrongs, TOO_MANY]
        try:
            _keep(key, upload)
        except Unwelcome as no:
            wrongs.append(f"“{(upload.name or '照片')[-30:]}”没有收下：{no.sentence}")
    return wrongs


def _keep(key: str, upload: UploadedFile) -> None:
    if (upload.size or 0) > dials.PHOTO_MEGABYTES * 1024 * 1024:
        raise Unwelcome(TOO_BIG)
    folder = _folder(key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sent, drawn, mark = folder / "sent.tmp", folder / "drawn.tmp", sha256()
    try:
        with sent.open("wb") as out:
            for chunk in upload.chunks():
                mark.update(chunk)
                out.write(chunk)
        if not any(
            folder.glob(f"*-{mark.hexdigest()}.*")
        ):  # going back and on again sends the same photos anew
            drawn.rename(folder / f"{time.time_ns()}-{mark.hexdigest()}{redraw(sent, drawn)}")
    finally:
        sent.unlink(missing_ok=True)
        drawn.unlink(missing_ok=True)


def kept(key: str) -> list[Path]:
    """The photos put aside for this page, in the order in which they came."""
    return sorted(p for p in _folder(key).glob("*") if p.suffix in (".jpg", ".png")) if key else []


def small(key: str) -> list[str]:
    """Small pictures of them as ``data:`` addresses, so that none has an address of its own."""
    return [f"data:image/jpeg;base64,{base64.b64encode(_thumb(path)).decode()}" for path in kept(key)]


def _thumb(path: Path) -> bytes:
    with Image.open(path) as picture:
        picture.draft("RGB", (THUMB, THUMB))
        picture.thumbnail((THUMB, THUMB))
        out = BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def drop(key: str, numbers: Iterable[int]) -> None:
    """Throw away photos by their number on the page (from 1)."""
    photos = kept(key)
    for number in numbers:
        if 0 < number <= len(photos):
            photos[number - 1].unlink(missing_ok=True)


def files(key: str) -> list[File]:
    """The photos as files for the report."""
    return [ContentFile(p.read_bytes(), name=f"照片{n}{p.suffix}") for n, p in enumerate(kept(key), 1)]


def forget(key: str) -> None:
    """The report is in: nothing is kept beside it."""
    if key:
        shutil.rmtree(_folder(key), ignore_errors=True)


def sweep() -> None:
    """Throw away folders of pages that were never sent."""
    root = _root()
    old = time.time() - A_DAY
    for folder in root.iterdir() if root.exists() else ():
        if folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(key: str) -> Path:
    return _root() / sha256(key.encode()).hexdigest()[:40]


def _root() -> Path:
    return settings.HOME / "drafts"
