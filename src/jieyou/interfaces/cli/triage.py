"""`jieyou triage …`: the desk assistant on files of JSON lines. Answers a line for each line, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from jieyou.commons.triage import replies
from jieyou.interfaces.cli.out import refuse
from jieyou.kernel.privacy import masking

app = typer.Typer(help="研判助手", no_args_is_help=True)
Input = Annotated[Path, typer.Option("--input", help="JSON 行文件，每行一条")]


@app.command()
def mask(file: Input) -> None:
    """Cover who somebody is in ``text`` (else ``title`` and ``body``): ``{"text","found":[{"kind","start","end"}]}``."""
    _each(file, _masked)


@app.command("reply-check")
def reply_check(file: Input) -> None:
    """Does ``reply`` say something (about ``title`` and ``body``, where given)? ``{"accept","why"}``."""
    _each(file, _judged)


def _masked(line: dict[str, Any]) -> dict[str, Any]:
    text = _text(line)
    found = [{"kind": f.kind, "start": f.start, "end": f.end} for f in masking.find(text)]
    return {"text": masking.mask(text), "found": found}


def _judged(line: dict[str, Any]) -> dict[str, Any]:
    reply = str(line["reply"] if "reply" in line else line.get("text", "") or "")
    message = "\n".join(str(line[key]) for key in ("title", "body", "message") if line.get(key))
    verdict = replies.judge(reply, message)
    return {"accept": verdict.accept, "why": verdict.why}


def _text(line: dict[str, Any]) -> str:
    """``text`` as it is; else title and body, a line each."""
    if line.get("text") is not None:
        return str(line["text"])
    return "\n".join(str(line[key]) for key in ("title", "body") if line.get(key) is not None)


def _each(file: Path, make: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    for line in lines(file):
        sys.stdout.write(json.dumps(make(line), ensure_ascii=False) + "\n")


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines; stops with a sentence at a line that is none."""
    try:
        with file.open(encoding="utf-8-sig") as rows:
            for n, row in enumerate(rows, 1):
                if row.strip():
                    yield _object(row, n)
    except (OSError, UnicodeDecodeError) as fault:
        refuse(f"读不了 {file}：{fault}")


def _object(row: str, n: int) -> dict[str, Any]:
    try:
        value = json.loads(row)
    except ValueError:
        refuse(f"第 {n} 行不是 JSON。")
    if not isinstance(value, dict):
        refuse(f"第 {n} 行不是一条记录（要写成 {{…}}）。")
    return value
