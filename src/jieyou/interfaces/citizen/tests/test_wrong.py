"""What a resident reads when something is wrong."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from jieyou.interfaces.citizen import lists


def test_an_unknown_address_leads_home(city: SimpleNamespace, client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404 and "没有这一页" in response.content.decode()


def test_a_failure_says_that_nothing_is_lost_and_whom_to_call(
    city: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(lists, "categories", fail)
    response = Client(raise_request_exception=False).get("/report/")
    assert response.status_code == 500 and "tel:12345" in response.content.decode()


def test_pages_ask_for_nothing_from_elsewhere_and_style_nothing_by_hand(
    city: SimpleNamespace, client: Client
) -> None:
    for address in ("/", "/report/", "/track/"):
        page = client.get(address).content.decode()
        assert "http" not in page.replace("http://www.w3.org/2000/svg", "") and "style=" not in page
        assert "<script>" not in page and "onclick" not in page
