"""What a file is, by its content. The name only has to agree."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import puremagic

from jieyou.kernel.evidence.offices import office_of
from jieyou.kernel.evidence.unwelcome import Unwelcome

Kind = Literal["image", "pdf", "word", "sheet", "audio", "other"]
TITLES: dict[Kind, str] = {
    "image": "图片",
    "pdf": "PDF",
    "word": "文档",
    "sheet": "表格",
    "audio": "录音",
    "other": "其他",
}
MIB = 1024 * 1024
LARGEST: dict[Kind, int] = {**dict.fromkeys(TITLES, 30 * MIB), "image": 10 * MIB}
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """A kind, and the endings that go with it; the first is given to a name that has none."""

    kind: Kind
    endings: tuple[str, ...]


_IMAGE = Content("image", (".jpg", ".jpeg", ".jfif", ".jpe", ".png", ".webp", ".gif", ".bmp"))
_PDF = Content("pdf", (".pdf",))
_AUDIO = {
    (".mp3", ".mpga"): Content("audio", (".mp3",)),
    (".wav",): Content("audio", (".wav",)),
    (".m4a", ".f4a", ".m4b"): Content("audio", (".m4a", ".mp4", ".aac")),
    (".aac",): Content("audio", (".aac",)),
    (".amr",): Content("audio", (".amr",)),
    (".ogg", ".oga", ".opus"): Content("audio", (".ogg", ".oga", ".opus")),
}
_MPEG4 = {".mp4", ".3gp", ".3g2", ".mov"}
_TEXT = Content("other", (".txt",))
_OFFICE = {
    "docx": Content("word", (".docx",)),
    "xlsx": Content("sheet", (".xlsx",)),
    "doc": Content("word", (".doc", ".wps")),
    "xls": Content("sheet", (".xls", ".et")),
    "ofd": Content("other", (".ofd",)),
}
_PROGRAMS = (b"MZ\x90\0", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!/")
_ACTIVE = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
_REFUSED = (
    ({".heic", ".heif", ".avif"}, "苹果手机的 HEIC 照片打不开，请在手机里存为 JPG 后再上传"),
    ({".tif", ".tiff"}, "TIFF 图片打不开，请转成 PDF 或 JPG 后再上传"),
    ({".rar", ".7z", ".gz", ".tar", ".xz", ".bz2"}, "不收压缩包，请解压后逐个上传"),
    ({".avi", ".mkv", ".flv", ".wmv", ".webm", ".mpg", ".mpeg", *_MPEG4}, "暂不收视频，请截图或录音后上传"),
    ({".rtf", ".odt", ".ods", ".ppt"}, "不收这种文档，请另存为 PDF 后再上传"),
)  # fmt: skip


def content_of(path: Path) -> Content:
    """What the file at ``path`` is. Unwelcome for what is dangerous, unknown or cannot be shown."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OFFICE[office_of(path)]
    likely = _guesses(head)
    if likely & set(_IMAGE.endings):
        return _IMAGE
    if ".pdf" in likely:
        return _PDF
    if likely & _MPEG4 and b"vide" not in path.read_bytes():  # recorders write sound alone as MPEG-4 too
        return _AUDIO[(".m4a", ".f4a", ".m4b")]
    return _audio(likely) or _text(head, likely)


def agree(content: Content, ending: str) -> str:
    """The ending that the file gets; Unwelcome when the name says something else than the content."""
    if ending and ending not in content.endings:
        raise Unwelcome(f"文件名以“{ending}”结尾，内容却是{TITLES[content.kind]}，请核对后重新上传")
    return ending or content.endings[0]


def _guesses(head: bytes) -> set[str]:
    """The likeliest endings: a bare RIFF may be a dozen things, RIFF…WAVE is one."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    likely = max(guess.confidence for guess in found) - 0.25
    return {str(guess.extension).lower() for guess in found if guess.confidence >= likely}


def _audio(likely: set[str]) -> Content | None:
    return next((content for endings, content in _AUDIO.items() if likely & set(endings)), None)


def _text(head: bytes, likely: set[str]) -> Content:
    if head.startswith(_PROGRAMS):
        raise Unwelcome("不收程序文件，请上传图片、PDF 或办公文档")
    for endings, sentence in _REFUSED:
        if likely & endings:
            raise Unwelcome(sentence)
    if _ACTIVE.search(head):
        raise Unwelcome("不收网页和 SVG 文件，请另存为 PDF 或截图后再上传")
    if not _reads_as_text(head):
        raise Unwelcome("认不出这是什么文件，请上传图片、PDF、Word、Excel 或录音")
    return _TEXT


def _reads_as_text(head: bytes) -> bool:
    if not head.strip() or b"\0" in head:
        return False
    return any(_decodes(head, coding) for coding in ("utf-8", "gb18030"))


def _decodes(head: bytes, coding: str) -> bool:
    try:
        getincrementaldecoder(coding)().decode(head)  # a character cut in two at the end is no fault
    except UnicodeDecodeError:
        return False
    return True
