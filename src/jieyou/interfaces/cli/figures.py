"""`jieyou indicators`, `jieyou report figures`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from jieyou.interfaces.cli.out import answer, refuse
from jieyou.kernel.indicator import declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.places import tree

app = typer.Typer(help="报表", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json")]


def indicators(as_json: Json = False) -> None:
    """All declared indicators with their meaning."""
    answer([described(i) for i in declared.indicators().values()], as_json)


def described(i: Any) -> dict[str, Any]:
    """One declaration as plain data."""
    return {"key": i.key, "title": i.title, "unit": i.unit, "meaning": i.meaning, "ids": list(i.ids),
            "timing": i.timing, "reading": i.reading}  # fmt: skip


@app.callback()
def _group() -> None:
    """Keeps `figures` a sub-command."""


@app.command("figures")
def figures(
    place: Annotated[str, typer.Option()], first: Annotated[str, typer.Option("--from")],
    last: Annotated[str, typer.Option("--to")], as_json: Json = False,
) -> None:  # fmt: skip
    """The article's figures, computed from records; the others say `not built`."""
    try:
        scope = Scope(tree.by_code(place), date.fromisoformat(first), date.fromisoformat(last))
    except (tree.UnknownPlace, ValueError) as fault:
        refuse(str(fault))
    answer([figure(key, scope) for key in declared.figure_ids()], as_json)


def figure(key: str, scope: Scope) -> dict[str, Any]:
    """One row of the answer. ``readings`` where a figure may honestly be read in more than one way: each of them."""
    found = [computed(i, scope) for i in declared.readings_of(key)]
    if not found:
        return {"id": key, "key": "", "title": declared.figure_title(key), "value": "", "printed": "", "unit": "",
                "records": 0, "status": "not built"}  # fmt: skip
    more = {"readings": found} if len(found) > 1 else {}
    return {"id": key, **{k: v for k, v in found[0].items() if k != "reading"}, "status": "computed", **more}


def computed(i: Any, scope: Scope) -> dict[str, Any]:
    """One indicator, computed now."""
    n = i.read(scope)
    return {"key": i.key, "title": i.title, "value": n.value, "printed": n.printed, "unit": i.unit, "records": n.records,
            "reading": i.reading}  # fmt: skip
