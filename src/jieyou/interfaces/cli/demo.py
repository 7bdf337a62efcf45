"""`jieyou demo`: a city's weekly 周“解忧”, to look at and to try."""

from __future__ import annotations

from typing import Annotated

import typer
from django.core.management import call_command

from jieyou.interfaces.cli.out import console, progress, refuse, say
from jieyou.interfaces.demo import load as loading

app = typer.Typer(help="演示数据", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `load` a sub-command."""


@app.command("load")
def load(small: Annotated[bool, typer.Option(help="只装两个县区，快一些")] = False) -> None:
    """Load the demo once, through the real doors; then say who to log in as."""
    call_command("migrate", verbosity=0, interactive=False)
    try:
        with progress("装载演示数据") as show:
            found = loading.load(lambda _, done, total: show(done, total), small)
    except loading.Occupied as no:
        refuse(str(no))
    say(f"演示数据已就绪。密码都是 [bold]{found['password']}[/bold]，账号：")
    for username, words in loading.ACCOUNTS.items():
        console.print(f"  {username:<12} {words}", highlight=False)
