"""The routes of each register: list, one row, a new row, a row put right. The same doors and masking as the pages.

Sealed answers can be written, never read: a person comes out as he stands in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from ninja import NinjaAPI, Query
from ninja.params.functions import Body as InBody
from ninja.params.functions import Path
from pydantic import BaseModel, Field

from jieyou.interfaces.api import bodies, find, shapes, tell
from jieyou.interfaces.api.bodies import Body, Text
from jieyou.interfaces.api.refusals import Spot, reply
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.register import asking, keeping, listing
from jieyou.kernel.register.declare import Column, Part, Register, may_read
from jieyou.kernel.register.listing import Asked

#: What a row says beside its columns; no column may be called so.
OWN = {"id", "place", "turn", "until", "why", "q", "gone", "after", "size"}
_TAG = "台账"
_ID: Any = Path(..., title="id", description="列表里的 id")


class Filters(BaseModel):
    """What a list can be narrowed by."""

    q: Text | None = Field(None, title="查找", max_length=60, description="两个字以上，几个词用空格隔开；最多给出 500 条")  # fmt: skip
    place: Text | None = Field(None, title="辖区", max_length=12, description="区划代码，含它下面的地方")
    gone: bool = Field(False, title="已移出", description="true 只列已经移出台账的")
    after: UUID | None = Field(None, title="从哪条以后", description="上一页答复的 after；不写就从最新的开始")
    size: int = Field(50, title="每页条数", ge=1, le=200)


def add(api: NinjaAPI, registers: list[Register]) -> dict[str, Spot]:
    """The routes of all registers."""
    _add_index(api, registers)
    spots: dict[str, Spot] = {}
    for register in registers:
        if taken := OWN & {_key(name) for name in _names(register)}:
            raise ImproperlyConfigured(f"{register.code}: a column may not be called {'、'.join(sorted(taken))}")  # fmt: skip
        for build in (_add_list, _add_detail, _add_new, _add_change):
            spots |= build(api, register)
    return spots


def _add_index(api: NinjaAPI, registers: list[Register]) -> None:
    def index(request: Any) -> HttpResponse:
        mine = [one for one in registers if may_read(one, request.actor)]
        return reply([{"code": one.code, "title": one.title, "does": one.does} for one in mine])

    words = "您能看的台账。每个台账的路由和字段见各自的说明。"
    response = {200: list[shapes.RegisterShape], **shapes.refused(401, 429)}
    key: dict[str, Any] = {"operation_id": "registers", "url_name": "registers"}
    api.get("/registers", response=response, summary="有哪些台账", description=words, tags=[_TAG], **key)(
        index
    )


def _route(register: Register, name: str, summary: str, words: str, answer: Any, *codes: int) -> dict[str, Any]:  # fmt: skip
    key, status = f"register_{register.code}_{name}", 201 if name == "new" else 200
    return {
        "response": {status: answer, **shapes.refused(401, 404, 422, 429, *codes)},
        "operation_id": key, "url_name": key, "summary": summary, "description": words, "tags": [f"台账：{register.title}"],
    }  # fmt: skip


def _add_list(api: NinjaAPI, register: Register) -> dict[str, Spot]:
    chosen: dict[str, Any] = {}
    for one in register.narrowing:
        ask = asking.ask(register, one)
        values: Any = Literal[tuple(value for value, _ in ask.choices)]
        chosen[one.name] = (values | None, Field(None, title=ask.label, description=bodies.words_of(ask)))
    model = bodies.model(f"register_{register.code}_filters", Filters, chosen)
    item = shape_of(register)
    listed = bodies.model(f"register_{register.code}_rows", shapes.Shape, {
        "items": (list[item], Field(title="本页")),
        "count": (int, Field(title="条数", description=f"最多数到 {listing.COUNT_CAP}，查找时最多 500")),
        "more": (bool, Field(title="还有下一页")),
        "after": (str | None, Field(title="下一页", description="取下一页时写进 after")),
    })  # fmt: skip

    def rows(request: Any, filters: Any) -> HttpResponse:
        return reply(_page(_readable(register, request.actor), filters, request.actor))

    rows.__annotations__ = {"filters": Query[model]}
    words = f"{register.does}新登记的在前，一页最多 200 条；密封的姓名、电话只给遮盖后的。"
    route = _route(register, "list", f"{register.title}列表", words, listed)
    api.get(f"/registers/{register.code}", **route)(rows)
    titles = {name: str(one.title or name) for name, one in model.model_fields.items()}
    return {route["url_name"]: Spot(titles)}


def _page(register: Register, said: Any, actor: Any) -> dict[str, Any]:
    given = said.model_dump()
    chosen = {one.name: given[one.name] for one in register.narrowing if given[one.name] is not None}
    asked = Asked(register, given["q"] or "", given["place"] or "", chosen, given["gone"])
    found = listing.narrowed(asked, actor)
    count = found.order_by()[: listing.cap_of(asked)].count()
    some = found.filter(pk__lt=given["after"]) if given["after"] else found
    rows = list(some.select_related("place", *(part.name for part in register.parts))[: given["size"] + 1])
    page, more = rows[: given["size"]], len(rows) > given["size"]
    turns = keeping.turns(page)
    items = [_told(register, row, turns[row.pk]) for row in page]
    return {"items": items, "count": count, "more": more, "after": page[-1].pk.hex if more else None}


def _add_detail(api: NinjaAPI, register: Register) -> dict[str, Spot]:
    def detail(request: Any, id: UUID = _ID) -> HttpResponse:
        return _answer(register, _row(register, request.actor, id))

    words = f"一{_unit(register)}的全部；密封的内容只给遮盖后的，要看全的到页面上写明原因再看。"
    route = _route(register, "get", f"查看{register.noun}", words, shape_of(register))
    api.get(f"/registers/{register.code}/{{id}}", **route)(detail)
    return {route["url_name"]: Spot({"id": "id"})}


def _add_new(api: NinjaAPI, register: Register) -> dict[str, Spot]:
    model = _body(register, "new", required=True)

    def new(request: Any, body: Any) -> HttpResponse:
        why, given = _split(register, body, keeping.ADDED)
        with _named():
            row = keeping.add(_readable(register, request.actor), given, request.actor, why)
        return _answer(register, row, 201)

    new.__annotations__ = {"body": model}
    words = f"登记一{_unit(register)}。和页面同一道校验；不归您登记的辖区答 422。"
    route = _route(register, "new", f"登记{register.noun}", words, shape_of(register), 400, 403)
    api.post(f"/registers/{register.code}", **route)(new)
    return {route["url_name"]: Spot(_titles(model))}


def _add_change(api: NinjaAPI, register: Register) -> dict[str, Spot]:
    model = _body(register, "change", required=False)

    def change(request: Any, id: Any, body: Any) -> HttpResponse:
        why, given = _split(register, body, keeping.CHANGED)
        row = _row(register, request.actor, id)
        with _named():
            kept = keeping.change(register, row, given, request.actor, why, body.turn, partly=True)
        return _answer(register, kept)

    change.__annotations__ = {"id": UUID, "body": model}
    change.__defaults__ = (_ID, InBody(...))
    words = (
        "只改写出来的项目，没写的不动；写 null 或空就是清空。turn 是您看到的改动次数，之后别人改过就答 409。"
    )
    route = _route(register, "change", f"更正{register.noun}", words, shape_of(register), 400, 403, 409)
    api.post(f"/registers/{register.code}/{{id}}", **route)(change)
    return {route["url_name"]: Spot(_titles(model) | {"id": "id"})}


def _readable(register: Register, actor: Any) -> Register:
    if not may_read(register, actor):
        raise Http404(find.GONE)
    return register


def _row(register: Register, actor: Any, key: UUID) -> Any:
    related = ("place", *(part.name for part in register.parts))
    row = listing.seen_by(register, actor).select_related(*related).filter(pk=key).first()
    if row is None:
        raise Http404(find.GONE)
    return row


def _answer(register: Register, row: Any, status: int = 200) -> HttpResponse:
    return reply(_told(register, row, keeping.turn(row)), status)


def _told(register: Register, row: Any, turn: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": row.pk.hex, "place": tell.place(row.place), "turn": turn}
    found["until"] = row.until and row.until.isoformat()
    for one in register.columns:
        value = getattr(row, one.name)
        if isinstance(one, Part):
            found[one.name] = one.filled(value) if value else None
        else:
            found[one.name] = value.isoformat() if isinstance(value, date) else value
    return found


def _unit(register: Register) -> str:
    return f"条{register.noun}"


def _key(name: str) -> str:
    """The name of an item in a body: ``contact-name`` of a form is ``contact_name`` here."""
    return name.replace("-", "_")


def _names(register: Register) -> list[str]:
    return [*(ask.name for ask in asking.asks(register)), *(part.name for part in register.parts)]


def _split(register: Register, body: BaseModel, usual: str) -> tuple[str, dict[str, Any]]:
    """Why, and the answers as a form names them."""
    given = body.model_dump(exclude_unset=True)
    why = str(given.pop("why", "") or usual)
    given.pop("turn", None)
    names = {_key(ask.name): ask.name for ask in asking.asks(register)}
    return why, {names.get(key, key): value for key, value in given.items()}


@contextmanager
def _named() -> Iterator[None]:
    """Refusals by the names of a body."""
    try:
        yield
    except Refused as no:
        no.errors = {_key(name): sentence for name, sentence in no.errors.items()}
        raise


def _titles(model: type[BaseModel]) -> dict[str, str]:
    return {name: field.title or name for name, field in model.model_fields.items()}


def _body(register: Register, name: str, required: bool) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for ask in asking.asks(register):
        must = required and ask.required and ask.kind != "yes"
        kind = bodies.kind_of(ask, _field_of(register, ask))
        said = Field(... if must else None, title=ask.label, description=bodies.words_of(ask))
        fields[_key(ask.name)] = (kind if must else kind | None, said)
    where = Field(... if required else None, title="辖区", max_length=12, description="区划代码，越具体越好")
    text: Any = Text
    fields["place"] = (text if required else text | None, where)
    fields["why"] = (Text, Field("", title="为什么", max_length=200, description="写进改动记录；可以不写"))
    if not required:
        fields["turn"] = (int, Field(title="看到的改动次数", ge=0, description="您看到的 turn"))
    return bodies.model(f"register_{register.code}_{name}", Body, fields)


def _field_of(register: Register, ask: Ask) -> Any:
    mine = {one.name for one in register.plain}
    return register.field(ask.name) if ask.name in mine else None


def shape_of(register: Register) -> type[BaseModel]:
    """What a row looks like; made once."""
    if register.code not in _shapes:
        _shapes[register.code] = _made(register)
    return _shapes[register.code]


_shapes: dict[str, type[BaseModel]] = {}


def _made(register: Register) -> type[BaseModel]:
    fields: dict[str, Any] = {
        "id": (str, Field(title="这一行的 id")),
        "place": (shapes.PlaceShape, Field(title="辖区")),
        "turn": (int, Field(title="改动次数", description="更正时带上它")),
        "until": (date | None, Field(title="移出日期", description="在册的为空")),
    }
    for one in register.columns:
        if isinstance(one, Part):
            said = "、".join(ask.label for ask in one.asks) + "：遮盖后的；没有登记的为空"
            fields[one.name] = (dict[str, str] | None, Field(title=one.label, description=said))
        else:
            fields[one.name] = _value_shape(register, one)
    return bodies.model(f"register_{register.code}", shapes.Shape, fields, register.noun)


def _value_shape(register: Register, one: Column) -> tuple[Any, Any]:
    ask = asking.ask(register, one)
    kind: Any = {"number": int, "yes": bool, "day": date}.get(ask.kind, str)
    meanings = "；".join(f"{value}＝{words}" for value, words in ask.choices)
    return (kind | None if kind in (int, date) else kind, Field(title=ask.label, description=meanings))
