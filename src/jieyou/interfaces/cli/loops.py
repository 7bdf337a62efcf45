"""`jieyou loops`: what is declared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from jieyou.interfaces.cli.out import answer, refuse, say
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.declare import Ask, Loop, Transition
from jieyou.kernel.loop.draw import draw
from jieyou.kernel.loop.models import ClockRule

app = typer.Typer(help="流程", invoke_without_command=True)


@app.callback()
def list_(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """All loops: stages, clock rules with their legal basis, transitions, who, what they need."""
    if ctx.invoked_subcommand is None:
        answer([described(loop) for loop in registry.loops().values()], as_json)


@app.command("draw")
def draw_(code: str, out: Annotated[Path, typer.Option("--out")]) -> None:
    """The diagram of a loop as SVG."""
    try:
        out.write_text(draw(registry.loop(code)), encoding="utf-8")
    except registry.UnknownLoop as fault:
        refuse(str(fault))
    say(f"已画到 {out}")


def described(loop: type[Loop]) -> dict[str, Any]:
    """One loop as plain data."""
    rules = ClockRule.objects.filter(code__in=loop.clocks())
    return {
        "code": loop.code, "title": loop.title, "edition": loop.edition,
        "stages": [
            {"name": s.name, "title": s.title, "number": s.number, "clock": s.clock, "ended": s.ended}
            for s in loop.stages.values()
        ],
        "clocks": [
            {"code": r.code, "title": r.title, "length": r.length, "unit": r.unit, "basis": r.basis, "since": str(r.since)}
            for r in rules
        ],
        "transitions": [transition(t) for t in loop.transitions.values()],
    }  # fmt: skip


def transition(t: Transition) -> dict[str, Any]:
    """One transition as plain data."""
    return {
        "name": t.name, "title": t.title, "from": [s.name for s in t.sources], "to": t.target.name if t.target else None,
        "by": t.by.title, "asks": [ask(a) for a in t.asks], "needs": [g.title for g in t.needs],
        "unless": [g.title for g in t.unless], "at_most": t.at_most, "after": t.after, "begets": t.begets,
    }  # fmt: skip


def ask(a: Ask) -> dict[str, Any]:
    """One ask as plain data."""
    return {"name": a.name, "label": a.label, "kind": a.kind, "required": a.required}
