"""Which fonts PDFs are set in: the office's own folder (``JIEYOU_FONT_DIR``), else Noto CJK of the machine; never silent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

#: What GB/T 9704 asks for → names under which it is installed, the stand-in last.
WANTED = {
    "小标宋": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "Noto Serif CJK SC"),
    "仿宋": ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "STFangsong", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "黑体", "STHeiti", "Noto Sans CJK SC"),
    "楷体": ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体", "STKaiti", "Noto Serif CJK SC"),
}


class NoFont(Exception):
    """No Chinese font is there; ``sentence`` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Faces:
    """The families to set in, by the standard's name, and those that are stood in for."""

    families: dict[str, str]
    missing: tuple[str, ...]
    handle: Any

    @property
    def note(self) -> str:
        """What the reader of a PDF should know, or nothing."""
        names = "、".join(self.missing)
        return f"服务器没有{names}字体，PDF 用 Noto 字体代替；正式印制请用 Word 版。" if names else ""


def faces() -> Faces:
    """The fonts of this machine. Raises :class:`NoFont`."""
    return _faces(str(settings.FONT_DIR))


@cache
def _faces(folder: str) -> Faces:
    import typst

    if folder and not Path(folder).is_dir():
        raise NoFont(f"JIEYOU_FONT_DIR 指定的文件夹 {folder} 不存在，请核对")
    handle = typst.Fonts(include_system_fonts=True, font_paths=[folder] if folder else [])
    there = set(handle.families())
    found = {
        name: next((family for family in tried if family in there), "") for name, tried in WANTED.items()
    }
    if none := [name for name, family in found.items() if not family]:
        raise NoFont(
            f"服务器上没有{'、'.join(none)}可用的中文字体，不能出 PDF。请安装 Noto CJK（Debian：apt-get install fonts-noto-cjk），"
            "或用 JIEYOU_FONT_DIR 指定本单位的字体文件夹；Word 版不受影响。"
        )
    missing = tuple(name for name, family in found.items() if family.startswith("Noto"))
    return Faces(found, missing, handle)
