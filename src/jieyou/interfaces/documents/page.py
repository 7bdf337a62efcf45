"""A report as one HTML file that needs nothing beside it: for sending round, opened from a disk. Numbers are plain there."""

from __future__ import annotations

from html import escape
from typing import Any

from jieyou.commons.papers.sheet import Form, Line, Para, Title
from jieyou.interfaces.documents.reports import Report

STYLE = (
    "body{max-width:820px;margin:24px auto;padding:0 16px;font:16px/1.8 FangSong,'Noto Serif CJK SC',serif;color:#111;background:#fff}"
    "h1{text-align:center;font-size:24px}h2{font:600 17px/1.8 SimHei,'Noto Sans CJK SC',sans-serif;margin:16px 0 4px}"
    "p{margin:0;text-indent:2em;text-align:justify}p.when{text-align:right}table{border-collapse:collapse;width:100%;margin:8px 0;font-size:14px}"
    "th,td{border:1px solid #333;padding:4px 8px;text-align:left}@media print{body{margin:0;max-width:none}}"
)


def alone(report: Report) -> bytes:
    """The whole file."""
    body = "\n".join(filter(None, map(_block, report.sheet.blocks)))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(report.title)}</title>'
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}<style>{STYLE}</style></head><body><main>\n{body}\n</main></body></html>\n'.encode()


def _block(block: Any) -> str:
    if isinstance(block, Title):
        return f"<h1>{escape(block.text)}</h1>"
    if isinstance(block, Line):
        return f'<p class="when">{escape(block.right)}</p>'
    if isinstance(block, Para):
        return (
            f"<h2>{escape(block.text)}</h2>" if block.head == block.text else f"<p>{escape(block.text)}</p>"
        )
    return _table(block) if isinstance(block, Form) else ""


def _table(form: Form) -> str:
    rows = []
    for _, cells in form.rows:
        made = "".join(
            f'<th scope="col">{escape(c.text)}</th>' if c.label else f"<td>{escape(c.text)}</td>"
            for c in cells
        )
        rows.append(f"<tr>{made}</tr>")
    return f"<table><thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody></table>"
