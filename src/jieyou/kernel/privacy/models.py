"""Who may see a case (`Access`), what words call for a person, how long things are kept, attempts counted."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Unit

WHYS = (
    ("home", "主管"),
    ("holder", "承办"),
    ("co", "配合"),
    ("escalation", "提级"),
    ("deputy", "代理"),
    ("sealed", "密件准许"),
    ("oversight", "监督"),
)


class Access(models.Model):
    """知悉范围: a unit may see a case from ``since`` up to the day before ``until`` (none: open).

    ``role``: only this post of the unit; "" any that does business. Written by the engine with the step that
    gives or takes it, so the case's own record proves it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位", db_index=False)
    role = models.CharField("岗位", max_length=40, blank=True)
    why = models.CharField("缘由", max_length=12, choices=WHYS)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "知悉范围"
        constraints = (
            models.UniqueConstraint(fields=["subject", "unit", "why", "role"], name="access_once"),
            models.CheckConstraint(
                condition=models.Q(why__in=[why for why, _ in WHYS]),
                name="access_why",
            ),
        )
        indexes = (models.Index(fields=["unit", "until", "subject"], name="access_unit_until"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.get_why_display()}"


class AlarmWord(models.Model):
    """警示词: a word of harm that calls for a person at once (see `alarm`); never a label on anybody.

    ``unless``: harmless phrases that hold it, parted by ``|``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=20)
    word = models.CharField("词语", max_length=40)
    unless = models.CharField("例外", max_length=400, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "警示词"
        ordering = ("kind", "id")
        constraints = (models.UniqueConstraint(fields=["kind", "word"], name="alarm_word_once"),)

    def __str__(self) -> str:
        return self.word


class Retention(models.Model):
    """保存期限: how long a kind of thing is kept after its purpose is done. No ``keep_days``: for good."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("代码", max_length=40, unique=True)
    title = models.CharField("内容", max_length=80)
    keep_days = models.PositiveIntegerField("保存天数", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "保存期限"
        ordering = ("kind",)

    def __str__(self) -> str:
        return self.title


class Attempt(models.Model):
    """Attempts of one key in one window of time; see `limits`."""

    pk = models.CompositePrimaryKey("key", "window_start")
    key = models.CharField(max_length=64)
    window_start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.window_start:%F %T} {self.count}"


tracked.track(AlarmWord, ["kind", "word", "unless", "note", "until"])
tracked.track(Retention, ["kind", "title", "keep_days", "basis"])
