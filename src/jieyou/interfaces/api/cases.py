"""The routes of one loop: list, detail, evidence, and one for each transition."""

from __future__ import annotations

from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from ninja import NinjaAPI, Query
from ninja.files import UploadedFile
from ninja.params.functions import Body, File, Path
from pydantic import BaseModel, Field

from jieyou.interfaces.api import bodies, find, shapes, tell
from jieyou.interfaces.api.bodies import Day, Text
from jieyou.interfaces.api.refusals import Spot, reply
from jieyou.kernel.evidence import store
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.declare import Loop, Transition
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Overtaken, Refused

#: Names under a loop that are not transitions.
LIST, GET, EVIDENCE = "list", "get", "evidence"
ORDERS = {"due": "due", "moved": "-moved_at"}


class Filters(BaseModel):
    """What a list can be narrowed by."""

    open: bool | None = Field(None, title="是否在办")
    place: Text | None = Field(None, title="辖区", max_length=20, description="区划代码，含它下面的地方")
    due_before: Day | None = Field(None, title="到期早于", description="时限在这一天之前的（不含这一天）")
    q: Text | None = Field(
        None, title="查找", max_length=60, description="编号的开头，或名称、反映内容里的两个字以上"
    )
    mine: bool = Field(False, title="只看我的待办", description="正等着您的岗位办的")
    order: Literal["due", "moved"] = Field(
        "due", title="顺序", description="due＝时限近的在前；moved＝新办的在前"
    )
    page: int = Field(1, title="第几页", ge=1, le=1000)
    size: int = Field(50, title="每页条数", ge=1, le=200)


def add(api: NinjaAPI, loop: type[Loop]) -> dict[str, Spot]:
    """Add the routes of a loop; answers what its items are called, by the name of the route."""
    if taken := {EVIDENCE, LIST, GET} & loop.transitions.keys():
        raise ImproperlyConfigured(f"{loop.code}: a transition may not be called {'、'.join(sorted(taken))}")
    spots = {_add_list(api, loop): Spot(titles(Filters) | {"stage": "环节"})}
    spots[_add_detail(api, loop)] = Spot()
    spots[_add_evidence(api, loop)] = Spot({"file": "附件"})
    for t in loop.transitions.values():
        spots[_add_step(api, loop, t)] = spot_of(t)
    return spots


def titles(model: type[BaseModel]) -> dict[str, str]:
    """The words of a model's items."""
    return {name: field.title or name for name, field in model.model_fields.items()}


def spot_of(t: Transition) -> Spot:
    """The words of a transition's asks."""
    labels = {ask.name: ask.label for ask in t.asks} | {bodies.TURN: "turn（看到的步数）"}
    return Spot(labels, {ask.name: ask.rows for ask in t.asks if ask.rows})


def _route(
    loop: type[Loop], name: str, summary: str, words: str, answer: type[BaseModel], *more: int
) -> dict[str, Any]:
    key = f"{loop.code}_{name}"
    return {
        "response": {200: answer, **shapes.refused(401, 404, 422, 429, *more)},
        "operation_id": key,
        "url_name": key,
        "summary": summary,
        "description": words,
        "tags": [loop.title],
    }


def _number() -> Any:
    return Path(..., title="编号", description="编号，如 BT-2026-0412")


def _add_list(api: NinjaAPI, loop: type[Loop]) -> str:
    stages: Any = Literal[tuple(loop.stages)]
    words = "；".join(f"{stage.name}＝{stage.title}" for stage in loop.stages.values())
    stage = (stages | None, Field(None, title="环节", description=words))
    model = bodies.model(f"{loop.code}_filters", Filters, {"stage": stage})

    def listed(request: Any, filters: Any) -> HttpResponse:
        return reply(_page(request.actor, loop, filters))

    listed.__annotations__ = {"filters": Query[model]}
    words = f"您能看到的{loop.noun}，一页最多 200 件；密封件不列出。"
    route = _route(loop, LIST, f"{loop.noun}列表", words, shapes.Listed)
    api.get(f"/{loop.code}", **route)(listed)
    return route["url_name"]


