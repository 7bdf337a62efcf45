"""Duty lists, their items, tasks approved beside the list, and what was found when a task was handed down."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place

KINDS = [
    ("department", "部门职责清单"),
    ("township", "乡镇（街道）履职事项清单"),
    ("village", "村（社区）工作事项清单"),
]
CATEGORIES = [
    ("duty", "部门主责"), ("basic", "基本（依法）履职"), ("assist", "配合（协助）履职"), ("withdrawn", "上级收回"),
    ("negative", "不得交办"),
]  # fmt: skip
LEVELS = [("city", "市级"), ("county", "县级"), ("township", "乡镇（街道）"), ("village", "村（社区）")]


class DutyList(models.Model):
    """职责清单: one edition of one list. It holds at ``place`` and below, for one ``unit`` where one is named.

    In force when ``since <= day < until`` (no ``until``: open); of two that fit, the narrower place and the later day win.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("清单", max_length=12, choices=KINDS)
    title = models.CharField("名称", max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name="适用地方")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="适用单位"
    )
    edition = models.CharField("版本", max_length=40)
    source = models.CharField("依据文件", max_length=200)
    since = models.DateField("自")
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ("kind", "place__code", "-since")

    def __str__(self) -> str:
        return f"{self.title}（{self.edition}）"


class DutyItem(models.Model):
    """清单条目. ``unit``: whose it is (``unit_name`` where that unit is not in the system); ``words``: other words for it,
    parted by ``|``; ``topic``: the list's own heading (民生服务 …); ``level``: which level does it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty_list = models.ForeignKey(DutyList, models.PROTECT, related_name="items")
    code = models.CharField("编号", max_length=40)
    topic = models.CharField("类别", max_length=40, blank=True)
    category = models.CharField("性质", max_length=12, choices=CATEGORIES)
    text = models.CharField("事项", max_length=300)
    words = models.CharField("关键词", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位"
    )
    unit_name = models.CharField("责任单位名称", max_length=80, blank=True)
    level = models.CharField("层级", max_length=12, choices=LEVELS, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ("category", "id")
        indexes = (models.Index(fields=["code"], name="duty_item_code"),)
        constraints = (
            models.UniqueConstraint(
                fields=["duty_list", "code"], condition=Q(until__isnull=True), name="duty_code_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def responsible(self) -> str:
        """Whose it is, as a word."""
        return self.unit.name if self.unit else self.unit_name


class OffList(models.Model):
    """清单外交办: one task for one unit that is not on its list, with the ground; ``paper`` is its approval."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    task = models.CharField(max_length=300)
    ground = models.TextField()
    paper = models.OneToOneField(Case, models.PROTECT, related_name="+")


class DutyCheck(models.Model):
    """清单校验: what the list said when a task went to a township or a village. ``off``: beside the list, approved."""

    VERDICTS = [
        ("on", "在清单内"),
        ("off", "清单外，已签批"),
        ("late", "清单外，急办未签批"),
        ("none", "没有安装清单，未作校验"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.OneToOneField(Case, models.PROTECT, related_name="duty_check")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=4, choices=VERDICTS)
    item = models.ForeignKey(DutyItem, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["unit", "at"], name="duty_check_unit_at"),)


tracked.track(DutyList, ["kind", "title", "place", "unit", "edition", "source", "since", "until"])
tracked.track(
    DutyItem,
    [
        "duty_list",
        "code",
        "topic",
        "category",
        "text",
        "words",
        "unit",
        "unit_name",
        "level",
        "note",
        "until",
    ],
)
tracked.track(OffList, ["case", "unit", "task", "ground", "paper"])
tracked.track(DutyCheck, ["task", "unit", "verdict", "item", "words", "at"])
