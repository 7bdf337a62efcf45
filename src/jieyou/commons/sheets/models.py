"""A workbook on its way into or out of a register: how far it is, and what came of it."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked

STATES = (("running", "进行中"), ("done", "完成"), ("broken", "中断"), ("undone", "已撤回"))


class Sheet(models.Model):
    """表格进出. ``way``: in or out; ``query``: of one going out, what it was narrowed by. It is its owner's own: the rows to mend
    and the rows taken out lie in the files that belong to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    way = models.CharField(max_length=3, choices=(("in", "导入"), ("out", "导出")))
    register = models.CharField(max_length=40)
    filename = models.CharField("文件", max_length=200)
    query = models.CharField("范围", max_length=500, blank=True)
    person = models.CharField(max_length=64)
    who = models.CharField("谁", max_length=160)
    at = models.DateTimeField("时间")
    state = models.CharField("状态", max_length=8, choices=STATES, default="running")
    why = models.CharField("原因", max_length=400, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("做完的行数", default=0)
    accepted = models.PositiveIntegerField("收下", default=0)
    returned = models.PositiveIntegerField("要修改", default=0)
    known = models.PositiveIntegerField("已有", default=0)
    changed = models.PositiveIntegerField("更正", default=0)
    same = models.PositiveIntegerField("没有变化", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "台账的表格"
        indexes = (models.Index(fields=["register", "person", "-at"], name="sheet_owner"),)

    def __str__(self) -> str:
        return self.filename

    @property
    def untouched(self) -> int:
        """Rows that the register has already, as they stand in the workbook or by their key."""
        return self.known + self.same


class SheetEdit(models.Model):
    """A row that a workbook put right. ``turn``: how often the row had been written then: later work on it is told by that."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="edits")
    row = models.UUIDField()
    turn = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "表格更正的行"
        constraints = (models.UniqueConstraint(fields=["sheet", "row"], name="sheet_edit_once"),)

    def __str__(self) -> str:
        return self.row.hex


tracked.track(
    Sheet,
    ["way", "register", "filename", "query", "person", "who", "state", "accepted", "returned", "known", "changed", "same"],
)  # fmt: skip
