"""How commands speak: answers, sentences, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

console = Console(stderr=True)


def answer(value: Any, as_json: bool) -> None:
    """The one thing that goes to standard output."""
    if as_json or not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, indent=None if as_json else 2, default=str)
    sys.stdout.write(f"{value}\n")


def say(words: str) -> None:
    """A sentence for the person."""
    console.print(words, highlight=False)


def refuse(sentence: str) -> NoReturn:
    """Stop with a sentence and exit code 1."""
    console.print(f"[red]{sentence}[/red]", highlight=False)
    raise typer.Exit(1)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error; the body calls ``(done, total)``."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
