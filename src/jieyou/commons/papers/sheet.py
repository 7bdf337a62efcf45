"""A sheet: what is printed, as plain blocks. Word and PDF draw the same blocks. Pure.

Measures are of GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters in 三号 (16 pt).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

Level: TypeAlias = Literal[0, 1, 2, 3, 4]
Align: TypeAlias = Literal["left", "center", "right", "justify"]

#: Characters that the first sentence of a paragraph may have to be its heading.
HEADING = 24
#: 层次: 一、 · （一） · 1. · （1）
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (1, re.compile(r"^[一二三四五六七八九十百]+、")),
    (2, re.compile(r"^（[一二三四五六七八九十百]+）")),
    (3, re.compile(r"^\d+[.．]")),
    (4, re.compile(r"^（\d+）")),
)


@dataclass(frozen=True)
class Mark:
    """发文机关标志: red, in one line; ``under`` a second red line (交办单)."""

    text: str
    under: str = ""
    kind: str = "mark"


@dataclass(frozen=True)
class Line:
    """One line with a left and a right end (the number and the day), over a red or black rule or none."""

    left: str = ""
    right: str = ""
    rule: Literal["", "red", "black"] = ""
    kind: str = "line"


@dataclass(frozen=True)
class Title:
    """标题: 二号小标宋, centred."""

    text: str
    kind: str = "title"


@dataclass(frozen=True)
class Para:
    """A paragraph of the text, indented by two characters unless it is 主送. ``head``: its beginning in a heading's face."""

    text: str
    level: Level = 0
    indent: bool = True
    head: str = ""
    kind: str = "para"


@dataclass(frozen=True)
class Cell:
    """A cell of a form. ``label`` cells are 黑体 and centred; ``size`` in points."""

    text: str
    label: bool = False
    span: int = 1
    size: float = 12
    align: Align = "left"


@dataclass(frozen=True)
class Form:
    """A form of ruled cells. ``widths`` in mm; a row is (height in mm, cells). ``fixed``: heights never grow (one page)."""

    widths: tuple[float, ...]
    rows: tuple[tuple[float, tuple[Cell, ...]], ...]
    fixed: bool = False
    kind: str = "form"

    @property
    def heads(self) -> bool:
        """Is the first row one of headings alone? It comes again on every page."""
        return bool(self.rows) and all(one.label for one in self.rows[0][1])


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期, at the right."""

    unit: str
    day: str
    kind: str = "signature"


@dataclass(frozen=True)
class Foot:
    """版记: 抄送, 印发机关 and 印发日期, between black rules at the end."""

    cc: str
    by: str
    day: str
    kind: str = "foot"


@dataclass(frozen=True)
class Break:
    """A new page."""

    kind: str = "break"


Block: TypeAlias = Mark | Line | Title | Para | Form | Signature | Foot | Break


@dataclass(frozen=True)
class Sheet:
    """A whole paper. ``draft``: 「草稿」 stands on every page."""

    name: str
    blocks: tuple[Block, ...]
    draft: bool = False
    numbers: bool = True

    def plain(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass
class Written:
    """Collects blocks; each method adds one and answers the collection, so that a layout reads from top to bottom."""

    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> Written:
        self.blocks += blocks
        return self

    def body(self, text: str) -> Written:
        """The paragraphs of a text, each with the level that its number says."""
        self.blocks += [numbered(line) for line in paragraphs(text)]
        return self

    def sheet(self, name: str, draft: bool, numbers: bool = True) -> Sheet:
        return Sheet(name, tuple(self.blocks), draft, numbers)


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip(" \t　\r") for line in text.split("\n") if line.strip(" \t　\r")]


def level_of(line: str) -> Level:
    """1–4 where the line begins with a number of that level, else 0."""
    for level, shape in _LEVELS:
        if shape.match(line):
            return level
    return 0


def numbered(line: str) -> Para:
    """The paragraph with its level; a heading (一、 and （一）) is a line without a full stop, or a short first sentence."""
    level, end = level_of(line), line.find("。") + 1
    heads = level in (1, 2) and (end == 0 or (end <= HEADING and end < len(line)))
    return Para(line, level, head=(line[:end] if end else line) if heads else "")


def width_of(text: str) -> float:
    """Width of a text in full characters: Latin letters and digits count about half."""
    return sum(0.55 if ord(letter) < 0x2E80 and letter not in "“”‘’—…·〔〕" else 1 for letter in text)


def lines_of(text: str, per_line: float) -> int:
    """How many lines a text takes in a column of so many full characters, on the safe side by one character a line."""
    usable = max(per_line - 1, 1)
    return sum(max(1, -int(-width_of(line) // usable)) for line in text.split("\n"))


def fitted(text: str, width: float, height: float, sizes: tuple[float, ...], rest: str) -> tuple[str, float]:
    """The text and the largest of ``sizes`` (points) at which it fits a cell of ``width`` × ``height`` mm.

    What does not fit at the smallest size is cut at a character, and ``rest`` says where the whole is.
    """
    text = "\n".join(paragraphs(text))
    for size in sizes:
        if lines_of(text, _per_line(width, size)) <= _line_count(height, size):
            return text, size
    size = sizes[-1]
    per_line, room = _per_line(width, size), _line_count(height, size)
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits together with the note
        middle = (low + high + 1) // 2
        if lines_of(f"{text[:middle]}……\n{rest}", per_line) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low]}……\n{rest}", size


#: Line height over font size, in both renderers; inner margin of a cell in mm, left and right together, and top and bottom.
LEADING, CELL_X, CELL_Y = 1.4, 4.0, 3.0
_MM = 72 / 25.4


def _per_line(width: float, size: float) -> float:
    return (width - CELL_X) * _MM / size


def _line_count(height: float, size: float) -> int:
    return int((height - CELL_Y) * _MM / (size * LEADING))
