"""Photographs are drawn anew: what is not picture (place, time, device, hidden files) does not survive."""

from __future__ import annotations

import struct
from pathlib import Path

from PIL import Image, ImageOps

from jieyou.kernel.evidence.unwelcome import Unwelcome

_MOST_PIXELS = 64_000_000
_LONGEST = 4096  # a page of small print stays readable
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")  # JPEG opens the MPO of some telephones as well
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error, EOFError,
    Image.DecompressionBombError,
)  # fmt: skip


def redraw(source: Path, target: Path) -> str:
    """Draw ``source`` upright into ``target``, at most 4096 pixels a side; returns the ending (.jpg, .png).

    Of a moving picture the first frame stays. Unwelcome when it is too large or cannot be read.
    """
    try:
        with Image.open(source, formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise Unwelcome("图片尺寸过大，请用手机相册缩小或截图后再上传")
            return _draw(picture, target)
    except _BROKEN:
        raise Unwelcome("图片打不开，可能没有传完整，请重新拍照或另存为 JPG 后再上传") from None


def _draw(picture: Image.Image, target: Path) -> str:
    picture.draft("RGB", (_LONGEST, _LONGEST))  # large photographs are decoded small at once
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((_LONGEST, _LONGEST))
    glassy = upright.has_transparency_data
    clean = upright.convert("RGBA" if glassy else "RGB")
    clean.info.clear()
    if glassy or picture.format in ("PNG", "GIF", "BMP"):
        clean.save(target, "PNG")
        return ".png"
    clean.save(target, "JPEG", quality=88)
    return ".jpg"
