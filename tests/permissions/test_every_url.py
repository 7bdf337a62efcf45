"""Who gets what at every address. A page without a line in ``addresses`` fails the suite: none can be forgotten."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from permissions.addresses import ROWS
from permissions.table import Row, ask, patterns, route, word
from permissions.world import LOGINS, PERSONAS, World

#: What is asked for goes to both databases; what would change something is refused before it gets there.
ASKED = [pytest.param(row, marks=[pytest.mark.once] * (row.method == "POST"), id=str(row)) for row in ROWS]
#: Stand in posts like somebody else's here: on PostgreSQL, where only the queries can differ, these ask again only where
#: theirs is the only answer of its kind.
ALIKE = {"leader": "county", "caller": "county", "accused": "bureau", "audit": "admin"}


def askers(row: Row) -> list[str]:
    """Everybody; on PostgreSQL everybody whose queries or answer differ from another's."""
    if connection.vendor == "sqlite":
        return list(PERSONAS)
    return [who for who in PERSONAS if row.says[who] != row.says.get(ALIKE.get(who, ""))]


def test_every_address_has_a_line(world: World) -> None:
    answered = {route(path) for row in ROWS for path in row.addresses(world.ids)}
    assert set(patterns(get_resolver().url_patterns)) - answered == set()


@pytest.mark.parametrize("row", ASKED)
def test_who_gets_what(row: Row, world: World, clients: dict[str, Client]) -> None:
    asking = askers(row)
    for path in row.addresses(world.ids):
        said = {who: word(ask(clients[who], row.method, path)) for who in asking}
        assert said == {who: row.says[who] for who in asking}, path


def test_all_persons_of_the_table_are_who_they_say(world: World) -> None:
    titles = {who: world.town.actor(name).title for who, name in LOGINS.items() if name}
    assert [word in titles[who] for who, word in (("city", "中共延安市委"), ("county", "中共宝塔区委"), ("leader", "部领导"),
            ("town", "街道办事处"), ("bureau", "住房和城乡建设局"), ("caller", "回访人员"), ("next", "中共安塞区委"), ("keeper", "密件专办"),
            ("admin", "系统管理员"), ("audit", "安全审计员"), ("accused", "社区居委会"))] == [True] * 11  # fmt: skip
