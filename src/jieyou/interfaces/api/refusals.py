"""Every refusal is a sentence: ``{"sentence", "errors"}``, in Chinese, with the status that fits.

A body that is no body answers 422, but only to somebody who may see the case: for a stranger it is not there.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from jieyou.interfaces.api import find
from jieyou.interfaces.api.keys import NO_KEY
from jieyou.kernel.evidence.store import Unwelcome
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Overtaken, Refused
from jieyou.kernel.places.codes import BadCode
from jieyou.kernel.places.tree import UnknownPlace

log = logging.getLogger(__name__)

#: What the framework says by itself, in our words.
_STATUS = {
    400: "请求内容不是正确的 JSON",
    401: NO_KEY,
    403: "您的岗位不能办这件事",
    404: find.GONE,
}
_KINDS = {
    "missing": "没有填写",
    "extra_forbidden": "不在要填写的项目里，请核对名称",
    "string_type": "请写成文字",
    "string_pattern_mismatch": "写法不对，请核对",
    "string_too_short": "没有填写",
    "int_type": "请写成整数",
    "int_parsing": "请写成整数",
    "int_parsing_size": "太大了",
    "int_from_float": "请写成整数",
    "finite_number": "请写成整数",
    "bool_type": "请写 true 或 false",
    "bool_parsing": "请写 true 或 false",
    "list_type": "请写成列表",
    "dict_type": "请写成“名称: 值”的形式",
    "model_type": "请写成“名称: 值”的形式",
    "model_attributes_type": "请写成“名称: 值”的形式",
    "uuid_parsing": "不是正确的 id",
}


@dataclass(frozen=True)
class Spot:
    """What a route is about: the labels of its items, by name; a table's own asks below its name."""

    labels: dict[str, str] = field(default_factory=dict)
    tables: dict[str, tuple[Ask, ...]] = field(default_factory=dict)


def reply(data: Any, status: int = 200) -> HttpResponse:
    """JSON as people read it; nobody's cache keeps it."""
    text = json.dumps(data, ensure_ascii=False)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8", headers=headers)


def refuse(status: int, sentence: str, errors: dict[str, str] | None = None) -> HttpResponse:
    return reply({"sentence": sentence, "errors": errors or {}}, status)


def install(api: NinjaAPI, spots: dict[str, Spot]) -> None:
    """Teach an API to refuse in sentences. ``spots`` by the name of the route."""

    def invalid(request: HttpRequest, no: Any) -> HttpResponse:
        at = request.resolver_match
        assert at is not None
        if "number" in at.kwargs:
            find.seen_case(request, at.kwargs["number"])
        errors = dict(told(one, spots.get(at.url_name or "", Spot())) for one in no.errors)
        return refuse(422, "；".join(errors.values()), errors)

    def guarded(request: HttpRequest, no: Any) -> HttpResponse:
        try:
            return invalid(request, no)
        except Http404:
            return refuse(404, find.GONE)

    api.add_exception_handler(ValidationError, guarded)
    api.add_exception_handler(Overtaken, lambda request, no: refuse(409, no.sentence, no.errors))
    api.add_exception_handler(Refused, lambda request, no: refuse(422, no.sentence, no.errors))
    api.add_exception_handler(Unwelcome, lambda request, no: refuse(422, no.sentence, {"file": no.sentence}))
    for kind in (UnknownPlace, BadCode):
        api.add_exception_handler(kind, lambda request, no: refuse(422, no.sentence, {"place": no.sentence}))
    api.add_exception_handler(Http404, lambda request, no: refuse(404, find.GONE))
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(RequestDataTooBig, lambda request, no: refuse(413, "内容太大了，请分几次提交"))
    api.add_exception_handler(DataError, _too_long)
    api.add_exception_handler(OperationalError, _busy)


def told(error: dict[str, Any], spot: Spot) -> tuple[str, str]:
    """(item, sentence) of one thing that is wrong with a request."""
    where = [step for step in error["loc"][1:] if step not in ("body", "filters")]
    name = str(where[0])[:40] if where else ""
    label = spot.labels.get(name, f"“{name}”" if name else "内容")
    label += _row(where, spot.tables.get(name, ()))
    return name or "body", f"{label}{_words(error)}"


def _row(where: list[Any], asks: tuple[Ask, ...]) -> str:
    """第 2 行“任务”: where in a list it is."""
    row = f"第 {where[1] + 1} 行" if len(where) > 1 and isinstance(where[1], int) else ""
    if len(where) < 3:
        return row
    labels = {ask.name: ask.label for ask in asks}
    return f"{row}“{labels.get(str(where[2]), str(where[2])[:40])}”"


def _words(error: dict[str, Any]) -> str:
    kind, ctx = error["type"], error.get("ctx", {})
    if kind == "sentence":
        return error["msg"]
    if kind in ("string_too_long", "too_long"):
        what = "项" if ctx.get("field_type") == "List" else "个字"
        return f"太长了：最多 {ctx['max_length']} {what}"
    if kind == "greater_than_equal":
        return f"不能小于 {ctx['ge']}"
    if kind == "less_than_equal":
        return f"不能大于 {ctx['le']}"
    return _KINDS.get(kind, "不符合要求，请核对")


def _http(request: HttpRequest, no: Any) -> HttpResponse:
    said = no.message if not no.message.isascii() else _STATUS.get(no.status_code, "没有办成")
    return refuse(no.status_code, said)


def _too_long(request: HttpRequest, no: Any) -> HttpResponse:
    log.warning("%s: %s", request.path, no)
    return refuse(422, "有一项内容太长，或数字超出范围，请缩短后再提交")


def _busy(request: HttpRequest, no: Any) -> HttpResponse:
    log.error("%s: %s", request.path, no)
    answer = refuse(503, "系统正忙，请过几秒钟再试")
    answer["Retry-After"] = "3"
    return answer
