"""A paper is declared once: what it is called, of which loop's cases, what it takes from the case, how it is laid out.

Pure but for the functions that a declaration brings along. ``<app>/papers.py`` holds the declarations of an app.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from jieyou.commons.papers.sheet import Sheet
from jieyou.kernel.people.roles import CLERK, HEAD, MEETING_CLERK

Values: TypeAlias = dict[str, Any]
PartKind: TypeAlias = Literal["line", "words", "rows"]


@dataclass(frozen=True)
class Part:
    """One part that a clerk may change in the draft. ``label`` is also its name in a Word template: ``{{ 任务 }}``.

    ``rows``: a small table, ``columns`` its parts; the value is a list of ``{name: words}``.
    """

    name: str
    label: str
    kind: PartKind = "line"
    columns: tuple[Part, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper (公文).

    ``of``: codes of the loops whose cases have such a paper, the usual one first · ``fields(case)``: plain values by part
    name, and more that nobody types (all of them may stand in a Word template, ``more`` names those) · ``layout(values)``:
    the built-in sheet · ``by``: roles of the case's home that may write and issue it · ``inner``: for the office only, never
    for the units that have the case · ``carried(case)``: the number that the case itself carries (a meeting's 期号), instead
    of one from the series · ``issued_with``: the transition of the case that issues the signed paper with it · ``ready(case)``:
    a sentence why it cannot go out yet · ``near(case)``: from a case of another loop to the one meant (item → meeting)
    · ``sealed``: of sealed cases only (transfers of accusations), and then the only one that the page offers
    · ``whose(case)``: the unit whose paper it is and whose posts write it, where that is not the case's home (处理意见书).
    """

    code: str
    title: str
    of: tuple[str, ...]
    fields: Callable[[Any], Values]
    layout: Callable[[Values], Sheet]
    parts: tuple[Part, ...]
    more: tuple[Part, ...] = ()
    by: tuple[str, ...] = (CLERK, MEETING_CLERK, HEAD)
    inner: bool = False
    sealed: bool = False
    carried: Callable[[Any], str] | None = None
    issued_with: str = ""
    ready: Callable[[Any], str | None] | None = None
    near: Callable[[Any], Any] | None = None
    whose: Callable[[Any], Any] | None = None

    def unit_of(self, case: Any) -> Any:
        """Whose paper it is."""
        return self.whose(case) if self.whose else case.home

    @property
    def names(self) -> dict[str, Part]:
        """Every value that a template may name, by its label."""
        return {part.label: part for part in (*self.parts, *self.more, *COMMON)}


TITLE = Part("title", "标题")
TO = Part("to", "主送", help="单位全称；几家的用顿号隔开")
BODY = Part("body", "正文", "words", help="层次用 一、（一）1.（1）；空行不算段落")
CC = Part("cc", "抄送")
#: What every paper has without anybody typing it.
COMMON = (
    Part("number", "发文字号"),
    Part("unit", "署名"),
    Part("day", "成文日期"),
    Part("case_no", "事项编号"),
)
