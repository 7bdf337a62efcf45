"""Photos between the first page and the sending: looked at, shrunk, without EXIF, in a folder of one page's random key.

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
from PIL import Image, ImageOps, UnidentifiedImageError

from jieyou.interfaces.citizen import dials

SIDE, THUMB = 1600, 160
PIXELS = 120_000_000
A_DAY = 24 * 3600
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "MPO")
NOT_A_PHOTO = "“{}”打不开，请换一张照片（JPG 或 PNG）"
TOO_BIG = "“{}”太大了，请选 {} MB 以内的照片"
TOO_MANY = "照片最多 {} 张，多出的没有收下"


def keep(key: str, uploads: Iterable[UploadedFile]) -> list[str]:
    """Put photos aside; a sentence for each that was not welcome."""
    sweep()
    wrongs: list[str] = []
    for upload in uploads:
        if len(kept(key)) >= dials.PHOTOS:
            return [*wrongs, TOO_MANY.format(dials.PHOTOS)]
        wrongs += _keep(key, upload)
    return wrongs


def _keep(key: str, upload: UploadedFile) -> list[str]:
    name = (upload.name or "照片")[-40:]
    if (upload.size or 0) > dials.PHOTO_MEGABYTES * 1024 * 1024:
        return [TOO_BIG.format(name, dials.PHOTO_MEGABYTES)]
    try:
        content = _shrunk(upload.file, SIDE)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return [NOT_A_PHOTO.format(name)]
    folder = _folder(key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / f"{time.time_ns()}.jpg").write_bytes(content)
    return []


def _shrunk(file: object, side: int) -> bytes:
    """JPEG bytes, the longer side at most ``side`` pixels, upright, without EXIF. OSError or ValueError for no photo."""
    image = Image.open(file, formats=FORMATS)  # type: ignore[arg-type]
    if image.width * image.height > PIXELS:
        raise ValueError("too many pixels")
    image.draft("RGB", (side, side))
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((side, side))
    out = BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def kept(key: str) -> list[Path]:
    """The photos put aside for this page, in the order in which they came."""
    return sorted(_folder(key).glob("*.jpg")) if key else []


def small(key: str) -> list[str]:
    """Small pictures of them as ``data:`` addresses, so that none has an address of its own."""
    pictures = (_shrunk(path, THUMB) for path in kept(key))
    return [f"data:image/jpeg;base64,{base64.b64encode(content).decode()}" for content in pictures]


def drop(key: str, numbers: Iterable[int]) -> None:
    """Throw away photos by their number on the page (from 1)."""
    photos = kept(key)
    for number in numbers:
        if 0 < number <= len(photos):
            photos[number - 1].unlink(missing_ok=True)


def files(key: str) -> list[File]:
    """The photos as files for the report."""
    return [ContentFile(path.read_bytes(), name=f"照片{n}.jpg") for n, path in enumerate(kept(key), 1)]


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
