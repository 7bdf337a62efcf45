"""The whole API, put together once when the URLs are read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from jieyou.interfaces.api import cases, house, registers, reports
from jieyou.interfaces.api.docs import Page
from jieyou.interfaces.api.keys import Key, Session
from jieyou.interfaces.api.refusals import Spot, install
from jieyou.kernel.loop.declare import Loop
from jieyou.kernel.register.declare import Register

WORDS = """和页面办的是同一件事，走同一道门：页面上不能办的，这里也不能办。

每个动作一条地址，由流程声明直接生成。办成了答 200；没办成答一句话（sentence）和各项的原因（errors）：
401 没有密钥 · 403 无权登记反映，或缺少防伪标记 · 404 没有这件事，或者不归您看 · 409 别人刚刚办过 ·
422 填写不对、条件不具备，或不归您的岗位办。
密封件不经接口办理。群众的姓名和电话不在任何答复里。"""
MEANINGS = {
    "200": "办成了",
    "201": "登记好了",
    "400": "请求内容不是 JSON",
    "401": "没有密钥，或密钥不对",
    "403": "无权登记反映，或缺少防伪标记",
    "404": "没有这件事，或者不归您看",
    "409": "别人刚刚办过，请看最新情况",
    "422": "填写不对、条件不具备，或不归您的岗位办",
    "429": "错误的密钥试得太多",
}
#: First parts of a path that are not loops.
TAKEN = {"me", "loops", "choices", "reports", "registers", "docs", "openapi.json"}


class Api(NinjaAPI):
    """Jieyou's API: its schema is made once, its own page instead of one from a CDN."""

    _schema: OpenAPISchema | None = None

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        if self._schema is None:
            prefix = where.get("path_prefix") or self.get_root_path(where.get("path_params") or {})
            self._schema = _explained(_Described(self, prefix))
        return self._schema


class _Described(OpenAPISchema):
    """The schema. Some hundreds of routes answer in the same few shapes; each shape is described once."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self._shapes: dict[Any, tuple[dict[str, Any], bool]] = {}
        super().__init__(api, path_prefix)

    def _create_schema_from_model(self, model: Any, *ways: Any, **more: Any) -> tuple[dict[str, Any], bool]:
        answer = model.model_fields.get("response")  # ninja puts each answer into a model of its own
        if answer is None:
            return super()._create_schema_from_model(model, *ways, **more)
        key = answer.annotation, ways, *more.items()
        if key not in self._shapes:
            self._shapes[key] = super()._create_schema_from_model(model, *ways, **more)
        return self._shapes[key]


def build(loops: list[type[Loop]], tables: list[Register], version: str = "1") -> Api:
    """An API of these loops and registers. ImproperlyConfigured when a name is taken."""
    api = Api(
        title="解忧接口",
        version=version,
        description=WORDS,
        auth=[Key(), Session()],
        docs=Page(),
        urls_namespace=f"api-{version}",
    )
    if taken := TAKEN & {loop.code for loop in loops}:
        raise ImproperlyConfigured(f"a loop may not be called {'、'.join(sorted(taken))}")
    house.add(api, loops)
    spots: dict[str, Spot] = reports.add(api) | registers.add(api, tables)
    for loop in loops:
        spots |= cases.add(api, loop)
    install(api, spots)
    return api


def _explained(schema: OpenAPISchema) -> OpenAPISchema:
    """Statuses in words of ours."""
    for path in schema["paths"].values():
        for operation in path.values():
            for code, answer in operation["responses"].items():
                answer["description"] = MEANINGS[str(code)]
    return schema
