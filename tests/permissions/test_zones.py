"""Two zones: the public one knows no staff page and no API, the inner one no resident's page."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, get_resolver

from jieyou import urls
from permissions.table import patterns
from permissions.world import World

STAFF = (
    "/desk/",
    "/desk/login/",
    "/desk/cases/",
    "/api/",
    "/api/v1/me",
    "/api/v1/openapi.json",
    "/api/v1/docs",
)
RESIDENTS = (
    "/report/",
    "/report/check/",
    "/report/sent/",
    "/report/places/",
    "/track/",
    "/track/add/",
    "/elder/",
)


@pytest.fixture
def zone(settings: Any) -> Iterator[Any]:
    """``zone("public")``: the process serves this zone from now on."""

    def serve(name: str) -> None:
        settings.ZONE = name
        importlib.reload(urls)
        clear_url_caches()

    usual = settings.ZONE
    yield serve
    serve(usual)


def test_the_public_zone_has_no_staff_and_no_api_address(zone: Any, world: World) -> None:
    zone("public")
    served = patterns(get_resolver().url_patterns)
    assert served and not [one for one in served if one.startswith(("desk/", "api/"))]
    for who in ("anon", "county", "keeper"):
        client = world.client(who)
        assert {client.get(path).status_code for path in STAFF} == {404}
        assert {client.post(path).status_code for path in STAFF} == {404}
        assert {client.get(path).status_code for path in ("/", "/report/", "/track/")} == {200}


def test_the_inner_zone_has_no_residents_page(zone: Any, world: World) -> None:
    zone("inner")
    served = patterns(get_resolver().url_patterns)
    assert not [one for one in served if one and not one.startswith(("desk/", "api/"))]
    client = world.client("county")
    assert {client.get(path).status_code for path in RESIDENTS} == {404}
    assert {client.post(path).status_code for path in RESIDENTS} == {404}
    assert client.get("/")["Location"] == "/desk/"
    assert {client.get(path).status_code for path in ("/desk/", "/api/v1/me")} == {200}


@pytest.mark.parametrize("name", ["public", "inner"])
def test_the_404_of_a_zone_names_no_page_of_the_other(name: str, zone: Any, world: World) -> None:
    zone(name)
    page = Client().get("/desk/nothing/" if name == "public" else "/report/").content.decode()
    other = ("/desk/", "/api/") if name == "public" else ("/report/", "/track/")
    assert not [address for address in other if f'href="{address}"' in page]


def test_both_on_one_small_machine(zone: Any, db: None) -> None:
    zone("both")
    assert {Client().get(path).status_code for path in ("/", "/desk/login/")} == {200}
