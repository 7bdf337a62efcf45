"""延期: what the residents are told of it, and its one answer."""

from __future__ import annotations

from typing import Any

from jieyou.kernel.loop.declare import Guard, Situation

#: Why more days are needed, in classes that residents may read (no internal words).
REASONS = (
    ("procedure", "需要走法定程序"), ("materials", "设备材料未到"), ("weather", "天气或季节原因"), ("others", "需要多个单位配合"),
    ("funds", "资金还在落实"), ("survey", "需要进一步勘查论证"), ("other", "其他原因"),
)  # fmt: skip


def _unanswered(s: Situation) -> str | None:
    return "延期申请已经答复过了" if s.times("grant_days") or s.times("deny_days") else None


unanswered = Guard("unanswered", _unanswered, "延期申请还没有答复")


def grant(step: Any) -> None:
    """同意延期: what was granted is kept apart from what was asked for."""
    step.facts.granted = step.data["days"]
