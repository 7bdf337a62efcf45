"""Nothing is changed by looking, by a link, by a form without its token, or by a stranger."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client

from permissions.addresses import ROWS
from permissions.table import STEP, ask, word
from permissions.world import World

pytestmark = pytest.mark.once
POST_ONLY = [
    row
    for row in ROWS
    if row.method == "POST" and not any(o.path == row.path and o.method == "GET" for o in ROWS)
]
#: What a GET may leave behind: the notice counts as seen, the workbook taken home is on the record.
LEAVES = (
    "/desk/notices/{notice}/",
    "/desk/import/{batch}/returned/",
    "/desk/ledger/{ledger}/returned/",
    "/desk/registers/organisations/sheets/{register_sheet}/file/",
)


def test_what_changes_something_cannot_be_called_by_a_link(world: World, clients: dict[str, Client]) -> None:
    linked = {path: {ask(clients[who], "GET", path).status_code for who in ("county", "anon")}
              for row in POST_ONLY for path in row.addresses(world.ids)}  # fmt: skip
    assert len(linked) > 70
    assert {path: said for path, said in linked.items() if said != {405}} == {}


@pytest.mark.parametrize("who", ["county", "keeper", "audit", "secret"])
def test_looking_changes_nothing(who: str, world: World, clients: dict[str, Client]) -> None:
    before = census()
    for row in ROWS:
        if row.method == "GET" and row.path not in LEAVES:
            clients[who].get(row.path.format(**world.ids))
    assert census() == before


def addresses(world: World) -> set[str]:
    """Every address of the table."""
    return {path for row in ROWS for path in row.addresses(world.ids)}


def census() -> dict[str, int]:
    """How many rows each of our tables has (sessions, tries and tasks apart), and the sum of all turns."""
    found = {
        m._meta.label: m._base_manager.count()
        for m in apps.get_models()
        if m.__module__.startswith("jieyou.")
    }
    del found["privacy.Attempt"]
    return found | {"turns": sum(apps.get_model("loop.Case").objects.values_list("turn", flat=True))}


def test_a_form_without_its_token_does_nothing(world: World) -> None:
    """Every address, whether it knows POST or not: somebody else's page cannot press a button in ours."""
    strict, before = world.client("county", enforce_csrf_checks=True), census()
    said = {path: strict.post(path).status_code for path in addresses(world)}
    web = {path: status for path, status in said.items() if not path.startswith("/api/") and status != 403}
    api = {
        path: status
        for path, status in said.items()
        if path.startswith("/api/") and status not in (403, 404, 405)
    }
    assert (web, api) == ({}, {})
    assert census() == before


def test_a_strangers_forms_do_nothing(world: World) -> None:
    stranger, before = Client(enforce_csrf_checks=True), census()
    token = "a" * 32
    stranger.cookies["csrftoken"] = token
    for path in addresses(world):
        answer = stranger.post(
            path, {"csrfmiddlewaretoken": token, **STEP, "words": "我来改一改", "rating": "bad"}
        )
        if path.startswith("/desk/") and path not in ("/desk/login/", "/desk/theme/"):
            assert word(answer) in ("in", "405"), path
        elif path.startswith("/api/") and path not in ("/api/v1/openapi.json", "/api/v1/docs"):
            assert answer.status_code in (401, 404, 405), path
        else:
            assert answer.status_code in (200, 302, 405), path
    assert census() == before
