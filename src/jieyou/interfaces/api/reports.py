"""Reports: taking one in (for 12345 and other systems, by a 经办人), and reading one, masked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthorizationError
from ninja.params.functions import Header, Path
from pydantic import Field

from jieyou.commons.reports import intake
from jieyou.commons.reports.models import SOURCES, Report
from jieyou.interfaces.api import find, shapes, tell
from jieyou.interfaces.api.bodies import Body, Day, Text
from jieyou.interfaces.api.cases import titles
from jieyou.interfaces.api.refusals import Spot, reply
from jieyou.interfaces.api.shapes import refused
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import options
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
NOT_CLERK = "登记反映由社会工作部的经办人办理"
NOT_HERE = "不是您的辖区，不能登记"
_TAG = "反映"
_SOURCES = tuple(code for code, _ in SOURCES if code != "import")


class NewReport(Body):
    """一条反映。"""

    place: Text = Field(title="事发地", max_length=20, description="区划代码，越具体越好（12 位到村、社区）")
    words: Text = Field(
        title="反映内容", min_length=1, max_length=5000, description="原话；电话、证件号会自动遮盖"
    )
    title: Text = Field("", title="标题", max_length=200, description="不写就取第一句话")
    where: Text = Field("", title="具体位置", max_length=120)
    category: Text = Field(
        "", title="类别", max_length=40, description="取值见 choices/category；不清楚就不写"
    )
    name: Text = Field("", title="姓名", max_length=60, description="可以不写；写了就封存")
    phone: Text = Field("", title="电话", max_length=30, description="可以不写；写了就封存")
    accused: bool = Field(False, title="涉及单位或干部", description="true 就立刻密封，接口再也查不到")
    accused_words: Text = Field("", title="涉及谁", max_length=5000, description="只有密封件才写；写了就封存")
    source: Literal[_SOURCES] = Field(  # type: ignore[valid-type]
        "on_behalf", title="来源", description="；".join(f"{code}＝{words}" for code, words in SOURCES)
    )
    source_no: Text = Field("", title="来源编号", max_length=80, description="原系统里的工单号、来文号")
    source_name: Text = Field("", title="来源系统或来文单位", max_length=80)
    told_at: datetime | None = Field(None, title="反映时间", description="不知道就不写；不带时区的按北京时间")
    received_at: datetime | None = Field(None, title="收到时间", description="来件到本单位的时间")
    source_due: Day | None = Field(
        None, title="原时限", description="来件单位要求哪天办完；和本系统的时限比，按早的算"
    )
    instruction: Text = Field(
        "", title="批示原文", max_length=2000, description="电话、证件号会自动遮盖，原文封存"
    )
    instruction_due: Day | None = Field(
        None, title="批示时限", description="批示里写明的日期，不随放假安排变动"
    )
    must_answer: bool | None = Field(None, title="办结后须反馈原渠道", description="不写就按来源的设置")
    at_city: bool = Field(
        False, title="市级办理", description="市里的经办人登记县区的事，true 由市里办，否则由事发地的县区办"
    )
    again: bool = Field(
        False, title="编号相同，照样登记", description="来源编号已有的不收；核对后不是同一件的，写 true"
    )


def add(api: NinjaAPI) -> dict[str, Spot]:
    """The two routes."""
    _add_intake(api)
    _add_look(api)
    taken = Spot(titles(NewReport) | {"Idempotency-Key": "Idempotency-Key"})
    return {"reports_take": taken, "reports_get": Spot({"id": "反映件 id"})}


def _add_intake(api: NinjaAPI) -> None:
    @api.post(
        "/reports",
        response={201: shapes.ReceiptShape, **refused(400, 401, 403, 422, 429)},
        operation_id="reports_take",
        url_name="reports_take",
        summary="登记一条反映",
        description=(
            "谁办：社会工作部的经办人，只能登记本辖区的。\n"
            "网络不好要重发时，请在请求头 Idempotency-Key 里带一个自己编的、每条反映都不同的编号："
            "同一编号、同样内容只收一次，重发答复同一张回执。"
        ),
        tags=[_TAG],
    )
    def take(
        request: Any,
        body: NewReport,
        key: str = Header("", alias="Idempotency-Key", max_length=200, description="重发时不变"),
    ) -> HttpResponse:
        told = _told(request.actor, body, key)
        receipt = intake.submit(told, request.actor)
        number = receipt.case.number
        return reply({"id": receipt.report.pk.hex, "number": number, "secret": receipt.secret}, 201)


def _told(actor: Actor, body: NewReport, key: str) -> intake.Told:
    """What the intake takes. A key is the caller's own: nobody reaches another's receipt by guessing it."""
    place = _place(actor, body.place)
    _check_category(body.category)
    given: dict[str, Any] = body.model_dump(exclude={"place", *_MOMENTS})
    own = f"api:{actor.person}:{key}" if key else ""
    moments = {name: _moment(getattr(body, name), name, title) for name, title in _MOMENTS.items()}
    return intake.Told(place=place, client_key=own, **moments, **given)


def _place(actor: Actor, code: str) -> Place:
    offices = [h for h in actor.holdings if h.role == CLERK and h.unit_kind == "office"]
    if not offices:
        raise AuthorizationError(403, NOT_CLERK)
    found = tree.by_code(code)
    if not any(found.code.startswith(h.place_code) for h in offices):
        raise AuthorizationError(403, NOT_HERE)
    return found


def _check_category(code: str) -> None:
    if code and code not in dict(options.of(Ask("category", "类别", choices_from="category"))):
        raise Refused(f"类别没有“{code}”这一项", "category")


_MOMENTS = {"told_at": "反映时间", "received_at": "收到时间"}


def _moment(at: datetime | None, name: str, title: str) -> datetime | None:
    if at is None:
        return None
    try:
        moment = (at if at.tzinfo else at.replace(tzinfo=clock.ZONE)).astimezone(UTC)
    except OverflowError:
        raise Refused(f"{title}不对", name) from None
    if not FIRST_DAY <= moment <= clock.now():
        raise Refused(f"{title}不能在 2000 年以前，也不能晚于现在", name)
    return moment


def _add_look(api: NinjaAPI) -> None:
    @api.get(
        "/reports/{id}",
        response={200: shapes.ReportShape, **refused(401, 404, 422, 429)},
        operation_id="reports_get",
        url_name="reports_get",
        summary="查看一条反映",
        description="已遮盖；姓名、电话不在里面。能看到办理它的事项的人才看得到；密封件看不到。",
        tags=[_TAG],
    )
    def look(request: Any, id: UUID = Path(..., title="反映件 id")) -> HttpResponse:  # noqa: B008
        rows = Report.objects.select_related("case", "place").filter(case__sealed=False, accused=False)
        found = rows.filter(pk=id).first()
        if found is None:
            raise Http404(find.GONE)
        find.admitted(request.actor, found.case)
        return reply(tell.report(found))
