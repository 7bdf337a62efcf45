"""Papers, the rules of their numbers and signatures, and the offices' own templates."""

from __future__ import annotations

from typing import Any

from django.db import models

from jieyou.commons.papers import registry
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit

STATES = [
    ("draft", "草稿"),
    ("sent", "待签批"),
    ("signed", "已签发"),
    ("issued", "已印发"),
    ("void", "已作废"),
]


class PaperRule(models.Model):
    """公文规则: the words before a kind's numbers, and whether it needs a signature; of a unit, or of all (no unit).

    ``prefix`` may hold ``{简称}``, the unit's short name. ``form``: ``no`` 〔2025〕16号 · ``issue`` 第16期 · "" not numbered.
    """

    FORMS = [("no", "字〔年〕号"), ("issue", "第×期"), ("", "不编号")]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("公文", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    prefix = models.CharField("发文字头", max_length=30, blank=True)
    form = models.CharField("编号方式", max_length=8, choices=FORMS, blank=True)
    signed = models.BooleanField("须签批", default=True)
    basis = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "unit"], name="paper_rule_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(unit=None), name="paper_rule_general"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.prefix}"


class PaperTemplate(models.Model):
    """自制模板: an office's own Word file for a kind. The newest that is not withdrawn is used. The file is an attachment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("公文", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    file = models.UUIDField("文件")
    name = models.CharField("文件名", max_length=120)
    by = models.CharField("上传人代码", max_length=64)
    at = models.DateTimeField("上传时间")
    withdrawn_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "withdrawn_at"], name="paper_template_unit")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """一件公文. ``text`` (正文) and ``fields`` are frozen when it is issued; ``number`` is blank until then.

    ``about`` tells several papers of one kind and case apart (the unit that an order goes to). ``approval``: the case in
    which it is signed. ``file``, ``sha256``: the Word file as it went out. ``by``: `Actor.person`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers", verbose_name="事项")
    kind = models.CharField("公文", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发文单位")
    about = models.CharField("对象", max_length=80, blank=True)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文", blank=True)
    fields = models.JSONField("要素", default=dict)
    state = models.CharField("状态", max_length=8, choices=STATES, default="draft")
    turn = models.PositiveIntegerField(default=1)
    number = models.CharField("发文字号", max_length=60, blank=True)
    series = models.CharField("号段", max_length=60, blank=True)
    seq = models.PositiveIntegerField("序号", null=True)
    approval = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="签批件")
    signed_by = models.CharField("签发人", max_length=60, blank=True)
    signed_on = models.DateField("签发日期", null=True)
    file = models.UUIDField("印发件", null=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    by = models.CharField("起草人代码", max_length=64)
    by_name = models.CharField("起草人", max_length=120)
    at = models.DateTimeField("起草时间")
    edited_at = models.DateTimeField("修改时间", null=True)
    issued_at = models.DateTimeField("印发时间", null=True)
    why = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "seq"], condition=models.Q(seq__isnull=False), name="paper_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "kind"], name="paper_case_kind"),
            models.Index(fields=["approval"], name="paper_approval"),
            models.Index(fields=["unit", "state", "-at"], name="paper_unit_state"),
            models.Index(fields=["unit", "kind", "-at"], name="paper_unit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def declared(self) -> registry.PaperKind:
        """The kind's declaration."""
        return registry.kind(self.kind)

    @property
    def editable(self) -> bool:
        """Words and fields may still change."""
        return self.state == "draft"

    @property
    def is_draft(self) -> bool:
        """「草稿」 stands on it: everything that has not gone out."""
        return self.state != "issued"

    def values(self) -> dict[str, Any]:
        """What a sheet or a template is filled with."""
        return self.fields | {"title": self.title, "body": self.text, "number": self.number}


tracked.track(PaperRule, ["kind", "unit", "prefix", "form", "signed", "basis"])
tracked.track(PaperTemplate, ["kind", "unit", "file", "name", "by", "at", "withdrawn_at"])
tracked.track(
    Paper,
    ["case", "kind", "unit", "about", "title", "text", "fields", "state", "turn", "number", "series", "seq", "approval", "signed_by", "signed_on",
     "file", "sha256", "by", "by_name", "at", "edited_at", "issued_at", "why"],
)  # fmt: skip
