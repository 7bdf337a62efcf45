"""What is not yours looks, to the byte, like what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from permissions.addresses import ROWS
from permissions.table import Row, ask
from permissions.world import World

#: What is found by a key, all else by a number: the beginnings and endings of the names of ids.
KEYED = re.compile(
    r"^(paper|template).*|.*(_report|_file|notice|duty_list|duty_item|headings|routing_rule|change|person|deputy|api_key|unit"
    r"|alias|place|recusal|mediator|organisation|register_sheet|reply_key)$"
)
Answer = tuple[bytes, dict[str, str]]


def hidden() -> Iterator[Any]:
    """Lines with an id that somebody may not see, and the same line with an id that nothing has."""
    for row in ROWS:
        named = re.findall(r"{(\w+)}", row.path)
        if named and "404" in row.says.values() and named[0] not in ("no", "key", "post"):
            nothing = "key" if KEYED.match(named[0]) else "no"
            gone = replace(row, path=row.path.replace(f"{{{named[0]}}}", f"{{{nothing}}}"))
            yield pytest.param(row, gone, id=str(row))


@pytest.fixture(scope="module")
def empty() -> dict[tuple[str, str, str], Answer]:
    """What was answered where there is nothing: many lines have the same such address."""
    return {}


@pytest.mark.once
@pytest.mark.parametrize(("row", "nowhere"), list(hidden()))
def test_what_is_not_yours_looks_like_what_is_not_there(
    row: Row, nowhere: Row, world: World, clients: dict[str, Client], empty: dict[Any, Answer]
) -> None:
    strangers = [who for who in ("accused", "next", "town", "county") if row.says[who] == "404"]
    for there, gone in zip(row.addresses(world.ids), nowhere.addresses(world.ids), strict=True):
        for who in strangers[:2]:
            yours, asked = ask(clients[who], row.method, there), (who, row.method, gone)
            if asked not in empty:
                missing = ask(clients[who], row.method, gone)
                assert missing.status_code == 404
                empty[asked] = missing.content, dict(missing.headers)
            assert (yours.content, dict(yours.headers)) == empty[asked], f"{who} {there}"
