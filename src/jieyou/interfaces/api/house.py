"""What does not belong to one case: who I am, which loops there are, what can be chosen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from ninja import NinjaAPI
from ninja.params.functions import Path

from jieyou.interfaces.api import find, shapes, tell
from jieyou.interfaces.api.refusals import reply
from jieyou.interfaces.api.shapes import refused
from jieyou.interfaces.cli.loops import described
from jieyou.kernel.loop import options
from jieyou.kernel.loop.declare import Ask, Loop

_TAG = "通用"


def add(api: NinjaAPI, loops: list[type[Loop]]) -> None:
    """Add ``/me``, ``/loops`` and ``/choices/{name}``."""
    _add_me(api)
    _add_loops(api, loops)
    _add_choices(api, loops)


def _route(key: str, summary: str, words: str) -> dict[str, Any]:
    return {"operation_id": key, "url_name": key, "summary": summary, "description": words, "tags": [_TAG]}


def _add_me(api: NinjaAPI) -> None:
    def me(request: Any) -> HttpResponse:
        return reply(tell.me(request.actor))

    words = "这个密钥（或登录身份）是谁，今天有哪些岗位。"
    api.get("/me", response={200: shapes.MeShape, **refused(401, 429)}, **_route("me", "我是谁", words))(me)


def _add_loops(api: NinjaAPI, loops: list[type[Loop]]) -> None:
    def list_loops(request: Any) -> HttpResponse:
        return reply([described(loop) for loop in loops])

    words = "安装了哪些流程：环节、动作、谁办、要填什么、条件，和时限的依据。"
    response = {200: list[dict[str, Any]], **refused(401, 429)}
    api.get("/loops", response=response, **_route("loops", "流程", words))(list_loops)


def _add_choices(api: NinjaAPI, loops: list[type[Loop]]) -> None:
    known = {ask.choices_from: ask for ask in _asks(loops) if ask.kind == "choice" and ask.choices_from}

    def choices(request: Any, name: str = Path(..., title="哪一种选项")) -> HttpResponse:
        if name not in known:
            raise Http404(find.GONE)
        return reply([{"value": value, "words": words} for value, words in options.of(known[name])])

    words = f"可以由各地自己增减的选项，现在的取值。name 可以是：{'、'.join(sorted(known))}。"
    response = {200: list[shapes.ChoiceShape], **refused(401, 404, 429)}
    api.get("/choices/{name}", response=response, **_route("choices", "选项", words))(choices)


def _asks(loops: list[type[Loop]]) -> list[Ask]:
    asks = [ask for loop in loops for t in loop.transitions.values() for ask in t.asks]
    return [*asks, *(one for ask in asks for one in ask.rows)]
