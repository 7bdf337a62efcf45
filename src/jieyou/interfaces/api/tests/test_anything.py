"""Whatever is sent, the answer is a sentence, never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import County
from jieyou.interfaces.api.urls import api
from jieyou.kernel.loop.models import Case

EXPECTED = {200, 201, 400, 401, 403, 404, 409, 422}
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60)
    | st.sampled_from(["\x00", "\ud800", "0001-01-01", "9999-12-31", "2026-11-23", 10**30, -1, 2**31, "7", "''"])
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
KNOWN = (
    "宝塔区住房和城乡建设局",
    "宝塔区枣园街道办事处",
    "heating",
    "BT-2026-0001",
    "管道老化，建议直接转办，请在一个月内办完。",
)
STEPS = ("register", "judge", "direct", "to_consult", "join", "decline", "table", "call", "apply")
quiet = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def schema(name: str) -> dict[str, Any]:
    """A body as the interface describes it; the description is made when the first test asks for it."""
    return api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"][name]


def fitting(model: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Bodies that mostly fit a schema, with anything here and there."""
    items = {name: mostly(value(one)) for name, one in model["properties"].items()}
    needed = {name: items[name] for name in model.get("required", [])}
    return st.fixed_dictionaries(
        needed, optional={name: one for name, one in items.items() if name not in needed}
    )


def mostly(good: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nine times of ten what fits."""
    return st.integers(0, 9).flatmap(lambda n: good if n else LEAVES)


def value(one: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A value of one item of the schema."""
    if "$ref" in one:
        return fitting(schema(one["$ref"].rsplit("/", 1)[-1]))
    if "anyOf" in one:
        return st.one_of([value(kind) for kind in one["anyOf"]])
    if "enum" in one:
        return st.sampled_from(one["enum"])
    kinds = {
        "integer": st.integers(one.get("minimum", -5), one.get("maximum", 10**12)),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    if one.get("type") == "array":
        return st.lists(value(one["items"]), max_size=3)
    if one.get("format") == "date":
        return st.dates().map(str)
    return kinds.get(one.get("type", ""), st.sampled_from(KNOWN) | st.text(max_size=60))


@pytest.fixture
def number(county: County) -> str:
    found = walk.told(county)["number"]
    walk.judged(county, found)
    return found


def undone(call: Any) -> Any:
    """The answer of a call whose traces are taken back."""
    with transaction.atomic():
        answer = call()
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("step", STEPS)
def test_any_body_at_a_step(county: County, number: str, step: str) -> None:
    callers = [county.clerk, county.head, county.officer]
    at = walk.told(county)["number"] if step == "register" else number

    @quiet
    @given(body=fitting(schema(f"jieyou_{step}")) | JSON, who=st.sampled_from(callers))
    def send(body: Any, who: Any) -> None:
        answer = undone(lambda: who.post(f"/jieyou/{at}/{step}", body))
        assert answer.status in EXPECTED, answer

    send()


def test_any_report(county: County) -> None:
    @quiet
    @given(body=fitting(schema("NewReport")) | JSON, key=st.text(max_size=10), whole=st.booleans())
    def send(body: Any, key: str, whole: bool) -> None:
        plain = key.encode("ascii", "ignore").decode().replace("\n", "").replace("\r", "")
        if isinstance(body, dict) and whole:
            body = body | {"place": "610602005001", "words": "楼道漏水请帮忙"}
        answer = undone(lambda: county.clerk.post("/reports", body, **{"Idempotency-Key": plain}))
        assert answer.status in EXPECTED, answer

    send()


def test_any_filter(county: County, number: str) -> None:
    names = st.sampled_from(["stage", "open", "place", "due_before", "q", "mine", "order", "page", "size"])

    @quiet
    @given(query=st.dictionaries(names, st.text(max_size=20) | st.integers() | st.dates().map(str)))
    def ask(query: dict[str, Any]) -> None:
        clean = {name: str(one).encode("utf-8", "replace").decode() for name, one in query.items()}
        assert county.clerk.get("/jieyou", **clean).status in EXPECTED

    ask()


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '"x"', "", "\x00", '{"a":NaN}', "[" * 5000, '{"turn":1e999}']
)
def test_what_is_no_json(county: County, number: str, text: str) -> None:
    client, headers = county.clerk.client, {"Authorization": f"Bearer {county.clerk.key}"}
    response = client.post(
        f"/api/v1/jieyou/{number}/judge", text, content_type="application/json", headers=headers
    )
    assert response.status_code in (400, 422) and response.json()["sentence"]


def test_a_body_of_three_megabytes_is_too_large(county: County, number: str) -> None:
    assert county.clerk.post(f"/jieyou/{number}/judge", {"reason": "长" * 1_500_000}).status == 413


def test_a_text_that_a_column_cannot_hold_is_refused_before_the_database(county: County) -> None:
    number = walk.told(county)["number"]
    walk.judged(county, number)
    task = walk.handed(county, number)
    refused = county.officer.post(f"/assignment/{task}/sign_for", {"officer": "长" * 61})
    assert refused.body["errors"] == {"officer": "具体承办人太长了：最多 60 个字"}
    assert Case.objects.get(number=task).turn == 1 and connection.vendor
