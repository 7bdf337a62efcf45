"""The schema: valid, complete, in Chinese; what is answered is what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import TypeAdapter

from jieyou.interfaces.api import shapes
from jieyou.interfaces.api.docs import groups
from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import County
from jieyou.interfaces.api.urls import api
from jieyou.kernel.loop import registry

CHINESE = re.compile(r"[一-鿿]")
STEPS = [(loop, t) for loop in registry.loops().values() for t in loop.transitions.values()]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return api.get_openapi_schema(path_prefix="/api/v1/")


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in schema["paths"].values() for operation in path.values()]


@pytest.mark.parametrize(("loop", "t"), STEPS, ids=[f"{loop.code}_{t.name}" for loop, t in STEPS])
def test_each_transition_has_a_route_that_asks_what_it_asks(
    schema: dict[str, Any], loop: Any, t: Any
) -> None:
    operation = schema["paths"][f"/api/v1/{loop.code}/{{number}}/{t.name}"]["post"]
    assert operation["operationId"] == f"{loop.code}_{t.name}" and operation["summary"] == t.title
    body = schema["components"]["schemas"][f"{loop.code}_{t.name}"]
    assert set(body["properties"]) == {ask.name for ask in t.asks} | {"turn"}
    assert set(body.get("required", [])) == {ask.name for ask in t.asks if ask.required and ask.kind != "yes"}
    for ask in t.asks:
        told = body["properties"][ask.name]
        assert told["title"] == ask.label and told["description"].startswith(ask.label)
        if ask.choices and not ask.choices_from:
            kind = told if ask.required else told["anyOf"][0]
            assert kind["enum"] == [value for value, _ in ask.choices]


@pytest.mark.parametrize("code", registry.loops())
def test_each_loop_has_a_list_a_page_and_evidence(schema: dict[str, Any], code: str) -> None:
    assert "get" in schema["paths"][f"/api/v1/{code}"]
    assert "get" in schema["paths"][f"/api/v1/{code}/{{number}}"]
    assert "post" in schema["paths"][f"/api/v1/{code}/{{number}}/evidence"]


def test_every_operation_is_told_in_chinese(schema: dict[str, Any]) -> None:
    for operation in operations(schema):
        words = [operation["summary"], operation["description"], *operation["tags"]]
        words += [answer["description"] for answer in operation["responses"].values()]
        assert all(CHINESE.search(word) for word in words), operation["operationId"]
        assert operation["security"] == [{"Key": []}, {"Session": []}]


def test_every_item_of_every_body_is_told_in_chinese(schema: dict[str, Any]) -> None:
    for name, model in schema["components"]["schemas"].items():
        for item, told in model.get("properties", {}).items():
            assert CHINESE.search(told.get("title", "")), f"{name}.{item}"


def test_the_schema_is_openapi(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1") and schema["info"]["title"] and schema["info"]["version"]
    names = [operation["operationId"] for operation in operations(schema)]
    assert len(names) == len(set(names))
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            assert all(CHINESE.search(_told(one)) for one in operation["parameters"]), path
            given = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert given == set(re.findall(r"{(\w+)}", path))
            assert {"200", "201"} & {str(code) for code in operation["responses"]}
    assert set(references(schema)) <= {
        f"#/components/schemas/{key}" for key in schema["components"]["schemas"]
    }


def _told(parameter: dict[str, Any]) -> str:
    return parameter["schema"].get("title", "") + parameter.get("description", "")


def references(node: Any) -> list[str]:
    """Every ``$ref`` in the schema."""
    if isinstance(node, list):
        return [ref for one in node for ref in references(one)]
    if not isinstance(node, dict):
        return []
    return [node["$ref"]] if isinstance(node.get("$ref"), str) else references(list(node.values()))


def test_answers_are_what_the_schema_says(county: County) -> None:
    receipt = walk.told(county)
    number = receipt["number"]
    walk.judged(county, number)
    task = walk.handed(county, number)
    walk.worked(county, task)
    ask = county.clerk.get
    answers: list[tuple[Any, Any]] = [
        (shapes.ReceiptShape, receipt),
        (shapes.Listed, ask("/jieyou").body),
        (shapes.CaseFull, ask(f"/jieyou/{number}").body),
        (shapes.CaseFull, ask(f"/assignment/{task}").body),
        (shapes.ReportShape, ask(f"/reports/{receipt['id']}").body),
        (shapes.MeShape, ask("/me").body),
        (list[shapes.ChoiceShape], ask("/choices/category").body),
        (shapes.FileShape, walk.upload(county.clerk, number, "jieyou").body),
        (shapes.CaseShape, walk.step(county.clerk, number, "urge", {"words": "请抓紧"})),
        (shapes.Refusal, ask("/jieyou/none").body),
    ]
    for shape, body in answers:
        TypeAdapter(shape).validate_python(body)


def test_the_loops_are_told_as_declared(county: County) -> None:
    codes = [loop["code"] for loop in county.clerk.get("/loops").body]
    assert codes == list(registry.loops())


def test_the_page_for_people_has_every_route_and_nothing_from_outside(
    client: Any, schema: dict[str, Any]
) -> None:
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert all(f'id="{operation["operationId"]}"' in page for operation in operations(schema))
    assert (
        "<script" not in page and not re.search(r"(src|href)=\"(https?:)?//", page) and "style=" not in page
    )
    assert sum(len(routes) for _, routes in groups(schema)) == len(operations(schema))


def test_the_schema_is_served(client: Any) -> None:
    served = client.get("/api/v1/openapi.json").json()
    assert served["paths"].keys() >= {"/api/v1/me", "/api/v1/reports"}
