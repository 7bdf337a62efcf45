"""A sheet as PDF, by Typst. The sheet goes in as data, never as markup."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from jieyou.commons.papers import fonts
from jieyou.commons.papers.sheet import CELL_X, CELL_Y, LEADING, Sheet

SOURCE = Path(__file__).with_name("sheet.typ")
_one_at_a_time = threading.Lock()


def draw(sheet: Sheet) -> bytes:
    """The PDF. Raises :class:`NoFont` when every Chinese font is missing."""
    faces = fonts.faces()
    data = sheet.plain() | {
        "fonts": faces.families, "cell_x": CELL_X / 2, "cell_y": CELL_Y / 2, "leading": LEADING,
    }  # fmt: skip
    with _one_at_a_time:
        made = _compiler(str(faces.families)).compile(
            format="pdf", sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)}
        )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler(_: str) -> Any:
    """One compiler for the process: fonts are read once."""
    import typst

    return typst.Compiler(str(SOURCE), root=str(SOURCE.parent), font_paths=fonts.faces().handle)
