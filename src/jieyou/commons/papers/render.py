"""A paper as Word, PDF or plain words: the built-in sheet, or the office's own template."""

from __future__ import annotations

import re
from typing import Any

from jieyou.commons.papers import own, pdf, word
from jieyou.commons.papers.models import Paper
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Foot, Form, Para, Sheet, Signature, Title

BLANK_DAY = "　　　年　　月　　日"


def values(paper: Paper) -> dict[str, Any]:
    """Everything that a sheet or a template may name; a draft has no number and no day."""
    found = {"case_no": paper.case.number, **paper.values(), "unit": paper.unit.name, "draft": paper.is_draft}
    if not found.get("day"):
        found["day"] = day_words(paper.signed_on) if paper.signed_on else BLANK_DAY
    return found


def sheet(paper: Paper) -> Sheet:
    """The built-in sheet, filled."""
    return paper.declared.layout(values(paper))


def docx(paper: Paper) -> bytes:
    """The Word file: by the office's own template where it has one for this kind, else the built-in sheet."""
    template = own.template_for(paper.kind, paper.unit_id)
    return own.fill(template, paper.declared, values(paper)) if template else word.draw(sheet(paper))


def as_pdf(paper: Paper) -> bytes:
    """The PDF, always by the built-in sheet. Raises `pdf.NoFont`."""
    return pdf.draw(sheet(paper))


def text(paper: Paper) -> str:
    """The words alone, line by line: what a leader reads on the screen before signing."""
    return "\n".join(filter(None, (_words(block) for block in sheet(paper).blocks)))


def _words(block: Any) -> str:
    if isinstance(block, Form):
        return "\n".join(
            f"{a.text.replace(chr(10), '')}：{b.text}"
            for _, cells in block.rows
            for a, b in zip(cells[::2], cells[1::2], strict=True)
            if b.text.strip()
        )
    if isinstance(block, (Title, Para)):
        return block.text
    if isinstance(block, Signature):
        return block.unit
    return f"抄送：{block.cc}" if isinstance(block, Foot) and block.cc else ""


def file_name(paper: Paper) -> str:
    """``宝塔区社工交〔2025〕16号 交办单``; a draft says so. Without letters that file systems refuse."""
    words = f"{paper.number} {paper.title}" if paper.number else paper.title
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", words)[:80].strip()
    return f"{name}（草稿）" if paper.is_draft else name
