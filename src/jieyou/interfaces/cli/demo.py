"""`jieyou demo`: a city's weekly 周“解忧”, to look at and to try."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command

from jieyou.interfaces.cli.out import console, progress, refuse, say
from jieyou.interfaces.demo import load as loading
from jieyou.interfaces.demo.year import ARTICLE
from jieyou.kernel.places.load import BadFile

app = typer.Typer(help="演示数据", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `load` a sub-command."""


@app.command("load")
def load(
    small: Annotated[bool, typer.Option(help="只装两个县区，快一些")] = False,
    places: Annotated[Path | None, typer.Option(help="另一个市的区划 CSV：code,name,level")] = None,
    city_items: Annotated[int, typer.Option(help="市级议定事项数")] = ARTICLE.city_items,
    county_meetings: Annotated[int, typer.Option(help="县级会议数")] = ARTICLE.county_meetings,
    county_items: Annotated[int, typer.Option(help="县级议定事项数")] = ARTICLE.county_items,
    seed: Annotated[int, typer.Option(help="随机种子")] = ARTICLE.seed,
) -> None:
    """Load the demo once, through the real doors; then say who to log in as. Another city and other totals do as well."""
    call_command("migrate", verbosity=0, interactive=False)
    plan = replace(
        ARTICLE, city_items=city_items, county_meetings=county_meetings, county_items=county_items, seed=seed
    )
    try:
        with progress("装载演示数据") as show:
            found = loading.load(lambda _, done, total: show(done, total), small, places, plan)
    except (loading.Occupied, BadFile) as no:
        refuse(str(no))
    say(f"演示数据已就绪。密码都是 [bold]{found['password']}[/bold]，账号：")
    for username, words in found.get("accounts", loading.ACCOUNTS).items():
        console.print(f"  {username:<12} {words}", highlight=False)
