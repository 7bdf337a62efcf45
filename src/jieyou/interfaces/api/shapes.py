"""What the answers look like, for the schema. :mod:`.tell` makes them; a test holds the two together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Shape):
    """没有办成：一句话说明原因；errors 按项目名分别说明。"""

    sentence: str = Field(title="原因", description="一句话说明为什么没有办成")
    errors: dict[str, str] = Field(title="各项原因", description="项目名 → 这一项哪里不对")


def refused(*codes: int) -> dict[int, type[Refusal]]:
    """The refusals that a route may answer with, by status."""
    return dict.fromkeys(sorted(codes), Refusal)


class UnitShape(Shape):
    """单位。"""

    id: str = Field(title="单位 id")
    name: str = Field(title="单位全称")


class PlaceShape(Shape):
    """辖区。"""

    code: str = Field(title="区划代码", description="现行代码：4 位市、6 位县、9 位镇、12 位村")
    name: str = Field(title="名称")


class DeskShape(Shape):
    """现在等谁。"""

    unit: UnitShape = Field(title="单位")
    role: str = Field(title="岗位")


class CaseShape(Shape):
    """一件事项的概要。"""

    number: str = Field(title="编号")
    loop: str = Field(title="流程")
    kind: str = Field(title="种类", description="如交办任务的 lead（牵头）、co（配合）；没有分类的为空")
    title: str = Field(title="名称", description="电话号码等已遮盖")
    stage: str = Field(title="环节代码")
    stage_title: str = Field(title="环节")
    turn: int = Field(title="步数", description="办理记录的条数；办理时带上它，可以避免和别人重复办理")
    open: bool = Field(title="是否在办")
    outcome: str = Field(title="办结结果")
    home: UnitShape = Field(title="主办单位")
    holder: UnitShape | None = Field(title="承办单位")
    desk: DeskShape | None = Field(title="现在等谁")
    place: PlaceShape = Field(title="事发地")
    opened_at: datetime = Field(title="登记时间")
    moved_at: datetime = Field(title="最近办理时间")
    ended_at: datetime | None = Field(title="办结时间")
    due: datetime | None = Field(title="最近的时限")
    provisional: bool = Field(title="时限是否暂定", description="那一年的放假安排还没公布，公布后重算")
    overdue: bool = Field(title="是否超期")


class Listed(Shape):
    """一页事项。"""

    items: list[CaseShape] = Field(title="事项")
    page: int = Field(title="第几页")
    size: int = Field(title="每页条数")
    count: int = Field(title="总数", description="最多数到 10000")
    more: bool = Field(title="后面还有")


class EventShape(Shape):
    """一条办理记录。"""

    seq: int = Field(title="序号")
    at: datetime = Field(title="时间")
    transition: str = Field(title="动作代码")
    title: str = Field(title="动作")
    source: str = Field(title="原环节")
    target: str = Field(title="现环节")
    actor: str = Field(title="谁办的", description="单位和岗位，不写姓名")
    data: dict[str, Any] = Field(title="填写的内容", description="电话号码等已遮盖")
    erased: bool = Field(title="内容已依法删除")


class ClockShape(Shape):
    """一个时限。"""

    code: str = Field(title="代码")
    title: str = Field(title="名称")
    started: datetime = Field(title="开始")
    due: datetime = Field(title="到期")
    provisional: bool = Field(title="是否暂定")
    fixed: bool = Field(title="是否领导定的日期", description="定的日期不随放假安排变动")
    running: bool = Field(title="是否在计时")
    stopped_at: datetime | None = Field(title="停止时间")
    basis: str = Field(title="依据")


class DoorShape(Shape):
    """一个动作，现在能不能办。"""

    transition: str = Field(title="动作代码")
    title: str = Field(title="动作")
    open: bool = Field(title="现在能办")
    reason: str | None = Field(title="不能办的原因")
    path: str = Field(title="地址")


class CaseFull(CaseShape):
    """一件事项的全部。"""

    parent: str | None = Field(title="上级事项编号")
    facts: dict[str, Any] = Field(title="要素", description="各环节填写并保存的内容；电话号码等已遮盖")
    events: list[EventShape] = Field(title="办理记录")
    children: list[CaseShape] = Field(title="下级任务")
    clocks: list[ClockShape] = Field(title="时限")
    reports: list[str] = Field(title="反映件 id")
    doors: list[DoorShape] = Field(title="现在可以办什么", description="和您的岗位有关的动作")


class FileShape(Shape):
    """一个附件。"""

    id: str = Field(title="附件 id", description="办理时写进 evidence")
    name: str = Field(title="文件名")
    kind: str = Field(title="类型")
    size: int = Field(title="字节数")


class ReceiptShape(Shape):
    """反映的回执。"""

    id: str = Field(title="反映件 id")
    number: str = Field(title="事项编号")
    secret: str = Field(title="查询编号", description="只在这里给一次，请转告反映人，凭它查询和评价")


class ReportShape(Shape):
    """一个反映件，已遮盖。"""

    id: str = Field(title="反映件 id")
    number: str = Field(title="现在办理它的事项编号")
    title: str = Field(title="标题")
    words: str = Field(title="反映内容", description="电话、证件号等已遮盖")
    where: str = Field(title="具体位置")
    place: PlaceShape = Field(title="事发地")
    category: str = Field(title="类别")
    source: str = Field(title="来源")
    source_no: str = Field(title="来源编号")
    source_name: str = Field(title="来源系统或来文单位")
    told_at: datetime | None = Field(title="反映时间")
    received_at: datetime | None = Field(title="收到时间")
    source_due: date | None = Field(title="原时限")
    instruction: str = Field(title="批示", description="已遮盖；原文封存")
    instruction_due: date | None = Field(title="批示时限")
    must_answer: bool = Field(title="办结后须反馈原渠道")
    registered_at: datetime = Field(title="登记时间")
    has_name: bool = Field(title="留了姓名")
    has_phone: bool = Field(title="留了电话", description="电话已封存，接口不提供；请在系统里查看并写明原因")
    reply: str = Field(title="答复")
    replied_at: datetime | None = Field(title="答复时间")
    rating: str = Field(title="评价")
    rating_words: str = Field(title="评价说明")
    withdrawn: bool = Field(title="已撤回导入")


class HoldingShape(Shape):
    """一个岗位。"""

    unit: UnitShape = Field(title="单位")
    unit_kind: str = Field(title="单位类别")
    role: str = Field(title="岗位")
    place: str = Field(title="辖区代码")
    deputy_for: str = Field(title="代谁", description="代理别人的岗位时写那个人的姓名")


class MeShape(Shape):
    """您是谁。"""

    name: str = Field(title="姓名")
    title: str = Field(title="身份")
    holdings: list[HoldingShape] = Field(title="岗位")
    today: date = Field(title="系统今天的日期")


class ChoiceShape(Shape):
    """一个选项。"""

    value: str = Field(title="填写的值")
    words: str = Field(title="意思")


class RegisterShape(Shape):
    """一个台账。"""

    code: str = Field(title="台账代码")
    title: str = Field(title="名称")
    does: str = Field(title="记什么")
