"""附件: who attached what to which case, and its fingerprint. The bytes lie in `files`, by content."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from jieyou.kernel.evidence.kinds import TITLES
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked


class Live(models.Manager["Attachment"]):
    """Without the discarded ones: what is no longer there proves nothing."""

    def get_queryset(self) -> models.QuerySet[Attachment]:
        return super().get_queryset().filter(discarded_at=None)


class Attachment(models.Model):
    """One file of one subject (a case's id). Rows are made and discarded by `store` alone, and stay for good.

    ``by``: `Actor.person`. ``public``: may be shown in the public zone. ``every`` holds the discarded too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("事项")
    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("类别", max_length=8, choices=tuple(TITLES.items()))
    sha256 = models.CharField("指纹", max_length=64)
    size = models.PositiveIntegerField("字节数")
    by = models.CharField("上传人代码", max_length=64)
    by_name = models.CharField("上传人", max_length=120)
    at = models.DateTimeField("上传时间")
    public = models.BooleanField("可公开", default=False)
    discarded_at = models.DateTimeField("作废时间", null=True, blank=True)

    every: ClassVar[models.Manager[Any]] = models.Manager()
    objects: ClassVar[Live] = Live()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("id",)
        indexes = (
            models.Index(fields=["subject", "id"], name="attachment_subject"),
            models.Index(fields=["sha256"], name="attachment_sha256"),
        )

    def __str__(self) -> str:
        return self.name


tracked.track(
    Attachment, ["subject", "name", "kind", "sha256", "size", "by", "by_name", "at", "public", "discarded_at"]
)
