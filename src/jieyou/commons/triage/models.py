"""What the desk assistant keeps: the tree of categories, its models, what it proposed and what a person chose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jieyou.commons.reports.models import Category, Report
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.models import Account
from jieyou.kernel.places.models import Place

LEVELS = [("bureau", "部门"), ("county", "县级"), ("city", "市级")]


class Branch(models.Model):
    """类别隶属: which category a category belongs to. A city edits the rows; one without a row stands at the top."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.OneToOneField(Category, models.PROTECT, related_name="branch")
    parent = models.ForeignKey(Category, models.PROTECT, related_name="branches")

    def __str__(self) -> str:
        return f"{self.parent}／{self.category}"


class TrainedModel(models.Model):
    """分类模型: one trained version. ``figures`` were measured on held-out folds, printed ("0.952").

    ``path`` lies under ``JIEYOU_HOME``; ``fingerprint`` is the SHA-256 of the file, so that no other is ever loaded.
    ``basis`` says in words what it learnt from. At most one is in use; the others stay for a roll-back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    basis = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    in_use = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="one_model_in_use"),
        ]

    def __str__(self) -> str:
        return f"第 {self.version} 版"


class Training(models.Model):
    """训练: a version asked for on a page; the worker writes how far it is. ``open`` until it has ended; at most one is.

    ``made``: the version that came of it, or ``refused``: the sentence why none did.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=80, blank=True)
    open = models.BooleanField(default=True)
    refused = models.CharField(max_length=200, blank=True)
    made = models.ForeignKey(TrainedModel, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["open"], condition=Q(open=True), name="one_training_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M} 的训练"


class Suggestion(models.Model):
    """研判建议: what was proposed for a report, how sure, on which words; and what the person chose.

    ``confidence`` 0–1, calibrated. ``ask_person``: below the threshold, or nothing fits. ``reasons``: the deciding words.
    A judgement about a message, never about a person.
    """

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="suggestion")
    model = models.ForeignKey(TrainedModel, models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=40, blank=True)
    confidence = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    ask_person = models.BooleanField(default=True)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()
    chosen = models.CharField(max_length=40, blank=True)
    chosen_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["chosen_at"], name="suggestion_chosen", condition=~Q(chosen=""))]


class Trace(models.Model):
    """检索特征: the hashed marks by which a report is found again. ``no`` counts without gaps, in the order of commit.

    ``marks``: little-endian uint32, place and problem apart (see :mod:`.marks`). No row for a sealed report.
    """

    no = models.PositiveBigIntegerField(primary_key=True)
    report = models.OneToOneField(Report, models.CASCADE, related_name="trace")
    marks = models.BinaryField()


class Likeness(models.Model):
    """相似反映: ``other`` was there before ``report`` and is like it. ``score`` 0–1; ``strong``: place and problem both agree.

    ``reasons``: what both say. A proposal: joining is a person's step. No row for a sealed report.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Report, models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=4)
    strong = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)


tracked.track(Branch, ["category", "parent"])
tracked.track(TrainedModel, ["version", "made_at", "basis", "rows", "figures", "fingerprint", "in_use"])


class RoutingRule(models.Model):
    """派单规则: category × place × words → unit and level. The first in force by ``position`` that fits is proposed.

    ``unit`` is a name or how a name ends, looked for in the county where the matter lies; ``words`` and ``but`` parted by ``|``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.PositiveIntegerField("次序", db_index=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="类别"
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="辖区"
    )
    words = models.CharField("说到其中一个词", max_length=400, blank=True)
    but = models.CharField("没有说到", max_length=200, blank=True)
    unit = models.CharField("单位", max_length=80)
    level = models.CharField("办理层级", max_length=10, choices=LEVELS)
    basis = models.CharField("依据", max_length=200)
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"第 {self.position} 条 {self.unit}"


tracked.track(
    RoutingRule, ["position", "category", "place", "words", "but", "unit", "level", "basis", "until"]
)
