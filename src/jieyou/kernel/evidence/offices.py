"""Inside office files: which program's they are, and whether they carry programs of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from jieyou.kernel.evidence.unwelcome import Unwelcome

Office = Literal["docx", "xlsx", "doc", "xls", "ofd"]

_MOST_PARTS = 10_000
_LARGEST = 500 * 1024 * 1024
_MACRO = "这个文件带有宏，请打开后另存为不带宏的 docx、xlsx 或 PDF 再上传"
_PASSWORD = "这个文件带密码，请去掉密码后再上传"
_ZIP_PARTS: dict[str, Office] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}
_OLE_STREAMS: dict[str, Office] = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}


def office_of(path: Path) -> Office:
    """Which office file a ZIP or OLE file is. Unwelcome with macros, a password, or if something else."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    return _zipped(path) if zipped else _ole(path.read_bytes())


def _zipped(path: Path) -> Office:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        raise Unwelcome("文件不完整，打不开，请重新选择文件上传") from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
        raise Unwelcome("这个文件展开后过大，请拆分或转成 PDF 后再上传")
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    if any("vbaproject" in n or "/activex/" in n or "/macrosheets/" in n for n in names):
        raise Unwelcome(_MACRO)
    for part, office in _ZIP_PARTS.items():
        if part.lower() in names:
            return office
    if any(name.startswith("ppt/") for name in names):
        raise Unwelcome("不收演示文稿，请另存为 PDF 后再上传")
    raise Unwelcome("不收压缩包，请解压后逐个上传")


def _ole(content: bytes) -> Office:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Unwelcome(_PASSWORD)
    if has("_VBA_PROJECT"):
        raise Unwelcome(_MACRO)
    for stream, office in _OLE_STREAMS.items():
        if has(stream):
            return office
    raise Unwelcome("认不出这个文档，请另存为 docx、xlsx 或 PDF 后再上传")
