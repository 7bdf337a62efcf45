"""Registers through the API: the same doors as the pages, sealed people masked, of two callers one wins."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from jieyou.interfaces.api.registers import shape_of
from jieyou.interfaces.api.tests.conftest import County
from jieyou.interfaces.api.tests.test_anything import EXPECTED, JSON, fitting, quiet, schema, undone
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.register import registry

SHOPS = "/registers/organisations"
SHOP = {
    "place": "610602005001", "name": "枣园面馆", "kind": "individual", "status": "operating", "status_since": "2024-01-02",
    "status_source": "走访", "contact_name": "贺小明", "contact_phone": "13909110044",
}  # fmt: skip


def shop(county: County, who: str = "clerk", **more: Any) -> dict[str, Any]:
    answer = county.callers[who].post(SHOPS, SHOP | more)
    assert answer.status == 201, answer
    return answer.body


def test_a_row_is_added_and_read_with_its_people_masked(county: County) -> None:
    row = shop(county)
    assert row["contact"] == {"name": "贺**", "phone": "139****0044", "id_no": ""} and row["turn"] == 1
    assert county.town.get(f"{SHOPS}/{row['id']}").body == row
    assert "13909110044" not in str(county.clerk.get(SHOPS).body)
    TypeAdapter(shape_of(registry.registers()["organisations"])).validate_python(row)


def test_what_is_written_is_changed_and_nothing_else_and_of_two_one_wins(county: County) -> None:
    row = shop(county)
    at = f"{SHOPS}/{row['id']}"
    changed = county.clerk.post(at, {"turn": 1, "industry": "餐饮", "why": "走访核对"}).body
    assert changed == row | {"industry": "餐饮", "turn": 2}
    assert county.town.post(at, {"turn": 1, "industry": "零售"}).status == 409
    cleared = county.town.post(at, {"turn": 2, "industry": None}).body
    assert (cleared["industry"], cleared["turn"]) == ("", 3)
    model = registry.registers()["organisations"].model
    assert [one.why for one in tracked.history(model.objects.get())] == ["登记", "走访核对", "更正"]
    assert verify.verify_database().ok


def test_the_list_is_narrowed_and_leafed_through(county: County) -> None:
    shop(county)
    shop(county, name="枣园超市", kind="enterprise")
    first = county.clerk.get(SHOPS, size=1).body
    assert (first["count"], first["more"], first["items"][0]["name"]) == (2, True, "枣园超市")
    second = county.clerk.get(SHOPS, size=1, after=first["after"]).body
    assert (second["items"][0]["name"], second["more"], second["after"]) == ("枣园面馆", False, None)
    assert [one["name"] for one in county.clerk.get(SHOPS, kind="enterprise").body["items"]] == ["枣园超市"]
    assert county.clerk.get(SHOPS, q="面馆", place="610602005").body["count"] == 1
    assert county.clerk.get(SHOPS, kind="x").status == 422


def test_nobody_reads_or_writes_what_is_not_his(county: County) -> None:
    row = shop(county)
    at = f"{SHOPS}/{row['id']}"
    assert county.neighbour.get(at).status == county.neighbour.post(at, {"turn": 1}).status == 404
    assert county.neighbour.get(SHOPS).body["items"] == []
    assert county.neighbour.post(SHOPS, SHOP).body["errors"] == {"place": "这个辖区的台账不由您登记"}
    assert county.officer.get(SHOPS).status == county.officer.post(SHOPS, SHOP).status == 404
    assert county.head.get(at).status == 200 and county.head.post(at, {"turn": 1}).status == 422
    assert county.nobody.get("/registers").status == 401 and county.officer.get("/registers").body == []
    assert [one["code"] for one in county.clerk.get("/registers").body] == list(registry.registers())


def test_what_is_wrong_is_told_by_its_name(county: County) -> None:
    answer = county.clerk.post(SHOPS, SHOP | {"uscc": "91", "status_since": "soon", "x": 1})
    assert answer.status == 422 and set(answer.body["errors"]) == {"status_since", "x"}
    answer = county.clerk.post(SHOPS, SHOP | {"uscc": "91", "contact_phone": "12"})
    assert "应为 18 位" in answer.body["errors"]["uscc"]
    assert county.clerk.post(SHOPS, SHOP | {"contact_phone": "12"}).body["errors"].keys() == {"contact_phone"}


@pytest.mark.parametrize("name", ["organisations_new", "organisations_change", "workers_new"])
def test_any_row(county: County, name: str) -> None:
    code, _, act = name.partition("_")
    at = f"/registers/{code}" + (f"/{shop(county)['id']}" if act == "change" else "")

    @quiet
    @given(body=fitting(schema(f"register_{name}")) | JSON)
    def send(body: Any) -> None:
        assert undone(lambda: county.clerk.post(at, body)).status in EXPECTED

    send()


def test_any_filter(county: County) -> None:
    shop(county)
    names = st.sampled_from(["q", "place", "gone", "after", "size", "kind", "status"])

    @quiet
    @given(query=st.dictionaries(names, st.text(max_size=20) | st.integers() | st.uuids()))
    def ask(query: dict[str, Any]) -> None:
        clean = {name: str(one).encode("utf-8", "replace").decode() for name, one in query.items()}
        assert county.clerk.get(SHOPS, **clean).status in EXPECTED

    ask()