def _page(actor: Any, loop: type[Loop], f: Any) -> dict[str, Any]:
    rows = find.narrowed(loop.code, f.stage, f.open, f.place, f.due_before, f.q, actor)
    if f.mine:
        rows = seen.inbox(actor, rows.filter(open=True))
    offset = (f.page - 1) * f.size
    found = seen.first(actor, rows, ORDERS[f.order], f.size + 1, offset, tell.RELATED)
    count = min(seen.count(actor, rows), seen.COUNT_CAP)
    items = [tell.summary(case) for case in found[: f.size]]
    return {"items": items, "page": f.page, "size": f.size, "count": count, "more": len(found) > f.size}


def _add_detail(api: NinjaAPI, loop: type[Loop]) -> str:
    def detail(request: Any, number: str = _number()) -> HttpResponse:
        case = find.seen_case(request, number, loop.code, (*tell.RELATED, "parent"))
        return reply(tell.full(case, request.actor))

    words = f"一件{loop.noun}的全部：要素、办理记录、下级任务、时限，和您现在可以办什么（不能办的说明原因）。"
    route = _route(loop, GET, f"查看{loop.noun}", words, shapes.CaseFull)
    api.get(f"/{loop.code}/{{number}}", **route)(detail)
    return route["url_name"]


def _add_evidence(api: NinjaAPI, loop: type[Loop]) -> str:
    def upload(
        request: Any,
        number: str = _number(),
        file: UploadedFile = File(..., title="附件"),  # noqa: B008
    ) -> HttpResponse:
        case = find.seen_case(request, number, loop.code)
        if not case.open:
            raise Refused("已经办结，不能再传附件", "file")
        kept = store.keep(case.pk, file, request.actor)
        return reply({"id": kept.pk.hex, "name": kept.name, "kind": kept.kind, "size": kept.size})

    words = (
        "上传一个附件（图片、PDF、Word、表格、录音），答复它的 id；办理时写进要求附件的项目里。\n"
        "照片里的定位信息会去掉。"
    )
    route = _route(loop, EVIDENCE, "上传附件", words, shapes.FileShape, 403)
    api.post(f"/{loop.code}/{{number}}/{EVIDENCE}", **route)(upload)
    return route["url_name"]


def _add_step(api: NinjaAPI, loop: type[Loop], t: Transition) -> str:
    model = bodies.body_of(loop, t)

    def step(request: Any, number: Any, body: Any) -> HttpResponse:
        case = make(request.actor, find.case(number, loop.code), t.name, body)
        return reply(tell.summary(case))

    must = any(field.is_required() for field in model.model_fields.values())
    step.__annotations__ = {"number": str, "body": model}
    step.__defaults__ = (_number(), Body(...) if must else Body(model()))
    route = _route(loop, t.name, t.title, words_of(loop, t), shapes.CaseShape, 400, 403, 409)
    api.post(f"/{loop.code}/{{number}}/{t.name}", **route)(step)
    return route["url_name"]


def make(actor: Any, case: Case, name: str, body: BaseModel) -> Case:
    """Make one step; to somebody who may not see the case every refusal is a 404.

    Whether he may see it is asked by ``advance`` itself, and here once more only if something was refused.
    """
    given = body.model_dump()
    turn = given.pop(bodies.TURN)
    try:
        if turn not in (None, case.turn):
            raise Overtaken
        return advance(case, name, actor, given)
    except Refused:
        find.admitted(actor, case)
        raise


def words_of(loop: type[Loop], t: Transition) -> str:
    """What a transition's route says of itself: from where to where, who, what must be there."""
    sources = "、".join(stage.title for stage in t.sources)
    target = t.target.title if t.target else "环节不变"
    lines = [f"环节：{sources} → {target}。", f"谁办：{t.by.title}。"]
    if all(who.kind in ("system", "guest") for who in t.who):
        lines.append("接口不能代办，调用一律答 422。")
    if t.only:
        lines.append(f"只用于：{t.only.title}。")
    if t.needs:
        lines.append(f"条件：{'；'.join(g.title for g in t.needs)}。")
    if t.unless:
        lines.append(f"回避：{'；'.join(g.title for g in t.unless)}。")
    if t.at_most is not None:
        limit = f"最多 {t.at_most} 次" if isinstance(t.at_most, int) else "有限，由参数规定"
        lines.append(f"次数：{limit}。")
    return "\n".join([*lines, f"{t.help.rstrip('。')}。"] if t.help else lines)
