"""What a column of a running ledger may mean, and the headings by which it is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from jieyou.commons.reports.columns import plain

Kind: TypeAlias = Literal["text", "day", "value", "units", "count", "number"]


@dataclass(frozen=True)
class Field:
    """``kind``: ``value`` is one of a list (each way of writing it is mapped once), ``count`` a whole number, ``number`` the
    how-manieth meeting. ``names``: headings, the likeliest first."""

    key: str
    title: str
    kind: Kind
    names: tuple[str, ...]


def _f(key: str, title: str, kind: Kind, names: str) -> Field:
    return Field(key, title, kind, tuple(names.split()))


FIELDS = (
    _f("line", "序号（不导入）", "text", "序号 行号 序列 no 顺序号"),
    _f("number", "原编号", "text", "编号 事项编号 台账编号 原编号 工单号 工单编号 受理编号 留言编号 来文号 文号 交办单号 案件编号 流水号"),
    _f("title", "事项名称", "text",
       "事项名称 事项 议题名称 议题 会议议题 问题名称 诉求标题 标题 主题 解忧事项 研究事项 审议事项 议定事项名称 群众诉求 急难愁盼问题 名称 具体事项"),
    _f("words", "反映内容", "text", "反映内容 诉求内容 主要内容 问题描述 具体内容 内容 事项内容 基本情况 反映问题 反映的主要问题 留言详情 存在问题 诉求 问题"),
    _f("told_at", "反映时间", "day", "反映时间 反映日期 收到时间 来电时间 受理时间 登记时间 收集时间 受理日期 登记日期 收件日期 来访时间 接件时间 时间 日期"),
    _f("year", "年份", "text", "年份 年度 所属年度 年"),
    _f("source", "来源", "value", "来源 来源渠道 问题来源 诉求来源 反映渠道 线索来源 渠道 收集渠道 来件渠道"),
    _f("category", "类别", "value", "类别 问题类别 事项类别 分类 诉求类别 问题分类 所属领域 领域 类型 事项类型"),
    _f("where", "地点", "text", "地点 地址 事发地 事发地点 发生地点 涉及地点 所在社区 小区 所属社区 村社区 镇街 所属镇街 乡镇街道 反映地点 位置 区域"),
    _f("name", "反映人", "text", "反映人 反映人姓名 姓名 诉求人 来电人 来访人 联系人 群众姓名"),
    _f("phone", "电话", "text", "电话 联系电话 反映人电话 手机号 手机 手机号码 联系方式 电话号码"),
    _f("reach", "涉及人数", "count", "涉及人数 涉及户数 涉及群众 受益人数 受益户数 人数 户数 惠及人数"),
    _f("level", "办理层级", "value", "办理层级 层级 级别 解决层级 会议层级"),
    _f("urgency", "紧急程度", "value", "紧急程度 轻重缓急 缓急"),
    _f("stage", "环节（进度）", "value",
       "环节 办理环节 当前环节 所处环节 状态 办理状态 事项状态 进度 办理进度 办结情况 是否办结 完成情况 落实情况 当前状态 目前状态 销号情况 是否销号"),
    _f("units", "责任单位", "units", "责任单位 牵头单位 承办单位 主办单位 办理单位 责任部门 牵头部门 承办部门 落实单位 包抓单位 单位 交办单位 主责单位"),
    _f("co_units", "配合单位", "units", "配合单位 协办单位 配合部门 协同单位 参与单位"),
    _f("leader", "领衔领导", "text", "领衔领导 包抓领导 责任领导 县级领导 牵头领导 包联领导 批示领导 分管领导"),
    _f("seq_no", "第几次会议", "number", "会议次数 上会次数 会议期次 次数 会议名称 第几次会议 上会情况 会次 会议 提交会议 研究会议 议定会议"),
    _f("held_on", "会议日期", "day", "会议日期 会议时间 召开时间 开会时间 召开日期 上会时间 上会日期 研究时间"),
    _f("chair", "主持人", "text", "主持人 主持 会议主持 会议主持人 主持领导"),
    _f("room", "会议地点", "text", "会议地点 召开地点"),
    _f("minutes_no", "纪要期号", "text", "纪要期号 期号 纪要编号 纪要文号 会议纪要 纪要"),
    _f("attend", "参会单位", "units", "参会单位 参加单位 列席单位 参会部门 与会单位"),
    _f("outcome", "会议结论", "value", "会议结论 结论 议定结果 会议结果 审议结果 研究结果"),
    _f("decision", "会议决定", "text", "会议决定 议定事项 议定意见 决定事项 会议意见 研究意见 会议议定 议定内容 决议"),
    _f("plan", "办理措施", "text", "办理措施 解决措施 整改措施 解决方案 工作措施 措施 拟解决方案 方案 处理意见 拟办意见 化解措施"),
    _f("funding", "资金", "text", "资金 资金来源 所需资金 投入资金 资金及来源"),
    _f("due", "办理时限", "day", "办理时限 完成时限 办结时限 整改时限 时限 限办日期 要求完成时间 计划完成时间 截止时间 截止日期 完成期限 办理期限"),
    _f("progress", "进展情况", "text", "进展情况 办理情况 工作进展 办理进展 目前进展 进展 推进情况 整改情况 最新进展 工作开展情况"),
    _f("result", "办理结果", "value", "办理结果 解决情况 处理结果 化解情况 结果 办结结果 是否解决"),
    _f("reply", "答复情况", "text", "答复群众 答复情况 答复内容 回复内容 回复情况 反馈情况 反馈内容"),
    _f("ended_on", "办结时间", "day", "办结时间 办结日期 完成时间 完成日期 实际完成时间 销号时间 销号日期 解决时间 结案时间 办理完成时间"),
    _f("satisfied", "群众满意吗", "value", "是否满意 满意度 群众满意度 满意情况 群众评价 回访情况 回访结果 评价 满意与否"),
    _f("accused", "涉及单位或干部", "text", "涉及单位或干部 是否涉及单位或干部"),
    _f("told", "照原话保留", "text", "备注 说明 其他 备注说明"),
)  # fmt: skip
BY_KEY = {one.key: one for one in FIELDS}
#: What may stand in several columns of one sheet.
MANY = frozenset({"told", "line"})
#: One of these must be there, or a sheet says nothing.
NEEDED = ("title", "words", "seq_no")
TEXTS = tuple(one.key for one in FIELDS if one.kind in ("text", "count"))
VALUES = tuple(one.key for one in FIELDS if one.kind == "value")
_NAMES = {plain(name).lower(): (one.key, rank) for one in FIELDS for rank, name in enumerate(one.names)}


def of(title: str) -> tuple[str, int]:
    """The field that a heading means and how sure that is (0 is best); ``("", 99)`` for one that we do not know."""
    word = plain(title).lower().replace("_", "").replace("-", "")
    if not word:
        return "", 99
    if word in _NAMES:
        return _NAMES[word]
    inside = [name for name in _NAMES if len(name) > 1 and name in word]
    if not inside:
        return "", 99
    best = max(inside, key=lambda name: (len(name), word.endswith(name)))
    return _NAMES[best][0], 20 + len(word) - len(best)
