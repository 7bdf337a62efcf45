"""The page about the API for people: read off the schema, without scripts, nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

_TYPES = {"string": "文字", "integer": "整数", "boolean": "true / false", "array": "列表", "object": "对象"}
_FORMATS = {"date": "日期", "date-time": "时间", "uuid": "id", "binary": "文件"}


@dataclass(frozen=True)
class Item:
    """One thing that a route takes."""

    name: str
    kind: str
    required: bool
    words: str
    place: str = ""
    rows: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Route:
    """One route as the page shows it."""

    method: str
    path: str
    key: str
    title: str
    words: list[str]
    items: list[Item]
    answers: list[tuple[str, str]]


class Page(DocsBase):
    """`/api/v1/docs`."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=kwargs)
        where = self.get_openapi_url(api, kwargs)
        return render(request, "api/docs.html", {"schema": schema, "groups": groups(schema), "json": where})


def groups(schema: dict[str, Any]) -> list[tuple[str, list[Route]]]:
    """Routes by tag, in the order of the schema."""
    found: dict[str, list[Route]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(route(schema, method, path, operation))
    return list(found.items())


def route(schema: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Route:
    """One operation of the schema."""
    answers = [(str(code), one["description"]) for code, one in operation["responses"].items()]
    items = [_parameter(schema, one) for one in operation["parameters"]]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        items += properties(schema, content["schema"])
    lines = operation["description"].splitlines()
    return Route(method.upper(), path, operation["operationId"], operation["summary"], lines, items, answers)


def _parameter(schema: dict[str, Any], one: dict[str, Any]) -> Item:
    place = {"path": "地址", "query": "查询", "header": "请求头"}.get(one["in"], "")
    return Item(one["name"], kind_of(schema, one["schema"]), one["required"], _words(one["schema"]), place)


def properties(schema: dict[str, Any], model: dict[str, Any]) -> list[Item]:
    """The items of an object."""
    model = resolved(schema, model)
    required = model.get("required", [])
    return [_item(schema, name, one, name in required) for name, one in model.get("properties", {}).items()]


def _item(schema: dict[str, Any], name: str, one: dict[str, Any], required: bool) -> Item:
    inner = next((kind["items"] for kind in _kinds(one) if "$ref" in kind.get("items", {})), None)
    rows = properties(schema, inner) if inner else []
    return Item(name, kind_of(schema, one), required, _words(one), rows=rows)


def resolved(schema: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    """What a ``$ref`` points at."""
    ref = one.get("$ref")
    return schema["components"]["schemas"][ref.rsplit("/", 1)[-1]] if ref else one


def _kinds(one: dict[str, Any]) -> list[dict[str, Any]]:
    return one.get("anyOf", [one])


def kind_of(schema: dict[str, Any], one: dict[str, Any]) -> str:
    """The type in words: ``日期 或 整数``."""
    kinds = [kind for part in _kinds(one) for kind in _kinds(part)]
    words = [_FORMATS.get(kind.get("format", "")) or _TYPES.get(kind.get("type", "")) for kind in kinds]
    return " 或 ".join(dict.fromkeys(word for word in words if word))


def _words(one: dict[str, Any]) -> str:
    return one.get("description") or one.get("title", "")
