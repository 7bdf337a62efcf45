"""`jieyou triage …`: the desk assistant on files of JSON lines. Answers a line for each line, in order.

What learns and compares is imported when it is first used: other commands need not wait seconds for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jieyou.commons.triage import replies, tasks, versions
from jieyou.commons.triage.models import TrainedModel
from jieyou.interfaces.cli.out import answer, refuse, say
from jieyou.kernel.late import late
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.privacy import masking

if TYPE_CHECKING:
    from jieyou.commons.triage import index, learning, marks, modelfile, teaching
else:
    index, learning = late("jieyou.commons.triage.index"), late("jieyou.commons.triage.learning")
    marks, modelfile = late("jieyou.commons.triage.marks"), late("jieyou.commons.triage.modelfile")
    teaching = late("jieyou.commons.triage.teaching")

app = typer.Typer(help="研判助手", no_args_is_help=True)
Input = Annotated[Path, typer.Option("--input", help="JSON 行文件，每行一条")]
Folder = Annotated[Path, typer.Option("--model", help="放模型的文件夹")]


@app.command()
def mask(file: Input) -> None:
    """Cover who somebody is in ``text`` (else ``title`` and ``body``): ``{"text","found":[{"kind","start","end"}]}``."""
    _each(file, _masked)


@app.command("reply-check")
def reply_check(file: Input) -> None:
    """Does ``reply`` say something (about ``title`` and ``body``, where given)? ``{"accept","why"}``."""
    _each(file, _judged)


@app.command()
def train(file: Input, folder: Folder) -> None:
    """Learn categories from ``{"title","body","label"}``; answers the model's figures on rows it had not seen."""
    told = [
        (*_parts(line), str(line.get("label") if line.get("label") is not None else ""))
        for line in lines(file)
    ]
    rows = [row for row in told if row[2].strip()]
    say(f"{len(told)} 条，其中有类别的 {len(rows)} 条")
    try:
        model = learning.train(rows, say)
    except learning.TooLittle as no:
        refuse(f"没有训练：{no}。")
    answer(model.about | {"fingerprint": modelfile.save(model, folder / modelfile.NAME)}, as_json=True)


@app.command()
def suggest(file: Input, folder: Folder) -> None:
    """Propose a category: ``{"label","confidence","ask_person","reasons"}``; the label is never null."""
    try:
        model = modelfile.load(folder / modelfile.NAME)
    except modelfile.Unusable as no:
        refuse(f"{no}。请先运行 jieyou triage train。")
    for verdict in model.judge([_parts(line) for line in lines(file)]):
        answer(asdict(verdict), as_json=True)


@app.command()
def learn() -> None:
    """Train a new version from the city's own decided reports. The first is put into use; a later one by `use`."""
    try:
        made = teaching.learn(SYSTEM.person, say)
    except teaching.TooLittle as no:
        refuse(f"没有训练：{no}。")
    answer(_version(made), as_json=True)


@app.command("models")
def models_() -> None:
    """All versions with their figures, the latest first, one a line."""
    for row in versions.all_of_them():
        answer(_version(row), as_json=True)


@app.command()
def use(version: int) -> None:
    """Put a version into use; going back is the same with an older one."""
    try:
        answer(_version(versions.use(version, SYSTEM.person)), as_json=True)
    except Refused as no:
        refuse(f"{no.sentence}。")


@app.command("catch-up")
def catch_up() -> None:
    """Propose for every report that nothing was proposed for yet (the worker does it by itself)."""
    answer(tasks.catch_up.func(), as_json=True)


def _version(row: TrainedModel) -> dict[str, Any]:
    about = {
        "version": row.version,
        "made_at": f"{row.made_at:%Y-%m-%d %H:%M}",
        "basis": row.basis,
        "rows": row.rows,
    }
    return about | {"in_use": row.in_use, **row.figures}


@app.command()
def similar(
    corpus: Annotated[Path, typer.Option(help="在这些里面找")],
    queries: Annotated[Path, typer.Option(help="找和这些相像的")],
    top: Annotated[int, typer.Option(min=1, help="每条最多给几条")] = 10,
) -> None:
    """Messages like each query, best first, without itself: ``{"id","similar":[{"id","score","strong"}]}``."""
    known = list(lines(corpus))
    keys, texts = [_key(line, n) for n, line in enumerate(known)], [_parts(line) for line in known]
    place = {str(key): n for n, key in enumerate(keys)}
    background = marks.Background()
    background.add(texts)
    found_in = index.build(texts, background)
    asked = list(lines(queries))
    names = [_key(line, n) for n, line in enumerate(asked)]
    wanted = marks.marks([_parts(line) for line in asked], background)
    found = found_in.each_like(wanted, top, [place.get(str(name), -1) for name in names])
    for name, one in zip(names, found, strict=True):
        alike = [{"id": keys[f.no], "score": f.score, "strong": f.strong} for f in one]
        answer({"id": name, "similar": alike}, as_json=True)


def _key(line: dict[str, Any], n: int) -> Any:
    """``id`` as it was given, else the number of the message, else of the line (from 0)."""
    return next((line[name] for name in ("id", "message_id") if line.get(name) is not None), n)


def _parts(line: dict[str, Any]) -> tuple[str, str]:
    """Title and body; ``text`` stands for a body."""
    body = line.get("body") if line.get("body") is not None else line.get("text")
    return str(line.get("title") or ""), str(body or "")


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
    except FileNotFoundError:
        refuse(f"没有这个文件：{file}")
    except UnicodeDecodeError:
        refuse(f"{file} 不是 UTF-8 编码，请另存为 UTF-8 再试")
    except OSError as fault:
        refuse(f"读不了 {file}：{fault}")


def _object(row: str, n: int) -> dict[str, Any]:
    try:
        value = json.loads(row)
    except ValueError:
        refuse(f"第 {n} 行不是 JSON。")
    if not isinstance(value, dict):
        refuse(f"第 {n} 行不是一条记录（要写成 {{…}}）。")
    return value
